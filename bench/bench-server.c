/* SPDX-License-Identifier: EUPL-1.2 */

#include "bench-server.h"

#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "forlop-accounts.h"
#include "forlop-changeset-store.h"
#include "forlop-json.h"
#include "forlop-mirror-store.h"
#include "forlop-refresh-store.h"
#include "forlop-server-key.h"
#include "forlop-store-create.h"
#include "forlop-store-mirror.h"
#include "forlop-sync-server.h"
#include "forlop-tenant-import.h"
#include "forlop-token.h"
#include "forlop-transaction.h"

#define TENANT "skien"
#define SESSION_MS ((gint64) 12 * 3600 * 1000)
#define CHANGESETS_PER_COMMIT 500
#define CHANGESETS_PER_PUSH 200
#define PUSHES_PER_COMMIT 50

double
bench_now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static int
compare (const void *a,
         const void *b)
{
  const double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

double
bench_median (double       *values,
              unsigned int  n)
{
  qsort (values, n, sizeof *values, compare);

  return values[n / 2];
}

static void
must (gboolean  well,
      GError   *error)
{
  if (!well || error != NULL)
    g_error ("the benchmark cannot go on: %s", error != NULL ? error->message : "no reason given");
}

typedef struct {
  BenchServer *server;
  ForlopTenant *tenant;
} Job;

static gboolean
add_device (Job          *job,
            BenchDevice  *device,
            gint64        now,
            GError      **error)
{
  ForlopServerStorage *storage = job->tenant->storage;
  char *user_id = job->server->acts->nurse->user_id;
  g_autofree char *session_id = forlop_id_source_next (job->server->ids, now);
  const ForlopServerDevice server_device = { .id = device->id, .user_id = user_id, .state = (char *) "active" };
  ForlopSession session = {
    .id = session_id, .user_id = user_id, .device_id = device->id, .access_until = now + SESSION_MS,
    .is_confirmed = TRUE, .started_at = now, .ends_at = now + SESSION_MS,
  };

  forlop_token_hash (device->token, session.access_hash);
  forlop_token_hash (device->id, session.refresh_hash);

  return storage->funcs->put_device (storage, &server_device, now, error) &&
         forlop_account_store_put_device (job->tenant->accounts, device->id, "bench", now, error) &&
         forlop_account_store_put_session (job->tenant->accounts, &session, error);
}

/* As if each had signed in: a thousand passwords would take minutes. */
static gpointer
add_devices_on_worker (gpointer       user_data,
                       GCancellable  *cancellable G_GNUC_UNUSED,
                       GError       **error)
{
  Job *job = user_data;
  ForlopServerStorage *storage = job->tenant->storage;
  gint64 now = forlop_clock_now (job->server->clock);
  g_autoptr (ForlopAccountChange) change = forlop_account_change_begin (job->tenant->accounts, error);
  ForlopServerHead head;

  if (change == NULL || !storage->funcs->begin (storage, TRUE, error) ||
      !storage->funcs->get_head (storage, &head, error))
    return NULL;
  job->server->epoch = g_strdup (head.epoch);
  for (unsigned int i = 0; i < job->server->devices->len; i++)
    {
      BenchDevice *device = g_ptr_array_index (job->server->devices, i);

      device->id = forlop_id_source_next (job->server->ids, now);
      device->token = forlop_token_new (TENANT);
      if (!add_device (job, device, now, error))
        return NULL;
    }

  return storage->funcs->commit (storage, error) && forlop_account_change_commit (change, error) ? job : NULL;
}

static gpointer
add_account_on_worker (gpointer       user_data,
                       GCancellable  *cancellable G_GNUC_UNUSED,
                       GError       **error)
{
  Job *job = user_data;
  ForlopAccount account = {
    .user_id = job->server->acts->nurse->user_id, .name = (char *) "kari", .password = (char *) "",
    .one_time_until = FORLOP_INSTANT_NONE, .state = (char *) "active",
  };

  return forlop_account_store_put (job->tenant->accounts, &account, 0, error) ? job : NULL;
}

static void
make_municipality (BenchServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = forlop_server_key_ensure (NULL, self->data, &error);
  g_autoptr (ForlopTenant) tenant = NULL;
  g_autoptr (ForlopImportReport) report = NULL;
  Job job = { self, NULL };

  must (key != NULL, error);
  tenant = forlop_tenant_create (self->data, TENANT, key, self->clock, &error);
  must (tenant != NULL, error);
  must (forlop_store_close (self->acts->store, &error), error);
  g_clear_object (&self->acts->store);
  report = forlop_tenant_import (tenant, self->acts->path, self->acts->key, &error);
  must (report != NULL, error);
  if (report->first_refused != NULL)
    g_error ("the server does not take the municipality: %s", report->first_refused);
  job.tenant = tenant;
  must (forlop_worker_run_sync (tenant->worker, add_account_on_worker, &job, NULL, &error) != NULL, error);
  must (forlop_worker_run_sync (tenant->worker, add_devices_on_worker, &job, NULL, &error) != NULL, error);
}

typedef struct {
  BenchServer *server;
  ForlopTenant *tenant;
  BenchDevice *device;
  unsigned int n;
} Fill;

/* Many pushes to one wait for the disk. */
static gpointer
fill_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Fill *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;
  const ForlopSyncCaller caller = {
    .user_id = self->server->acts->nurse->user_id, .device_id = self->device->id, .request_id = "bench",
  };

  for (unsigned int done = 0; done < self->n;)
    {
      storage->funcs->begin_batch (storage);
      for (unsigned int i = 0; i < PUSHES_PER_COMMIT && done < self->n; i++)
        {
          unsigned int n = MIN (CHANGESETS_PER_PUSH, self->n - done);
          g_autofree char *text = bench_make_push (self->server, self->device, n);
          g_autoptr (ForlopSyncReply) reply =
            forlop_sync_server_push (storage, &caller, self->tenant->ids,
                                     forlop_clock_now (self->server->clock), text, strlen (text), error);

          if (reply == NULL || reply->status != 200)
            return NULL;
          done += n;
        }
      if (!storage->funcs->end_batch (storage, error))
        return NULL;
    }

  return self;
}

