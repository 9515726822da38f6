/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-server-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-json.h"

static char *
dup_cursor_hash (const guint8 hash[FORLOP_SYNC_HASH_BYTES])
{
  GString *text = g_string_new (NULL);

  for (unsigned int i = 0; i < FORLOP_SYNC_CURSOR_HASH_CHARS / 2; i++)
    g_string_append_printf (text, "%02x", hash[i]);

  return g_string_free (text, FALSE);
}

static gboolean
dup_mark (ForlopServerStorage  *storage,
          gint64                seq,
          char                **text,
          GError              **error)
{
  guint8 hash[FORLOP_SYNC_HASH_BYTES];
  gboolean found = FALSE;

  if (seq == 0)
    {
      *text = g_strdup ("");
      return TRUE;
    }
  if (!storage->funcs->get_mark (storage, seq, hash, NULL, &found, error))
    return FALSE;
  *text = found ? dup_cursor_hash (hash) : NULL;

  return TRUE;
}

/* Whether the mirror's position is one of this log. */
static gboolean
check_position (ForlopServerStorage     *storage,
                const ForlopServerHead  *head,
                const char              *epoch,
                gint64                   pos,
                const char              *hash,
                ForlopSyncReply        **reply,
                GError                 **error)
{
  g_autofree char *present = NULL;

  *reply = NULL;
  if (g_strcmp0 (epoch, head->epoch) != 0)
    *reply = forlop_sync_reply_resync ("epoch");
  else if (pos < 0 || pos > head->seq)
    *reply = forlop_sync_reply_resync ("ahead");
  else if (!dup_mark (storage, pos, &present, error))
    return FALSE;
  else if (g_strcmp0 (present, hash != NULL ? hash : "") != 0)
    *reply = forlop_sync_reply_resync ("hash");

  return TRUE;
}

static yyjson_mut_val *
grants_to_json (ForlopServerStorage  *storage,
                GPtrArray            *grants,
                gint64                now,
                yyjson_mut_doc       *doc,
                GError              **error)
{
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (unsigned int i = 0; i < grants->len; i++)
    {
      const ForlopServerGrant *grant = g_ptr_array_index (grants, i);
      yyjson_mut_val *object = yyjson_mut_obj (doc);
      yyjson_mut_val *gone = NULL;
      gboolean is_active = grant->active && (grant->valid_to == FORLOP_INSTANT_NONE || grant->valid_to > now);

      if (!is_active && !forlop_sync_list_gone (storage, grant->user_id, grant->scope, doc, &gone, error))
        return NULL;
      yyjson_mut_obj_add_strcpy (doc, object, "scope", grant->scope);
      yyjson_mut_obj_add_sint (doc, object, "gen", grant->gen);
      yyjson_mut_obj_add_bool (doc, object, "active", is_active);
      if (gone != NULL)
        yyjson_mut_obj_add_val (doc, object, "gone", gone);
      yyjson_mut_arr_append (array, object);
    }

  return array;
}

static yyjson_mut_val *
rows_to_json (GPtrArray      *rows,
              yyjson_mut_doc *doc)
{
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (unsigned int i = 0; i < rows->len; i++)
    yyjson_mut_arr_append (array, forlop_sync_row_to_json (g_ptr_array_index (rows, i), doc));

  return array;
}

static yyjson_mut_val *
sum_to_json (const ForlopScopeSum *sum,
             yyjson_mut_doc       *doc)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, sum->sum);

  yyjson_mut_obj_add_sint (doc, object, "count", sum->count);
  yyjson_mut_obj_add_strcpy (doc, object, "sum", text);

  return object;
}

/* scope → the kinds of records that go out of it */
static GHashTable *
scopes_of (GPtrArray *rows)
{
  GHashTable *scopes =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_hash_table_unref);

  for (unsigned int i = 0; i < rows->len; i++)
    {
      const ForlopSyncRow *row = g_ptr_array_index (rows, i);
      GHashTable *kinds = g_hash_table_lookup (scopes, row->scope);

      if (kinds == NULL)
        {
          kinds = g_hash_table_new (g_str_hash, g_str_equal);
          g_hash_table_insert (scopes, row->scope, kinds);
        }
      g_hash_table_add (kinds, (gpointer) row->type->name);
    }

  return scopes;
}

