/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gstdio.h>
#include <string.h>

#include "forlop-acts.h"
#include "forlop-fault-vfs.h"
#include "forlop-record-store.h"
#include "forlop-sqlite-storage.h"
#include "forlop-sync-runner.h"
#include "sim-template.h"

/* The thread that syncs by itself, over the shipped endpoint without a network between. */

typedef struct {
  char *folder;
  SimTemplate *template;
  ForlopClock *clock;
  ForlopIdSource *ids;
  ForlopStore *store;
  ForlopSyncRunner *runner;
  ForlopServerStorage *storage; /* of the runner's thread */
  int is_offline;               /* atomic */
  int is_hanging;               /* atomic */
} Fixture;

static char *
server_path (Fixture *self)
{
  return sim_template_path (self->template, "server.forlop");
}

static void
open_server (Fixture *self)
{
  g_autofree char *path = server_path (self);
  g_autoptr (GError) error = NULL;

  self->storage = forlop_sqlite_storage_open (path, self->template->key, FALSE, self->ids, &error);
  g_assert_no_error (error);
}

static void
close_server (gpointer user_data)
{
  Fixture *self = user_data;

  g_clear_pointer (&self->storage, forlop_server_storage_free);
}

static unsigned int
answer (const ForlopSyncRequest  *request,
        char                    **text,
        gint64                   *retry_after,
        gint64                   *server_time G_GNUC_UNUSED,
        gpointer                  user_data,
        GCancellable             *cancellable,
        GError                  **error)
{
  Fixture *self = user_data;
  const ForlopSyncCaller caller = {
    .user_id = self->template->actors[1]->user_id, .device_id = self->template->device_ids[1],
  };
  const char *body = request->body != NULL ? request->body : "{}";
  gint64 now = forlop_clock_now (self->clock);
  g_autoptr (ForlopSyncReply) reply = NULL;

  *retry_after = 0;
  while (g_atomic_int_get (&self->is_hanging) && !g_cancellable_is_cancelled (cancellable))
    g_thread_yield ();
  if (g_atomic_int_get (&self->is_offline) || g_cancellable_is_cancelled (cancellable))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "The server does not answer.");
      return 0;
    }

  if (self->storage == NULL)
    open_server (self);
  if (request->kind == FORLOP_SYNC_REQUEST_HELLO)
    reply = forlop_sync_server_hello (self->storage, &caller, now, error);
  else if (request->kind == FORLOP_SYNC_REQUEST_PUSH)
    reply = forlop_sync_server_push (self->storage, &caller, self->ids, now, body, strlen (body), error);
  else if (request->kind == FORLOP_SYNC_REQUEST_PULL)
    reply = forlop_sync_server_pull (self->storage, &caller, now, body, strlen (body), error);
  else
    reply = forlop_sync_server_scope (self->storage, &caller, now, body, strlen (body), error);
  *text = reply != NULL ? g_strdup (reply->body) : NULL;

  return reply != NULL ? reply->status : 0;
}

static void
set_up (Fixture       *self,
        gconstpointer  user_data G_GNUC_UNUSED)
{
  g_autofree char *file = sim_client_file (1);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("forlop-runner-XXXXXX", NULL);
  self->template = sim_template_new (self->folder);
  self->clock = forlop_clock_new_manual (self->template->now + FORLOP_HOUR);
  self->ids = forlop_id_source_new_seeded (7);
  path = sim_template_path (self->template, file);
  self->store = forlop_store_open (path, self->template->key, self->clock, self->ids,
                                   FORLOP_STORE_NORMAL, &error);
  g_assert_no_error (error);
}

static void
start (Fixture *self)
{
  self->runner = forlop_sync_runner_new (self->store, answer, self, close_server);
}

