/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-reference.h"

struct _ForlopReference
{
  GObject parent_instance;

  char *id;
  char *label;
};

enum {
  PROP_0,
  PROP_ID,
  PROP_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopReference, forlop_reference, G_TYPE_OBJECT)

static void
forlop_reference_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ForlopReference *self = FORLOP_REFERENCE (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
forlop_reference_finalize (GObject *object)
{
  ForlopReference *self = FORLOP_REFERENCE (object);

  g_free (self->id);
  g_free (self->label);

  G_OBJECT_CLASS (forlop_reference_parent_class)->finalize (object);
}

static void
forlop_reference_class_init (ForlopReferenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_reference_get_property;
  object_class->finalize = forlop_reference_finalize;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_reference_init (ForlopReference *self G_GNUC_UNUSED)
{
}

ForlopReference *
forlop_reference_new (const char *id,
                      const char *label)
{
  ForlopReference *self;

  g_return_val_if_fail (label != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_REFERENCE, NULL);
  self->id = g_strdup (id);
  self->label = g_strdup (label);

  return self;
}

const char *
forlop_reference_get_id (ForlopReference *self)
{
  g_return_val_if_fail (FORLOP_IS_REFERENCE (self), NULL);

  return self->id;
}

const char *
forlop_reference_get_label (ForlopReference *self)
{
  g_return_val_if_fail (FORLOP_IS_REFERENCE (self), NULL);

  return self->label;
}
