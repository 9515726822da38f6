/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/resource.h>
#include <systemd/sd-daemon.h>

#include "forlop-backup-run.h"
#include "forlop-gateway-run.h"
#include "forlop-http-listen.h"
#include "forlop-http-server.h"
#include "forlop-postgres-listener.h"
#include "forlop-server-key.h"
#include "forlop-server-program.h"
#include "forlop-upkeep-run.h"

/* What was taken when it is told to stop may take so long. */
#define STOP_SECONDS 30
#define LOOK_MS 20
/* In PostgreSQL: writers of one municipality come one after the other, readers beside them. */
#define THREADS 3

typedef struct {
  GMainLoop *loop;
  ForlopHttpServer *server;
  ForlopBackupRun *backup; /* nullable */
  ForlopTenants *tenants;
  gint64 stop_by_us;
} Running;

/* As many connections as the system lets this program have: the usual limit is for programs that wait
 * with select(). */
static void
raise_open_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit (RLIMIT_NOFILE, &limit) != 0)
    g_message ("The number of open files stays what it was.");
}

/* The threads hand each other what they allocate, and each would keep a heap of its own half empty. */
static void
share_heaps (void)
{
  mallopt (M_ARENA_MAX, 2);
}

static gboolean
stopped_cb (gpointer user_data)
{
  Running *self = user_data;

  if (!forlop_http_server_is_idle (self->server) && g_get_monotonic_time () < self->stop_by_us)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (self->loop);

  return G_SOURCE_REMOVE;
}

static gboolean
backup_cb (gpointer user_data)
{
  Running *self = user_data;

  if (self->backup != NULL)
    forlop_backup_run_begin (self->backup);
  else
    g_warning ("Asked for a copy, but not told where: --backup-dir");

  return G_SOURCE_CONTINUE;
}

static gboolean
stop_cb (gpointer user_data)
{
  Running *self = user_data;

  sd_notify (FALSE, "STOPPING=1");
  forlop_http_server_stop (self->server);
  self->stop_by_us = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;
  g_timeout_add (LOOK_MS, stopped_cb, self);

  return G_SOURCE_REMOVE;
}

static gboolean
listen_on (ForlopHttpServer  *server,
           GSocket           *socket,
           GError           **error)
{
  g_autofree char *address = forlop_http_describe (socket);

  if (!forlop_http_server_listen (server, socket, error))
    return FALSE;
  printf ("%s\n", address);
  fflush (stdout);

  return TRUE;
}

static gboolean
listen_everywhere (ForlopHttpServer           *server,
                   const ForlopServerOptions  *options,
                   GError                    **error)
{
  static const char *const standard[] = { "127.0.0.1:8080", NULL };
  g_autoptr (GPtrArray) inherited = forlop_http_listen_inherited (error);
  const char *const *addresses = (const char *const *) options->listen;

  if (inherited == NULL)
    return FALSE;
  for (unsigned int i = 0; i < inherited->len; i++)
    if (!listen_on (server, g_ptr_array_index (inherited, i), error))
      return FALSE;
  if (addresses == NULL && inherited->len == 0)
    addresses = standard;
  for (; addresses != NULL && *addresses != NULL; addresses++)
    {
      g_autoptr (GSocket) socket = forlop_http_listen (*addresses, options->allow_remote, error);

      if (socket == NULL || !listen_on (server, socket, error))
        return FALSE;
    }

  return TRUE;
}

static void
heard_cb (const char *tenant_id,
          gint64      head,
          gpointer    user_data)
{
  Running *self = user_data;
  ForlopTenant *tenant = forlop_tenants_find_id (self->tenants, tenant_id);

  if (tenant != NULL)
    forlop_http_server_poke (self->server, tenant, head);
}

static ForlopPostgresListener *
listen_to_others (Running    *self,
                  const char *conninfo)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer tenant;

  g_hash_table_iter_init (&iter, self->tenants->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &tenant))
    g_ptr_array_add (ids, ((ForlopTenant *) tenant)->id);
  g_ptr_array_add (ids, NULL);

  return forlop_postgres_listener_new (conninfo, (const char *const *) ids->pdata, heard_cb, self);
}

static ForlopTenants *
open_tenants (const ForlopServerOptions  *options,
              ForlopClock                *clock,
              GError                    **error)
{
  g_autoptr (ForlopKey) key = NULL;

  key = forlop_server_key_load (options->key_file, options->folder, error);
  if (key == NULL)
    return NULL;

  return options->postgres != NULL ? forlop_tenants_open_postgres (options->postgres, key, THREADS, clock, error)
                                   : forlop_tenants_open (options->folder, key, clock, error);
}

int
forlop_server_run (const ForlopServerOptions *options,
                   char                     **words)
{
  g_autoptr (GError) error = NULL;
  ForlopClock *clock = options->clock;
  g_autoptr (ForlopTenants) tenants = NULL;
  g_autoptr (ForlopPostgresListener) listener = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  ForlopHttpLimits limits = forlop_http_default_limits;
  ForlopUpkeepRun *upkeep;
  ForlopGatewayRun *gateways;
  Running running = { .loop = loop };

  if (words[0] != NULL)
    return forlop_server_usage (_("“%s” was not understood."), words[0]);
  if (options->postgres != NULL && options->backup_folder != NULL)
    return forlop_server_usage (_("What is in PostgreSQL is copied by PostgreSQL's own programs."));
  raise_open_files ();
  share_heaps ();
  tenants = open_tenants (options, clock, &error);
  if (tenants == NULL ||
      (options->openid_folder != NULL && !forlop_tenants_load_providers (tenants, options->openid_folder, &error)) ||
      !forlop_tenants_load_gateways (tenants, options->gateway_folder, &error))
    return forlop_server_fail (error);

  tenants->take_up_days = (unsigned int) CLAMP (options->take_up_days, 0, 365);
  tenants->lease_hours = (unsigned int) CLAMP (options->lease_hours, 0, 14 * 24);
  limits.behind_proxy = options->behind_proxy;
  running.tenants = tenants;
  running.server = forlop_http_server_new (tenants, &limits);
  g_unix_signal_add (SIGUSR1, backup_cb, &running);
  g_unix_signal_add (SIGTERM, stop_cb, &running);
  g_unix_signal_add (SIGINT, stop_cb, &running);
  if (!listen_everywhere (running.server, options, &error))
    {
      g_object_unref (running.server);
      return forlop_server_fail (error);
    }
  if (options->backup_folder != NULL)
    running.backup = forlop_backup_run_new (tenants, options->backup_folder, options->is_safe);
  if (options->postgres != NULL)
    listener = listen_to_others (&running, options->postgres);
  gateways = forlop_gateway_run_new (tenants, running.server);
  upkeep = forlop_upkeep_run_new (tenants, running.server);
  sd_notify (FALSE, "READY=1");
  g_main_loop_run (loop);
  g_clear_pointer (&upkeep, forlop_upkeep_run_free);
  g_clear_pointer (&gateways, forlop_gateway_run_free);
  g_clear_pointer (&running.backup, forlop_backup_run_free);
  g_clear_pointer (&listener, forlop_postgres_listener_free);
  g_object_unref (running.server);

  return FORLOP_SERVER_DONE;
}