static gboolean
add_sums (ForlopServerStorage  *storage,
          GHashTable           *scopes,
          yyjson_mut_doc       *doc,
          yyjson_mut_val       *root,
          GError              **error)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  GHashTableIter iter;
  gpointer scope;

  g_hash_table_iter_init (&iter, scopes);
  while (g_hash_table_iter_next (&iter, &scope, NULL))
    {
      ForlopScopeSum sum;

      if (!storage->funcs->get_sum (storage, scope, &sum, error))
        return FALSE;
      yyjson_mut_obj_add_val (doc, object, scope, sum_to_json (&sum, doc));
    }
  yyjson_mut_obj_add_val (doc, root, "sums", object);

  return TRUE;
}

/* Nothing of a person leaves before the access log says so. */
static gboolean
log_delivery (ForlopServerStorage     *storage,
              const ForlopSyncCaller  *caller,
              gint64                   now,
              GHashTable              *scopes,
              GError                 **error)
{
  GHashTableIter iter;
  gpointer scope, value;
  gboolean has_begun = FALSE;

  g_hash_table_iter_init (&iter, scopes);
  while (g_hash_table_iter_next (&iter, &scope, &value))
    {
      g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (value);
      g_autofree char *kinds = NULL;
      ForlopServerAccess access = {
        .at = now, .client_at = FORLOP_INSTANT_NONE, .user_id = caller->user_id,
        .device_id = caller->device_id, .scope = scope, .action = "delivered",
        .request_id = caller->request_id, .result = "sent",
      };

      if (!g_str_has_prefix (scope, "c:") && !g_str_has_prefix (scope, "n:") && !g_str_has_prefix (scope, "d:"))
        continue;
      g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
      g_ptr_array_add (names, NULL);
      kinds = g_strjoinv (" ", (char **) names->pdata);
      access.kinds = kinds;
      if (!has_begun && !storage->funcs->begin (storage, TRUE, error))
        return FALSE;
      has_begun = TRUE;
      if (!storage->funcs->add_access (storage, &access, error))
        {
          storage->funcs->rollback (storage);
          return FALSE;
        }
    }

  if (!has_begun || storage->funcs->commit (storage, error))
    return TRUE;
  storage->funcs->rollback (storage);

  return FALSE;
}

typedef struct {
  const char *epoch;
  const char *hash;
  gint64 pos;
  gint64 limit;
  gboolean is_first; /* the machine has nothing at all */
} Pull;

/* @grants: those that are told of; @page: its rows, up to the position @to. */
static char *
write_page (ForlopServerStorage     *storage,
            gint64                   now,
            const ForlopServerHead  *head,
            GPtrArray               *grants,
            GPtrArray               *page,
            gint64                   to,
            gboolean                 is_complete,
            GError                 **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *told = grants_to_json (storage, grants, now, doc, error);
  g_autoptr (GHashTable) scopes = NULL;
  g_autofree char *hash = NULL;

  if (told == NULL || !dup_mark (storage, to, &hash, error))
    return NULL;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_strcpy (doc, root, "epoch", head->epoch);
  yyjson_mut_obj_add_sint (doc, root, "pos", to);
  yyjson_mut_obj_add_strcpy (doc, root, "hash", hash);
  yyjson_mut_obj_add_sint (doc, root, "head", head->seq);
  yyjson_mut_obj_add_bool (doc, root, "complete", is_complete);
  yyjson_mut_obj_add_sint (doc, root, "safe_seq", head->safe_seq);
  yyjson_mut_obj_add_val (doc, root, "rows", rows_to_json (page, doc));
  yyjson_mut_obj_add_val (doc, root, "grants", told);
  scopes = scopes_of (page);
  if (is_complete && !add_sums (storage, scopes, doc, root, error))
    return NULL;

  return forlop_json_write (doc, FALSE);
}

/* Complete at the start of the log: what is in it can be shown, and the log comes after it. NULL without an
 * error where nobody waits for anything. */
static char *
read_first (ForlopServerStorage     *storage,
            const ForlopSyncCaller  *caller,
            gint64                   now,
            const ForlopServerHead  *head,
            GPtrArray              **rows,
            GError                 **error)
{
  g_autoptr (GPtrArray) grants = storage->funcs->list_grants (storage, caller->user_id, 0, error);
  g_autoptr (GPtrArray) page = grants != NULL ? forlop_sync_first_rows (storage, grants, now, error) : NULL;
  char *body;

  if (page == NULL || page->len == 0)
    return NULL;
  body = write_page (storage, now, head, grants, page, 0, TRUE, error);
  *rows = g_steal_pointer (&page);

  return body;
}

