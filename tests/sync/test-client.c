/* SPDX-License-Identifier: EUPL-1.2 */

#include <gio/gio.h>
#include <string.h>

#include "forlop-date.h"
#include "forlop-sync-client.h"
#include "forlop-sync-limits.h"

#define EPOCH "0123456789abcdef0123456789abcdef"
#define NOW G_GINT64_CONSTANT (1792000000000)
#define NO_RANDOM 0u
#define MOST_RANDOM G_MAXUINT32

/* A mirror in memory: what it was given is counted, not kept. */
typedef struct {
  ForlopSyncMirror parent;
  ForlopSyncState state;
  gboolean fails;
  unsigned int n_results;
  unsigned int n_pages;
  unsigned int n_scope_pages;
  unsigned int n_forgotten;
  gint64 expected;
  unsigned int n_missing;
  gboolean has_no_files;
  GString *kept;
} FakeMirror;

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
            GError           **error G_GNUC_UNUSED)
{
  FakeMirror *self = (FakeMirror *) mirror;

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

typedef struct {
  FakeMirror *mirror;
  ForlopSyncClient *client;
  gint64 now;
} Test;

static void
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

static void
teardown (Test          *test,
          gconstpointer  data G_GNUC_UNUSED)
{
  forlop_sync_client_free (test->client);
  forlop_sync_mirror_free (&test->mirror->parent);
}

static ForlopSyncRequest *
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

static void
ask_nothing (Test *test)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (forlop_sync_client_next (test->client, test->now, &error));
  g_assert_no_error (error);
}

static void
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

static void
exchange (Test                  *test,
          ForlopSyncRequestKind  kind,
          unsigned int           status,
          const char            *text)
{
  g_autoptr (ForlopSyncRequest) request = ask (test, kind);

  answer (test, request, status, text, NO_RANDOM);
}

#define HELLO "{\"epoch\":\"" EPOCH "\",\"head\":0,\"lease_hours\":72,\"server_time\":\"%s\"}"
#define PAGE "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"0123456789abcdef\",\"head\":4,\"complete\":true," \
             "\"safe_seq\":0,\"rows\":[],\"grants\":[]}"
#define RESULT "{\"op_no\":1,\"op_id\":\"01900000-0000-7000-8000-000000000001\",\"status\":\"applied\",\"seq\":4}"
#define RESULTS "{\"epoch\":\"" EPOCH "\",\"head\":4,\"results\":[" RESULT "]}"
#define SCOPE "{\"epoch\":\"" EPOCH "\",\"gen\":1,\"head\":4,\"rows\":[]}"

static void
greet (Test *test)
{
  g_autofree char *now = forlop_instant_to_iso (test->now);
  g_autofree char *hello = g_strdup_printf (HELLO, now);

  exchange (test, FORLOP_SYNC_REQUEST_HELLO, 200, hello);
}

static void
test_order (Test          *test,
            gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_unsent = 1;
  test->mirror->state.n_waiting_scopes = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_SCOPE, 200, SCOPE);
  /* What was filled is shown by a turn. */
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_IDLE);
  g_assert_cmpuint (test->mirror->n_results, ==, 1);
  g_assert_cmpuint (test->mirror->n_pages, ==, 2);
}

static void
test_goes_on_where_it_was (Test          *test,
                           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) pull = NULL;

  test->mirror->state.pos = 3;
  test->mirror->state.cursor = 1;
  g_set_str (&test->mirror->state.pos_hash, "00000000000000aa");
  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_cmpstr (pull->body, ==, "{\"epoch\":\"" EPOCH "\",\"schema\":1,\"pos\":3,"
                   "\"hash\":\"00000000000000aa\",\"limit\":1000}");
}

