/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-escalation.h"

/* Red alerts that nobody takes in time become a task of the unit's leader. The task names nobody: everybody in
 * the unit reads its tasks. */

/* Units above a unit, before somebody else's leader is asked. */
#define MAX_LEVELS 8

void
forlop_sync_escalated_free (ForlopSyncEscalated *self)
{
  if (self == NULL)
    return;

  g_free (self->case_id);
  g_free (self->citizen_id);
  g_free (self->unit_id);
  g_free (self->address);
  g_free (self);
}

/* NULL when there is none, too. */
static ForlopRecord *
load_named (ForlopSyncSession  *self,
            const char         *type,
            const char         *id,
            GError            **error)
{
  return id != NULL ? forlop_sync_load (self, type, id, NULL, error) : NULL;
}

static ForlopSyncEscalated *
make_escalated (ForlopRecord *the_case,
                ForlopRecord *unit,
                gint64        since)
{
  ForlopSyncEscalated *self = g_new0 (ForlopSyncEscalated, 1);

  self->case_id = g_strdup (forlop_record_get_id (the_case));
  self->since = since;
  self->citizen_id = g_strdup (forlop_record_get_text (the_case, "citizen_id"));
  self->unit_id = g_strdup (forlop_escalation_unit (the_case));
  self->address = g_strdup (unit != NULL ? forlop_escalation_address (unit) : NULL);

  return self;
}

/* @found: case id → the first of its alerts, which owns the id. */
static gboolean
look_at (ForlopSyncSession  *self,
         ForlopRecord       *alert,
         GHashTable         *found,
         GError            **error)
{
  const char *case_id = forlop_record_get_text (alert, "case_id");
  ForlopSyncEscalated *known = case_id != NULL ? g_hash_table_lookup (found, case_id) : NULL;
  gint64 since = forlop_escalation_waits (alert);
  g_autoptr (ForlopRecord) the_case = NULL;
  g_autoptr (ForlopRecord) unit = NULL;
  g_autoptr (ForlopRecord) profile = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 at;

  if (since == FORLOP_INSTANT_NONE || since > self->now || (known != NULL && known->since <= since))
    return TRUE;
  the_case = load_named (self, "case", case_id, &problem);
  if (the_case != NULL && forlop_record_text_is (the_case, "status", "running"))
    {
      unit = load_named (self, "unit", forlop_escalation_unit (the_case), &problem);
      if (problem == NULL)
        profile = load_named (self, "profile", forlop_record_get_text (the_case, "profile_id"), &problem);
      at = forlop_escalation_at (alert, unit, profile);
      if (at != FORLOP_INSTANT_NONE && at <= self->now)
        {
          ForlopSyncEscalated *escalated = make_escalated (the_case, unit, since);

          g_hash_table_replace (found, escalated->case_id, escalated);
        }
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FALSE;
}

static GPtrArray *
list_escalated (ForlopSyncSession  *self,
                GError            **error)
{
  g_autoptr (GPtrArray) rows = self->storage->funcs->list_untaken (self->storage, error);
  g_autoptr (GHashTable) found =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) forlop_sync_escalated_free);
  g_autoptr (GPtrArray) escalated =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_escalated_free);
  GHashTableIter iter;
  gpointer one;

  if (rows == NULL)
    return NULL;
  for (unsigned int i = 0; i < rows->len; i++)
    {
      g_autoptr (ForlopRecord) alert = forlop_sync_row_to_record (g_ptr_array_index (rows, i), error);

      if (alert == NULL || !look_at (self, alert, found, error))
        return NULL;
    }
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &one))
    {
      g_ptr_array_add (escalated, one);
      g_hash_table_iter_steal (&iter);
    }

  return g_steal_pointer (&escalated);
}

GPtrArray *
forlop_sync_server_list_escalated (ForlopServerStorage  *storage,
                                   gint64                now,
                                   GError              **error)
{
  const ForlopSyncCaller nobody = { .trusted = TRUE };
  ForlopSyncSession self = { .storage = storage, .caller = &nobody, .now = now };
  GPtrArray *escalated;

  g_return_val_if_fail (storage != NULL, NULL);

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  escalated = list_escalated (&self, error);
  storage->funcs->rollback (storage);
  forlop_sync_session_forget (&self);

  return escalated;
}

/* The same in every process. */
static char *
dup_task_id (const ForlopSyncEscalated *escalated)
{
  g_autofree char *rule = g_strdup_printf ("escalated %" G_GINT64_FORMAT, escalated->since);

  return forlop_id_derive (escalated->case_id, rule);
}

/* The manager of the unit or of one above it; otherwise any manager; otherwise an administrator. Borrowed; NULL
 * when nobody leads. */
