/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-meeting-store.h"

#include <glib/gi18n-lib.h>

#include "forlop-choice-store.h"
#include "forlop-duty.h"
#include "forlop-error.h"
#include "forlop-record-store.h"

/* The cases of a unit and those below it; ?1 is the unit. */
#define CASES \
  "WITH RECURSIVE below (id) AS (SELECT ?1 UNION SELECT unit.id FROM unit " \
  "JOIN below ON unit.parent_id = below.id WHERE unit.deleted = 0), " \
  "mine (id, citizen_id, name, birth_date) AS (SELECT c.id, c.citizen_id, citizen_row.name, citizen_row.birth_date " \
  "FROM \"case\" c JOIN citizen_row ON citizen_row.id = c.citizen_id WHERE c.deleted = 0 AND " \
  "(c.unit_id IN (SELECT id FROM below) OR c.follow_up_unit_id IN (SELECT id FROM below) " \
  "OR c.office_unit_id IN (SELECT id FROM below))) "

#define ITEM "i.id, mine.id, mine.citizen_id, mine.name, mine.birth_date, i.question, i.decision "
#define WAITING "i.deleted = 0 AND i.decided_at IS NULL "

static void
line_free (gpointer data)
{
  ForlopMeetingLine *line = data;

  g_free (line->item_id);
  g_free (line->case_id);
  g_free (line->citizen_id);
  g_free (line->name);
  g_free (line->question);
  g_free (line->decision);
  g_free (line->arguments);
  g_free (line);
}

static void
doer_free (gpointer data)
{
  ForlopMeetingDoer *doer = data;

  g_free (doer->key);
  g_free (doer->user_id);
  g_free (doer->name);
  g_free (doer->role);
  g_free (doer->unit_id);
  g_free (doer->unit_name);
  g_free (doer);
}

void
forlop_meeting_agenda_free (ForlopMeetingAgenda *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->meeting);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->doers, g_ptr_array_unref);
  g_free (self);
}

gboolean
forlop_meeting_agenda_is_open (const ForlopMeetingAgenda *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->meeting != NULL && !forlop_record_has (self->meeting, "closed_at");
}

unsigned int
forlop_meeting_agenda_count (const ForlopMeetingAgenda *self,
                             ForlopMeetingState         state)
{
  unsigned int n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (unsigned int i = 0; i < self->lines->len; i++)
    n += ((ForlopMeetingLine *) g_ptr_array_index (self->lines, i))->state == state;

  return n;
}

char *
forlop_meeting_line_dup_reason (const ForlopMeetingLine *line,
                                ForlopDate               today)
{
  g_autofree char *duty = NULL;
  g_autofree char *alerts = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  if (line->rule != NULL)
    duty = forlop_duty_describe (line->rule, line->arguments, today);
  if (line->n_alerts > 0)
    alerts = g_strdup_printf (ngettext ("%u red or yellow in the last week", "%u red and yellow in the last week",
                                        line->n_alerts), line->n_alerts);
  if (duty == NULL || alerts == NULL)
    return duty != NULL ? g_steal_pointer (&duty) : g_steal_pointer (&alerts);

  return g_strjoin (" · ", alerts, duty, NULL);
}

/* The columns are those of ITEM; a suggestion has rule, arguments and alerts instead of question and decision. */
static void
add_line (ForlopMeetingAgenda *self,
          ForlopStatement     *statement,
          ForlopMeetingState   state)
{
  ForlopMeetingLine *line = g_new0 (ForlopMeetingLine, 1);

  line->state = state;
  line->case_id = forlop_statement_dup_id (statement, 1);
  line->citizen_id = forlop_statement_dup_id (statement, 2);
  line->name = forlop_statement_dup_text (statement, 3);
  line->birth_date = forlop_statement_get_date (statement, 4);
  if (state == FORLOP_MEETING_SUGGESTED)
    {
      g_autofree char *rule = forlop_statement_dup_text (statement, 5);

      line->rule = g_intern_string (rule);
      line->arguments = forlop_statement_dup_text (statement, 6);
      line->n_alerts = (unsigned int) forlop_statement_get_integer (statement, 7);
    }
  else
    {
      line->item_id = forlop_statement_dup_id (statement, 0);
      line->question = forlop_statement_dup_text (statement, 5);
      line->decision = forlop_statement_dup_text (statement, 6);
    }
  g_ptr_array_add (self->lines, line);
}

