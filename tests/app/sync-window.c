/* SPDX-License-Identifier: EUPL-1.2 */

/* sync-window WHO: the real window on a municipality of its own that is paired with a server, and the
 * server is what standard input says it is:
 *
 *   mode MODE          online, offline, certificate, busy, old, out, blocked
 *   ahead HOURS        so much is the clock of the machine ahead of the server's
 *   later HOURS        the clock of the machine is moved; back where there are fewer than none
 *   full               the disk has no room left, and the server has something large
 *   room               there is room again
 *   answer STATUS JSON the next changeset is answered so; the others are applied
 *   conflict JSON      the next changeset meets another one, which set the fields of its first record so
 *   act WHO ACT JSON   somebody at this machine does an act
 *   open               the page about sync
 *   case               the page about the case
 *   anything else      is a statement whose first number is answered on standard output
 *
 * "CASE", "CITIZEN" and "ME" in JSON stand for ids. */

#include <adwaita.h>
#include <gio/gunixinputstream.h>
#include <libdex.h>
#include <string.h>

#include "acts-test-util.h"
#include "follow-up-test-util.h"
#include "forlop-application.h"
#include "forlop-http-transport.h"
#include "forlop-json.h"
#include "forlop-shortcuts.h"
#include "forlop-sync-door.h"
#include "forlop-sync-watch.h"
#include "forlop-window.h"

#define EPOCH "3f1d2c4b5a69788796a5b4c3d2e1f001"

typedef struct {
  ActsTest *test;
  ForlopSession *session;
  ForlopSyncWatch *watch;
  ForlopWindow *window;
  char *case_id;
  char *citizen_id;
  const ForlopActor *me;
  GDataInputStream *lines;

  GMutex mutex;
  char *mode;
  char *answer;
  char *theirs;
  GString *conflict; /* the newest, as a row */
  GString *rows;
  gboolean is_full;
  gint64 head;
  gint64 ahead_ms;
} Fixture;

static char *
dup_hello (Fixture *self)
{
  g_autofree char *at = forlop_instant_to_iso (forlop_clock_now (self->test->clock) - self->ahead_ms);

  return g_strdup_printf ("{\"epoch\":\"" EPOCH "\",\"head\":%" G_GINT64_FORMAT ",\"lease_hours\":72,"
                          "\"server_time\":\"%s\",\"last_op_no\":0,\"user_id\":\"%s\"}",
                          self->head, at, self->me->user_id);
}

static void
add_conflict (Fixture    *self,
              yyjson_val *changeset)
{
  yyjson_val *operation = yyjson_arr_get (yyjson_obj_get (changeset, "ops"), 0);
  const char *op_id = yyjson_get_str (yyjson_obj_get (changeset, "op_id"));
  g_autofree char *at = forlop_instant_to_iso (forlop_clock_now (self->test->clock));
  g_autofree char *id = forlop_id_derive (op_id, "conflict");
  g_autofree char *theirs = g_strescape (self->theirs, NULL);
  g_autofree char *mine = NULL;
  char *set = yyjson_val_write (yyjson_obj_get (operation, "set"), 0, NULL);

  mine = g_strescape (set, "åøæÅØÆ");
  free (set);
  g_string_printf (
    self->conflict, "{\"type\":\"conflict\",\"id\":\"%s\",\"scope\":\"u:%s\",\"seq\":%" G_GINT64_FORMAT ","
    "\"vtag\":\"%s\",\"body\":{\"user_id\":\"%s\",\"citizen_id\":\"%s\",\"kind\":\"field\","
    "\"op_id\":\"%s\",\"act\":\"%s\",\"record_type\":\"%s\",\"record_id\":\"%s\",\"theirs\":\"%s\","
    "\"mine\":\"%s\",\"at\":\"%s\",\"status\":\"open\"}}", id, self->me->user_id, self->head, op_id,
    self->me->user_id, self->citizen_id, op_id, yyjson_get_str (yyjson_obj_get (changeset, "act")),
    yyjson_get_str (yyjson_obj_get (operation, "type")), yyjson_get_str (yyjson_obj_get (operation, "id")),
    theirs, mine, at);
  g_string_append (self->rows, self->conflict->str);
  g_clear_pointer (&self->theirs, g_free);
  self->answer = g_strdup ("\"status\":\"conflict\",\"code\":\"field\"");
}

