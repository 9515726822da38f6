/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-field-value.h"
#include "forlop-json.h"
#include "forlop-people-search.h"

/* What may be asked about people whose records the caller does not have. */

/* What a search is by, and the scopes of those whom it told of. */
typedef struct {
  gboolean is_by_number; /* who has blocked the caller is found so, and no other way */
  GPtrArray *scopes;
  GPtrArray *blocked_scopes;
} Search;

gboolean
forlop_sync_find_function (ForlopSyncSession   *self,
                           const char *const   *roles,
                           ForlopRecord       **membership,
                           GError             **error)
{
  ForlopDate today = forlop_instant_to_date (self->now);
  GPtrArray *memberships = forlop_sync_session_memberships (self, error);

  *membership = NULL;
  if (memberships == NULL)
    return FALSE;
  for (unsigned int i = 0; i < memberships->len && *membership == NULL; i++)
    {
      ForlopRecord *each = g_ptr_array_index (memberships, i);

      if (forlop_record_text_is (each, "user_id", self->caller->user_id) &&
          g_strv_contains (roles, forlop_record_get_text (each, "role")) &&
          forlop_sync_membership_is_valid (each, today))
        *membership = each;
    }

  return TRUE;
}

/* NULL with @reply set when it cannot be read; otherwise the document that @plea borrows from. */
static yyjson_doc *
read_plea (const char       *text,
           gsize             length,
           ForlopSyncPlea   *plea,
           ForlopSyncReply **reply)
{
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (text, length, reply);
  glong n;

  if (doc == NULL)
    return NULL;
  plea->citizen_id = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "citizen_id"));
  plea->reason = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "reason"));
  if (plea->citizen_id == NULL || !forlop_id_is_valid (plea->citizen_id) || plea->reason == NULL)
    {
      *reply = forlop_sync_reply_problem (400, "malformed", _("The request cannot be read."));
      return NULL;
    }

  {
    g_autofree char *stripped = g_strstrip (g_strdup (plea->reason));

    n = g_utf8_strlen (stripped, -1);
  }
  if (n < FORLOP_SYNC_REASON_MIN || n > FORLOP_SYNC_REASON_MAX)
    {
      *reply = forlop_sync_reply_problem (400, "reason",
                                          _("Write why, with at least ten letters. Nothing was opened."));
      return NULL;
    }

  return g_steal_pointer (&doc);
}

ForlopSyncReply *
forlop_sync_answer_plea (ForlopServerStorage     *storage,
                         const ForlopSyncCaller  *caller,
                         gint64                   now,
                         const char              *text,
                         gsize                    length,
                         ForlopSyncPleaFunc       func,
                         GError                 **error)
{
  ForlopSyncSession self = { .storage = storage, .caller = caller, .now = now };
  ForlopSyncReply *reply = NULL;
  ForlopSyncPlea plea;
  g_autoptr (yyjson_doc) doc = NULL;

  g_return_val_if_fail (storage != NULL && caller != NULL && text != NULL && func != NULL, NULL);

  doc = read_plea (text, length, &plea, &reply);
  if (doc == NULL)
    return reply;
  if (!storage->funcs->begin (storage, TRUE, error))
    return NULL;
  reply = func (&self, &plea, error);
  if (reply == NULL || reply->status != 200)
    storage->funcs->rollback (storage);
  forlop_sync_session_forget (&self);

  return reply;
}

/* Whose earlier number it is: the record that stands, unless it is protected. */
static gboolean
find_by_alias (ForlopSyncSession  *self,
               const char         *alias_id,
               ForlopSyncRow     **row,
               GError            **error)
{
  g_autoptr (ForlopRecord) alias = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) problem = NULL;

  alias = forlop_sync_load (self, "citizen_alias", alias_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  if (alias == NULL)
    return TRUE;
  ids = forlop_sync_list_person (self, forlop_record_get_text (alias, "citizen_id"), error);
  if (ids == NULL ||
      !self->storage->funcs->load_row (self->storage, forlop_record_type_find ("citizen"), ids->pdata[0], row, error))
    return FALSE;
  if (*row == NULL || (*row)->deleted)
    return TRUE;
  citizen = forlop_sync_row_to_record (*row, error);
  if (citizen == NULL)
    return FALSE;
  words = forlop_people_words (citizen);
  if (words == NULL)
    g_clear_pointer (row, forlop_sync_row_free);

  return TRUE;
}

