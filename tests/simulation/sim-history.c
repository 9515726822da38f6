/* SPDX-License-Identifier: EUPL-1.2 */

#include "sim-world.h"

#include "forlop-json.h"

/* The history told again with nothing but the rule of docs/sync.md: a value gives way only to a change
 * that was made on it. What the server took against the rule, somebody has silently lost. */

typedef struct {
  SimWorld *world;
  GHashTable *tags;    /* "type id field" → the changeset whose value stands */
  GHashTable *values;  /* "type id field" → JSON */
  GHashTable *aliases; /* "type id field tag present" */
} History;

static const char *
tag_of (History    *self,
        const char *type,
        const char *id,
        const char *field)
{
  g_autofree char *key = g_strdup_printf ("%s %s %s", type, id, field);
  g_autofree char *maker = g_strdup_printf ("%s %s ", type, id);
  const char *tag = g_hash_table_lookup (self->tags, key);

  return tag != NULL ? tag : g_hash_table_lookup (self->tags, maker);
}

static void
set_value (History    *self,
           const char *type,
           const char *id,
           const char *field,
           const char *tag,
           yyjson_val *value)
{
  g_autofree char *key = g_strdup_printf ("%s %s %s", type, id, field);
  char *json = yyjson_val_write (value, 0, NULL);

  g_hash_table_insert (self->values, g_strdup (key), g_strdup (json));
  g_hash_table_insert (self->tags, g_steal_pointer (&key), g_strdup (tag));
  free (json);
}

static gboolean
is_value (History    *self,
          const char *type,
          const char *id,
          const char *field,
          yyjson_val *value)
{
  g_autofree char *key = g_strdup_printf ("%s %s %s", type, id, field);
  const char *present = g_hash_table_lookup (self->values, key);
  char *json = yyjson_val_write (value, 0, NULL);
  gboolean is_same = g_strcmp0 (present != NULL ? present : "null", json) == 0;

  free (json);
  return is_same;
}

static void
tell_field (History    *self,
            const char *op_id,
            const char *status,
            yyjson_val *operation,
            const char *field,
            yyjson_val *value)
{
  const char *type = yyjson_get_str (yyjson_obj_get (operation, "type"));
  const char *id = yyjson_get_str (yyjson_obj_get (operation, "id"));
  const char *base = yyjson_get_str (yyjson_obj_get (yyjson_obj_get (operation, "base"), field));
  const char *present = tag_of (self, type, id, field);
  g_autofree char *alias = g_strdup_printf ("%s %s %s %s %s", type, id, field, base, present);

  /* What was so already keeps its tag, and the author's own stands for it. */
  if (is_value (self, type, id, field, value))
    g_hash_table_add (self->aliases,
                      g_strdup_printf ("%s %s %s %s %s", type, id, field, op_id, present));
  else if (g_strcmp0 (base, present) == 0 || g_hash_table_contains (self->aliases, alias))
    set_value (self, type, id, field, op_id, value);
  else if (g_str_equal (status, "applied"))
    sim_fail (self->world, "I5", "%s of %s %s was made on %s and replaced what %s wrote", field, type,
              id, base, present);
}

static void
tell_operation (History    *self,
                const char *op_id,
                const char *status,
                yyjson_val *operation)
{
  const char *type = yyjson_get_str (yyjson_obj_get (operation, "type"));
  const char *id = yyjson_get_str (yyjson_obj_get (operation, "id"));
  g_autofree char *record = g_strdup_printf ("%s %s ", type, id);
  gboolean is_new = !g_hash_table_contains (self->tags, record);
  yyjson_val *key, *value;
  size_t i, n;

  if (yyjson_obj_get (operation, "delete") != NULL)
    return;
  if (is_new)
    g_hash_table_insert (self->tags, g_strdup (record), g_strdup (op_id));
  yyjson_obj_foreach (yyjson_obj_get (operation, "set"), i, n, key, value)
    if (is_new)
      set_value (self, type, id, yyjson_get_str (key), op_id, value);
    else if (yyjson_obj_get (operation, "base") != NULL)
      tell_field (self, op_id, status, operation, yyjson_get_str (key), value);
}

/* I5 nothing that stands in the history was silently replaced. */
void
sim_check_history (SimWorld *self)
{
  static const char sql[] =
    "SELECT r.op_id, r.status, c.body FROM changeset AS c JOIN receipt AS r ON r.seq = c.seq "
    "WHERE r.status IN ('applied', 'merged') ORDER BY c.seq";
  g_autoptr (ForlopStatement) statement =
    forlop_connection_prepare (sim_read_server (self), sql, NULL);
  History history = {
    self, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  gboolean has_row;

  while (forlop_statement_step (statement, &has_row, NULL) && has_row)
    {
      g_autofree char *op_id = forlop_statement_dup_id (statement, 0);
      g_autoptr (yyjson_doc) doc =
        forlop_json_parse (forlop_statement_get_text (statement, 2), -1, NULL);
      yyjson_val *operation;
      size_t i, n;

      yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "ops"), i, n, operation)
        tell_operation (&history, op_id, forlop_statement_get_text (statement, 1), operation);
    }

  g_hash_table_unref (history.tags);
  g_hash_table_unref (history.values);
  g_hash_table_unref (history.aliases);
}
