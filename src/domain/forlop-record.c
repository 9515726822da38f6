/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record.h"

#include <math.h>
#include <string.h>

typedef struct {
  gboolean set;
  gboolean emptied;
  union {
    char *text;
    gint64 integer;
    double real;
  } v;
} Value;

typedef struct {
  char *id;
  char *vtag;
  GHashTable *field_vtags; /* field name → vtag; the empty name is the changeset that made it */
  Value *values;
} ForlopRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ForlopRecord, forlop_record, G_TYPE_OBJECT)

enum { PROP_0, PROP_ID, PROP_FIRST_FIELD };

static gboolean
kind_is_text (ForlopFieldKind kind)
{
  return kind <= FORLOP_KIND_BLOB;
}

static const ForlopRecordType *
type_of (ForlopRecord *self)
{
  return FORLOP_RECORD_GET_CLASS (self)->type;
}

static Value *
value_of (ForlopRecord *self,
          const char   *field,
          ForlopFieldKind *kind)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);
  const ForlopRecordType *type = type_of (self);
  int index = forlop_record_type_index (type, field);

  if (index < 0)
    g_error ("record type %s declares no field %s", type->name, field);

  *kind = type->fields[index].kind;
  return &priv->values[index];
}

static void
value_clear (Value           *value,
             ForlopFieldKind  kind)
{
  if (kind_is_text (kind))
    g_clear_pointer (&value->v.text, g_free);
  memset (value, 0, sizeof *value);
}

static void
notify_field (ForlopRecord *self,
              const char   *field)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), field);

  if (pspec != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
forlop_record_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ForlopRecord *self = FORLOP_RECORD (object);
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);
  const ForlopField *field;
  const Value *stored;

  if (prop_id == PROP_ID)
    {
      g_value_set_string (value, priv->id);
      return;
    }

  field = &type_of (self)->fields[prop_id - PROP_FIRST_FIELD];
  stored = &priv->values[prop_id - PROP_FIRST_FIELD];

  if (kind_is_text (field->kind))
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
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);
  const ForlopField *field;

  if (prop_id == PROP_ID)
    {
      priv->id = g_value_dup_string (value);
      return;
    }

  field = &type_of (self)->fields[prop_id - PROP_FIRST_FIELD];

  if (kind_is_text (field->kind))
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
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);
  const ForlopRecordType *type = type_of (self);

  for (unsigned int i = 0; type->fields[i].name != NULL; i++)
    value_clear (&priv->values[i], type->fields[i].kind);

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

  if (kind_is_text (field->kind))
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
  /* GObject does not hand these two down to a subclass. */
  G_OBJECT_CLASS (klass)->get_property = forlop_record_get_property;
  G_OBJECT_CLASS (klass)->set_property = forlop_record_set_property;

  for (unsigned int i = 0; type->fields[i].name != NULL; i++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_FIRST_FIELD + i,
                                     field_pspec (&type->fields[i]));
}

static void
subclass_instance_init (GTypeInstance *instance,
                        gpointer       klass)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private ((ForlopRecord *) instance);

  priv->values = g_new0 (Value, forlop_record_type_n_fields (FORLOP_RECORD_CLASS (klass)->type));
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

ForlopRecord *
forlop_record_copy (ForlopRecord *self)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);
  const ForlopRecordType *type;
  ForlopRecordPrivate *copy_priv;
  ForlopRecord *copy;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  type = type_of (self);
  copy = forlop_record_new (type, priv->id);
  copy_priv = forlop_record_get_instance_private (copy);
  copy_priv->vtag = g_strdup (priv->vtag);
  if (priv->field_vtags != NULL)
    copy_priv->field_vtags = g_hash_table_ref (priv->field_vtags);

  for (unsigned int i = 0; type->fields[i].name != NULL; i++)
    {
      copy_priv->values[i] = priv->values[i];
      if (kind_is_text (type->fields[i].kind))
        copy_priv->values[i].v.text = g_strdup (priv->values[i].v.text);
    }

  return copy;
}

const ForlopRecordType *
forlop_record_get_rtype (ForlopRecord *self)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  return type_of (self);
}

const char *
forlop_record_get_id (ForlopRecord *self)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  return priv->id;
}

gboolean
forlop_record_is (ForlopRecord *self,
                  const char   *type_name)
{
  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);

  return g_str_equal (type_of (self)->name, type_name);
}

const char *
forlop_record_get_vtag (ForlopRecord *self)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  return priv->vtag;
}

void
forlop_record_set_vtag (ForlopRecord *self,
                        const char   *vtag)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);

  g_return_if_fail (FORLOP_IS_RECORD (self));

  g_set_str (&priv->vtag, vtag);
}

/**
 * forlop_record_get_field_vtag:
 *
 * The tag of the changeset that gave @field its present value; for a field never set since the
 * record was made, the tag of the changeset that made it.
 */
const char *
forlop_record_get_field_vtag (ForlopRecord *self,
                              const char   *field)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);
  const char *vtag = NULL;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (priv->field_vtags == NULL)
    return priv->vtag;

  vtag = g_hash_table_lookup (priv->field_vtags, field);
  if (vtag == NULL)
    vtag = g_hash_table_lookup (priv->field_vtags, "");

  return vtag != NULL ? vtag : priv->vtag;
}

/**
 * forlop_record_set_field_vtag:
 * @field: a field, or the empty string for the changeset that made the record.
 */