static gboolean
find_leader (ForlopSyncSession  *self,
             const char         *unit_id,
             ForlopRecord      **leader,
             GError            **error)
{
  ForlopDate today = forlop_instant_to_date (self->now);
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  g_autofree char *at = g_strdup (unit_id);

  *leader = NULL;
  if (memberships == NULL)
    return FALSE;
  for (unsigned int i = 0; at != NULL && *leader == NULL && i < MAX_LEVELS; i++)
    {
      g_autoptr (GError) problem = NULL;
      g_autoptr (ForlopRecord) unit = NULL;

      *leader = forlop_sync_find_holder (memberships, today, "manager", at);
      unit = load_named (self, "unit", at, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      g_set_str (&at, unit != NULL ? forlop_record_get_text (unit, "parent_id") : NULL);
    }
  if (*leader == NULL)
    *leader = forlop_sync_find_holder (memberships, today, "manager", NULL);
  if (*leader == NULL)
    *leader = forlop_sync_find_holder (memberships, today, "administrator", NULL);

  return TRUE;
}

/* Somebody took it and gave it back. */
static gboolean
open_again (ForlopChangeset *changeset,
            ForlopRecord    *present)
{
  ForlopRecord *task;

  if (forlop_record_text_is (present, "status", "open"))
    return TRUE;
  task = forlop_changeset_change (changeset, present);
  forlop_record_set_text (task, "status", "open");
  forlop_record_clear (task, "done_by");
  forlop_record_clear (task, "done_at");
  forlop_record_clear (task, "result");

  return TRUE;
}

static gboolean
begin_task (ForlopSyncSession          *self,
            ForlopChangeset            *changeset,
            const ForlopSyncEscalated  *escalated,
            GError                    **error)
{
  g_autofree char *id = dup_task_id (escalated);
  g_autofree char *since = forlop_instant_format (escalated->since);
  g_autofree char *title = g_strdup_printf (_("A red alert has waited since %s, and nobody has taken it"), since);
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) present = load_named (self, "task", id, &problem);
  ForlopRecord *leader, *task;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (present != NULL)
    return open_again (changeset, present);
  if (!find_leader (self, escalated->unit_id, &leader, error))
    return FALSE;
  if (leader == NULL)
    return TRUE;

  task = forlop_changeset_make (changeset, "task", id);
  forlop_record_set_text (task, "unit_id", forlop_record_get_text (leader, "unit_id"));
  forlop_record_set_text (task, "role", forlop_record_get_text (leader, "role"));
  if (forlop_record_text_is (leader, "unit_id", escalated->unit_id))
    forlop_record_set_text (task, "citizen_id", escalated->citizen_id);
  forlop_record_set_text (task, "kind", "escalated");
  forlop_record_set_text (task, "title", title);
  forlop_record_set_text (task, "text",
                          escalated->address != NULL
                            ? _("Whom it is about shows in Follow-up, for those who follow the citizen up. This task "
                                "finishes by itself when somebody has taken it.")
                            : _("The unit has no shift phone, so nobody got a message: see to it that somebody takes "
                                "the alert. This task finishes by itself when somebody has."));
  forlop_record_set_date (task, "due_on", forlop_instant_to_date (self->now));
  forlop_record_set_text (task, "status", "open");

  return TRUE;
}

static gboolean
end_task (ForlopSyncSession          *self,
          ForlopChangeset            *changeset,
          const ForlopSyncEscalated  *escalated,
          GError                    **error)
{
  g_autofree char *id = dup_task_id (escalated);
  g_autoptr (GError) problem = NULL;
  g_autoptr (ForlopRecord) present = load_named (self, "task", id, &problem);
  ForlopRecord *task;

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (present == NULL || !forlop_record_text_is (present, "status", "open"))
    return TRUE;

  task = forlop_changeset_change (changeset, present);
  forlop_record_set_text (task, "status", "done");
  forlop_record_set_instant (task, "done_at", self->now);
  forlop_record_set_text (task, "result", _("Somebody has taken it, or it waits no longer."));

  return TRUE;
}

static gboolean
tell (ForlopSyncSession  *self,
      GPtrArray          *begun,
      GPtrArray          *ended,
      GError            **error)
{
  g_autoptr (ForlopChangeset) changeset = forlop_sync_author_begin (self, "escalate-alert", error);

  if (changeset == NULL)
    return FALSE;
  for (unsigned int i = 0; i < begun->len; i++)
    if (!begin_task (self, changeset, g_ptr_array_index (begun, i), error))
      return FALSE;
  for (unsigned int i = 0; i < ended->len; i++)
    if (!end_task (self, changeset, g_ptr_array_index (ended, i), error))
      return FALSE;

  return forlop_changeset_get_operations (changeset)->len == 0 ||
         forlop_sync_author_finish (self, changeset, error);
}

gboolean
forlop_sync_server_tell_leaders (ForlopServerStorage  *storage,
                                 gint64                now,
                                 GPtrArray            *begun,
                                 GPtrArray            *ended,
                                 gint64               *head,
                                 GError              **error)
{
  const ForlopSyncCaller nobody = { .trusted = TRUE };
  ForlopSyncSession self = { .storage = storage, .caller = &nobody, .now = now };
  gboolean is_done;
  gint64 first;

  g_return_val_if_fail (storage != NULL && begun != NULL && ended != NULL && head != NULL, FALSE);

  if (begun->len == 0 && ended->len == 0)
    return TRUE;
  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  is_done = storage->funcs->get_head (storage, &self.head, error);
  first = self.head.seq;
  is_done = is_done && tell (&self, begun, ended, error) && storage->funcs->commit (storage, error);
  if (!is_done)
    storage->funcs->rollback (storage);
  else if (self.head.seq > first)
    *head = self.head.seq;
  forlop_sync_session_forget (&self);

  return is_done;
}
