/* SPDX-License-Identifier: EUPL-1.2 */

#include "bench-server.h"

#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "forlop-accounts.h"
#include "forlop-postgres-storage.h"
#include "forlop-server-key.h"
#include "forlop-sync-server.h"
#include "forlop-tenant-import.h"
#include "forlop-token.h"

#define TENANT "skien"
#define SESSION_MS ((gint64) 12 * 3600 * 1000)
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
add_session (Job          *job,
             BenchDevice  *device,
             gint64        now,
             GError      **error)
{
  g_autofree char *session_id = forlop_id_source_next (job->server->ids, now);
  ForlopSession session = {
    .id = session_id, .user_id = job->server->acts->nurse->user_id, .device_id = device->id,
    .access_until = now + SESSION_MS, .is_confirmed = TRUE, .started_at = now, .ends_at = now + SESSION_MS,
  };

  forlop_token_hash (device->token, session.access_hash);
  forlop_token_hash (device->id, session.refresh_hash);

  return forlop_account_store_put_device (job->tenant->accounts, device->id, "bench", now, error) &&
         forlop_account_store_put_session (job->tenant->accounts, &session, error);
}

/* As if each had signed in: a thousand passwords would take minutes. In PostgreSQL log and accounts have a connection
 * each, and one waits for the other's commit. */
static gpointer
add_devices_on_worker (gpointer       user_data,
                       GCancellable  *cancellable G_GNUC_UNUSED,
                       GError       **error)
{
  Job *job = user_data;
  ForlopServerStorage *storage = job->tenant->storage;
  gint64 now = forlop_clock_now (job->server->clock);
  g_autoptr (ForlopAccountChange) change = NULL;
  ForlopServerHead head;

  if (!storage->funcs->begin (storage, TRUE, error) || !storage->funcs->get_head (storage, &head, error))
    return NULL;
  job->server->epoch = g_strdup (head.epoch);
  for (unsigned int i = 0; i < job->server->devices->len; i++)
    {
      BenchDevice *device = g_ptr_array_index (job->server->devices, i);
      ForlopServerDevice row = { .user_id = job->server->acts->nurse->user_id, .state = (char *) "active" };

      device->id = row.id = forlop_id_source_next (job->server->ids, now);
      device->token = forlop_token_new (TENANT);
      if (!storage->funcs->put_device (storage, &row, now, error))
        return NULL;
    }
  if (!storage->funcs->commit (storage, error))
    return NULL;

  change = forlop_account_change_begin (job->tenant->accounts, error);
  for (unsigned int i = 0; i < job->server->devices->len && change != NULL; i++)
    if (!add_session (job, g_ptr_array_index (job->server->devices, i), now, error))
      return NULL;

  return change != NULL && forlop_account_change_commit (change, error) ? job : NULL;
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

/* As the tests say it, see with-postgres; otherwise it is an encrypted file. */
static gboolean
in_postgres (void)
{
  return g_strcmp0 (g_getenv ("FORLOP_TEST_STORAGE"), "postgres") == 0;
}

static const char *
get_conninfo (gboolean owner)
{
  return g_getenv (owner ? "FORLOP_TEST_POSTGRES_OWNER" : "FORLOP_TEST_POSTGRES");
}

static ForlopTenant *
open_in_postgres (BenchServer  *self,
                  ForlopKey    *key,
                  GError      **error)
{
  g_autoptr (ForlopPostgresTenant) found = forlop_postgres_storage_find_tenant (get_conninfo (FALSE), TENANT, error);

  return found != NULL ? forlop_tenant_open_postgres (get_conninfo (FALSE), found, key, 1, self->clock, error) : NULL;
}

static ForlopTenant *
create_tenant (BenchServer  *self,
               ForlopKey    *key,
               GError      **error)
{
  if (!in_postgres ())
    return forlop_tenant_create (self->data, TENANT, key, self->clock, error);

  return forlop_postgres_storage_install (get_conninfo (TRUE), "forlop_app", error) &&
         forlop_tenant_create_postgres (get_conninfo (TRUE), TENANT, key, self->clock, error)
           ? open_in_postgres (self, key, error) : NULL;
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
  tenant = create_tenant (self, key, &error);
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
  tenant = in_postgres () ? open_in_postgres (self, key, &error)
                          : forlop_tenant_open (self->data, TENANT, key, self->clock, &error);
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
    g_getenv ("FORLOP_SERVER"), "run", "--listen", "127.0.0.1:0", "--dir", self->data,
    in_postgres () ? "--postgres" : NULL, get_conninfo (FALSE), NULL
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

void
bench_server_stop (BenchServer *self)
{
  if (self->process == NULL)
    return;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_clear_pointer (&self->address, g_free);
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

  bench_server_stop (self);
  must (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL), NULL);
  acts_test_free (self->acts);
  forlop_clock_unref (self->clock);
  forlop_id_source_unref (self->ids);
  g_ptr_array_unref (self->devices);
  g_free (self->epoch);
  g_free (self->data);
  g_free (self->folder);
  g_free (self);
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