/* Enough to know who it is. Of somebody who has blocked the caller also that, but not where the citizen belongs. */
static gboolean
write_hit (ForlopSyncSession  *self,
           ForlopRecord       *citizen,
           gboolean            is_blocked,
           yyjson_mut_doc     *doc,
           yyjson_mut_val     *hits,
           GError            **error)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  const char *unit_id = is_blocked ? NULL : forlop_record_get_text (citizen, "unit_id");
  g_autoptr (ForlopRecord) unit = NULL;
  g_autoptr (GError) problem = NULL;

  if (unit_id != NULL)
    unit = forlop_sync_load (self, "unit", unit_id, NULL, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  yyjson_mut_obj_add_strcpy (doc, object, "citizen_id", forlop_record_get_id (citizen));
  forlop_json_add_text (doc, object, "given_name", forlop_record_get_text (citizen, "given_name"));
  forlop_json_add_text (doc, object, "family_name", forlop_record_get_text (citizen, "family_name"));
  if (forlop_record_has (citizen, "birth_date"))
    yyjson_mut_obj_add_val (doc, object, "birth_date", forlop_record_get_json (citizen, "birth_date", doc));
  if (unit != NULL)
    {
      forlop_json_add_text (doc, object, "unit_id", unit_id);
      forlop_json_add_text (doc, object, "unit", forlop_record_get_text (unit, "name"));
    }
  if (is_blocked)
    yyjson_mut_obj_add_bool (doc, object, "blocked", TRUE);
  yyjson_mut_arr_append (hits, object);

  return TRUE;
}

static gboolean
is_listed (Search     *search,
           const char *scope)
{
  return g_ptr_array_find_with_equal_func (search->scopes, scope, g_str_equal, NULL) ||
         g_ptr_array_find_with_equal_func (search->blocked_scopes, scope, g_str_equal, NULL);
}

static gboolean
add_hit (ForlopSyncSession  *self,
         Search             *search,
         const char         *id,
         yyjson_mut_doc     *doc,
         yyjson_mut_val     *hits,
         GError            **error)
{
  g_autoptr (ForlopSyncRow) row = NULL;
  g_autoptr (ForlopRecord) citizen = NULL;
  gboolean is_blocked, is_hidden;

  if (!self->storage->funcs->load_row (self->storage, forlop_record_type_find ("citizen"), id, &row, error) ||
      (row == NULL && !find_by_alias (self, id, &row, error)))
    return FALSE;
  if (row == NULL || row->deleted || is_listed (search, row->scope))
    return TRUE;
  if (!forlop_sync_is_blocked (self, row->scope, &is_blocked, error))
    return FALSE;
  if (is_blocked && !search->is_by_number)
    return TRUE;
  citizen = forlop_sync_row_to_record (row, error);
  if (citizen == NULL || !forlop_sync_is_hidden (self, citizen, &is_hidden, error))
    return FALSE;
  if (is_hidden)
    return TRUE;
  g_ptr_array_add (is_blocked ? search->blocked_scopes : search->scopes, g_strdup (row->scope));

  return write_hit (self, citizen, is_blocked, doc, hits, error);
}

/* Everything that is read, in one snapshot. */
static char *
find (ForlopSyncSession  *self,
      Search             *search,
      GPtrArray          *needles,
      GError            **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *hits = yyjson_mut_arr (doc);
  g_autoptr (GPtrArray) ids =
    self->storage->funcs->search_people (self->storage, needles, FORLOP_PEOPLE_SEARCH_HITS + 1, error);

  if (ids == NULL)
    return NULL;
  for (unsigned int i = 0; i < MIN (ids->len, FORLOP_PEOPLE_SEARCH_HITS); i++)
    if (!add_hit (self, search, g_ptr_array_index (ids, i), doc, hits, error))
      return NULL;
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_val (doc, root, "hits", hits);
  yyjson_mut_obj_add_bool (doc, root, "more", ids->len > FORLOP_PEOPLE_SEARCH_HITS);

  return forlop_json_write (doc, FALSE);
}