static void
test_halves_what_is_too_large (Test          *test,
                               gconstpointer  data G_GNUC_UNUSED)
{
  static const unsigned int sizes[] = { 5, 2, 1 };

  test->mirror->state.n_unsent = 5;
  greet (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (ForlopSyncRequest) push = ask (test, FORLOP_SYNC_REQUEST_PUSH);

      g_assert_cmpuint (push->n_changesets, ==, sizes[i]);
      answer (test, push, 413, "{\"code\":\"too_large\",\"detail\":\"For stor.\"}", NO_RANDOM);
    }
  /* One that is too large alone needs a person. */
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_STUCK);
  g_assert_cmpstr (forlop_sync_client_get_detail (test->client), ==, "For stor.");
}

static void
test_waits_longer_after_each_failure (Test          *test,
                                      gconstpointer  data G_GNUC_UNUSED)
{
  gint64 last = 0;

  for (unsigned int i = 0; i < 12; i++)
    {
      g_autoptr (ForlopSyncRequest) hello = ask (test, FORLOP_SYNC_REQUEST_HELLO);
      gint64 wait;

      answer (test, hello, 0, NULL, MOST_RANDOM);
      ask_nothing (test);
      g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_OFFLINE);
      wait = forlop_sync_client_get_next_at (test->client) - test->now;
      g_assert_cmpint (wait, >=, last);
      g_assert_cmpint (wait, <=, FORLOP_SYNC_RETRY_LAST_MS);
      last = wait;
      test->now = forlop_sync_client_get_next_at (test->client);
    }
  g_assert_cmpint (last, >=, FORLOP_SYNC_RETRY_LAST_MS - 1);

  greet (test);
  {
    g_autoptr (ForlopSyncRequest) pull = ask (test, FORLOP_SYNC_REQUEST_PULL);

    answer (test, pull, 0, NULL, MOST_RANDOM);
    g_assert_cmpint (forlop_sync_client_get_next_at (test->client) - test->now, <=,
                     FORLOP_SYNC_RETRY_FIRST_MS);
  }
}

static void
test_waits_as_long_as_the_server_asks (Test          *test,
                                       gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) hello = ask (test, FORLOP_SYNC_REQUEST_HELLO);
  const ForlopSyncAnswer busy = { .status = 503, .retry_after = 30 };

  g_assert_true (forlop_sync_client_take (test->client, hello, &busy, test->now, NULL));
  test->now += 29999;
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_BUSY);
  test->now += 1;
  greet (test);
}

/* A server that was set wrongly does not silence the machine for a day. */
static void
test_waits_no_longer_than_an_hour (Test          *test,
                                   gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) hello = ask (test, FORLOP_SYNC_REQUEST_HELLO);
  const ForlopSyncAnswer busy = { .status = 503, .retry_after = 86400 };

  g_assert_true (forlop_sync_client_take (test->client, hello, &busy, test->now, NULL));
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client) - test->now, ==, 3600 * 1000);
}

static void
test_too_old_may_still_send (Test          *test,
                             gconstpointer  data G_GNUC_UNUSED)
{
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 426, "{\"code\":\"too_old\"}");
  test->now += FORLOP_SYNC_RETRY_LAST_MS;
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_TOO_OLD);
  test->mirror->state.n_unsent = 1;
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  ask_nothing (test);
}

static void
test_signed_out_stops_until_woken (Test          *test,
                                   gconstpointer  data G_GNUC_UNUSED)
{
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 401, "{}");
  test->now += 24 * FORLOP_SYNC_RETRY_LAST_MS;
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_SIGNED_OUT);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), ==, G_MAXINT64);
  forlop_sync_client_wake (test->client);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_blocked_device_stops (Test          *test,
                           gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_unsent = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 403, "{\"code\":\"device_blocked\"}");
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_BLOCKED);
}

static void
test_greets_again_when_the_log_is_another (Test          *test,
                                           gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) pull = NULL;

  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  answer (test, pull, 410, "{\"code\":\"resync\",\"reason\":\"epoch\"}", NO_RANDOM);
  g_assert_cmpuint (test->mirror->n_forgotten, ==, 1);
  greet (test);
  /* The same refusal again, late: it was of the epoch that is over. */
  g_set_str (&pull->epoch, "ffffffffffffffffffffffffffffffff");
  answer (test, pull, 410, "{\"code\":\"resync\"}", NO_RANDOM);
  g_assert_cmpuint (test->mirror->n_forgotten, ==, 1);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_wrong_number (Test          *test,
                   gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_unsent = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 409, "{\"code\":\"wrong_op_no\",\"expected\":7}");
  g_assert_cmpint (test->mirror->expected, ==, 7);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 409, "{\"code\":\"wrong_op_no\",\"expected\":700}");
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_STUCK);
}