static ForlopTenant *
open_tenant (BenchServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopKey) key = forlop_server_key_load (NULL, self->data, &error);
  ForlopTenant *tenant;

  must (key != NULL, error);
  tenant = forlop_tenant_open (self->data, TENANT, key, self->clock, &error);
  must (tenant != NULL, error);

  return tenant;
}

void
bench_server_fill (BenchServer  *self,
                   unsigned int  n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = open_tenant (self);
  Fill fill = { self, tenant, g_ptr_array_index (self->devices, 0), n };

  must (forlop_worker_run_sync (tenant->worker, fill_on_worker, &fill, NULL, &error) != NULL, error);
}

typedef struct {
  ForlopTenant *tenant;
  void (*func) (ForlopServerStorage *storage);
} Write;

static gpointer
write_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error G_GNUC_UNUSED)
{
  Write *self = user_data;

  self->func (self->tenant->storage);

  return self;
}

void
bench_server_write (BenchServer  *self,
                    void        (*func) (ForlopServerStorage *storage))
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = open_tenant (self);
  Write write = { tenant, func };

  must (forlop_worker_run_sync (tenant->worker, write_on_worker, &write, NULL, &error) != NULL, error);
}

typedef struct {
  ForlopTenant *tenant;
  ForlopServerHead head;
} Look;

static gpointer
look_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error)
{
  Look *self = user_data;
  ForlopServerStorage *storage = self->tenant->storage;

  if (!storage->funcs->begin (storage, FALSE, error) || !storage->funcs->get_head (storage, &self->head, error))
    return NULL;
  storage->funcs->rollback (storage);

  return self;
}

char *
bench_server_get_hash (BenchServer *self,
                       gint64      *pos)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = open_tenant (self);
  Look look = { .tenant = tenant };
  GString *hash = g_string_new (NULL);

  must (forlop_worker_run_sync (tenant->worker, look_on_worker, &look, NULL, &error) != NULL, error);
  *pos = look.head.seq;
  for (unsigned int i = 0; i < FORLOP_SYNC_CURSOR_HASH_CHARS / 2; i++)
    g_string_append_printf (hash, "%02x", look.head.log_hash[i]);

  return g_string_free (hash, FALSE);
}

static void
device_free (gpointer data)
{
  BenchDevice *self = data;

  g_free (self->id);
  g_free (self->token);
  g_free (self);
}

BenchServer *
bench_server_new_filled (unsigned int n_devices,
                         void       (*func) (ActsTest *acts))
{
  g_autoptr (GError) error = NULL;
  BenchServer *self = g_new0 (BenchServer, 1);

  self->folder = g_dir_make_tmp ("forlop-bench-XXXXXX", &error);
  must (self->folder != NULL, error);
  self->data = g_build_filename (self->folder, "data", NULL);
  must (g_mkdir (self->data, 0700) == 0, NULL);
  self->acts = acts_test_new ("2026-03-12");
  self->clock = forlop_clock_new_system ();
  self->ids = forlop_id_source_new_system ();
  self->devices = g_ptr_array_new_with_free_func (device_free);
  for (unsigned int i = 0; i < n_devices; i++)
    g_ptr_array_add (self->devices, g_new0 (BenchDevice, 1));
  if (func != NULL)
    func (self->acts);
  make_municipality (self);

  return self;
}

