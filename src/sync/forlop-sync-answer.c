/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-answer.h"

#include <glib/gi18n-lib.h>

#include "forlop-date.h"
#include "forlop-error.h"
#include "forlop-id.h"
#include "forlop-json.h"
#include "forlop-sync-limits.h"

/* 2⁹ seconds are more than the longest time to wait. */
#define MAX_DOUBLINGS 9

static gboolean
refuse (GError    **error,
        const char *what)
{
  g_set_error (error, FORLOP_ERROR, FORLOP_ERROR_INVALID,
               /* Translators: a key of the protocol. */
               _("The server's reply cannot be read: “%s” is missing or wrong. Nothing was changed."),
               what);
  return FALSE;
}

static gboolean
read_text (yyjson_val  *object,
           const char  *key,
           const char **value,
           GError     **error)
{
  *value = NULL;

  return forlop_json_get_text (object, key, value, error) && (*value != NULL || refuse (error, key));
}

static gboolean
read_number (yyjson_val  *object,
             const char  *key,
             gint64      *value,
             GError     **error)
{
  *value = -1;

  return forlop_json_get_integer (object, key, value, error) && (*value >= 0 || refuse (error, key));
}

static gboolean
read_checkpoint (yyjson_val            *root,
                 ForlopSyncCheckpoint  *checkpoint,
                 GError               **error)
{
  yyjson_val *object = yyjson_obj_get (root, "checkpoint");
  const char *at;

  *checkpoint = (ForlopSyncCheckpoint) { 0 };
  if (object == NULL || yyjson_is_null (object))
    return TRUE;
  if (!yyjson_is_obj (object))
    return refuse (error, "checkpoint");

  return read_number (object, "n", &checkpoint->n, error) && read_text (object, "at", &at, error) &&
         (forlop_instant_from_iso (at, &checkpoint->at) || refuse (error, "at")) &&
         read_text (object, "hash", &checkpoint->hash, error) &&
         read_text (object, "signature", &checkpoint->signature, error) &&
         read_text (object, "key", &checkpoint->key, error);
}

gboolean
forlop_sync_answer_read_proof (yyjson_val       *root,
                               ForlopSyncProof  *proof,
                               GError          **error)
{
  g_return_val_if_fail (proof != NULL, FALSE);

  *proof = (ForlopSyncProof) { 0 };
  if (!yyjson_is_obj (root))
    return refuse (error, "checkpoint");

  return forlop_json_get_text (root, "known", &proof->known, error) &&
         read_checkpoint (root, &proof->newest, error);
}

/**
 * forlop_sync_answer_read_hello:
 *
 * `last_op_no` is 0 when the server does not know the device.
 */
gboolean
forlop_sync_answer_read_hello (yyjson_val       *root,
                              ForlopSyncHello  *hello,
                              GError          **error)
{
  const char *server_time;

  g_return_val_if_fail (hello != NULL, FALSE);

  *hello = (ForlopSyncHello) { 0 };
  if (!yyjson_is_obj (root))
    return refuse (error, "epoch");
  if (!read_text (root, "epoch", &hello->epoch, error) ||
      !read_number (root, "head", &hello->head, error) ||
      !read_number (root, "lease_hours", &hello->lease_hours, error) ||
      !read_text (root, "server_time", &server_time, error) ||
      !forlop_json_get_integer (root, "last_op_no", &hello->last_op_no, error) ||
      !forlop_json_get_text (root, "user_id", &hello->user_id, error) ||
      !forlop_json_get_text (root, "device_id", &hello->device_id, error) ||
      !forlop_json_get_integer (root, "last_access_n", &hello->last_access_n, error) ||
      !read_checkpoint (root, &hello->checkpoint, error))
    return FALSE;

  return forlop_instant_from_iso (server_time, &hello->server_time) || refuse (error, "server_time");
}

