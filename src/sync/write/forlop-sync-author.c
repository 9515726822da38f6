/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include "forlop-digest.h"

/* The server's own device, the same in every municipality; its user is nobody. */
#define SERVER_DEVICE "00000000-0000-8000-8000-000000000001"
#define SERVER_USER "00000000-0000-8000-8000-000000000002"

/* Functions that began or ended in so many days are looked at again. */
#define LOOK_BACK_DAYS 14

gboolean
forlop_sync_is_server_device (const char *device_id)
{
  return g_strcmp0 (device_id, SERVER_DEVICE) == 0;
}

static gboolean
load_device (ForlopSyncSession   *self,
             ForlopServerDevice **device,
             GError             **error)
{
  if (!self->storage->funcs->get_device (self->storage, SERVER_DEVICE, device, error))
    return FALSE;
  if (*device == NULL)
    {
      *device = g_new0 (ForlopServerDevice, 1);
      (*device)->id = g_strdup (SERVER_DEVICE);
      (*device)->user_id = g_strdup (SERVER_USER);
      (*device)->state = g_strdup ("active");
    }

  return TRUE;
}

/* A changeset to write into. Its id follows from the epoch and the device's number. */
ForlopChangeset *
forlop_sync_author_begin (ForlopSyncSession  *self,
                          const char         *act,
                          GError            **error)
{
  g_autoptr (ForlopServerDevice) device = NULL;
  g_autoptr (ForlopActor) nobody = forlop_actor_new (NULL, NULL, NULL);
  g_autofree char *rule = NULL;
  g_autofree char *op_id = NULL;

  if (!load_device (self, &device, error))
    return NULL;
  rule = g_strdup_printf ("%s:%" G_GINT64_FORMAT, self->head.epoch, device->last_op_no + 1);
  op_id = forlop_id_derive (SERVER_DEVICE, rule);

  return forlop_changeset_new (op_id, act, nobody, self->now);
}

/* As if it had come from a device; what it does is in @changeset alone. */
static ForlopSyncChangeset *
wrap (ForlopChangeset *changeset,
      gint64           op_no)
{
  ForlopSyncChangeset *self = g_new0 (ForlopSyncChangeset, 1);
  g_autofree char *json = forlop_changeset_to_json (changeset);

  self->op_no = op_no;
  self->op_id = forlop_changeset_get_id (changeset);
  self->act = forlop_changeset_get_act (changeset);
  self->created_at = forlop_changeset_get_created_at (changeset);
  self->body = g_strdup_printf ("{\"op_no\":%" G_GINT64_FORMAT ",%s", op_no, json + 1);
  self->hash = forlop_digest_dup (self->body);

  return self;
}

/* Takes the next position. */
gboolean
forlop_sync_author_finish (ForlopSyncSession  *self,
                           ForlopChangeset    *changeset,
                           GError            **error)
{
  const ForlopSyncCaller server = {
    .user_id = SERVER_USER, .device_id = SERVER_DEVICE, .request_id = self->caller->request_id,
    .trusted = TRUE,
  };
  const ForlopSyncCaller *caller = self->caller;
  g_autoptr (ForlopServerDevice) device = NULL;
  g_autoptr (ForlopSyncChangeset) incoming = NULL;
  g_auto (ForlopSyncVerdict) verdict = { 0 };
  gboolean is_stored;

  if (!load_device (self, &device, error) || !forlop_changeset_finish (changeset, error))
    return FALSE;
  device->last_op_no++;
  incoming = wrap (changeset, device->last_op_no);
  forlop_sync_verdict_set (&verdict, "applied", NULL);
  self->caller = &server;
  is_stored = forlop_sync_store (self, incoming, &verdict, changeset, error);
  self->caller = caller;

  return is_stored && self->storage->funcs->put_device (self->storage, device, self->now, error);
}

/* Whether the log says that it is over: once for the citizen, and for a note where the rest goes on. */
static gboolean
is_told (ForlopSyncSession        *self,
         const ForlopServerGrant  *grant,
         gboolean                 *is,
         GError                  **error)
{
  g_autofree char *citizen_scope = forlop_scope_dup_citizen (grant->scope);
  g_autoptr (ForlopServerGrant) citizen = NULL;

  *is = g_str_has_prefix (grant->scope, "c:");
  if (citizen_scope == NULL)
    return TRUE;
  if (!self->storage->funcs->get_grant (self->storage, grant->user_id, citizen_scope, &citizen, error))
    return FALSE;
  *is = citizen != NULL && citizen->active && !g_str_equal (citizen->basis, "BTG");

  return TRUE;
}