static void
test_nonsense_is_not_taken (Test          *test,
                            gconstpointer  data G_GNUC_UNUSED)
{
  static const char *const nonsense[] = {
    "", "[]", "{", "null", "{\"epoch\":1}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":0,\"hash\":\"\",\"head\":9,\"complete\":false,\"safe_seq\":0,\"rows\":[]}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,\"rows\":[{}]}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,\"rows\":{}}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,"
    "\"sums\":{\"cat\":{\"count\":1,\"sum\":\"-1\"}}}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0,"
    "\"grants\":[{\"gen\":1}]}",
    "{\"epoch\":\"" EPOCH "\",\"pos\":-4,\"hash\":\"\",\"head\":4,\"complete\":true,\"safe_seq\":0}",
  };

  greet (test);
  for (unsigned int i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, nonsense[i]);
      g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_SERVER_FAULT);
      g_assert_cmpuint (test->mirror->n_pages, ==, 0);
    }
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  g_assert_cmpuint (test->mirror->n_pages, ==, 1);
}

static void
test_what_could_not_be_kept_is_asked_for_again (Test          *test,
                                                gconstpointer  data G_GNUC_UNUSED)
{
  const ForlopSyncAnswer page = { .status = 200, .text = PAGE };
  g_autoptr (ForlopSyncRequest) pull = NULL;
  g_autoptr (GError) error = NULL;

  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  test->mirror->fails = TRUE;
  g_assert_false (forlop_sync_client_take (test->client, pull, &page, test->now, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_LOCAL_FAULT);
  test->mirror->fails = FALSE;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_poke_begins_a_turn (Test          *test,
                         gconstpointer  data G_GNUC_UNUSED)
{
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  forlop_sync_client_poke (test->client, 4);
  ask_nothing (test);
  forlop_sync_client_poke (test->client, 5);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), ==, test->now + FORLOP_SYNC_POLL_MS);
  test->now += FORLOP_SYNC_POLL_MS;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

static void
test_knows_that_the_clock_is_wrong (Test          *test,
                                    gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *then = forlop_instant_to_iso (test->now - 5 * FORLOP_SYNC_SKEW_MS);
  g_autofree char *hello = g_strdup_printf (HELLO, then);

  exchange (test, FORLOP_SYNC_REQUEST_HELLO, 200, hello);
  g_assert_cmpint (forlop_sync_client_get_skew (test->client), ==, 5 * FORLOP_SYNC_SKEW_MS);
}

/* Each answer tells the server's time, also one that refuses. */
static void
test_knows_when_the_clock_is_set (Test          *test,
                                  gconstpointer  data G_GNUC_UNUSED)
{
  g_autofree char *then = forlop_instant_to_iso (test->now - 5 * FORLOP_SYNC_SKEW_MS);
  g_autofree char *hello = g_strdup_printf (HELLO, then);
  g_autoptr (ForlopSyncRequest) pull = NULL;
  g_autoptr (ForlopSyncRequest) again = NULL;
  const ForlopSyncAnswer right = { .status = 200, .text = PAGE, .server_time = test->now };
  ForlopSyncAnswer slow = { .status = 503, .retry_after = 1 };

  exchange (test, FORLOP_SYNC_REQUEST_HELLO, 200, hello);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_true (forlop_sync_client_take (test->client, pull, &right, test->now, NULL));
  g_assert_cmpint (forlop_sync_client_get_skew (test->client), ==, 0);

  test->now += FORLOP_SYNC_POLL_MS;
  slow.server_time = test->now + 2 * FORLOP_SYNC_SKEW_MS;
  again = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_true (forlop_sync_client_take (test->client, again, &slow, test->now, NULL));
  g_assert_cmpint (forlop_sync_client_get_skew (test->client), ==, -2 * FORLOP_SYNC_SKEW_MS);
}

/* Else nothing would be sent for as many hours as it is set back. */
static void
test_waits_no_longer_when_the_clock_is_set_back (Test          *test,
                                                 gconstpointer  data G_GNUC_UNUSED)
{
  const ForlopSyncAnswer busy = { .status = 503, .retry_after = 60 };
  g_autoptr (ForlopSyncRequest) pull = NULL;

  greet (test);
  pull = ask (test, FORLOP_SYNC_REQUEST_PULL);
  g_assert_true (forlop_sync_client_take (test->client, pull, &busy, test->now, NULL));
  ask_nothing (test);
  test->now -= 3 * FORLOP_HOUR;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  test->now -= 3 * FORLOP_HOUR;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
}

#define ADD(name, func) g_test_add ("/client/" name, Test, NULL, setup, func, teardown)

#define SOME_COME "{\"have\":1048576,\"complete\":false}"
#define ALL_COME "{\"have\":1048581,\"complete\":true}"

/* The changes first, also those that are written while a file is on its way. */
static void
test_attachments_come_last (Test          *test,
                            gconstpointer  data G_GNUC_UNUSED)
{
  g_autoptr (ForlopSyncRequest) first = NULL;
  g_autoptr (ForlopSyncRequest) second = NULL;

  test->mirror->state.n_unsent = 1;
  test->mirror->state.n_uploads = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":true}]}");
  first = ask (test, FORLOP_SYNC_REQUEST_PUT);
  g_assert_cmpint (first->from, ==, 0);
  answer (test, first, 200, SOME_COME, NO_RANDOM);
  /* The same reply again is of the past. */
  answer (test, first, 200, ALL_COME, NO_RANDOM);
  g_assert_cmpint (test->mirror->state.n_uploads, ==, 1);
  test->mirror->state.n_unsent = 1;
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  second = ask (test, FORLOP_SYNC_REQUEST_PUT);
  g_assert_cmpint (second->from, ==, FORLOP_SYNC_PART_BYTES);
  answer (test, second, 200, ALL_COME, NO_RANDOM);
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_IDLE);
}