static gpointer
read_result (yyjson_val  *value,
             GError     **error)
{
  static const char *const statuses[] = {
    "applied", "merged", "conflict", "rejected", "blocked", NULL,
  };
  g_autoptr (ForlopSyncResult) result = g_new0 (ForlopSyncResult, 1);
  const char *op_id, *status;
  char *json;

  if (!yyjson_is_obj (value))
    return refuse (error, "results"), NULL;
  if (!read_number (value, "op_no", &result->op_no, error) ||
      !read_text (value, "op_id", &op_id, error) || !read_text (value, "status", &status, error) ||
      !read_number (value, "seq", &result->seq, error))
    return NULL;
  if (!forlop_id_is_valid (op_id))
    return refuse (error, "op_id"), NULL;
  if (!g_strv_contains (statuses, status))
    return refuse (error, "status"), NULL;

  json = yyjson_val_write (value, 0, NULL);
  result->op_id = g_strdup (op_id);
  result->status = g_strdup (status);
  result->json = g_strdup (json);
  free (json);

  return g_steal_pointer (&result);
}

typedef gpointer (*ReadFunc) (yyjson_val  *value,
                              GError     **error);

static GPtrArray *
read_list (yyjson_val      *list,
           const char      *key,
           ReadFunc         read,
           GDestroyNotify   element_free,
           GError         **error)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (element_free);
  yyjson_val *value;
  size_t i, n;

  if (list != NULL && !yyjson_is_arr (list))
    return refuse (error, key), NULL;

  yyjson_arr_foreach (list, i, n, value)
    {
      gpointer element = read (value, error);

      if (element == NULL)
        return NULL;
      g_ptr_array_add (elements, element);
    }

  return g_steal_pointer (&elements);
}

GPtrArray *
forlop_sync_answer_read_results (yyjson_val  *root,
                                GError     **error)
{
  return read_list (yyjson_obj_get (root, "results"), "results", read_result,
                    (GDestroyNotify) forlop_sync_result_free, error);
}

static gpointer
read_row (yyjson_val  *value,
          GError     **error)
{
  return forlop_sync_row_from_json (value, error);
}

static gpointer
read_grant (yyjson_val  *value,
            GError     **error)
{
  g_autoptr (ForlopSyncGrant) grant = g_new0 (ForlopSyncGrant, 1);
  gboolean active = FALSE;
  const char *scope;

  if (!yyjson_is_obj (value))
    return refuse (error, "grants"), NULL;
  if (!read_text (value, "scope", &scope, error) || !read_number (value, "gen", &grant->gen, error) ||
      !forlop_json_get_boolean (value, "active", &active, error))
    return NULL;
  grant->scope = g_strdup (scope);
  grant->active = active;
  if (yyjson_is_arr (yyjson_obj_get (value, "gone")))
    {
      char *gone = yyjson_val_write (yyjson_obj_get (value, "gone"), 0, NULL);

      grant->gone = g_strdup (gone);
      free (gone);
    }

  return g_steal_pointer (&grant);
}

/* The number is text, because JSON's numbers do not hold 64 bits everywhere. */
static gboolean
read_sum (yyjson_val      *object,
          ForlopScopeSum  *sum,
          GError         **error)
{
  const char *text;

  if (!yyjson_is_obj (object))
    return refuse (error, "sum");

  return read_number (object, "count", &sum->count, error) && read_text (object, "sum", &text, error) &&
         (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &sum->sum, NULL) ||
          refuse (error, "sum"));
}

static GPtrArray *
read_sums (yyjson_val  *object,
           GError     **error)
{
  g_autoptr (GPtrArray) sums =
    g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_scope_sum_free);
  yyjson_val *key, *value;
  size_t i, n;

  if (object == NULL)
    return g_steal_pointer (&sums);
  if (!yyjson_is_obj (object))
    return refuse (error, "sums"), NULL;

  yyjson_obj_foreach (object, i, n, key, value)
    {
      ForlopSyncScopeSum *sum = g_new0 (ForlopSyncScopeSum, 1);

      sum->scope = g_strdup (yyjson_get_str (key));
      g_ptr_array_add (sums, sum);
      if (!read_sum (value, &sum->sum, error))
        return NULL;
    }

  return g_steal_pointer (&sums);
}

/**
 * forlop_sync_answer_read_page:
 * @from: the position that was asked from.
 */
