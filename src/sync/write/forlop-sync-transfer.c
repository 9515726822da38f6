/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-transfer.h"

#include "forlop-json.h"
#include "forlop-sync-limits.h"

struct _ForlopSyncTransfer
{
  ForlopSyncMirror *mirror;

  /* ForlopSyncContents: what is being sent, and whether the server was asked how much it has. */
  GPtrArray *uploads;
  gboolean uploads_are_asked;
  /* What is not here; the server was asked about the first of them. What it has, smallest first. */
  GPtrArray *missing;
  unsigned int n_missing_asked;
  GPtrArray *ready;
  /* The one that is coming, and its parts. */
  ForlopSyncContents *receiving;
  GByteArray *received;
  gboolean wants_look;

  guint64 serial; /* of the newest request */
  unsigned int n_failures;
  gint64 not_before;
};

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_contents_free);
}

ForlopSyncTransfer *
forlop_sync_transfer_new (ForlopSyncMirror *mirror)
{
  ForlopSyncTransfer *self;

  g_return_val_if_fail (mirror != NULL, NULL);

  self = g_new0 (ForlopSyncTransfer, 1);
  self->mirror = mirror;
  self->uploads = new_list ();
  self->missing = new_list ();
  self->ready = new_list ();
  self->wants_look = TRUE;
  self->not_before = G_MININT64;

  return self;
}

void
forlop_sync_transfer_free (ForlopSyncTransfer *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->uploads);
  g_ptr_array_unref (self->missing);
  g_ptr_array_unref (self->ready);
  forlop_sync_contents_free (self->receiving);
  g_clear_pointer (&self->received, g_byte_array_unref);
  g_free (self);
}

void
forlop_sync_transfer_look (ForlopSyncTransfer *self)
{
  g_return_if_fail (self != NULL);

  self->wants_look = TRUE;
}

void
forlop_sync_transfer_wake (ForlopSyncTransfer *self)
{
  g_return_if_fail (self != NULL);

  self->n_failures = 0;
  self->not_before = G_MININT64;
}

gint64
forlop_sync_transfer_get_next_at (ForlopSyncTransfer *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return self->not_before == G_MININT64 ? G_MAXINT64 : self->not_before;
}

static ForlopSyncRequest *
with_serial (ForlopSyncTransfer *self,
             ForlopSyncRequest  *request)
{
  request->serial = ++self->serial;

  return request;
}

/* The first that waits. One whose file is gone from here cannot be sent: the record says so to whoever
 * opens it. */
static ForlopSyncRequest *
next_upload (ForlopSyncTransfer     *self,
             const ForlopSyncState  *state,
             gint64                  now,
             GError                **error)
{
  if (self->uploads->len == 0)
    {
      g_ptr_array_unref (self->uploads);
      self->uploads = self->mirror->funcs->list_uploads (self->mirror, FORLOP_SYNC_CONTENTS_ASKED, error);
      self->uploads_are_asked = FALSE;
      if (self->uploads == NULL)
        {
          self->uploads = new_list ();
          return NULL;
        }
    }
  if (self->uploads->len > 0 && !self->uploads_are_asked)
    return with_serial (self, forlop_sync_request_ask (state, self->uploads));

  while (self->uploads->len > 0)
    {
      ForlopSyncContents *contents = g_ptr_array_index (self->uploads, 0);
      g_autoptr (GBytes) part = NULL;

      if (!self->mirror->funcs->read_contents (self->mirror, contents, contents->have, FORLOP_SYNC_PART_BYTES,
                                               &part, error))
        return NULL;
      if (part != NULL)
        return with_serial (self, forlop_sync_request_put (state, contents, contents->have, part));
      if (!self->mirror->funcs->drop_upload (self->mirror, contents, error))
        return NULL;
      g_ptr_array_remove_index (self->uploads, 0);
      self->not_before = now;
    }

  return NULL;
}

static ForlopSyncRequest *
ask_about_missing (ForlopSyncTransfer     *self,
                   const ForlopSyncState  *state)
{
  g_autoptr (GPtrArray) some = new_list ();

  for (unsigned int i = self->n_missing_asked;
       i < self->missing->len && some->len < FORLOP_SYNC_CONTENTS_ASKED; i++)
    g_ptr_array_add (some, forlop_sync_contents_copy (g_ptr_array_index (self->missing, i)));

  return with_serial (self, forlop_sync_request_ask (state, some));
}

/* What is coming is finished first: a server where much happens would else never send a large file. */
static ForlopSyncRequest *
next_download (ForlopSyncTransfer     *self,
               const ForlopSyncState  *state,
               GError                **error)
{
  if (self->wants_look && self->receiving == NULL)
    {
      GPtrArray *missing = self->mirror->funcs->list_missing (self->mirror, error);

      if (missing == NULL)
        return NULL;
      g_ptr_array_unref (self->missing);
      self->missing = missing;
      self->n_missing_asked = 0;
      g_ptr_array_set_size (self->ready, 0);
      self->wants_look = FALSE;
    }
  if (self->receiving == NULL && self->n_missing_asked < self->missing->len)
    return ask_about_missing (self, state);
  if (self->receiving == NULL && self->ready->len > 0)
    {
      self->receiving = g_ptr_array_steal_index (self->ready, 0);
      self->received = g_byte_array_new ();
    }

  return self->receiving != NULL
           ? with_serial (self, forlop_sync_request_get (state, self->receiving, self->received->len))
           : NULL;
}