static void
test_a_refused_attachment_holds_up_no_change (Test          *test,
                                              gconstpointer  data)
{
  test->mirror->state.n_uploads = 1;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":true}]}");
  {
    g_autoptr (ForlopSyncRequest) put = ask (test, FORLOP_SYNC_REQUEST_PUT);

    answer (test, put, GPOINTER_TO_UINT (data), "{}", MOST_RANDOM);
  }
  ask_nothing (test);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_BUSY);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), >, test->now);
  g_assert_cmpint (forlop_sync_client_get_next_at (test->client), <=, test->now + FORLOP_SYNC_RETRY_FIRST_MS);
  test->mirror->state.n_unsent = 1;
  exchange (test, FORLOP_SYNC_REQUEST_PUSH, 200, RESULTS);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
  test->now += FORLOP_SYNC_RETRY_FIRST_MS;
  exchange (test, FORLOP_SYNC_REQUEST_PUT, 200, SOME_COME);
}

/* What nobody names on the server, and what is not on this machine, is not tried for ever. */
static void
test_what_cannot_be_sent_is_let_go (Test          *test,
                                    gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_uploads = 2;
  test->mirror->has_no_files = TRUE;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":false},{\"named\":true}]}");
  ask_nothing (test);
  ask_nothing (test);
  g_assert_cmpint (test->mirror->state.n_uploads, ==, 0);
  g_assert_cmpint (forlop_sync_client_get_standing (test->client), ==, FORLOP_SYNC_IDLE);
}

