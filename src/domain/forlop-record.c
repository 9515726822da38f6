/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-record-private.h"

#include <math.h>

static const ForlopRecordType *
type_of (ForlopRecord *self)
{
  return FORLOP_RECORD_GET_CLASS (self)->type;
}

static ForlopRecordValue *
value_of (ForlopRecord    *self,
          const char      *field,
          ForlopFieldKind *kind)
{
  ForlopRecordPrivate *priv = forlop_record_private (self);
  const ForlopRecordType *type = type_of (self);
  int index = forlop_record_type_index (type, field);

  if (index < 0)
    g_error ("record type %s declares no field %s", type->name, field);

  *kind = type->fields[index].kind;
  return &priv->values[index];
}

static void
notify_value (ForlopRecord            *self,
              const ForlopRecordValue *value)
{
  gsize index = (gsize) (value - forlop_record_private (self)->values);

  g_object_notify_by_pspec (G_OBJECT (self), FORLOP_RECORD_GET_CLASS (self)->properties[index]);
}

ForlopRecord *
forlop_record_copy (ForlopRecord *self)
{
  ForlopRecordPrivate *priv = forlop_record_private (self);
  const ForlopRecordType *type;
  ForlopRecordPrivate *copy_priv;
  ForlopRecord *copy;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  type = type_of (self);
  copy = forlop_record_new (type, priv->id);
  copy_priv = forlop_record_private (copy);
  copy_priv->vtag = g_strdup (priv->vtag);
  if (priv->field_vtags != NULL)
    copy_priv->field_vtags = g_hash_table_ref (priv->field_vtags);

  for (unsigned int i = 0; type->fields[i].name != NULL; i++)
    {
      copy_priv->values[i] = priv->values[i];
      if (forlop_kind_is_text (type->fields[i].kind))
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
  ForlopRecordPrivate *priv = forlop_record_private (self);

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
  ForlopRecordPrivate *priv = forlop_record_private (self);

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  return priv->vtag;
}

void
forlop_record_set_vtag (ForlopRecord *self,
                        const char   *vtag)
{
  ForlopRecordPrivate *priv = forlop_record_private (self);

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
  ForlopRecordPrivate *priv = forlop_record_private (self);
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
  ForlopRecordPrivate *priv = forlop_record_private (self);
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
  ForlopRecordValue *value;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), NULL);

  value = value_of (self, field, &kind);
  g_return_val_if_fail (forlop_kind_is_text (kind), NULL);

  return value->v.text;
}

gint64
forlop_record_get_integer (ForlopRecord *self,
                           const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  ForlopRecordValue *value;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), 0);

  value = value_of (self, field, &kind);
  g_return_val_if_fail (!forlop_kind_is_text (kind) && kind != FORLOP_KIND_REAL, 0);

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
  ForlopRecordValue *value;

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
  ForlopRecordValue *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  /* In two steps: the order in which the arguments of one call are worked out is not given. */
  value = value_of (self, field, &kind);
  forlop_record_value_clear (value, kind);
  notify_value (self, value);
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
  ForlopRecordValue *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  forlop_record_value_clear (value, kind);
  value->emptied = TRUE;
  notify_value (self, value);
}

gboolean
forlop_record_is_emptied (ForlopRecord *self,
                          const char   *field)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  ForlopRecordValue *value;

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
  ForlopRecordValue *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  g_return_if_fail (forlop_kind_is_text (kind));

  stripped = g_strdup (text);
  if (stripped != NULL)
    g_strstrip (stripped);

  forlop_record_value_clear (value, kind);
  if (stripped != NULL && *stripped != '\0')
    {
      value->v.text = g_steal_pointer (&stripped);
      value->set = TRUE;
    }
  notify_value (self, value);
}

void
forlop_record_set_integer (ForlopRecord *self,
                           const char   *field,
                           gint64        integer)
{
  ForlopFieldKind kind = FORLOP_KIND_TEXT;
  ForlopRecordValue *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  g_return_if_fail (!forlop_kind_is_text (kind) && kind != FORLOP_KIND_REAL);

  value->v.integer = integer;
  value->set = TRUE;
  notify_value (self, value);
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
  ForlopRecordValue *value;

  g_return_if_fail (FORLOP_IS_RECORD (self));

  value = value_of (self, field, &kind);
  g_return_if_fail (kind == FORLOP_KIND_REAL);

  value->v.real = real;
  value->set = !isnan (real);
  notify_value (self, value);
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
  ForlopRecordValue *a, *b;

  g_return_val_if_fail (FORLOP_IS_RECORD (self), FALSE);
  g_return_val_if_fail (FORLOP_IS_RECORD (other), FALSE);

  a = value_of (self, field, &kind);
  b = value_of (other, field, &kind);

  if (a->set != b->set)
    return FALSE;
  if (!a->set)
    return TRUE;
  if (forlop_kind_is_text (kind))
    return g_str_equal (a->v.text, b->v.text);
  if (kind == FORLOP_KIND_REAL)
    return !(a->v.real < b->v.real || a->v.real > b->v.real);
  return a->v.integer == b->v.integer;
}
