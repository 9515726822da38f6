/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-integrity-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-store.h"
#include "forlop-outbox-store.h"
#include "forlop-record-type.h"
#include "forlop-store-error.h"

#define MAX_OF_A_KIND 100

void
forlop_integrity_problem_free (ForlopIntegrityProblem *self)
{
  if (self == NULL)
    return;

  g_free (self->id);
  g_free (self->text);
  g_free (self);
}

void
forlop_integrity_add (ForlopIntegrity *self,
                      const char      *kind,
                      const char      *type,
                      const char      *id,
                      const char      *field,
                      char            *text)
{
  ForlopIntegrityProblem *problem = g_new0 (ForlopIntegrityProblem, 1);

  problem->kind = kind;
  problem->type = type;
  problem->id = g_strdup (id);
  problem->field = field;
  problem->text = text;
  g_ptr_array_add (self->problems, problem);
}

static gboolean
is_measurement (const ForlopRecordType *type)
{
  return g_str_equal (type->name, "measurement");
}

/* The records of a type that still are. */
static const char *
present (const ForlopRecordType *type,
         const char             *alias)
{
  g_autofree char *text =
    is_measurement (type) ? g_strdup ("1") : g_strdup_printf ("%s.deleted = 0", alias);

  return g_intern_string (text);
}

/* Runs a statement that gives the ids of wrong records. Statements are made from the declarations
 * and hold no value. */
static gboolean
collect (ForlopIntegrity         *self,
         GString                 *sql,
         const char              *kind,
         const ForlopRecordType  *type,
         const char              *field,
         const char              *sentence,
         GError                 **error)
{
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row = FALSE;

  g_string_append_printf (sql, " LIMIT %d", MAX_OF_A_KIND);
  statement = forlop_connection_prepare (self->connection, g_intern_string (sql->str), error);
  g_string_free (sql, TRUE);
  if (statement == NULL)
    return FALSE;

  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (has_row)
        {
          g_autofree char *id = forlop_statement_dup_id (statement, 0);

          forlop_integrity_add (self, kind, type->name, id, field, g_strdup (sentence));
        }
    }
  while (has_row);

  return TRUE;
}

static gboolean
check_reference (ForlopIntegrity         *self,
                 const ForlopRecordType  *type,
                 const ForlopField       *field,
                 GError                 **error)
{
  const ForlopRecordType *target = forlop_record_type_find (field->target);
  g_autofree char *sentence = NULL;
  GString *sql = g_string_new (NULL);

  g_assert (target != NULL);

  g_string_append_printf (sql,
                          "SELECT a.id FROM \"%s\" a WHERE %s AND a.\"%s\" IS NOT NULL AND NOT EXISTS "
                          "(SELECT 1 FROM \"%s\" b WHERE b.id = a.\"%s\" AND %s",
                          type->name, present (type, "a"), field->name, target->name, field->name,
                          present (target, "b"));
  /* Measurements are found by their citizen only. */
  if (is_measurement (target) && forlop_record_type_field (type, "citizen_id") != NULL)
    g_string_append (sql, " AND b.citizen_id = a.citizen_id");
  g_string_append_c (sql, ')');

  /* Translators: labels of a kind of record and a field. */
  sentence = g_strdup_printf (_("%s: “%s” refers to something that is not in the file."), _(type->label),
                              _(field->label));

  return collect (self, sql, "reference", type, field->name, sentence, error);
}

static gboolean
check_required (ForlopIntegrity         *self,
                const ForlopRecordType  *type,
                const ForlopField       *field,
                GError                 **error)
{
  g_autofree char *sentence =
    g_strdup_printf (_("%s: “%s” is missing."), _(type->label), _(field->label));
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT a.id FROM \"%s\" a WHERE %s AND a.\"%s\" IS NULL", type->name,
                          present (type, "a"), field->name);

  return collect (self, sql, "required", type, field->name, sentence, error);
}

static gboolean
check_history (ForlopIntegrity         *self,
               const ForlopRecordType  *type,
               GError                 **error)
{
  g_autofree char *sentence =
    g_strdup_printf (_("%s: the history does not know the act that made it so."), _(type->label));
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql,
                          "SELECT a.id FROM \"%s\" a WHERE %s AND NOT EXISTS "
                          "(SELECT 1 FROM changeset c WHERE c.op_id = a.vtag)",
                          type->name, present (type, "a"));

  return collect (self, sql, "history", type, NULL, sentence, error);
}

static gboolean
is_searchable (const ForlopRecordType *type)
{
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if (field->flags & FORLOP_FIELD_SEARCHABLE)
      return TRUE;

  return FALSE;
}