/* A scope that is being taken away waits for what was attached there, and nothing else is done first. */
static void
test_a_scope_waits_for_its_attachments (Test          *test,
                                        gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->state.n_uploads = 1;
  test->mirror->state.has_held_upload = TRUE;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200,
            "{\"contents\":[{\"named\":true,\"length\":1048581,\"have\":1048576}]}");
  test->mirror->state.has_held_upload = TRUE;
  exchange (test, FORLOP_SYNC_REQUEST_PUT, 200, ALL_COME);
  test->mirror->state.has_held_upload = FALSE;
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  ask_nothing (test);
}

static void
test_fetches_the_smallest_first (Test          *test,
                                 gconstpointer  data G_GNUC_UNUSED)
{
  test->mirror->n_missing = 3;
  greet (test);
  exchange (test, FORLOP_SYNC_REQUEST_PULL, 200, PAGE);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200,
            "{\"contents\":[{\"named\":true,\"length\":3,\"have\":3},{\"named\":true},"
            "{\"named\":true,\"length\":2,\"have\":2}]}");
  exchange (test, FORLOP_SYNC_REQUEST_GET, 200, "{\"length\":2,\"offset\":0,\"data\":\"QUI=\"}");
  exchange (test, FORLOP_SYNC_REQUEST_GET, 200, "{\"length\":3,\"offset\":0,\"data\":\"Q0RF\"}");
  ask_nothing (test);
  g_assert_cmpstr (test->mirror->kept->str, ==, "3:AB 1:CDE ");
  /* A poke says that the rest may have come. */
  test->mirror->n_missing = 1;
  forlop_sync_client_poke (test->client, test->mirror->state.cursor);
  exchange (test, FORLOP_SYNC_REQUEST_ASK, 200, "{\"contents\":[{\"named\":true}]}");
  ask_nothing (test);
}

int
main (int   argc,
      char *argv[])
{
  static const unsigned int refusals[] = { 413, 422, 429, 500 };

  g_test_init (&argc, &argv, NULL);

  ADD ("greets-sends-receives-and-fills-in-this-order", test_order);
  ADD ("goes-on-where-it-was", test_goes_on_where_it_was);
  ADD ("halves-what-is-too-large", test_halves_what_is_too_large);
  ADD ("waits-longer-after-each-failure", test_waits_longer_after_each_failure);
  ADD ("waits-as-long-as-the-server-asks", test_waits_as_long_as_the_server_asks);
  ADD ("waits-no-longer-than-an-hour", test_waits_no_longer_than_an_hour);
  ADD ("too-old-may-still-send", test_too_old_may_still_send);
  ADD ("signed-out-stops-until-woken", test_signed_out_stops_until_woken);
  ADD ("blocked-device-stops", test_blocked_device_stops);
  ADD ("greets-again-when-the-log-is-another", test_greets_again_when_the_log_is_another);
  ADD ("follows-the-number-that-the-server-wants", test_wrong_number);
  ADD ("nonsense-is-not-taken", test_nonsense_is_not_taken);
  ADD ("what-could-not-be-kept-is-asked-for-again", test_what_could_not_be_kept_is_asked_for_again);
  ADD ("poke-begins-a-turn", test_poke_begins_a_turn);
  ADD ("attachments-come-last", test_attachments_come_last);
  for (unsigned int i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/client/a-refused-attachment-holds-up-no-change/%u", refusals[i]);

      g_test_add (path, Test, GUINT_TO_POINTER (refusals[i]), setup, test_a_refused_attachment_holds_up_no_change,
                  teardown);
    }
  ADD ("what-cannot-be-sent-is-let-go", test_what_cannot_be_sent_is_let_go);
  ADD ("a-scope-waits-for-its-attachments", test_a_scope_waits_for_its_attachments);
  ADD ("fetches-the-smallest-first", test_fetches_the_smallest_first);
  ADD ("knows-that-the-clock-is-wrong", test_knows_that_the_clock_is_wrong);
  ADD ("knows-when-the-clock-is-set", test_knows_when_the_clock_is_set);
  ADD ("waits-no-longer-when-the-clock-is-set-back", test_waits_no_longer_when_the_clock_is_set_back);

  return g_test_run ();
}