BenchServer *
bench_server_new (unsigned int n_devices)
{
  return bench_server_new_filled (n_devices, NULL);
}

char *
bench_server_add_system (BenchServer *self,
                         const char  *name,
                         gboolean     reads)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ForlopTenant) tenant = open_tenant (self);
  char *token = forlop_accounts_add_system (tenant, name, self->acts->zone, reads, &error);

  must (token != NULL, error);

  return token;
}

void
bench_use_one_core (gboolean one)
{
  cpu_set_t cores;
  int n = one ? 1 : (int) g_get_num_processors ();

  CPU_ZERO (&cores);
  for (int i = 0; i < n; i++)
    CPU_SET (i, &cores);
  sched_setaffinity (0, sizeof cores, &cores);
}

/* Nothing is left running when the benchmark itself fails. */
static void
end_with_parent_cb (gpointer user_data)
{
  const BenchServer *self = user_data;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (self->on_one_core)
    bench_use_one_core (TRUE);
}

void
bench_server_start (BenchServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  const char *const words[] = {
    g_getenv ("FORLOP_SERVER"), "run", "--listen", "127.0.0.1:0", "--dir", self->data, NULL
  };

  must (words[0] != NULL, NULL);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent_cb, self, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, words, &error);
  must (self->process != NULL, error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  must (line != NULL, error);
  self->address = g_strdup_printf ("http://127.0.0.1:%s", strrchr (line, ':') + 1);
}

gint64
bench_server_get_memory (BenchServer *self,
                         gboolean     at_most)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (self->process));
  g_autofree char *text = NULL;
  const char *found;

  must (g_file_get_contents (path, &text, NULL, NULL), NULL);
  found = strstr (text, at_most ? "VmHWM:" : "VmRSS:");
  must (found != NULL, NULL);

  return g_ascii_strtoll (found + strlen ("VmRSS:"), NULL, 10);
}

void
bench_server_free (BenchServer *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", self->folder);

  if (self->process != NULL)
    {
      g_subprocess_send_signal (self->process, SIGTERM);
      g_subprocess_wait (self->process, NULL, NULL);
    }
  g_clear_object (&self->process);
  must (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL), NULL);
  acts_test_free (self->acts);
  forlop_clock_unref (self->clock);
  forlop_id_source_unref (self->ids);
  g_ptr_array_unref (self->devices);
  g_free (self->address);
  g_free (self->epoch);
  g_free (self->data);
  g_free (self->folder);
  g_free (self);
}

ForlopHttpTransport *
bench_transport_new (BenchServer *server)
{
  g_autoptr (GError) error = NULL;
  ForlopHttpSettings settings = { .address = server->address, .proxy = "none", .timeout_seconds = 60 };
  ForlopHttpTransport *transport = forlop_http_transport_new (&settings, &error);

  must (transport != NULL, error);

  return transport;
}

char *
bench_make_push (BenchServer  *server,
                 BenchDevice  *device,
                 unsigned int  n)
{
  GString *text = g_string_new (NULL);
  const char *user_id = server->acts->nurse->user_id, *zone = server->acts->zone;

  g_string_append_printf (text, "{\"epoch\":\"%s\",\"schema\":1,\"changesets\":[", server->epoch);
  for (unsigned int i = 0; i < n; i++)
    {
      g_autofree char *op_id = forlop_id_source_next (server->ids, 0);
      g_autofree char *task_id = forlop_id_source_next (server->ids, 0);

      g_string_append_printf (
        text, "%s{\"op_no\":%" G_GINT64_FORMAT ",\"op_id\":\"%s\",\"act\":\"add-task\","
        "\"created_at\":\"2026-03-12T08:00:00.000Z\",\"by\":{\"user_id\":\"%s\",\"role\":\"resource_person\","
        "\"unit_id\":\"%s\"},\"ops\":[{\"type\":\"task\",\"id\":\"%s\",\"scope\":\"org:%s\",\"set\":"
        "{\"unit_id\":\"%s\",\"role\":\"resource_person\",\"kind\":\"general\",\"title\":\"Ring lageret\","
        "\"status\":\"open\"}}]}",
        i > 0 ? "," : "", ++device->op_no, op_id, user_id, zone, task_id, zone, zone);
    }
  g_string_append (text, "]}");

  return g_string_free (text, FALSE);
}