static void
close_conflict (Fixture    *self,
                yyjson_val *changeset)
{
  if (yyjson_obj_get (changeset, "resolves") == NULL)
    return;

  g_string_replace (self->conflict, "\"open\"", "\"resolved\"", 1);
  g_string_append_printf (self->rows, "%s%s", self->rows->len > 0 ? "," : "", self->conflict->str);
}

static char *
dup_results (Fixture    *self,
             const char *body)
{
  g_autoptr (yyjson_doc) doc = forlop_json_parse (body, -1, NULL);
  g_autoptr (GString) results = g_string_new (NULL);
  yyjson_val *changeset;
  size_t i, n;

  yyjson_arr_foreach (yyjson_obj_get (yyjson_doc_get_root (doc), "changesets"), i, n, changeset)
    {
      g_autofree char *answer = NULL;

      self->head++;
      if (self->theirs != NULL)
        add_conflict (self, changeset);
      close_conflict (self, changeset);
      answer = self->answer != NULL ? g_steal_pointer (&self->answer)
                                    : g_strdup ("\"status\":\"applied\"");
      g_string_append_printf (results, "%s{\"op_no\":%" G_GINT64_FORMAT ",\"op_id\":\"%s\",\"seq\":%"
                              G_GINT64_FORMAT ",%s}", i > 0 ? "," : "",
                              yyjson_get_sint (yyjson_obj_get (changeset, "op_no")),
                              yyjson_get_str (yyjson_obj_get (changeset, "op_id")), self->head, answer);
    }

  return g_strdup_printf ("{\"epoch\":\"" EPOCH "\",\"head\":%" G_GINT64_FORMAT ",\"results\":[%s]}",
                          self->head, results->str);
}

static char *
dup_page (Fixture *self)
{
  char *page = g_strdup_printf (
    "{\"epoch\":\"" EPOCH "\",\"pos\":%" G_GINT64_FORMAT ",\"hash\":\"0123456789abcdef\",\"head\":%"
    G_GINT64_FORMAT ",\"complete\":true,\"safe_seq\":0,\"rows\":[%s],"
    "\"grants\":[{\"scope\":\"u:%s\",\"gen\":1,\"active\":true}],\"sums\":{}}",
    self->head, self->head, self->rows->str, self->me->user_id);

  /* What could not be kept is sent again. */
  if (!self->is_full)
    g_string_truncate (self->rows, 0);

  return page;
}

static unsigned int
refusal (Fixture  *self,
         GError  **error)
{
  static const struct {
    const char *mode;
    unsigned int status;
  } modes[] = {
    { "busy", 503 }, { "old", 426 }, { "out", 401 },
  };

  if (g_str_equal (self->mode, "offline"))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "Nobody answers");
  if (g_str_equal (self->mode, "certificate"))
    g_set_error (error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE, "Somebody else answers");
  for (unsigned int i = 0; i < G_N_ELEMENTS (modes); i++)
    if (g_str_equal (self->mode, modes[i].mode))
      return modes[i].status;

  return 0;
}

/* On the runner's thread. */
static unsigned int
answer (const ForlopSyncRequest  *request,
        char                    **text,
        gint64                   *retry_after,
        gint64                   *server_time,
        gpointer                  user_data,
        GCancellable             *cancellable G_GNUC_UNUSED,
        GError                  **error)
{
  Fixture *self = user_data;
  unsigned int status = 200;

  g_mutex_lock (&self->mutex);
  *retry_after = 0;
  *server_time = forlop_clock_now (self->test->clock) - self->ahead_ms;
  if (!g_str_equal (self->mode, "online"))
    {
      status = refusal (self, error);
      *text = g_strdup ("{}");
    }
  else if (request->kind == FORLOP_SYNC_REQUEST_HELLO)
    *text = dup_hello (self);
  else if (request->kind == FORLOP_SYNC_REQUEST_PUSH)
    *text = dup_results (self, request->body);
  else
    *text = dup_page (self);
  g_mutex_unlock (&self->mutex);

  return status;
}

