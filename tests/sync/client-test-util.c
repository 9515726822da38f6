/* SPDX-License-Identifier: EUPL-1.2 */

#include "client-test-util.h"

#include <string.h>

static ForlopSyncContents *
document (unsigned int n)
{
  const ForlopRecordType *type = forlop_record_type_find ("document");
  g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-00000000000%u", n);
  g_autofree char *hash = g_strnfill (64, 'a');

  return forlop_sync_contents_new (type, id, forlop_record_type_field (type, "content"), hash);
}

static gboolean
check (FakeMirror  *self,
       GError     **error)
{
  if (self->fails)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");

  return !self->fails;
}

static gboolean
load_state (ForlopSyncMirror  *mirror,
            ForlopSyncState   *state,
            GError           **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  if (!check (self, error))
    return FALSE;
  *state = self->state;
  state->epoch = g_strdup (self->state.epoch);
  state->pos_hash = g_strdup (self->state.pos_hash);

  return TRUE;
}

static GPtrArray *
list_unsent (ForlopSyncMirror  *mirror,
             unsigned int       max_changesets,
             gsize              max_bytes G_GNUC_UNUSED,
             GError           **error G_GNUC_UNUSED)
{
  FakeMirror *self = (FakeMirror *) mirror;
  GPtrArray *unsent = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_unsent_free);

  for (unsigned int i = 0; i < MIN (max_changesets, self->state.n_unsent); i++)
    {
      ForlopSyncUnsent *each = g_new0 (ForlopSyncUnsent, 1);

      each->op_no = i + 1;
      each->json = g_strdup ("{}");
      g_ptr_array_add (unsent, each);
    }

  return unsent;
}

static gboolean
next_fill (ForlopSyncMirror  *mirror G_GNUC_UNUSED,
           ForlopSyncFill   **fill,
           GError           **error G_GNUC_UNUSED)
{
  *fill = g_new0 (ForlopSyncFill, 1);
  (*fill)->scope = g_strdup ("cat");
  (*fill)->gen = 1;

  return TRUE;
}

static gboolean
take_hello (ForlopSyncMirror       *mirror,
            const ForlopSyncHello  *hello,
            gint64                  now G_GNUC_UNUSED,
            GError                **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  if (!check (self, error))
    return FALSE;
  g_set_str (&self->state.epoch, hello->epoch);

  return TRUE;
}

static gboolean
take_results (ForlopSyncMirror  *mirror,
              const char        *epoch G_GNUC_UNUSED,
              GPtrArray         *results,
              GError           **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  if (!check (self, error))
    return FALSE;
  self->n_results += results->len;
  self->state.n_unsent -= results->len;
  self->state.n_answered += results->len;
  self->state.n_ahead += results->len;

  return TRUE;
}

static gboolean
take_expected (ForlopSyncMirror  *mirror,
               gint64             expected,
               gboolean          *found,
               GError           **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  self->expected = expected;
  *found = expected < 100;

  return check (self, error);
}

static gboolean
take_page (ForlopSyncMirror      *mirror,
           const ForlopSyncPage  *page,
           gint64                 now G_GNUC_UNUSED,
           GError               **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  if (!check (self, error))
    return FALSE;
  self->n_pages++;
  self->state.pos = page->pos;
  if (page->is_complete)
    {
      self->state.cursor = page->pos;
      self->state.n_answered = 0;
      self->state.n_ahead = 0;
      self->state.has_filled = FALSE;
    }

  return TRUE;
}

static gboolean
take_scope_page (ForlopSyncMirror           *mirror,
                 const ForlopSyncScopePage  *page,
                 GError                    **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  if (!check (self, error))
    return FALSE;
  self->n_scope_pages++;
  if (page->next.type == NULL)
    {
      self->state.n_waiting_scopes--;
      self->state.has_filled = TRUE;
    }

  return TRUE;
}

static gboolean
forget (ForlopSyncMirror  *mirror,
        GError           **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  self->n_forgotten++;
  g_clear_pointer (&self->state.epoch, g_free);
  self->state.pos = 0;
  self->state.cursor = 0;

  return check (self, error);
}

static GPtrArray *
list_uploads (ForlopSyncMirror  *mirror,
              unsigned int       limit G_GNUC_UNUSED,
              GError           **error G_GNUC_UNUSED)
{
  FakeMirror *self = (FakeMirror *) mirror;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_contents_free);

  for (unsigned int i = 0; i < self->state.n_uploads; i++)
    g_ptr_array_add (list, document (i + 1));

  return list;
}

