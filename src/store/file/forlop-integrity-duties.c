/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-duty.h"
#include "forlop-integrity-private.h"
#include "forlop-pathway.h"
#include "forlop-person-store.h"
#include "forlop-record-store.h"
#include "forlop-snapshot-store.h"

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* One duty as a line of text, so that two lists can be compared. */
static char *
dup_line (const ForlopDuty *duty)
{
  return g_strdup_printf ("%s %s %s %s %s %s %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %s %s",
                          duty->rule, or_empty (duty->act), duty->subject_type, duty->subject_id,
                          or_empty (duty->citizen_id), or_empty (duty->role), or_empty (duty->unit_id),
                          duty->visible_from, duty->due_at, duty->since, or_empty (duty->arguments),
                          or_empty (duty->taken_by));
}

static int
by_text (gconstpointer a,
         gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, by_text);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
dup_derived (ForlopSnapshot *snapshot)
{
  g_autoptr (GPtrArray) duties = forlop_duties_of_case (snapshot);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < duties->len; i++)
    g_ptr_array_add (lines, dup_line (g_ptr_array_index (duties, i)));

  return join_sorted (lines);
}

static char *
dup_stored_line (ForlopStatement *statement)
{
  g_autofree char *subject_id = forlop_statement_dup_id (statement, 3);
  g_autofree char *citizen_id = forlop_statement_dup_id (statement, 4);
  g_autofree char *role = forlop_statement_dup_text (statement, 5);
  g_autofree char *unit_id = forlop_statement_dup_id (statement, 6);
  g_autofree char *arguments = forlop_statement_dup_text (statement, 10);
  g_autofree char *taken_by = forlop_statement_dup_id (statement, 11);
  const ForlopDuty duty = {
    .rule = forlop_statement_get_text (statement, 0),
    .act = forlop_statement_get_text (statement, 1),
    .subject_type = forlop_statement_get_text (statement, 2),
    .subject_id = subject_id,
    .citizen_id = citizen_id,
    .role = role,
    .unit_id = unit_id,
    .visible_from = forlop_statement_get_integer (statement, 7),
    .due_at = forlop_statement_get_instant (statement, 8),
    .since = forlop_statement_get_instant (statement, 9),
    .arguments = arguments,
    .taken_by = taken_by,
  };

  return dup_line (&duty);
}

static char *
dup_stored (ForlopConnection  *connection,
            const char        *case_id,
            GError           **error)
{
  static const char sql[] =
    "SELECT rule, act, subject_type, subject_id, citizen_id, role, unit_id, visible_from, due_at, since, "
    "arguments, taken_by FROM duty WHERE source_id = ?1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gboolean has_row = FALSE;

  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, case_id);
  do
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return NULL;
      if (has_row)
        g_ptr_array_add (lines, dup_stored_line (statement));
    }
  while (has_row);

  return join_sorted (lines);
}

/* When the case was last touched: what time alone changes since then is not yet in the table. */
static gboolean
last_act (ForlopConnection  *connection,
          const char        *citizen_id,
          gint64            *at,
          GError           **error)
{
  static const char sql[] = "SELECT max (created_at) FROM changeset WHERE citizen_id IN " FORLOP_SAME_PERSON ("?1");
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, citizen_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  *at = has_row ? forlop_statement_get_instant (statement, 0) : FORLOP_INSTANT_NONE;

  return TRUE;
}

static gboolean
check_case (ForlopIntegrity  *self,
            ForlopRecord     *the_case,
            GError          **error)
{
  const char *case_id = forlop_record_get_id (the_case);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ForlopSnapshot) snapshot =
    forlop_snapshot_store_load_case (self->connection, case_id, self->now, &local_error);
  g_autofree char *stored = NULL;
  g_autofree char *derived = NULL;
  gint64 at;

  /* A case that cannot be read has a reference that leads nowhere, and that is already said. */
  if (snapshot == NULL)
    return TRUE;
  stored = dup_stored (self->connection, case_id, error);
  if (stored == NULL || !last_act (self->connection, forlop_record_get_text (the_case, "citizen_id"), &at, error))
    return FALSE;

  derived = dup_derived (snapshot);
  if (g_strcmp0 (stored, derived) == 0)
    return TRUE;
  if (at != FORLOP_INSTANT_NONE)
    {
      g_autofree char *then = NULL;

      forlop_snapshot_set_now (snapshot, at);
      then = dup_derived (snapshot);
      if (g_strcmp0 (stored, then) == 0)
        return TRUE;
    }
  forlop_integrity_add (self, "duties", "case", case_id, NULL,
                        g_strdup (_("The worklists do not show what this case asks for.")));

  return TRUE;
}

gboolean
forlop_integrity_check_duties (ForlopIntegrity  *self,
                               GError          **error)
{
  g_autoptr (GPtrArray) cases = forlop_record_store_list (self->connection, "case", NULL, NULL, error);

  if (cases == NULL)
    return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      if (!check_case (self, g_ptr_array_index (cases, i), error))
        return FALSE;
      if (self->progress != NULL)
        self->progress (i, cases->len, self->user_data);
    }

  return TRUE;
}
