/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-citizen-row.h"

struct _ForlopCitizenRow
{
  GObject parent_instance;

  gint64 n;
  ForlopCitizenFields *fields;
};

enum {
  PROP_0,
  PROP_FILLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopCitizenRow, forlop_citizen_row, G_TYPE_OBJECT)

void
forlop_citizen_fields_free (ForlopCitizenFields *fields)
{
  if (fields == NULL)
    return;

  g_free (fields->id);
  g_free (fields->name);
  g_free (fields->unit_name);
  g_free (fields->case_id);
  g_free (fields);
}

static gboolean
fields_equal (const ForlopCitizenFields *a,
              const ForlopCitizenFields *b)
{
  return g_strcmp0 (a->name, b->name) == 0 && a->birth_date == b->birth_date &&
         g_strcmp0 (a->unit_name, b->unit_name) == 0 && g_strcmp0 (a->case_id, b->case_id) == 0 &&
         a->case_status == b->case_status && a->step == b->step;
}

static void
forlop_citizen_row_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  ForlopCitizenRow *self = FORLOP_CITIZEN_ROW (object);

  switch (prop_id)
    {
    case PROP_FILLED:
      g_value_set_boolean (value, self->fields != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_citizen_row_finalize (GObject *object)
{
  ForlopCitizenRow *self = FORLOP_CITIZEN_ROW (object);

  g_clear_pointer (&self->fields, forlop_citizen_fields_free);

  G_OBJECT_CLASS (forlop_citizen_row_parent_class)->finalize (object);
}

static void
forlop_citizen_row_class_init (ForlopCitizenRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_citizen_row_get_property;
  object_class->finalize = forlop_citizen_row_finalize;

  properties[PROP_FILLED] =
    g_param_spec_boolean ("filled", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_citizen_row_init (ForlopCitizenRow *self G_GNUC_UNUSED)
{
}

ForlopCitizenRow *
forlop_citizen_row_new (gint64 n)
{
  ForlopCitizenRow *self = g_object_new (FORLOP_TYPE_CITIZEN_ROW, NULL);

  self->n = n;

  return self;
}

gint64
forlop_citizen_row_get_n (ForlopCitizenRow *self)
{
  g_return_val_if_fail (FORLOP_IS_CITIZEN_ROW (self), 0);

  return self->n;
}

gboolean
forlop_citizen_row_is_filled (ForlopCitizenRow *self)
{
  g_return_val_if_fail (FORLOP_IS_CITIZEN_ROW (self), FALSE);

  return self->fields != NULL;
}

const ForlopCitizenFields *
forlop_citizen_row_get_fields (ForlopCitizenRow *self)
{
  g_return_val_if_fail (FORLOP_IS_CITIZEN_ROW (self), NULL);

  return self->fields;
}

void
forlop_citizen_row_take_fields (ForlopCitizenRow    *self,
                                ForlopCitizenFields *fields)
{
  g_return_if_fail (FORLOP_IS_CITIZEN_ROW (self));
  g_return_if_fail (fields != NULL && fields->n == self->n);

  if (self->fields != NULL && fields_equal (self->fields, fields))
    {
      forlop_citizen_fields_free (fields);
      return;
    }

  g_clear_pointer (&self->fields, forlop_citizen_fields_free);
  self->fields = fields;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}