static gboolean
check_search (ForlopIntegrity         *self,
              const ForlopRecordType  *type,
              GError                 **error)
{
  g_autofree char *missing =
    g_strdup_printf (_("%s: the search does not find it."), _(type->label));
  g_autofree char *left = g_strdup_printf (_("%s: the search finds it, but it is not there."), _(type->label));
  GString *without = g_string_new (NULL);
  GString *orphans = g_string_new (NULL);

  g_string_append_printf (without,
                          "SELECT a.id FROM \"%s\" a WHERE %s AND NOT EXISTS "
                          "(SELECT 1 FROM search_entry e JOIN search s ON s.rowid = e.n "
                          "WHERE e.id = a.id AND e.type = '%s')",
                          type->name, present (type, "a"), type->name);
  g_string_append_printf (orphans,
                          "SELECT e.id FROM search_entry e WHERE e.type = '%s' AND NOT EXISTS "
                          "(SELECT 1 FROM \"%s\" a WHERE a.id = e.id AND %s)",
                          type->name, type->name, present (type, "a"));
  if (!collect (self, without, "search", type, NULL, missing, error))
    {
      g_string_free (orphans, TRUE);
      return FALSE;
    }

  return collect (self, orphans, "search", type, NULL, left, error);
}

static gboolean
check_list (ForlopIntegrity  *self,
            GError          **error)
{
  const ForlopRecordType *type = forlop_record_type_find ("citizen");
  GString *missing = g_string_new (
    "SELECT a.id FROM citizen a WHERE a.deleted = 0 "
    "AND NOT EXISTS (SELECT 1 FROM citizen_row r WHERE r.id = a.id)");
  GString *orphans = g_string_new (
    "SELECT r.id FROM citizen_row r WHERE NOT EXISTS "
    "(SELECT 1 FROM citizen a WHERE a.id = r.id AND a.deleted = 0)");

  if (!collect (self, missing, "list", type, NULL, _("A citizen is not in the list of citizens."), error))
    {
      g_string_free (orphans, TRUE);
      return FALSE;
    }

  return collect (self, orphans, "list", type, NULL,
                  _("The list of citizens shows somebody who is not registered."), error);
}

static gboolean
check_type (ForlopIntegrity         *self,
            const ForlopRecordType  *type,
            GError                 **error)
{
  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    {
      if (field->kind == FORLOP_KIND_REF && !self->is_mirror &&
          !check_reference (self, type, field, error))
        return FALSE;
      if ((field->flags & FORLOP_FIELD_REQUIRED) && !check_required (self, type, field, error))
        return FALSE;
    }
  if (is_searchable (type) && !check_search (self, type, error))
    return FALSE;

  return self->is_mirror || check_history (self, type, error);
}

static gboolean
check_access_log (ForlopIntegrity  *self,
                  GError          **error)
{
  g_autoptr (GError) broken = NULL;

  if (forlop_access_store_verify (self->connection, NULL, &broken))
    return TRUE;
  if (!g_error_matches (broken, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&broken));
      return FALSE;
    }
  forlop_integrity_add (self, "access-log", NULL, NULL, NULL, forlop_store_error_dup_sentence (broken));

  return TRUE;
}

/**
 * forlop_integrity_check:
 * @now: the instant, for what is derived from the records.
 * @progress: (nullable): called now and then.
 *
 * A mirror has what its user may see, and not the history of others: references out of it and records
 * that others made are right there, and each of its cases was last looked at by the turn that touched it.
 *
 * Returns: (transfer full): #GPtrArray of #ForlopIntegrityProblem, or %NULL with an error when the
 *   check could not be made.
 */
GPtrArray *
forlop_integrity_check (ForlopConnection         *connection,
                        gint64                    now,
                        ForlopIntegrityProgress   progress,
                        gpointer                  user_data,
                        GError                  **error)
{
  g_autoptr (GPtrArray) problems =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_integrity_problem_free);
  ForlopIntegrity self = { connection, problems, progress, user_data, now, FALSE };
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  g_return_val_if_fail (connection != NULL, NULL);

  if (!forlop_outbox_store_is_paired (connection, &self.is_mirror, error))
    return NULL;
  for (unsigned int i = 0; i < n; i++)
    {
      if (!check_type (&self, types[i], error))
        return NULL;
      if (progress != NULL)
        progress (i, n, user_data);
    }
  if (!check_list (&self, error) ||
      (!self.is_mirror && !forlop_integrity_check_duties (&self, error)) ||
      !check_access_log (&self, error))
    return NULL;

  return g_steal_pointer (&problems);
}
