/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>

#include "forlop-json.h"

/* An office takes a citizen up whom it has found by search, in order to make a case. It ends by itself when
 * no case follows. */

/* The office is among those who see the citizen, until @valid_to or until a case of its own. */
static gboolean
add_take_up (ForlopSyncSession  *self,
             const char         *citizen_id,
             const char         *unit_id,
             gint64              valid_to,
             GError            **error)
{
  g_autofree char *scope = g_strconcat ("c:", citizen_id, NULL);
  const ForlopServerRule rule = {
    .scope = scope, .role = (char *) "caseworker", .unit_id = (char *) unit_id,
    .basis = (char *) FORLOP_SYNC_TAKE_UP, .valid_to = valid_to,
  };

  return self->storage->funcs->put_rule (self->storage, &rule, error) &&
         forlop_sync_derive_person (self, NULL, citizen_id, self->head.seq, error) &&
         forlop_sync_update_grants (self, citizen_id, self->head.seq, error);
}

static gboolean
drop_take_up (ForlopSyncSession       *self,
              const ForlopServerRule  *rule,
              GError                 **error)
{
  return self->storage->funcs->drop_rule (self->storage, rule, error) &&
         forlop_sync_derive_person (self, NULL, rule->scope + 2, self->head.seq, error) &&
         forlop_sync_update_grants (self, rule->scope + 2, self->head.seq, error);
}

/* The office is told: nobody there did anything wrong, but nobody did anything. */
static void
add_take_up_task (ForlopSyncSession       *self,
                  const ForlopServerRule  *rule,
                  ForlopChangeset         *changeset)
{
  g_autofree char *id = forlop_id_derive (forlop_changeset_get_id (changeset), rule->scope);
  ForlopRecord *task = forlop_changeset_make (changeset, "task", id);

  forlop_record_set_text (task, "unit_id", rule->unit_id);
  forlop_record_set_text (task, "role", rule->role);
  forlop_record_set_text (task, "kind", "general");
  forlop_record_set_text (task, "title", _("A citizen was taken up and no case followed"));
  forlop_record_set_text (task, "text", _("The office's access has ended. Search and take the citizen up again if "
                                          "there is to be a case."));
  forlop_record_set_date (task, "due_on", forlop_instant_to_date (self->now));
  forlop_record_set_text (task, "status", "open");
}

/* A take-up that no case followed. */
gboolean
forlop_sync_sweep_take_ups (ForlopSyncSession  *self,
                            GError            **error)
{
  g_autoptr (GPtrArray) ended = self->storage->funcs->list_ended_rules (self->storage, self->now, error);

  if (ended == NULL)
    return FALSE;
  for (unsigned int i = 0; i < ended->len; i++)
    {
      const ForlopServerRule *rule = g_ptr_array_index (ended, i);
      g_autoptr (ForlopChangeset) changeset = forlop_sync_author_begin (self, "end-take-up", error);
      const ForlopServerAccess access = {
        .at = self->now, .client_at = FORLOP_INSTANT_NONE, .role = rule->role, .unit_id = rule->unit_id,
        .scope = rule->scope, .action = "take-up ended", .request_id = self->caller->request_id, .result = "ended",
      };

      if (changeset == NULL)
        return FALSE;
      add_take_up_task (self, rule, changeset);
      if (!forlop_sync_author_finish (self, changeset, error) ||
          !drop_take_up (self, rule, error) ||
          !self->storage->funcs->add_access (self->storage, &access, error))
        return FALSE;
    }

  return TRUE;
}

static ForlopSyncReply *
not_found (void)
{
  return forlop_sync_reply_problem (404, "not_found",
                                    _("The citizen is not registered in this municipality, or was registered "
                                      "twice and merged. Nothing was opened; search again."));
}

static gboolean
take_up (ForlopSyncSession     *self,
         const ForlopSyncPlea  *plea,
         ForlopRecord          *membership,
         GError               **error)
{
  const char *unit_id = forlop_record_get_text (membership, "unit_id");
  unsigned int days = self->caller->take_up_days > 0 ? self->caller->take_up_days : FORLOP_SYNC_TAKE_UP_DAYS;
  g_autoptr (ForlopChangeset) changeset = forlop_sync_author_begin (self, "take-up", error);
  g_autofree char *scope = g_strconcat ("c:", plea->citizen_id, NULL);
  const ForlopServerAccess access = {
    .at = self->now, .client_at = FORLOP_INSTANT_NONE, .user_id = self->caller->user_id,
    .role = "caseworker", .unit_id = unit_id, .device_id = self->caller->device_id, .scope = scope,
    .action = "taken up", .reason = plea->reason, .request_id = self->caller->request_id,
    .result = "granted",
  };

  return changeset != NULL && forlop_sync_author_finish (self, changeset, error) &&
         add_take_up (self, plea->citizen_id, unit_id, self->now + days * FORLOP_DAY, error) &&
         self->storage->funcs->add_access (self->storage, &access, error) &&
         self->storage->funcs->commit (self->storage, error);
}

static ForlopSyncReply *
take_up_if_allowed (ForlopSyncSession     *self,
                    const ForlopSyncPlea  *plea,
                    GError               **error)
{
  static const char *const roles[] = { "caseworker", NULL };
  g_autofree char *scope = g_strconcat ("c:", plea->citizen_id, NULL);
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (GError) problem = NULL;
  ForlopRecord *membership;
  ForlopSyncReply *reply;
  gboolean may_see, is_blocked;

  if (!self->storage->funcs->get_head (self->storage, &self->head, error) ||
      !forlop_sync_find_function (self, roles, &membership, error) ||
      !forlop_sync_may_see (self, scope, &may_see, error))
    return NULL;
  if (membership == NULL)
    return forlop_sync_reply_problem (403, "not_allowed",
                                      _("Only a caseworker takes up a citizen. Nothing was opened."));
  citizen = forlop_sync_load (self, "citizen", plea->citizen_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (citizen == NULL || forlop_record_has (citizen, "merged_into_id"))
    return not_found ();
  if (!forlop_sync_is_blocked (self, scope, &is_blocked, error))
    return NULL;
  if (is_blocked)
    return not_found ();
  if (may_see)
    return forlop_sync_reply_problem (409, "already", _("You have access to the citizen already."));
  if (!take_up (self, plea, membership, error))
    return NULL;
  reply = forlop_sync_reply_new (200, g_strdup_printf ("{\"scope\":\"%s\"}", scope));
  reply->head = self->head.seq;

  return reply;
}

/**
 * forlop_sync_server_take_up:
 *
 * `{"citizen_id","reason"}` → `{"scope"}`. The caller's office sees the citizen from now on, until a case
 * of the office says who does, or for %FORLOP_SYNC_TAKE_UP_DAYS.
 */
ForlopSyncReply *
forlop_sync_server_take_up (ForlopServerStorage     *storage,
                            const ForlopSyncCaller  *caller,
                            gint64                   now,
                            const char              *text,
                            gsize                    length,
                            GError                 **error)
{
  return forlop_sync_answer_plea (storage, caller, now, text, length, take_up_if_allowed, error);
}