static gboolean
drop_upload (ForlopSyncMirror          *mirror,
             const ForlopSyncContents  *contents G_GNUC_UNUSED,
             GError                   **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  self->state.n_uploads--;

  return check (self, error);
}

static GPtrArray *
list_missing (ForlopSyncMirror  *mirror,
              GError           **error G_GNUC_UNUSED)
{
  FakeMirror *self = (FakeMirror *) mirror;
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) forlop_sync_contents_free);

  for (unsigned int i = 0; i < self->n_missing; i++)
    g_ptr_array_add (list, document (i + 1));

  return list;
}

/* A file of five bytes more than a part. */
static gboolean
read_contents (ForlopSyncMirror    *mirror,
               ForlopSyncContents  *contents,
               gint64               offset,
               gsize                max_bytes,
               GBytes             **part,
               GError             **error)
{
  FakeMirror *self = (FakeMirror *) mirror;
  g_autofree char *zeros = g_malloc0 (max_bytes);

  contents->length = FORLOP_SYNC_PART_BYTES + 5;
  *part = self->has_no_files ? NULL : g_bytes_new (zeros, MIN ((gsize) (contents->length - offset), max_bytes));

  return check (self, error);
}

static gboolean
keep_contents (ForlopSyncMirror          *mirror,
               const ForlopSyncContents  *contents,
               GBytes                    *whole,
               gboolean                  *is_right,
               GError                   **error)
{
  FakeMirror *self = (FakeMirror *) mirror;

  g_string_append_printf (self->kept, "%s:%.*s ", contents->id + 35, (int) g_bytes_get_size (whole),
                          (const char *) g_bytes_get_data (whole, NULL));
  *is_right = TRUE;

  return check (self, error);
}

static void
free_mirror (ForlopSyncMirror *mirror)
{
  FakeMirror *self = (FakeMirror *) mirror;

  forlop_sync_state_clear (&self->state);
  g_string_free (self->kept, TRUE);
  g_free (self);
}

static const ForlopSyncMirrorFuncs funcs = {
  .load_state = load_state,
  .list_unsent = list_unsent,
  .next_fill = next_fill,
  .take_hello = take_hello,
  .take_results = take_results,
  .take_expected = take_expected,
  .take_page = take_page,
  .take_scope_page = take_scope_page,
  .forget = forget,
  .list_uploads = list_uploads,
  .drop_upload = drop_upload,
  .list_missing = list_missing,
  .read_contents = read_contents,
  .keep_contents = keep_contents,
  .free = free_mirror,
};

void
setup (Test          *test,
       gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror = g_new0 (FakeMirror, 1);
  test->mirror->parent.funcs = &funcs;
  test->mirror->state.pos_hash = g_strdup ("");
  test->mirror->kept = g_string_new (NULL);
  test->client = forlop_sync_client_new (&test->mirror->parent);
  test->now = NOW;
}

void
teardown (Test          *test,
          gconstpointer  data G_GNUC_UNUSED)
{
  forlop_sync_client_free (test->client);
  forlop_sync_mirror_free (&test->mirror->parent);
}

ForlopSyncRequest *
ask (Test                  *test,
     ForlopSyncRequestKind  kind)
{
  g_autoptr (GError) error = NULL;
  ForlopSyncRequest *request = forlop_sync_client_next (test->client, test->now, &error);

  g_assert_no_error (error);
  g_assert_nonnull (request);
  g_assert_cmpint (request->kind, ==, kind);

  return request;
}

void
ask_nothing (Test *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_sync_client_next (test->client, test->now, &error));
  g_assert_no_error (error);
}

void
answer (Test                    *test,
        const ForlopSyncRequest *request,
        unsigned int             status,
        const char              *text,
        guint32                  random)
{
  const ForlopSyncAnswer each = { .status = status, .text = text, .random = random };
  g_autoptr (GError) error = NULL;

  g_assert_true (forlop_sync_client_take (test->client, request, &each, test->now, &error));
  g_assert_no_error (error);
}

void
exchange (Test                  *test,
          ForlopSyncRequestKind  kind,
          unsigned int           status,
          const char            *text)
{
  g_autoptr (ForlopSyncRequest) request = ask (test, kind);

  answer (test, request, status, text, NO_RANDOM);
}

void
greet (Test *test)
{
  g_autofree char *now = forlop_instant_to_iso (test->now);
  g_autofree char *hello = g_strdup_printf (HELLO, now);

  exchange (test, FORLOP_SYNC_REQUEST_HELLO, 200, hello);
}