static gboolean
add_lines (ForlopMeetingAgenda  *self,
           ForlopStatement      *statement,
           ForlopMeetingState    state,
           GError              **error)
{
  gboolean has_row;

  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      add_line (self, statement, state);
    }
}

static gboolean
load_meeting (ForlopConnection     *connection,
              ForlopMeetingAgenda  *self,
              const char           *unit_id,
              GError              **error)
{
  static const char sql[] =
    "SELECT id FROM meeting WHERE unit_id = ?1 AND deleted = 0 "
    "ORDER BY closed_at IS NOT NULL, held_on DESC, id DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  g_autofree char *id = NULL;
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, unit_id);
  if (!forlop_statement_step (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  id = forlop_statement_dup_id (statement, 0);
  self->meeting = forlop_record_store_load (connection, "meeting", id, error);

  return self->meeting != NULL;
}

static gboolean
load_agenda (ForlopConnection     *connection,
             ForlopMeetingAgenda  *self,
             const char           *unit_id,
             GError              **error)
{
  static const char sql[] =
    CASES "SELECT " ITEM "FROM meeting_item i JOIN mine ON mine.id = i.case_id WHERE " WAITING "ORDER BY i.id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, unit_id);

  return add_lines (self, statement, FORLOP_MEETING_ON_AGENDA, error);
}

/* What is due soon, and who has had many alerts, of those who are not on the agenda. */
static gboolean
load_suggestions (ForlopConnection     *connection,
                  ForlopMeetingAgenda  *self,
                  const char           *unit_id,
                  gint64                now,
                  GError              **error)
{
  static const char sql[] =
    CASES ", due (case_id, rule, arguments, due_at) AS (SELECT case_id, rule, arguments, min (due_at) FROM duty "
    "WHERE rule IN ('evaluate', 'review-trial', 'review-observation') AND due_at < ?2 GROUP BY case_id), "
    "loud (case_id, n) AS (SELECT case_id, count (*) FROM alert WHERE deleted = 0 AND kind = 'measurement' "
    "AND severity IN ('red', 'yellow') AND status <> 'closed' AND raised_at >= ?3 GROUP BY case_id "
    "HAVING count (*) >= ?4) "
    "SELECT NULL, mine.id, mine.citizen_id, mine.name, mine.birth_date, due.rule, due.arguments, coalesce (loud.n, 0) "
    "FROM mine LEFT JOIN due ON due.case_id = mine.id LEFT JOIN loud ON loud.case_id = mine.id "
    "WHERE (due.rule IS NOT NULL OR loud.n IS NOT NULL) "
    "AND mine.id NOT IN (SELECT case_id FROM meeting_item i WHERE " WAITING ") "
    "AND mine.id NOT IN (SELECT case_id FROM meeting_item WHERE deleted = 0 AND decided_at >= ?5) "
    "ORDER BY loud.n DESC, due.due_at, mine.name";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, unit_id);
  forlop_statement_bind_integer (statement, 2, now + FORLOP_MEETING_DAYS_AHEAD * FORLOP_DAY);
  forlop_statement_bind_integer (statement, 3, now - 7 * FORLOP_DAY);
  forlop_statement_bind_integer (statement, 4, FORLOP_MEETING_MANY_ALERTS);
  forlop_statement_bind_integer (statement, 5, now - FORLOP_DAY);

  return add_lines (self, statement, FORLOP_MEETING_SUGGESTED, error);
}

static gboolean
load_decided (ForlopConnection     *connection,
              ForlopMeetingAgenda  *self,
              const char           *unit_id,
              GError              **error)
{
  static const char sql[] =
    CASES "SELECT " ITEM "FROM meeting_item i JOIN mine ON mine.id = i.case_id "
    "WHERE i.meeting_id = ?2 AND i.deleted = 0 AND i.decided_at IS NOT NULL ORDER BY i.decided_at, i.id";
  g_autoptr (ForlopStatement) statement = NULL;

  if (self->meeting == NULL)
    return TRUE;
  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, unit_id);
  forlop_statement_bind_id (statement, 2, forlop_record_get_id (self->meeting));

  return add_lines (self, statement, FORLOP_MEETING_DECIDED, error);
}