void
forlop_record_set_field_vtag (ForlopRecord *self,
                              const char   *field,
                              const char   *vtag)
{
  ForlopRecordPrivate *priv = forlop_record_get_instance_private (self);
  g_autoptr (GHashTable) tags = NULL;

  g_return_if_fail (FORLOP_IS_RECORD (self));
  g_return_if_fail (field != NULL);

  /* Copies share the table; the writer makes its own. */
  tags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (priv->field_vtags != NULL)
    {
      GHashTableIter iter;
      gpointer key, value;

      g_hash_table_iter_init (&iter, priv->field_vtags);
      while (g_hash_table_iter_next (&iter, &key, &value))
        g_hash_table_insert (tags, g_strdup (key), g_strdup (value));
      g_hash_table_unref (priv->field_vtags);
    }
  else if (priv->vtag != NULL)
    {
      /* Every field has had the maker's tag until now. */
      g_hash_table_insert (tags, g_strdup (""), g_strdup (priv->vtag));
    }
  g_hash_table_insert (tags, g_strdup (field), g_strdup (vtag));
  priv->field_vtags = g_steal_pointer (&tags);
}

gboolean
forlop_record_has (ForlopRecord *self,
                   const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);

  return value_of (self, field, &kind)->set;
}

const char *
forlop_record_get_text (ForlopRecord *self,
                        const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  value = value_of (self, field, &kind);
  g_return_val_if_fail (kind_is_text (kind), NULL);

  return value->v.text;
}

gint64
forlop_record_get_integer (ForlopRecord *self,
                           const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), 0);

  value = value_of (self, field, &kind);
  g_return_val_if_fail (!kind_is_text (kind) && kind != FORLOP_KIND_REAL, 0);

  return value->v.integer;
}

gboolean
forlop_record_get_boolean (ForlopRecord *self,
                           const char   *field)
{
  return forlop_record_get_integer (self, field) != 0;
}

double
forlop_record_get_real (ForlopRecord *self,
                        const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), 0);

  value = value_of (self, field, &kind);
  g_return_val_if_fail (kind == FORLOP_KIND_REAL, 0);

  return value->v.real;
}

ForlopDate
forlop_record_get_date (ForlopRecord *self,
                        const char   *field)
{
  const char *text = forlop_record_get_text (self, field);
  ForlopDate date;

  if (text == NULL || !forlop_date_from_iso (text, &date))
    return FORLOP_DATE_NONE;

  return date;
}

gint64
forlop_record_get_instant (ForlopRecord *self,
                           const char   *field)
{
  return forlop_record_has (self, field) ? forlop_record_get_integer (self, field)
                                         : FORLOP_INSTANT_NONE;
}

gboolean
forlop_record_text_is (ForlopRecord *self,
                       const char   *field,
                       const char   *value)
{
  return g_strcmp0 (forlop_record_get_text (self, field), value) == 0;
}

void
forlop_record_clear (ForlopRecord *self,
                     const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  /* In two steps: the order in which the arguments of one call are worked out is not given. */
  value = value_of (self, field, &kind);
  value_clear (value, kind);
  notify_field (self, field);
}

/**
 * forlop_record_set_emptied:
 *
 * Empties @field and remembers that somebody asked for it: in the arguments of an act, an emptied
 * field is taken away from the record, and one that is merely empty is left as it is.
 */
void
forlop_record_set_emptied (ForlopRecord *self,
                           const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  value_clear (value, kind);
  value->emptied = TRUE;
  notify_field (self, field);
}

gboolean
forlop_record_is_emptied (ForlopRecord *self,
                          const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);

  value = value_of (self, field, &kind);

  return value->emptied && !value->set;
}

/* Empty text is no value: "" and white space around are never stored. */
void
forlop_record_set_text (ForlopRecord *self,
                        const char   *field,
                        const char   *text)
{
  g_autofree char *stripped = NULL;
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  g_return_if_fail (kind_is_text (kind));

  stripped = g_strdup (text);
  if (stripped != NULL)
    g_strstrip (stripped);

  value_clear (value, kind);
  if (stripped != NULL && *stripped != '\0')
    {
      value->v.text = g_steal_pointer (&stripped);
      value->set = TRUE;
    }
  notify_field (self, field);
}

void
forlop_record_set_integer (ForlopRecord *self,
                           const char   *field,
                           gint64        integer)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  g_return_if_fail (!kind_is_text (kind) && kind != FORLOP_KIND_REAL);

  value->v.integer = integer;
  value->set = TRUE;
  notify_field (self, field);
}

void
forlop_record_set_boolean (ForlopRecord *self,
                           const char   *field,
                           gboolean      value)
{
  forlop_record_set_integer (self, field, value != FALSE);
}

void
forlop_record_set_real (ForlopRecord *self,
                        const char   *field,
                        double        real)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  g_return_if_fail (kind == FORLOP_KIND_REAL);

  value->v.real = real;
  value->set = !isnan (real);
  notify_field (self, field);
}

void
forlop_record_set_date (ForlopRecord *self,
                        const char   *field,
                        ForlopDate    date)
{
  g_autofree char *iso = date == FORLOP_DATE_NONE ? NULL : forlop_date_to_iso (date);

  forlop_record_set_text (self, field, iso);
}

void
forlop_record_set_instant (ForlopRecord *self,
                           const char   *field,
                           gint64        at_ms)
{
  if (at_ms == FORLOP_INSTANT_NONE)
    forlop_record_clear (self, field);
  else
    forlop_record_set_integer (self, field, at_ms);
}

gboolean
forlop_record_field_equal (ForlopRecord *self,
                           ForlopRecord *other,
                           const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  Value *a, *b;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (other), FALSE);

  a = value_of (self, field, &kind);
  b = value_of (other, field, &kind);

  if (a->set != b->set)
    return FALSE;
  if (!a->set)
    return TRUE;
  if (kind_is_text (kind))
    return g_str_equal (a->v.text, b->v.text);
  if (kind == FORLOP_KIND_REAL)
    return !(a->v.real < b->v.real || a->v.real > b->v.real);
  return a->v.integer == b->v.integer;
}
