/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"

/* Emergency access: somebody who needs a citizen's record now and has no grant gets it for four hours.
 * He says why, has signed in lately, and the citizen's leader gets a task to look at it. */

#define REVIEW_DAYS 3

/* Who has to look at it. */
typedef struct {
  const char *role;
  const char *unit_id;
  gboolean is_own; /* the unit has the citizen, so that its people may read the reason */
  gboolean is_blocked; /* the citizen wants the caller kept from the record */
  gboolean is_note_blocked; /* or from a note of it */
} Leader;

static gboolean
find_in_unit (GPtrArray  *memberships,
              ForlopDate  today,
              const char *role,
              const char *unit_id,
              Leader     *leader)
{
  ForlopRecord *membership = forlop_sync_find_holder (memberships, today, role, unit_id);

  if (membership == NULL)
    return FALSE;
  leader->role = role;
  leader->unit_id = forlop_record_get_text (membership, "unit_id");
  leader->is_own = unit_id != NULL;

  return TRUE;
}

/* The manager of the citizen's unit or of a case's; otherwise of any unit; otherwise an administrator:
 * somebody always hears of it. */
static gboolean
find_leader (ForlopSyncSession  *self,
             ForlopRecord       *citizen,
             GPtrArray          *cases,
             Leader             *leader,
             GError            **error)
{
  static const char *const fields[] = { "unit_id", "follow_up_unit_id", "office_unit_id" };
  ForlopDate today = forlop_instant_to_date (self->now);
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  const char *unit_id = forlop_record_get_text (citizen, "unit_id");

  *leader = (Leader) { 0 };
  if (memberships == NULL)
    return FALSE;
  if (unit_id != NULL && find_in_unit (memberships, today, "manager", unit_id, leader))
    return TRUE;
  for (unsigned int i = 0; i < cases->len; i++)
    for (unsigned int j = 0; j < G_N_ELEMENTS (fields); j++)
      {
        unit_id = forlop_record_get_text (g_ptr_array_index (cases, i), fields[j]);
        if (unit_id != NULL && find_in_unit (memberships, today, "manager", unit_id, leader))
          return TRUE;
      }
  if (!find_in_unit (memberships, today, "manager", NULL, leader))
    find_in_unit (memberships, today, "administrator", NULL, leader);

  return TRUE;
}

