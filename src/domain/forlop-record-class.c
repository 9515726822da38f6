/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-private.h"

#include <string.h>

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ForlopRecord, forlop_record, G_TYPE_OBJECT)

enum { PROP_0, PROP_ID, PROP_FIRST_FIELD };

ForlopRecordPrivate *
forlop_record_private (ForlopRecord *self)
{
  return forlop_record_get_instance_private (self);
}

gboolean
forlop_kind_is_text (ForlopFieldKind kind)
{
  return kind <= FORLOP_KIND_BLOB;
}

void
forlop_record_value_clear (ForlopRecordValue *value,
                           ForlopFieldKind    kind)
{
  if (forlop_kind_is_text (kind))
    g_clear_pointer (&value->v.text, g_free);
  memset (value, 0, sizeof *value);
}

static void
forlop_record_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ForlopRecord *self = FORLOP_RECORD (object);
  ForlopRecordPrivate *priv = forlop_record_private (self);
  const ForlopField *field;
  const ForlopRecordValue *stored;

  if (prop_id == PROP_ID)
    {
      g_value_set_string (value, priv->id);
      return;
    }

  field = &FORLOP_RECORD_GET_CLASS (self)->type->fields[prop_id - PROP_FIRST_FIELD];
  stored = &priv->values[prop_id - PROP_FIRST_FIELD];

  if (forlop_kind_is_text (field->kind))
    g_value_set_string (value, stored->v.text);
  else if (field->kind == FORLOP_KIND_BOOLEAN)
    g_value_set_boolean (value, stored->v.integer != 0);
  else if (field->kind == FORLOP_KIND_REAL)
    g_value_set_double (value, stored->v.real);
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    g_value_set_int64 (value, stored->v.integer);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_record_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  ForlopRecord *self = FORLOP_RECORD (object);
  ForlopRecordPrivate *priv = forlop_record_private (self);
  const ForlopField *field;

  if (prop_id == PROP_ID)
    {
      priv->id = g_value_dup_string (value);
      return;
    }

  field = &FORLOP_RECORD_GET_CLASS (self)->type->fields[prop_id - PROP_FIRST_FIELD];

  if (forlop_kind_is_text (field->kind))
    forlop_record_set_text (self, field->name, g_value_get_string (value));
  else if (field->kind == FORLOP_KIND_BOOLEAN)
    forlop_record_set_boolean (self, field->name, g_value_get_boolean (value));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_record_set_real (self, field->name, g_value_get_double (value));
  else if (G_IS_PARAM_SPEC_INT64 (pspec))
    forlop_record_set_integer (self, field->name, g_value_get_int64 (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_record_finalize (GObject *object)
{
  ForlopRecord *self = FORLOP_RECORD (object);
  ForlopRecordPrivate *priv = forlop_record_private (self);
  const ForlopRecordType *type = FORLOP_RECORD_GET_CLASS (self)->type;

  for (unsigned int i = 0; type->fields[i].name != NULL; i++)
    forlop_record_value_clear (&priv->values[i], type->fields[i].kind);

  g_free (priv->values);
  g_free (priv->id);
  g_free (priv->vtag);
  g_clear_pointer (&priv->field_vtags, g_hash_table_unref);

  G_OBJECT_CLASS (forlop_record_parent_class)->finalize (object);
}

static void
forlop_record_class_init (ForlopRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_record_get_property;
  object_class->set_property = forlop_record_set_property;
  object_class->finalize = forlop_record_finalize;

  g_object_class_install_property (object_class, PROP_ID,
                                   g_param_spec_string ("id", NULL, NULL, NULL,
                                                        G_PARAM_READWRITE |
                                                        G_PARAM_CONSTRUCT_ONLY |
                                                        G_PARAM_STATIC_STRINGS));
}

static void
forlop_record_init (ForlopRecord *self G_GNUC_UNUSED)
{
}

/* The subclass of one record type: its properties are the declared fields. */

static GParamSpec *
field_pspec (const ForlopField *field)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY;

  if (forlop_kind_is_text (field->kind))
    return g_param_spec_string (field->name, NULL, NULL, NULL, flags);
  if (field->kind == FORLOP_KIND_BOOLEAN)
    return g_param_spec_boolean (field->name, NULL, NULL, FALSE, flags);
  if (field->kind == FORLOP_KIND_REAL)
    return g_param_spec_double (field->name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  return g_param_spec_int64 (field->name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
}

static void
subclass_init (gpointer klass,
               gpointer class_data)
{
  const ForlopRecordType *type = class_data;

  FORLOP_RECORD_CLASS (klass)->type = type;
  FORLOP_RECORD_CLASS (klass)->properties = g_new (GParamSpec *, forlop_record_type_n_fields (type));
  /* GObject does not hand these two down to a subclass. */
  G_OBJECT_CLASS (klass)->get_property = forlop_record_get_property;
  G_OBJECT_CLASS (klass)->set_property = forlop_record_set_property;

  for (unsigned int i = 0; type->fields[i].name != NULL; i++)
    {
      GParamSpec *property = field_pspec (&type->fields[i]);

      FORLOP_RECORD_CLASS (klass)->properties[i] = property;
      g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_FIRST_FIELD + i, property);
    }
}

static void
subclass_instance_init (GTypeInstance *instance,
                        gpointer       klass)
{
  ForlopRecordPrivate *priv = forlop_record_private ((ForlopRecord *) instance);

  priv->values = g_new0 (ForlopRecordValue,
                         forlop_record_type_n_fields (FORLOP_RECORD_CLASS (klass)->type));
}

static char *
class_name (const char *type_name)
{
  g_autoptr (GString) name = g_string_new ("Forlop");
  gboolean upper = TRUE;

  for (const char *c = type_name; *c != '\0'; c++)
    {
      gboolean separator = *c == '_' || *c == '-';

      if (!separator)
        g_string_append_c (name, upper ? g_ascii_toupper (*c) : *c);
      upper = separator;
    }
  g_string_append (name, "Record");

  return g_string_free (g_steal_pointer (&name), FALSE);
}

/**
 * forlop_record_type_get_gtype:
 *
 * The GObject class of @type, registered at the first call. May be called from any thread.
 */
GType
forlop_record_type_get_gtype (const ForlopRecordType *type)
{
  static GMutex mutex;
  g_autofree char *name = NULL;
  g_autoptr (GMutexLocker) locker = NULL;
  GType gtype;

  g_return_val_if_fail (type != NULL, G_TYPE_INVALID);

  name = class_name (type->name);
  locker = g_mutex_locker_new (&mutex);
  gtype = g_type_from_name (name);

  if (gtype == 0)
    {
      const GTypeInfo info = {
        .class_size = sizeof (ForlopRecordClass),
        .class_init = subclass_init,
        .class_data = type,
        .instance_size = sizeof (ForlopRecord),
        .instance_init = subclass_instance_init,
      };

      gtype = g_type_register_static (FORLOP_TYPE_RECORD, name, &info, G_TYPE_FLAG_FINAL);
    }

  return gtype;
}

/**
 * forlop_record_new:
 * @id: a UUID in text.
 *
 * Returns: (transfer full): a record whose fields are all empty.
 */
ForlopRecord *
forlop_record_new (const ForlopRecordType *type,
                   const char             *id)
{
  g_return_val_if_fail (type != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_object_new (forlop_record_type_get_gtype (type), "id", id, NULL);
}
