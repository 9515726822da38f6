/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-audit.h"

#include <glib/gi18n-lib.h>

#include "forlop-access-checkpoint.h"
#include "forlop-access-extract.h"
#include "forlop-access-review.h"
#include "forlop-accounts-private.h"
#include "forlop-json.h"

/* Reading the access log is in the access log. */
static gboolean
note (ForlopServerCall  *call,
      const char        *action,
      const char        *scope,
      GError           **error)
{
  ForlopServerStorage *storage = call->tenant->storage;
  const ForlopServerAccess access = {
    .at = forlop_clock_now (call->tenant->clock), .client_at = FORLOP_INSTANT_NONE,
    .user_id = call->session->user_id, .device_id = call->session->device_id, .scope = scope, .action = action,
    .request_id = call->request_id, .result = "sent",
  };

  if (!storage->funcs->begin (storage, TRUE, error))
    return FALSE;
  if (storage->funcs->add_access (storage, &access, error) && storage->funcs->commit (storage, error))
    return TRUE;
  storage->funcs->rollback (storage);

  return FALSE;
}

static ForlopSyncReply *
reply_text (const char *text)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  forlop_json_add_text (doc, root, "text", text);

  return forlop_sync_reply_new (200, forlop_json_write (doc, FALSE));
}

/* What a machine remembers of the access log, and whether it is so still. */
ForlopSyncReply *
forlop_http_audit_checkpoint (ForlopServerCall  *call,
                              GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (call->text, call->length, &reply);
  gint64 n = 0;
  char *text;

  if (doc == NULL)
    return reply;
  if (!forlop_json_get_integer (yyjson_doc_get_root (doc), "n", &n, NULL) || n < 1)
    return forlop_accounts_malformed ();

  return forlop_access_checkpoint_prove (call->tenant->storage, call->tenant->key, n, &text, error)
           ? forlop_sync_reply_new (200, text)
           : NULL;
}

/* What a leader should ask about; read anew each time, and in the access log itself. */
ForlopSyncReply *
forlop_http_audit_review (ForlopServerCall  *call,
                          GError           **error)
{
  ForlopServerStorage *storage = call->tenant->storage;
  gint64 now = forlop_clock_now (call->tenant->clock);
  g_autofree char *text = NULL;
  gboolean is_leader;

  if (!forlop_accounts_is_leader (call, &is_leader, error))
    return NULL;
  if (!is_leader)
    return forlop_accounts_not_leader ();
  text = forlop_access_review (storage, now, error);
  if (text == NULL || !note (call, "log reviewed", NULL, error))
    return NULL;

  return reply_text (text);
}

/* Whoever has the citizen's record, and answers for it to the citizen: a caseworker, or a leader who was given it. */
static gboolean
may_extract (ForlopServerCall  *call,
             const char        *scope,
             gboolean          *may,
             GError           **error)
{
  ForlopServerStorage *storage = call->tenant->storage;
  gint64 now = forlop_clock_now (call->tenant->clock);
  g_autoptr (ForlopServerGrant) grant = NULL;
  gboolean is_read;

  if (!forlop_accounts_may_extract (call, may, error) || !storage->funcs->begin (storage, FALSE, error))
    return FALSE;
  is_read = storage->funcs->get_grant (storage, call->session->user_id, scope, &grant, error);
  storage->funcs->rollback (storage);
  *may = *may && grant != NULL && grant->active &&
         (grant->valid_to == FORLOP_INSTANT_NONE || grant->valid_to > now);

  return is_read;
}

ForlopSyncReply *
forlop_http_audit_extract (ForlopServerCall  *call,
                           GError           **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (call->text, call->length, &reply);
  g_autofree char *scope = NULL;
  g_autofree char *text = NULL;
  const char *citizen_id;
  gboolean as_csv, may;

  if (doc == NULL)
    return reply;
  citizen_id = forlop_accounts_read_text (doc, "citizen_id", FORLOP_ID_LENGTH);
  if (citizen_id == NULL || !forlop_id_is_valid (citizen_id))
    return forlop_accounts_malformed ();
  as_csv = yyjson_get_bool (yyjson_obj_get (yyjson_doc_get_root (doc), "csv"));
  scope = g_strconcat ("c:", citizen_id, NULL);
  if (!may_extract (call, scope, &may, error))
    return NULL;
  if (!may)
    return forlop_sync_reply_problem (403, "not_allowed",
                                      _("Only a caseworker or a manager with access to the record may do this. "
                                        "Nothing was read."));
  if (!note (call, "log extracted", scope, error))
    return NULL;
  text = forlop_access_extract (call->tenant->storage, citizen_id,
                                as_csv ? FORLOP_EXTRACT_CSV : FORLOP_EXTRACT_TEXT, error);

  return text != NULL ? reply_text (text) : NULL;
}