static gboolean
add_task (ForlopSyncSession     *self,
          const ForlopSyncPlea  *plea,
          const Leader          *leader,
          ForlopChangeset       *changeset,
          GError               **error)
{
  g_autofree char *id = forlop_id_derive (forlop_changeset_get_id (changeset), "task");
  g_autofree char *title = NULL;
  g_autofree char *at = forlop_instant_format (self->now);
  g_autofree char *text = NULL;
  g_autoptr (ForlopRecord) user = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *task;

  if (leader->unit_id == NULL)
    return TRUE;
  user = forlop_sync_load (self, "user", self->caller->user_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  title = g_strdup_printf (leader->is_blocked        ? _("Review emergency access to a blocked record by %s")
                           : leader->is_note_blocked ? _("Review emergency access to a blocked note by %s")
                                                     : _("Review emergency access by %s"),
                           user != NULL ? forlop_record_get_text (user, "name") : _("somebody"));
  text = leader->is_own ? g_strdup_printf (_("Opened %s. Reason: %s"), at, plea->reason)
                        : g_strdup_printf (_("Opened %s. The reason is in the access log."), at);

  task = forlop_changeset_make (changeset, "task", id);
  forlop_record_set_text (task, "unit_id", leader->unit_id);
  forlop_record_set_text (task, "role", leader->role);
  /* It opens the record for who has a function that sees it, and nothing for others. */
  if (leader->is_own)
    forlop_record_set_text (task, "citizen_id", plea->citizen_id);
  forlop_record_set_text (task, "kind", "review_access");
  forlop_record_set_text (task, "title", title);
  forlop_record_set_text (task, "text", text);
  forlop_record_set_date (task, "due_on", forlop_instant_to_date (self->now) + REVIEW_DAYS);
  forlop_record_set_text (task, "status", "open");

  return TRUE;
}

static gboolean
give (ForlopSyncSession  *self,
      const char         *scope,
      gint64              valid_to,
      gint64              seq,
      GError            **error)
{
  g_autoptr (ForlopServerGrant) grant = NULL;

  if (!self->storage->funcs->get_grant (self->storage, self->caller->user_id, scope, &grant, error))
    return FALSE;
  if (grant != NULL && grant->active)
    return TRUE;
  if (grant == NULL)
    {
      grant = g_new0 (ForlopServerGrant, 1);
      grant->user_id = g_strdup (self->caller->user_id);
      grant->scope = g_strdup (scope);
    }
  grant->gen++;
  grant->active = TRUE;
  grant->valid_to = valid_to;
  grant->seq = seq;
  g_set_str (&grant->basis, "BTG");

  return self->storage->funcs->put_grant (self->storage, grant, error);
}

/* Who makes a case in emergency access sees its delivery side as long as the rest. */
gboolean
forlop_sync_lend_delivery (ForlopSyncSession  *self,
                           const char         *citizen_id,
                           const char         *case_id,
                           gint64              seq,
                           GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  g_autofree char *delivery = g_strconcat ("d:", case_id, NULL);
  g_autoptr (ForlopServerGrant) lent = NULL;

  if (!self->storage->funcs->get_grant (self->storage, self->caller->user_id, scope, &lent, error))
    return FALSE;

  return lent == NULL || !lent->active || !g_str_equal (lent->basis, "BTG") ||
         give (self, delivery, lent->valid_to, seq, error);
}

static gboolean
open_record (ForlopSyncSession     *self,
             const ForlopSyncPlea  *plea,
             ForlopRecord          *membership,
             GPtrArray             *ids,
             GPtrArray             *notes,
             const Leader          *leader,
             GPtrArray             *cases,
             GError               **error)
{
  g_autofree char *scope = g_strconcat ("c:", plea->citizen_id, NULL);
  const ForlopServerAccess access = {
    .at = self->now, .client_at = FORLOP_INSTANT_NONE, .user_id = self->caller->user_id,
    .role = forlop_record_get_text (membership, "role"),
    .unit_id = forlop_record_get_text (membership, "unit_id"), .device_id = self->caller->device_id,
    .scope = scope, .action = "break-glass", .reason = plea->reason,
    .request_id = self->caller->request_id, .result = "granted",
  };
  g_autoptr (ForlopChangeset) changeset = forlop_sync_author_begin (self, "break-glass", error);

  if (changeset == NULL || !add_task (self, plea, leader, changeset, error) ||
      !forlop_sync_author_finish (self, changeset, error))
    return FALSE;
  for (unsigned int i = 0; i < ids->len; i++)
    {
      g_autofree char *each = g_strconcat ("c:", (const char *) g_ptr_array_index (ids, i), NULL);

      if (!give (self, each, self->now + FORLOP_SYNC_BREAK_GLASS_MS, self->head.seq, error))
        return FALSE;
    }
  for (unsigned int i = 0; i < notes->len; i++)
    if (!give (self, g_ptr_array_index (notes, i), self->now + FORLOP_SYNC_BREAK_GLASS_MS, self->head.seq, error))
      return FALSE;
  for (unsigned int i = 0; i < cases->len; i++)
    {
      g_autofree char *delivery =
        g_strconcat ("d:", forlop_record_get_id (g_ptr_array_index (cases, i)), NULL);

      if (!give (self, delivery, self->now + FORLOP_SYNC_BREAK_GLASS_MS, self->head.seq, error))
        return FALSE;
    }

  return self->storage->funcs->add_access (self->storage, &access, error) &&
         self->storage->funcs->commit (self->storage, error);
}

/* The scopes of notes of the person that the caller does not see. */
static GPtrArray *
list_hidden_notes (ForlopSyncSession  *self,
                   GPtrArray          *ids,
                   GError            **error)
{
  g_autoptr (GPtrArray) hidden = g_ptr_array_new_with_free_func (g_free);

  for (unsigned int i = 0; i < ids->len; i++)
    {
      g_autoptr (GPtrArray) scopes = forlop_sync_list_apart (self->storage, g_ptr_array_index (ids, i), error);

      if (scopes == NULL)
        return NULL;
      for (unsigned int j = 0; j < scopes->len; j++)
        {
          gboolean may_see;

          if (!forlop_sync_may_see (self, g_ptr_array_index (scopes, j), &may_see, error))
            return NULL;
          if (!may_see)
            g_ptr_array_add (hidden, g_strdup (g_ptr_array_index (scopes, j)));
        }
    }

  return g_steal_pointer (&hidden);
}

static gboolean
find_blocked (ForlopSyncSession  *self,
              const char         *scope,
              GPtrArray          *notes,
              Leader             *leader,
              GError            **error)
{
  if (!forlop_sync_is_blocked (self, scope, &leader->is_blocked, error))
    return FALSE;
  for (unsigned int i = 0; i < notes->len && !leader->is_note_blocked; i++)
    if (!forlop_sync_is_blocked (self, g_ptr_array_index (notes, i), &leader->is_note_blocked, error))
      return FALSE;

  return TRUE;
}

static ForlopSyncReply *
opened (ForlopSyncSession *self,
        const char        *scope,
        gboolean           is_blocked)
{
  g_autofree char *until = forlop_instant_to_iso (self->now + FORLOP_SYNC_BREAK_GLASS_MS);
  ForlopSyncReply *reply =
    forlop_sync_reply_new (200, g_strdup_printf ("{\"scope\":\"%s\",\"valid_to\":\"%s\"%s}", scope, until,
                                                 is_blocked ? ",\"blocked\":true" : ""));

  reply->head = self->head.seq;

  return reply;
}

static ForlopSyncReply *
break_glass (ForlopSyncSession     *self,
             const ForlopSyncPlea  *plea,
             GError               **error)
{
  static const char *const roles[] = { "caseworker", "resource_person", NULL };
  g_autofree char *scope = g_strconcat ("c:", plea->citizen_id, NULL);
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (GPtrArray) cases = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *membership;
  Leader leader;
  gboolean may_see;

  if (self->caller->signed_in_at + FORLOP_SYNC_FRESH_MS < self->now || self->caller->signed_in_at > self->now)
    return forlop_sync_reply_problem (401, "sign_in_again",
                                      _("It is more than 15 minutes since you signed in. Nothing was opened; "
                                        "sign in once more and try again."));
  if (!self->storage->funcs->get_head (self->storage, &self->head, error) ||
      !forlop_sync_sweep (self, error) || !forlop_sync_find_function (self, roles, &membership, error) ||
      !forlop_sync_may_see (self, scope, &may_see, error))
    return NULL;
  if (membership == NULL)
    return forlop_sync_reply_problem (403, "not_allowed",
                                      _("Your function does not have emergency access. Nothing was opened."));
  ids = forlop_sync_list_person (self, plea->citizen_id, error);
  notes = ids != NULL ? list_hidden_notes (self, ids, error) : NULL;
  if (notes == NULL)
    return NULL;
  if (may_see && notes->len == 0)
    return forlop_sync_reply_problem (409, "already", _("You have access to the citizen already."));
  citizen = forlop_sync_load (self, "citizen", plea->citizen_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (citizen == NULL)
    return forlop_sync_reply_problem (404, "not_found",
                                      _("The citizen is not registered in this municipality. Nothing was "
                                        "opened; search again."));
  cases = forlop_sync_list_cases (self, ids, error);
  if (cases == NULL || !find_leader (self, citizen, cases, &leader, error) ||
      !find_blocked (self, scope, notes, &leader, error) ||
      !open_record (self, plea, membership, ids, notes, &leader, cases, error))
    return NULL;

  return opened (self, scope, leader.is_blocked || leader.is_note_blocked);
}

/**
 * forlop_sync_server_break_glass:
 *
 * `{"citizen_id","reason"}` → `{"scope","valid_to","blocked"?}`. 401 `sign_in_again` when the last sign-in is older
 * than %FORLOP_SYNC_FRESH_MS.
 */
ForlopSyncReply *
forlop_sync_server_break_glass (ForlopServerStorage     *storage,
                                const ForlopSyncCaller  *caller,
                                gint64                   now,
                                const char              *text,
                                gsize                    length,
                                GError                 **error)
{
  return forlop_sync_answer_plea (storage, caller, now, text, length, break_glass, error);
}