ForlopSyncRequest *
forlop_sync_transfer_next (ForlopSyncTransfer     *self,
                           const ForlopSyncState  *state,
                           gint64                  now,
                           GError                **error)
{
  ForlopSyncRequest *request = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (self != NULL && state != NULL, NULL);

  if (now < self->not_before)
    return NULL;
  self->not_before = G_MININT64;
  if (state->n_uploads > 0)
    request = next_upload (self, state, now, &problem);
  if (request == NULL && problem == NULL)
    request = next_download (self, state, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));

  return request;
}

static void
wait_for (ForlopSyncTransfer      *self,
          const ForlopSyncAnswer  *answer,
          gint64                   now)
{
  self->not_before = now + forlop_sync_answer_retry_ms (answer, self->n_failures);
  self->n_failures++;
}

static gboolean
find (GPtrArray                 *list,
      const ForlopSyncContents  *contents,
      unsigned int              *index)
{
  return g_ptr_array_find_with_equal_func (list, contents, (GEqualFunc) forlop_sync_contents_equal, index);
}

static gboolean
drop_upload (ForlopSyncTransfer        *self,
             const ForlopSyncContents  *contents,
             GError                   **error)
{
  unsigned int index;

  if (!self->mirror->funcs->drop_upload (self->mirror, contents, error))
    return FALSE;
  if (find (self->uploads, contents, &index))
    g_ptr_array_remove_index (self->uploads, index);

  return TRUE;
}

typedef struct {
  gboolean is_named;
  gint64 length;
  gint64 have;
} Told;

static gboolean
read_told (yyjson_val  *value,
           Told        *told)
{
  *told = (Told) { .length = -1 };

  return yyjson_is_obj (value) && forlop_json_get_boolean (value, "named", &told->is_named, NULL) &&
         forlop_json_get_integer (value, "length", &told->length, NULL) &&
         forlop_json_get_integer (value, "have", &told->have, NULL) && told->have >= 0 &&
         told->have <= MAX (told->length, 0) && told->length <= FORLOP_SYNC_CONTENTS_BYTES &&
         (told->have == told->length || told->have % FORLOP_SYNC_PART_BYTES == 0);
}

static int
compare_length (gconstpointer a,
                gconstpointer b)
{
  const ForlopSyncContents *first = a, *second = b;

  return (first->length > second->length) - (first->length < second->length);
}

static gboolean
take_told (ForlopSyncTransfer        *self,
           const ForlopSyncContents  *contents,
           const Told                *told,
           gboolean                   is_upload,
           GError                   **error)
{
  gboolean is_complete = told->length >= 0 && told->have == told->length;
  unsigned int index;

  if (is_upload && (!told->is_named || is_complete))
    return drop_upload (self, contents, error);
  if (is_upload && find (self->uploads, contents, &index))
    ((ForlopSyncContents *) g_ptr_array_index (self->uploads, index))->have = told->have;
  if (!is_upload && told->is_named && is_complete)
    {
      ForlopSyncContents *ready = forlop_sync_contents_copy (contents);

      ready->length = told->length;
      g_ptr_array_add (self->ready, ready);
    }

  return TRUE;
}

/* One list at a time is asked about, and what is sent comes first. */
static gboolean
take_all_told (ForlopSyncTransfer       *self,
               const ForlopSyncRequest  *request,
               yyjson_val               *root,
               gboolean                 *is_understood,
               GError                  **error)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_ref (request->contents);
  g_autoptr (GPtrArray) names = new_list ();
  yyjson_val *array = yyjson_obj_get (root, "contents");
  gboolean is_upload = asked == self->uploads;

  *is_understood = yyjson_is_arr (array) && yyjson_arr_size (array) == asked->len;
  for (unsigned int i = 0; i < asked->len; i++)
    g_ptr_array_add (names, forlop_sync_contents_copy (g_ptr_array_index (asked, i)));
  for (unsigned int i = 0; *is_understood && i < names->len; i++)
    {
      Told told;

      *is_understood = read_told (yyjson_arr_get (array, i), &told);
      if (*is_understood && !take_told (self, g_ptr_array_index (names, i), &told, is_upload, error))
        return FALSE;
    }
  if (!*is_understood)
    return TRUE;
  if (is_upload)
    self->uploads_are_asked = TRUE;
  else
    {
      self->n_missing_asked += names->len;
      g_ptr_array_sort_values (self->ready, compare_length);
    }

  return TRUE;
}