static char *
dup_with_ids (Fixture    *self,
              const char *json)
{
  g_autoptr (GString) text = g_string_new (json);

  g_string_replace (text, "CASE", self->case_id, 0);
  g_string_replace (text, "CITIZEN", self->citizen_id, 0);
  g_string_replace (text, "ME", self->me->user_id, 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const ForlopActor *
find_actor (Fixture    *self,
            const char *who)
{
  return g_str_equal (who, "caseworker") ? self->test->caseworker : self->test->nurse;
}

/* The file may not grow: to SQLite that is a full disk. */
static gpointer
limit_on_worker (ForlopConnection  *connection,
                 gpointer           user_data,
                 GCancellable      *cancellable G_GNUC_UNUSED,
                 GError           **error)
{
  gint64 n_pages;
  g_autofree char *sql = NULL;

  if (!forlop_connection_query_integer (connection, "PRAGMA page_count", &n_pages, error))
    return NULL;
  sql = g_strdup_printf ("PRAGMA max_page_count = %" G_GINT64_FORMAT,
                         user_data != NULL ? n_pages : (gint64) 1 << 30);

  return GINT_TO_POINTER (forlop_connection_query_integer (connection, sql, &n_pages, error));
}

static void
set_full (Fixture  *self,
          gboolean  is_full)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (60000, 'a');

  g_assert_nonnull (forlop_store_write_sync (self->test->store, limit_on_worker, GINT_TO_POINTER (is_full), NULL,
                                             NULL, &error));
  g_mutex_lock (&self->mutex);
  self->is_full = is_full;
  if (!is_full)
    {
      g_mutex_unlock (&self->mutex);
      return;
    }
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *id = forlop_id_source_next (self->test->ids, forlop_clock_now (self->test->clock));

      g_string_append_printf (
        self->rows, "%s{\"type\":\"conflict\",\"id\":\"%s\",\"scope\":\"u:%s\",\"seq\":%" G_GINT64_FORMAT ","
        "\"vtag\":\"%s\",\"body\":{\"user_id\":\"%s\",\"kind\":\"field\",\"op_id\":\"%s\",\"act\":\"add-goal\","
        "\"theirs\":\"%s\",\"at\":\"2026-03-12T08:00:00Z\",\"status\":\"resolved\"}}",
        self->rows->len > 0 ? "," : "", id, self->me->user_id, self->head + 1, id, self->me->user_id, id, text);
    }
  self->head++;
  g_mutex_unlock (&self->mutex);
}

static void
take_line (Fixture    *self,
           const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);
  const char *rest = words[1] != NULL ? words[1] : "";
  g_autofree char *answer_with_ids = dup_with_ids (self, rest);

  if (g_str_equal (words[0], "later"))
    {
      forlop_clock_set (self->test->clock, forlop_clock_now (self->test->clock) +
                                             g_ascii_strtoll (rest, NULL, 10) * FORLOP_HOUR);
      return;
    }
  if (g_str_equal (words[0], "open"))
    {
      forlop_window_open (self->window, "sync", "here");
      return;
    }
  if (g_str_equal (words[0], "case"))
    {
      forlop_window_open (self->window, "case", self->case_id);
      return;
    }
  if (g_str_equal (words[0], "act"))
    {
      g_auto (GStrv) parts = g_strsplit (rest, " ", 3);
      g_autofree char *json = dup_with_ids (self, parts[2]);

      acts_test_must (self->test, find_actor (self, parts[0]), parts[1], "%s", json);
      return;
    }
  if (g_str_equal (words[0], "full") || g_str_equal (words[0], "room"))
    {
      set_full (self, g_str_equal (words[0], "full"));
      return;
    }
  if (g_str_equal (words[0], "SELECT"))
    {
      g_print ("%" G_GINT64_FORMAT "\n", acts_test_count (self->test, line));
      return;
    }

  g_mutex_lock (&self->mutex);
  if (g_str_equal (words[0], "mode"))
    g_set_str (&self->mode, rest);
  else if (g_str_equal (words[0], "ahead"))
    self->ahead_ms = g_ascii_strtoll (rest, NULL, 10) * FORLOP_HOUR;
  else if (g_str_equal (words[0], "answer"))
    g_set_str (&self->answer, answer_with_ids);
  else if (g_str_equal (words[0], "conflict"))
    g_set_str (&self->theirs, rest);
  g_mutex_unlock (&self->mutex);
}