BenchClient *
bench_client_new (BenchServer  *server,
                  unsigned int  device)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strdup_printf ("%s/client-%u.forlop", server->folder, device);
  g_autoptr (ForlopKey) key = forlop_key_new_random ();
  BenchClient *self = g_new0 (BenchClient, 1);

  self->server = server;
  self->device = g_ptr_array_index (server->devices, device);
  must (forlop_store_create (path, key, NULL, &error), error);
  self->connection = forlop_connection_open (path, key, FORLOP_CONNECTION_WRITER, &error);
  must (self->connection != NULL, error);
  must (forlop_mirror_store_pair (self->connection, server->address, &error), error);
  self->mirror = forlop_store_mirror_new_for_connection (self->connection, NULL);
  self->client = forlop_sync_client_new (self->mirror);
  self->transport = bench_transport_new (server);

  return self;
}

void
bench_client_free (BenchClient *self)
{
  forlop_sync_client_free (self->client);
  forlop_sync_mirror_free (self->mirror);
  forlop_connection_close (self->connection);
  g_object_unref (self->connection);
  forlop_http_transport_free (self->transport);
  g_free (self);
}

static void
write_one (BenchClient  *self,
           unsigned int  n_records,
           gint64        now)
{
  g_autoptr (GError) error = NULL;
  BenchServer *server = self->server;
  g_autofree char *op_id = forlop_id_source_next (server->ids, now);
  g_autoptr (ForlopActor) actor =
    forlop_actor_new (server->acts->nurse->user_id, "resource_person", server->acts->zone);
  g_autoptr (ForlopChangeset) changeset = forlop_changeset_new (op_id, "add-task", actor, now);

  for (unsigned int i = 0; i < n_records; i++)
    {
      g_autofree char *task_id = forlop_id_source_next (server->ids, now);
      ForlopRecord *task = forlop_changeset_make (changeset, "task", task_id);

      forlop_record_set_text (task, "unit_id", server->acts->zone);
      forlop_record_set_text (task, "role", "resource_person");
      forlop_record_set_text (task, "kind", "general");
      forlop_record_set_text (task, "title", "Ring lageret");
      forlop_record_set_text (task, "status", "open");
    }
  forlop_changeset_stamp (changeset);
  must (forlop_changeset_store_apply (self->connection, changeset, NULL, NULL, &error) &&
          forlop_refresh_store_after (self->connection, changeset, now, &error),
        error);
}

void
bench_client_write_tasks (BenchClient  *self,
                          unsigned int  n_changesets,
                          unsigned int  n_records)
{
  g_autoptr (GError) error = NULL;
  gint64 now = forlop_clock_now (self->server->clock);

  for (unsigned int i = 0; i < n_changesets; i++)
    {
      if (i % CHANGESETS_PER_COMMIT == 0)
        must ((i == 0 || forlop_connection_commit (self->connection, &error)) &&
                forlop_connection_begin (self->connection, &error),
              error);
      write_one (self, n_records, now);
    }
  must (forlop_connection_commit (self->connection, &error), error);
}

/* One request and its answer. FALSE when there is nothing to ask. */
static gboolean
exchange (BenchClient *self)
{
  g_autoptr (GError) error = NULL;
  g_auto (ForlopHttpAnswer) http = { 0 };
  gint64 now = forlop_clock_now (self->server->clock);
  g_autoptr (ForlopSyncRequest) request = forlop_sync_client_next (self->client, now, &error);
  ForlopSyncAnswer answer = { .random = 1 };

  must (error == NULL, error);
  if (request == NULL)
    return FALSE;
  must (forlop_http_transport_send (self->transport, request->method, request->path, self->device->token,
                                    request->body, &http, NULL, &error),
        error);
  if (http.status != 200)
    g_printerr ("%s: %u %s\n", request->path, http.status, http.text);
  answer.status = http.status;
  answer.text = http.text;
  answer.retry_after = http.retry_after;
  must (forlop_sync_client_take (self->client, request, &answer, now, &error), error);

  return TRUE;
}

static void
rest (BenchClient *self)
{
  gint64 wait = forlop_sync_client_get_next_at (self->client) - forlop_clock_now (self->server->clock);

  g_usleep ((gulong) CLAMP (wait, 1, 1000) * 1000);
}

void
bench_client_send (BenchClient *self)
{
  while (bench_client_count (self, "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = 'waiting')") > 0)
    if (!exchange (self))
      rest (self);
}

void
bench_client_sync_first (BenchClient *self)
{
  while (bench_client_count (self, "SELECT last_ok_at IS NULL FROM sync_state") > 0)
    if (!exchange (self))
      rest (self);
}

void
bench_client_sync (BenchClient *self)
{
  forlop_sync_client_poke (self->client, 0);
  do
    while (exchange (self))
      ;
  while (forlop_sync_client_get_standing (self->client) != FORLOP_SYNC_IDLE && (rest (self), TRUE));
}

gint64
bench_client_count (BenchClient *self,
                    const char  *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  must (forlop_connection_query_integer (self->connection, sql, &n, &error), error);

  return n;
}