/* Anything but progress waits before it is tried again, so that two who disagree do not run hot. */
static gboolean
take_progress (ForlopSyncTransfer       *self,
               const ForlopSyncRequest  *request,
               yyjson_val               *root,
               gboolean                 *is_understood,
               GError                  **error)
{
  const ForlopSyncContents *sent = g_ptr_array_index (request->contents, 0);
  gboolean is_complete = FALSE;
  gint64 have = -1;
  unsigned int index;

  *is_understood = forlop_json_get_integer (root, "have", &have, NULL) &&
                   forlop_json_get_boolean (root, "complete", &is_complete, NULL) &&
                   (is_complete || (have >= 0 && have < sent->length && have % FORLOP_SYNC_PART_BYTES == 0));
  if (!*is_understood)
    return TRUE;
  if (is_complete)
    return drop_upload (self, sent, error);
  if (find (self->uploads, sent, &index))
    ((ForlopSyncContents *) g_ptr_array_index (self->uploads, index))->have = have;
  *is_understood = have > request->from;

  return TRUE;
}

/* What cannot be had now is asked about again when something may have changed. */
static void
end_download (ForlopSyncTransfer *self)
{
  g_clear_pointer (&self->receiving, forlop_sync_contents_free);
  g_clear_pointer (&self->received, g_byte_array_unref);
}

static gboolean
finish_download (ForlopSyncTransfer  *self,
                 gboolean            *is_right,
                 GError             **error)
{
  g_autoptr (GBytes) whole = g_byte_array_free_to_bytes (g_steal_pointer (&self->received));
  g_autoptr (ForlopSyncContents) contents = g_steal_pointer (&self->receiving);

  return self->mirror->funcs->keep_contents (self->mirror, contents, whole, is_right, error);
}

static gboolean
take_part (ForlopSyncTransfer       *self,
           const ForlopSyncRequest  *request,
           yyjson_val               *root,
           gboolean                 *is_understood,
           GError                  **error)
{
  const ForlopSyncContents *contents = g_ptr_array_index (request->contents, 0);
  g_autofree guint8 *bytes = NULL;
  const char *data = NULL;
  gint64 length = -1, offset = -1;
  gsize n = 0;

  *is_understood = forlop_json_get_text (root, "data", &data, NULL) && data != NULL &&
                   forlop_json_get_integer (root, "length", &length, NULL) &&
                   forlop_json_get_integer (root, "offset", &offset, NULL) && length == contents->length &&
                   offset == request->from;
  if (*is_understood)
    {
      bytes = g_base64_decode (data, &n);
      *is_understood = (gint64) n == MIN (length - offset, FORLOP_SYNC_PART_BYTES);
    }
  if (!*is_understood)
    return TRUE;

  g_byte_array_append (self->received, bytes, (unsigned int) n);

  return self->received->len < length || finish_download (self, is_understood, error);
}

gboolean
forlop_sync_transfer_is_own (unsigned int status)
{
  return status == 404 || status == 409 || status == 413 || status == 422 || status == 429 || status == 500;
}

static gboolean
take_refusal (ForlopSyncTransfer       *self,
              const ForlopSyncRequest  *request,
              const ForlopSyncAnswer   *answer,
              gint64                    now,
              GError                  **error)
{
  const ForlopSyncContents *contents = g_ptr_array_index (request->contents, 0);
  unsigned int index;

  if (request->kind == FORLOP_SYNC_REQUEST_PUT && answer->status == 404)
    return drop_upload (self, contents, error);
  if (request->kind == FORLOP_SYNC_REQUEST_PUT && answer->status == 422 && find (self->uploads, contents, &index))
    ((ForlopSyncContents *) g_ptr_array_index (self->uploads, index))->have = 0;
  if (request->kind == FORLOP_SYNC_REQUEST_GET && answer->status != 429)
    end_download (self);
  if (request->kind != FORLOP_SYNC_REQUEST_GET || answer->status != 404)
    wait_for (self, answer, now);

  return TRUE;
}

gboolean
forlop_sync_transfer_take (ForlopSyncTransfer       *self,
                           const ForlopSyncRequest  *request,
                           const ForlopSyncAnswer   *answer,
                           yyjson_val               *root,
                           gint64                    now,
                           GError                  **error)
{
  gboolean is_understood = FALSE;
  gboolean is_kept;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (request != NULL && request->contents != NULL && answer != NULL, FALSE);

  if (request->serial != self->serial)
    return TRUE;
  /* The same reply a second time is of the past as well. */
  self->serial++;
  if (answer->status != 200)
    return take_refusal (self, request, answer, now, error);

  if (request->kind == FORLOP_SYNC_REQUEST_ASK)
    is_kept = take_all_told (self, request, root, &is_understood, error);
  else if (request->kind == FORLOP_SYNC_REQUEST_PUT)
    is_kept = take_progress (self, request, root, &is_understood, error);
  else
    is_kept = take_part (self, request, root, &is_understood, error);
  if (!is_kept)
    return FALSE;
  if (is_understood)
    self->n_failures = 0;
  else
    {
      if (request->kind == FORLOP_SYNC_REQUEST_GET)
        end_download (self);
      wait_for (self, answer, now);
    }

  return TRUE;
}