static char *
read_page (ForlopServerStorage     *storage,
           const ForlopSyncCaller  *caller,
           gint64                   now,
           const Pull              *pull,
           const ForlopServerHead  *head,
           GPtrArray              **rows,
           GError                 **error)
{
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) grants = NULL;
  g_autoptr (GError) problem = NULL;
  char *body = NULL;
  gint64 to = pull->pos;

  if (pull->is_first && pull->pos == 0)
    body = read_first (storage, caller, now, head, rows, &problem);
  if (body != NULL || problem != NULL)
    {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      return body;
    }

  grants = storage->funcs->list_grants (storage, caller->user_id, pull->pos, error);
  page = storage->funcs->rows_since (storage, caller->user_id, pull->pos, now,
                                     (unsigned int) pull->limit, FORLOP_SYNC_PAGE_BYTES, &to, error);
  if (grants == NULL || page == NULL)
    return NULL;
  body = write_page (storage, now, head, grants, page, to, to == head->seq, error);
  *rows = g_steal_pointer (&page);

  return body;
}

/**
 * forlop_sync_server_pull:
 *
 * Returns: (transfer full) (nullable): a page of what is new for the caller; %NULL when the storage
 *   failed.
 */
ForlopSyncReply *
forlop_sync_server_pull (ForlopServerStorage     *storage,
                         const ForlopSyncCaller  *caller,
                         gint64                   now,
                         const char              *text,
                         gsize                    length,
                         GError                 **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (text, length, &reply);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) scopes = NULL;
  g_autofree char *body = NULL;
  ForlopServerHead head;
  Pull pull = { .limit = FORLOP_SYNC_PAGE_ROWS };
  gint64 swept = 0;

  if (doc == NULL)
    return reply;
  if (!forlop_json_get_text (yyjson_doc_get_root (doc), "epoch", &pull.epoch, NULL) ||
      !forlop_json_get_text (yyjson_doc_get_root (doc), "hash", &pull.hash, NULL) ||
      !forlop_json_get_integer (yyjson_doc_get_root (doc), "pos", &pull.pos, NULL) ||
      !forlop_json_get_integer (yyjson_doc_get_root (doc), "limit", &pull.limit, NULL) ||
      !forlop_json_get_boolean (yyjson_doc_get_root (doc), "first", &pull.is_first, NULL))
    return forlop_sync_reply_problem (400, "malformed", _("The request cannot be read."));
  pull.limit = CLAMP (pull.limit, 1, FORLOP_SYNC_PAGE_ROWS);

  if (!forlop_sync_begin_swept (storage, now, &swept, error))
    return NULL;
  if (storage->funcs->get_head (storage, &head, error) &&
      check_position (storage, &head, pull.epoch, pull.pos, pull.hash, &reply, error) && reply == NULL)
    body = read_page (storage, caller, now, &pull, &head, &rows, error);
  storage->funcs->rollback (storage);
  if (body == NULL)
    return reply;

  scopes = scopes_of (rows);
  if (!log_delivery (storage, caller, now, scopes, error))
    return NULL;

  reply = forlop_sync_reply_new (200, g_steal_pointer (&body));
  reply->head = swept;

  return reply;
}

typedef struct {
  const char *epoch;
  const char *scope;
  gint64 after_seq;
  const char *after_type;
  const char *after_id;
  gint64 limit;
} Fill;

static gboolean
read_fill (yyjson_val *root,
           Fill       *fill)
{
  yyjson_val *after = yyjson_obj_get (root, "after");

  *fill = (Fill) { .limit = FORLOP_SYNC_PAGE_ROWS, .after_type = "", .after_id = "" };
  if (!forlop_json_get_text (root, "epoch", &fill->epoch, NULL) ||
      !forlop_json_get_text (root, "scope", &fill->scope, NULL) ||
      !forlop_json_get_integer (root, "limit", &fill->limit, NULL) || fill->scope == NULL)
    return FALSE;
  fill->limit = CLAMP (fill->limit, 1, FORLOP_SYNC_PAGE_ROWS);
  if (after == NULL)
    return TRUE;

  return yyjson_is_obj (after) && forlop_json_get_integer (after, "seq", &fill->after_seq, NULL) &&
         forlop_json_get_text (after, "type", &fill->after_type, NULL) &&
         forlop_json_get_text (after, "id", &fill->after_id, NULL) &&
         forlop_record_type_find (fill->after_type) != NULL && forlop_id_is_valid (fill->after_id);
}