static void ask_next (Fixture *self);

static void
read_cb (GObject      *stream,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *self = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (stream), result,
                                                                     NULL, NULL);

  if (line == NULL)
    return;
  take_line (self, line);
  ask_next (self);
}

static void
ask_next (Fixture *self)
{
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, NULL, read_cb, self);
}

static gpointer
pair_on_worker (ForlopConnection  *connection,
                gpointer           user_data G_GNUC_UNUSED,
                GCancellable      *cancellable G_GNUC_UNUSED,
                GError           **error)
{
  static const char sql[] =
    "INSERT INTO sync_state (n, server) VALUES (1, 'https://forlop.testvik.kommune.no')";

  return GINT_TO_POINTER (forlop_connection_execute (connection, sql, error));
}

static void
set_up (Fixture *self)
{
  g_autoptr (ForlopRecord) the_case = NULL;
  g_autoptr (GError) error = NULL;

  self->case_id = follow_up_start (self->test, "2026-02-10");
  acts_test_set_day (self->test, "2026-03-12");
  the_case = acts_test_load (self->test, "case", self->case_id);
  self->citizen_id = g_strdup (forlop_record_get_text (the_case, "citizen_id"));
  g_assert_true (forlop_store_close (self->test->store, &error));
  g_clear_object (&self->test->store);
  self->test->store = forlop_store_open (self->test->path, self->test->key, self->test->clock,
                                         self->test->ids, FORLOP_STORE_NORMAL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (forlop_store_write_sync (self->test->store, pair_on_worker, NULL, NULL, NULL, &error));
}

static void
activate_cb (GtkApplication *application,
             Fixture        *self)
{
  g_autoptr (ForlopIdentity) me =
    forlop_identity_new (self->me->user_id, "Kari", "resource_person", "resource person",
                         self->test->zone, "Sone Nord");

  forlop_session_set_actor (self->session, me);
  forlop_shortcuts_install (application);
  self->window = forlop_window_new (application, self->session, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window),
                               g_getenv ("FORLOP_TEST_WIDTH") != NULL ? 360 : 1280, 800);
  forlop_sync_door_follow (self->window, self->session);
  gtk_window_present (GTK_WINDOW (self->window));
  forlop_sync_watch_start (self->watch, answer, self, NULL);
}

int
main (int    argc G_GNUC_UNUSED,
      char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);
  Fixture self = { NULL };
  int status;

  forlop_application_init_runtime ();
  self.test = acts_test_new ("2026-03-12");
  self.me = self.test->nurse;
  self.mode = g_strdup ("online");
  self.rows = g_string_new (NULL);
  self.conflict = g_string_new (NULL);
  self.head = 3;
  g_mutex_init (&self.mutex);
  set_up (&self);
  self.session = forlop_session_new (self.test->clock);
  forlop_session_set_store (self.session, self.test->store);
  self.watch = forlop_sync_watch_new (self.session);
  self.lines = g_data_input_stream_new (input);
  ask_next (&self);

  application = ADW_APPLICATION (g_object_new (ADW_TYPE_APPLICATION,
                                               "application-id", "no.forlop.Forlop.Sync",
                                               "resource-base-path", "/no/forlop/Forlop",
                                               "flags", G_APPLICATION_NON_UNIQUE, NULL));
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), &self);
  status = g_application_run (G_APPLICATION (application), 1, argv);

  forlop_sync_watch_stop (self.watch);
  g_clear_object (&self.watch);
  g_clear_object (&self.lines);
  forlop_session_set_store (self.session, NULL);
  g_clear_object (&self.session);
  g_mutex_clear (&self.mutex);
  g_string_free (self.rows, TRUE);
  g_string_free (self.conflict, TRUE);
  g_free (self.mode);
  g_free (self.answer);
  g_free (self.theirs);
  g_free (self.case_id);
  g_free (self.citizen_id);
  acts_test_free (self.test);

  return status;
}
