/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-paged-row.h"

struct _ForlopPagedRow
{
  GObject parent_instance;

  gint64 n;
  gpointer fields;
  GDestroyNotify fields_free;
};

enum {
  PROP_0,
  PROP_FILLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopPagedRow, forlop_paged_row, G_TYPE_OBJECT)

static void
forlop_paged_row_clear (ForlopPagedRow *self)
{
  if (self->fields != NULL && self->fields_free != NULL)
    self->fields_free (self->fields);
  self->fields = NULL;
}

static void
forlop_paged_row_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_FILLED:
      g_value_set_boolean (value, FORLOP_PAGED_ROW (object)->fields != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_paged_row_finalize (GObject *object)
{
  forlop_paged_row_clear (FORLOP_PAGED_ROW (object));

  G_OBJECT_CLASS (forlop_paged_row_parent_class)->finalize (object);
}

static void
forlop_paged_row_class_init (ForlopPagedRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_paged_row_get_property;
  object_class->finalize = forlop_paged_row_finalize;

  properties[PROP_FILLED] =
    g_param_spec_boolean ("filled", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_paged_row_init (ForlopPagedRow *self G_GNUC_UNUSED)
{
}

ForlopPagedRow *
forlop_paged_row_new (gint64 n)
{
  ForlopPagedRow *self = g_object_new (FORLOP_TYPE_PAGED_ROW, NULL);

  self->n = n;

  return self;
}

gint64
forlop_paged_row_get_n (ForlopPagedRow *self)
{
  g_return_val_if_fail (FORLOP_IS_PAGED_ROW (self), 0);

  return self->n;
}

gboolean
forlop_paged_row_is_filled (ForlopPagedRow *self)
{
  g_return_val_if_fail (FORLOP_IS_PAGED_ROW (self), FALSE);

  return self->fields != NULL;
}

gconstpointer
forlop_paged_row_get_fields (ForlopPagedRow *self)
{
  g_return_val_if_fail (FORLOP_IS_PAGED_ROW (self), NULL);

  return self->fields;
}

void
forlop_paged_row_take_fields (ForlopPagedRow *self,
                              gpointer        fields,
                              GDestroyNotify  fields_free)
{
  g_return_if_fail (FORLOP_IS_PAGED_ROW (self));
  g_return_if_fail (fields != NULL);

  forlop_paged_row_clear (self);
  self->fields = fields;
  self->fields_free = fields_free;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}