static void
add_next (yyjson_mut_doc      *doc,
          yyjson_mut_val      *root,
          const ForlopSyncRow *last)
{
  yyjson_mut_val *next = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_sint (doc, next, "seq", last->seq);
  yyjson_mut_obj_add_str (doc, next, "type", last->type->name);
  yyjson_mut_obj_add_strcpy (doc, next, "id", last->id);
  yyjson_mut_obj_add_val (doc, root, "next", next);
}

static char *
read_scope_page (ForlopServerStorage     *storage,
                 const Fill              *fill,
                 const ForlopServerHead  *head,
                 gint64                   gen,
                 GPtrArray              **rows,
                 GError                 **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autoptr (GPtrArray) page = storage->funcs->rows_of_scope (
    storage, fill->scope, fill->after_seq, fill->after_type, fill->after_id,
    (unsigned int) fill->limit, error);
  ForlopScopeSum sum;

  if (page == NULL || !storage->funcs->get_sum (storage, fill->scope, &sum, error))
    return NULL;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_strcpy (doc, root, "epoch", head->epoch);
  yyjson_mut_obj_add_sint (doc, root, "head", head->seq);
  yyjson_mut_obj_add_sint (doc, root, "gen", gen);
  yyjson_mut_obj_add_val (doc, root, "rows", rows_to_json (page, doc));
  if (page->len == fill->limit)
    add_next (doc, root, g_ptr_array_index (page, page->len - 1));
  else
    yyjson_mut_obj_add_val (doc, root, "sum", sum_to_json (&sum, doc));
  *rows = g_steal_pointer (&page);

  return forlop_json_write (doc, FALSE);
}

static char *
open_scope (ForlopServerStorage     *storage,
            const ForlopSyncCaller  *caller,
            gint64                   now,
            const Fill              *fill,
            GPtrArray              **rows,
            ForlopSyncReply        **reply,
            GError                 **error)
{
  g_autoptr (ForlopServerGrant) grant = NULL;
  ForlopServerHead head;

  if (!storage->funcs->get_head (storage, &head, error) ||
      !storage->funcs->get_grant (storage, caller->user_id, fill->scope, &grant, error))
    return NULL;
  if (g_strcmp0 (fill->epoch, head.epoch) != 0)
    {
      *reply = forlop_sync_reply_resync ("epoch");
      return NULL;
    }
  if (grant == NULL || !grant->active ||
      (grant->valid_to != FORLOP_INSTANT_NONE && grant->valid_to <= now))
    {
      *reply = forlop_sync_reply_problem (403, "not_granted", _("You do not have access to this record."));
      return NULL;
    }

  return read_scope_page (storage, fill, &head, grant->gen, rows, error);
}

ForlopSyncReply *
forlop_sync_server_scope (ForlopServerStorage     *storage,
                          const ForlopSyncCaller  *caller,
                          gint64                   now,
                          const char              *text,
                          gsize                    length,
                          GError                 **error)
{
  ForlopSyncReply *reply = NULL;
  g_autoptr (yyjson_doc) doc = forlop_sync_read_request (text, length, &reply);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) scopes = NULL;
  g_autofree char *body = NULL;
  Fill fill;

  if (doc == NULL)
    return reply;
  if (!read_fill (yyjson_doc_get_root (doc), &fill))
    return forlop_sync_reply_problem (400, "malformed", _("The request cannot be read."));

  if (!storage->funcs->begin (storage, FALSE, error))
    return NULL;
  body = open_scope (storage, caller, now, &fill, &rows, &reply, error);
  storage->funcs->rollback (storage);
  if (body == NULL)
    return reply;

  scopes = scopes_of (rows);
  if (!log_delivery (storage, caller, now, scopes, error))
    return NULL;

  return forlop_sync_reply_new (200, g_steal_pointer (&body));
}