static void
add_doer (ForlopMeetingAgenda *self,
          ForlopStatement     *statement)
{
  ForlopMeetingDoer *doer = g_new0 (ForlopMeetingDoer, 1);

  doer->user_id = forlop_statement_dup_id (statement, 0);
  doer->name = forlop_statement_dup_text (statement, 1);
  doer->role = forlop_statement_dup_text (statement, 2);
  doer->unit_id = forlop_statement_dup_id (statement, 3);
  doer->unit_name = forlop_statement_dup_text (statement, 4);
  doer->key = g_strjoin ("/", doer->role, doer->unit_id, doer->user_id, NULL);
  g_ptr_array_add (self->doers, doer);
}

/* Everybody with a function in the unit or above it, in the units that its cases name, and the coordinators; and
 * each function that somebody of them has. */
static gboolean
load_doers (ForlopConnection     *connection,
            ForlopMeetingAgenda  *self,
            const char           *unit_id,
            ForlopDate            today,
            GError              **error)
{
  static const char sql[] =
    CASES ", above (id) AS (SELECT ?1 UNION SELECT unit.parent_id FROM unit JOIN above ON unit.id = above.id "
    "WHERE unit.deleted = 0 AND unit.parent_id IS NOT NULL), "
    "near (id) AS (SELECT id FROM above UNION SELECT c.unit_id FROM \"case\" c JOIN mine ON mine.id = c.id "
    "UNION SELECT c.follow_up_unit_id FROM \"case\" c JOIN mine ON mine.id = c.id "
    "UNION SELECT c.office_unit_id FROM \"case\" c JOIN mine ON mine.id = c.id), "
    "doer (user_id, name, role, unit_id) AS (SELECT \"user\".id, \"user\".name, m.role, m.unit_id "
    "FROM membership m JOIN \"user\" ON \"user\".id = m.user_id WHERE m.deleted = 0 AND \"user\".deleted = 0 "
    "AND coalesce (\"user\".active, 1) = 1 AND m.role <> 'administrator' "
    "AND (m.role = 'coordinator' OR m.unit_id IN (SELECT id FROM near)) "
    "AND (m.valid_from IS NULL OR m.valid_from <= ?2) AND (m.valid_to IS NULL OR m.valid_to >= ?2)) "
    "SELECT doer.user_id, doer.name, doer.role, doer.unit_id, iif (doer.unit_id = ?1, NULL, unit.name) "
    "FROM (SELECT * FROM doer UNION SELECT NULL, NULL, role, unit_id FROM doer) doer "
    "JOIN unit ON unit.id = doer.unit_id "
    "ORDER BY doer.user_id IS NULL, doer.unit_id <> ?1, doer.name, unit.name, doer.role";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);
  gboolean has_row;

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, unit_id);
  forlop_statement_bind_date (statement, 2, today);
  while (TRUE)
    {
      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      add_doer (self, statement);
    }
}

/**
 * forlop_meeting_store_load:
 *
 * Returns: (transfer full): the agenda; given to the thread that shows it.
 */
ForlopMeetingAgenda *
forlop_meeting_store_load (ForlopConnection  *connection,
                           const char        *unit_id,
                           gint64             now,
                           GError           **error)
{
  g_autoptr (ForlopMeetingAgenda) self = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (unit_id != NULL, NULL);

  self = g_new0 (ForlopMeetingAgenda, 1);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  if (!load_meeting (connection, self, unit_id, error) || !load_agenda (connection, self, unit_id, error) ||
      !load_suggestions (connection, self, unit_id, now, error) || !load_decided (connection, self, unit_id, error))
    return NULL;
  self->doers = g_ptr_array_new_with_free_func (doer_free);
  if (!load_doers (connection, self, unit_id, forlop_instant_to_date (now), error))
    return NULL;

  return g_steal_pointer (&self);
}