/* @kinds: what was told. */
static gboolean
log_hits (ForlopSyncSession  *self,
          ForlopRecord       *membership,
          GPtrArray          *scopes,
          const char         *kinds,
          GError            **error)
{
  for (unsigned int i = 0; i < scopes->len; i++)
    {
      const ForlopServerAccess access = {
        .at = self->now, .client_at = FORLOP_INSTANT_NONE, .user_id = self->caller->user_id,
        .role = forlop_record_get_text (membership, "role"),
        .unit_id = forlop_record_get_text (membership, "unit_id"), .device_id = self->caller->device_id,
        .scope = g_ptr_array_index (scopes, i), .kinds = kinds, .action = "search hit",
        .request_id = self->caller->request_id, .result = "sent",
      };

      if (!self->storage->funcs->add_access (self->storage, &access, error))
        return FALSE;
    }

  return TRUE;
}

/* What was written is not kept: it may be an identity number. */
static gboolean
log_search (ForlopSyncSession  *self,
            Search             *search,
            ForlopRecord       *membership,
            GError            **error)
{
  const ForlopServerStorageFuncs *funcs = self->storage->funcs;

  if (search->scopes->len + search->blocked_scopes->len == 0)
    return TRUE;
  if (!funcs->begin (self->storage, TRUE, error))
    return FALSE;
  if (log_hits (self, membership, search->scopes, "citizen", error) &&
      log_hits (self, membership, search->blocked_scopes, FORLOP_PEOPLE_TOLD_OF_BLOCKING, error) &&
      funcs->commit (self->storage, error))
    return TRUE;
  funcs->rollback (self->storage);

  return FALSE;
}

static ForlopSyncReply *
answer_search (ForlopSyncSession  *self,
               GPtrArray          *needles,
               GError            **error)
{
  static const char *const roles[] = { "caseworker", "resource_person", NULL };
  g_autoptr (GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) blocked_scopes = g_ptr_array_new_with_free_func (g_free);
  Search search = { forlop_people_needles_are_number (needles), scopes, blocked_scopes };
  g_autofree char *body = NULL;
  ForlopRecord *membership = NULL;

  if (!self->storage->funcs->begin (self->storage, FALSE, error))
    return NULL;
  if (forlop_sync_find_function (self, roles, &membership, error) && membership != NULL)
    body = find (self, &search, needles, error);
  self->storage->funcs->rollback (self->storage);
  if (body == NULL)
    return membership != NULL || self->memberships == NULL
             ? NULL
             : forlop_sync_reply_problem (403, "not_allowed",
                                          _("Only caseworkers and resource persons search in the whole "
                                            "municipality. Nothing was told."));
  if (!log_search (self, &search, membership, error))
    return NULL;

  return forlop_sync_reply_new (200, g_steal_pointer (&body));
}

/**
 * forlop_sync_server_search:
 *
 * `{"text"}` → `{"hits":[{"citizen_id","given_name","family_name","birth_date"?,"unit_id"?,"unit"?,"blocked"?}…],
 * "more"}`. Each hit is in the access log before it leaves.
 */
ForlopSyncReply *
forlop_sync_server_search (ForlopServerStorage     *storage,
                           const ForlopSyncCaller  *caller,
                           gint64                   now,
                           const char              *text,
                           gsize                    length,
                           GError                 **error)
{
  ForlopSyncSession self = { .storage = storage, .caller = caller, .now = now };
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GPtrArray) needles = NULL;
  const char *wanted;

  g_return_val_if_fail (storage != NULL && caller != NULL && text != NULL, NULL);

  doc = forlop_sync_read_request (text, length, &reply);
  if (doc == NULL)
    return reply;
  wanted = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "text"));
  if (wanted == NULL)
    return forlop_sync_reply_problem (400, "malformed", _("The request cannot be read."));
  needles = forlop_people_needles (wanted);
  if (needles == NULL)
    return forlop_sync_reply_problem (400, "too_short",
                                      _("Write at least three letters of the name, the date of birth, or "
                                        "the whole identity number."));
  reply = answer_search (&self, needles, error);
  forlop_sync_session_forget (&self);

  return reply;
}