ForlopSyncPage *
forlop_sync_answer_read_page (yyjson_val  *root,
                             gint64       from,
                             GError     **error)
{
  g_autoptr (ForlopSyncPage) page = g_new0 (ForlopSyncPage, 1);
  const char *epoch, *hash;
  gboolean is_complete = FALSE;

  if (!yyjson_is_obj (root))
    return refuse (error, "epoch"), NULL;
  if (!read_text (root, "epoch", &epoch, error) || !read_text (root, "hash", &hash, error) ||
      !read_number (root, "pos", &page->pos, error) ||
      !read_number (root, "head", &page->head, error) ||
      !read_number (root, "safe_seq", &page->safe_seq, error) ||
      !forlop_json_get_boolean (root, "complete", &is_complete, error))
    return NULL;
  if (page->pos < from || (page->pos == from && !is_complete))
    return refuse (error, "pos"), NULL;

  page->from = from;
  page->epoch = g_strdup (epoch);
  page->hash = g_strdup (hash);
  page->is_complete = is_complete;
  page->rows = read_list (yyjson_obj_get (root, "rows"), "rows", read_row,
                          (GDestroyNotify) forlop_sync_row_free, error);
  if (page->rows == NULL)
    return NULL;
  page->grants = read_list (yyjson_obj_get (root, "grants"), "grants", read_grant,
                            (GDestroyNotify) forlop_sync_grant_free, error);
  if (page->grants == NULL)
    return NULL;
  page->sums = read_sums (yyjson_obj_get (root, "sums"), error);
  if (page->sums == NULL)
    return NULL;

  return g_steal_pointer (&page);
}

static gboolean
read_next (yyjson_val           *next,
           ForlopSyncScopePage  *page,
           GError              **error)
{
  const char *type, *id;
  gint64 seq;

  if (next == NULL || yyjson_is_null (next))
    return TRUE;
  if (!yyjson_is_obj (next))
    return refuse (error, "next");
  if (!read_number (next, "seq", &seq, error) || !read_text (next, "type", &type, error) ||
      !read_text (next, "id", &id, error))
    return FALSE;
  forlop_sync_place_set (&page->next, seq, type, id);

  return !forlop_sync_place_equal (&page->next, &page->after) || refuse (error, "next");
}

/**
 * forlop_sync_answer_read_scope:
 * @after: the place that was asked from.
 */
ForlopSyncScopePage *
forlop_sync_answer_read_scope (yyjson_val             *root,
                              const char             *scope,
                              const ForlopSyncPlace  *after,
                              GError                **error)
{
  g_autoptr (ForlopSyncScopePage) page = g_new0 (ForlopSyncScopePage, 1);
  const char *epoch;

  g_return_val_if_fail (scope != NULL && after != NULL, NULL);

  page->scope = g_strdup (scope);
  forlop_sync_place_set (&page->after, after->seq, after->type, after->id);
  if (!yyjson_is_obj (root))
    return refuse (error, "epoch"), NULL;
  if (!read_text (root, "epoch", &epoch, error) || !read_number (root, "head", &page->head, error) ||
      !read_number (root, "gen", &page->gen, error) ||
      !read_next (yyjson_obj_get (root, "next"), page, error))
    return NULL;

  page->epoch = g_strdup (epoch);
  if (yyjson_obj_get (root, "sum") != NULL &&
      !read_sum (yyjson_obj_get (root, "sum"), &page->sum, error))
    return NULL;
  page->rows = read_list (yyjson_obj_get (root, "rows"), "rows", read_row,
                          (GDestroyNotify) forlop_sync_row_free, error);
  if (page->rows == NULL)
    return NULL;

  return g_steal_pointer (&page);
}

gint64
forlop_sync_answer_retry_ms (const ForlopSyncAnswer *answer,
                             unsigned int            n_failures)
{
  const gint64 longest =
    MIN (FORLOP_SYNC_RETRY_FIRST_MS << MIN (n_failures, MAX_DOUBLINGS), FORLOP_SYNC_RETRY_LAST_MS);

  g_return_val_if_fail (answer != NULL, 0);

  return CLAMP (answer->retry_after, 0, 3600) * 1000 + (gint64) ((double) longest * answer->random / 4294967296.0);
}