char *
forlop_meeting_store_find (ForlopConnection  *connection,
                           const char        *unit_id,
                           ForlopDate         held_on,
                           GError           **error)
{
  static const char sql[] =
    "SELECT id FROM meeting WHERE unit_id = ?1 AND deleted = 0 AND (?2 IS NULL OR held_on = ?2) "
    "ORDER BY held_on DESC, id DESC LIMIT 1";
  g_autoptr (ForlopStatement) statement = NULL;
  gboolean has_row;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (unit_id != NULL, NULL);

  statement = forlop_connection_prepare (connection, sql, error);
  if (statement == NULL)
    return NULL;
  forlop_statement_bind_id (statement, 1, unit_id);
  forlop_statement_bind_date (statement, 2, held_on);
  if (!forlop_statement_step (statement, &has_row, error))
    return NULL;
  if (has_row)
    return forlop_statement_dup_id (statement, 0);

  if (held_on == FORLOP_DATE_NONE)
    g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND, _("The unit has held no meeting yet."));
  else
    {
      g_autofree char *day = forlop_date_format (held_on);

      g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND, _("The unit held no meeting on %s."), day);
    }
  return NULL;
}

static gboolean
add_tasks (ForlopConnection   *connection,
           ForlopMinutesItem  *item,
           GError            **error)
{
  g_autoptr (GPtrArray) tasks = forlop_record_store_list (connection, "task", "meeting_item_id",
                                                          forlop_record_get_id (item->item), error);

  for (unsigned int i = 0; tasks != NULL && i < tasks->len; i++)
    {
      ForlopRecord *task = g_ptr_array_index (tasks, i);
      const char *user_id = forlop_record_get_text (task, "taken_by");
      g_autofree char *who = NULL;

      if (forlop_record_text_is (task, "status", "cancelled"))
        continue;
      if (user_id != NULL && !forlop_choice_store_name (connection, "user", user_id, &who, error))
        return FALSE;
      forlop_minutes_add_task (item, task, who);
    }

  return tasks != NULL;
}

static gboolean
add_items (ForlopConnection  *connection,
           ForlopMinutes     *self,
           GError           **error)
{
  static const char sql[] =
    "SELECT i.id, citizen_row.name, citizen_row.birth_date FROM meeting_item i "
    "JOIN citizen_row ON citizen_row.id = i.citizen_id "
    "WHERE i.meeting_id = ?1 AND i.deleted = 0 AND i.decided_at IS NOT NULL ORDER BY i.decided_at, i.id";
  g_autoptr (ForlopStatement) statement = forlop_connection_prepare (connection, sql, error);

  if (statement == NULL)
    return FALSE;
  forlop_statement_bind_id (statement, 1, forlop_record_get_id (self->meeting));
  while (TRUE)
    {
      g_autofree char *id = NULL;
      g_autofree char *name = NULL;
      g_autoptr (ForlopRecord) item = NULL;
      gboolean has_row;

      if (!forlop_statement_step (statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      id = forlop_statement_dup_id (statement, 0);
      name = forlop_statement_dup_text (statement, 1);
      item = forlop_record_store_load (connection, "meeting_item", id, error);
      if (item == NULL ||
          !add_tasks (connection,
                      forlop_minutes_add_item (self, item, name, forlop_statement_get_date (statement, 2)), error))
        return FALSE;
    }
}

/**
 * forlop_meeting_store_load_minutes:
 *
 * Returns: (transfer full): the minutes; given to the thread that writes them out.
 */
ForlopMinutes *
forlop_meeting_store_load_minutes (ForlopConnection  *connection,
                                   const char        *meeting_id,
                                   GError           **error)
{
  g_autoptr (ForlopMinutes) self = NULL;
  g_autoptr (ForlopRecord) meeting = NULL;

  g_return_val_if_fail (connection != NULL, NULL);
  g_return_val_if_fail (meeting_id != NULL, NULL);

  meeting = forlop_record_store_load (connection, "meeting", meeting_id, error);
  if (meeting == NULL)
    return NULL;
  self = forlop_minutes_new (meeting);
  if (!forlop_choice_store_name (connection, "unit", forlop_record_get_text (meeting, "unit_id"), &self->unit_name,
                                 error) ||
      !add_items (connection, self, error))
    return NULL;

  return g_steal_pointer (&self);
}