static gboolean
end_grant (ForlopSyncSession  *self,
           ForlopServerGrant  *grant,
           gint64              seq,
           GError            **error)
{
  const ForlopServerAccess access = {
    .at = self->now, .client_at = FORLOP_INSTANT_NONE, .user_id = grant->user_id, .scope = grant->scope,
    .action = "break-glass ended", .request_id = self->caller->request_id, .result = "ended",
  };

  gboolean is_in_log;

  grant->active = FALSE;
  grant->seq = seq;

  return self->storage->funcs->put_grant (self->storage, grant, error) && is_told (self, grant, &is_in_log, error) &&
         (!is_in_log || self->storage->funcs->add_access (self->storage, &access, error));
}

/* What was given for a time is over: the mirrors are told by a position of its own. */
gboolean
forlop_sync_sweep (ForlopSyncSession  *self,
                   GError            **error)
{
  g_autoptr (GPtrArray) ended =
    self->storage->funcs->list_ended_grants (self->storage, self->now, error);
  g_autoptr (ForlopChangeset) changeset = NULL;

  if (ended == NULL)
    return FALSE;
  if (ended->len == 0)
    return TRUE;

  changeset = forlop_sync_author_begin (self, "end-break-glass", error);
  if (changeset == NULL || !forlop_sync_author_finish (self, changeset, error))
    return FALSE;
  for (unsigned int i = 0; i < ended->len; i++)
    if (!end_grant (self, g_ptr_array_index (ended, i), self->head.seq, error))
      return FALSE;

  return TRUE;
}

static gboolean
is_lately (ForlopDate date,
           ForlopDate today)
{
  return date != FORLOP_DATE_NONE && date <= today && date >= today - LOOK_BACK_DAYS;
}

/* A function that began today, or whose last day was yesterday, changes what its user sees without
 * anybody writing anything. */
static gboolean
sweep_functions (ForlopSyncSession  *self,
                 GError            **error)
{
  ForlopDate today = forlop_instant_to_date (self->now);
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);
  g_autoptr (ForlopChangeset) changeset = NULL;

  if (memberships == NULL)
    return FALSE;
  self->n_grants_changed = 0;
  for (unsigned int i = 0; i < memberships->len; i++)
    {
      ForlopRecord *membership = g_ptr_array_index (memberships, i);

      if ((is_lately (forlop_record_get_date (membership, "valid_from"), today) ||
           is_lately (forlop_record_get_date (membership, "valid_to"), today)) &&
          !forlop_sync_derive_membership (self, membership, self->head.seq + 1, error))
        return FALSE;
    }
  if (self->n_grants_changed == 0)
    return TRUE;
  changeset = forlop_sync_author_begin (self, "end-function", error);

  return changeset != NULL && forlop_sync_author_finish (self, changeset, error);
}

gboolean
forlop_sync_server_sweep (ForlopServerStorage  *storage,
                          gint64                now,
                          gint64               *head,
                          GError              **error)
{
  const ForlopSyncCaller server = { .user_id = SERVER_USER, .device_id = SERVER_DEVICE, .trusted = TRUE };
  ForlopSyncSession self = { .storage = storage, .caller = &server, .now = now };
  gboolean is_done;
  gint64 first;

  g_return_val_if_fail (storage != NULL && head != NULL, FALSE);

  *head = 0;
  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  is_done = storage->funcs->get_head (storage, &self.head, error);
  first = self.head.seq;
  is_done = is_done && forlop_sync_sweep (&self, error) && sweep_functions (&self, error) &&
            forlop_sync_sweep_take_ups (&self, error) && storage->funcs->commit (storage, error);
  if (!is_done)
    storage->funcs->rollback (storage);
  else if (self.head.seq > first)
    *head = self.head.seq;
  forlop_sync_session_forget (&self);

  return is_done;
}

gboolean
forlop_sync_begin_swept (ForlopServerStorage  *storage,
                         gint64                now,
                         gint64               *head,
                         GError              **error)
{
  g_autoptr (GPtrArray) ended = NULL;

  *head = 0;
  if (!storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  ended = storage->funcs->list_ended_grants (storage, now, error);
  if (ended != NULL && ended->len == 0)
    return TRUE;
  storage->funcs->rollback (storage);

  return ended != NULL && forlop_sync_server_sweep (storage, now, head, error) &&
         storage->funcs->begin (storage, FALSE, error);
}