static void
tear_down (Fixture       *self,
           gconstpointer  user_data G_GNUC_UNUSED)
{
  forlop_sync_runner_stop (self->runner);
  g_clear_object (&self->runner);
  forlop_store_close (self->store, NULL);
  g_clear_object (&self->store);
  forlop_clock_unref (self->clock);
  forlop_id_source_unref (self->ids);
  sim_template_free (self->template);
  sim_remove_folder (self->folder);
  g_free (self->folder);
}

static void
wait_until (Fixture            *self,
            ForlopSyncStanding  standing,
            gint64              n_waiting)
{
  while (forlop_sync_runner_get_standing (self->runner) != standing ||
         forlop_sync_runner_get_n_waiting (self->runner) != n_waiting)
    g_main_context_iteration (NULL, TRUE);
}

static void
write_note (Fixture *self)
{
  const ForlopAct *act = forlop_act_find ("add-task");
  g_autofree char *json =
    g_strdup_printf ("{\"unit_id\":\"%s\",\"role\":\"resource_person\",\"kind\":\"general\","
                     "\"title\":\"Ring\",\"status\":\"open\"}", self->template->actors[1]->unit_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopRecord) arguments = forlop_acts_parse_arguments (act, json, &error);
  g_autoptr (ForlopActResult) result = NULL;

  g_assert_no_error (error);
  result = forlop_acts_run_sync (self->store, self->template->actors[1], act, arguments, &error);
  g_assert_no_error (error);
}

static unsigned int
count_tasks (Fixture *self)
{
  g_autoptr (GPtrArray) rows = NULL;

  forlop_sync_runner_stop (self->runner);
  open_server (self);
  g_assert_true (self->storage->funcs->begin (self->storage, FALSE, NULL));
  rows = self->storage->funcs->list_type (self->storage, forlop_record_type_find ("task"), NULL);
  self->storage->funcs->rollback (self->storage);
  close_server (self);

  return rows->len;
}

static void
test_sends (Fixture       *self,
            gconstpointer  user_data G_GNUC_UNUSED)
{
  start (self);
  wait_until (self, FORLOP_SYNC_IDLE, 0);
  g_assert_cmpint (forlop_sync_runner_get_last_ok_at (self->runner), ==, forlop_clock_now (self->clock));
  g_assert_cmpint (forlop_sync_runner_get_skew (self->runner), ==, 0);

  write_note (self);
  wait_until (self, FORLOP_SYNC_WORKING, 1);
  wait_until (self, FORLOP_SYNC_IDLE, 0);
  g_assert_cmpuint (count_tasks (self), ==, 1);
}

static void
test_offline (Fixture       *self,
              gconstpointer  user_data G_GNUC_UNUSED)
{
  g_atomic_int_set (&self->is_offline, TRUE);
  start (self);
  write_note (self);
  wait_until (self, FORLOP_SYNC_OFFLINE, 1);
  g_assert_cmpstr (forlop_sync_runner_get_detail (self->runner), ==, "The server does not answer.");

  g_atomic_int_set (&self->is_offline, FALSE);
  forlop_sync_runner_wake (self->runner);
  wait_until (self, FORLOP_SYNC_IDLE, 0);
  g_assert_null (forlop_sync_runner_get_detail (self->runner));
  g_assert_cmpuint (count_tasks (self), ==, 1);
}

static void
test_stops (Fixture       *self,
            gconstpointer  user_data G_GNUC_UNUSED)
{
  g_atomic_int_set (&self->is_hanging, TRUE);
  start (self);
  write_note (self);
  g_assert_cmpuint (count_tasks (self), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  forlop_fault_vfs_install ();

  g_test_add ("/runner/sends-what-is-saved", Fixture, NULL, set_up, test_sends, tear_down);
  g_test_add ("/runner/says-that-the-server-is-away-and-goes-on", Fixture, NULL, set_up, test_offline,
              tear_down);
  g_test_add ("/runner/ends-in-the-middle-of-a-request", Fixture, NULL, set_up, test_stops, tear_down);

  return g_test_run ();
}
