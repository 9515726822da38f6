/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-upkeep-run.h"

#include "forlop-access-checkpoint.h"
#include "forlop-access-review.h"
#include "forlop-sync-server.h"

#define EVERY_SECONDS 60
#define REVIEW_MINUTE (6 * 60)
#define FIGURES_MINUTE (5 * 60)

struct _ForlopUpkeepRun
{
  ForlopTenants *tenants;
  ForlopHttpServer *server;
  ForlopWorker *figures;
  unsigned int source;
};

typedef struct {
  ForlopHttpServer *server;
  ForlopTenant *tenant;
  gint64 head;
} Turn;

static gboolean
keep_checkpoint (ForlopTenant  *tenant,
                 GError       **error)
{
  g_autofree ForlopServerCheckpoint *checkpoint = NULL;
  g_autofree char *text = NULL;

  if (!forlop_access_checkpoint_keep (tenant->storage, tenant->key, forlop_clock_now (tenant->clock),
                                      &checkpoint, error))
    return FALSE;
  if (checkpoint == NULL)
    return TRUE;
  text = forlop_access_checkpoint_to_json (checkpoint, tenant->key);
  if (g_strcmp0 (text, tenant->checkpoint) != 0)
    {
      g_message ("The access log of %s: %s", tenant->name, text);
      g_set_str (&tenant->checkpoint, text);
    }

  return TRUE;
}

/* Once a day, when those who read it come to work. */
static gboolean
review (ForlopTenant  *tenant,
        gint64        *head,
        GError       **error)
{
  gint64 now = forlop_clock_now (tenant->clock);
  ForlopDate today = forlop_instant_to_date (now);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  unsigned int n;

  if (tenant->reviewed_on == today || forlop_instant_to_minute (now) < REVIEW_MINUTE)
    return TRUE;
  text = forlop_access_review (tenant->storage, now, error);
  if (text == NULL)
    return FALSE;
  tenant->reviewed_on = today;
  lines = g_strsplit (text, "\n", -1);
  n = g_strv_length (lines) - (*text != '\0' ? 1 : 0);

  return n == 0 || forlop_sync_server_ask_review (tenant->storage, now, n, head, error);
}

gboolean
forlop_upkeep_tenant (ForlopTenant  *tenant,
                      gint64        *head,
                      GError       **error)
{
  g_return_val_if_fail (tenant != NULL && head != NULL, FALSE);

  return forlop_sync_server_sweep (tenant->storage, forlop_clock_now (tenant->clock), head, error) &&
         review (tenant, head, error) &&
         keep_checkpoint (tenant, error);
}

typedef struct {
  ForlopTenant *tenant;
  gint64 now;
  GPtrArray *figures;
  gint64 head;
} Writing;

static gpointer
write_on_worker (gpointer       user_data,
                 GCancellable  *cancellable G_GNUC_UNUSED,
                 GError       **error)
{
  Writing *self = user_data;

  return forlop_sync_server_write_figures (self->tenant->storage, self->now, self->figures, &self->head, error) ? self
                                                                                                               : NULL;
}

/* Before those who read them come to work. */
gboolean
forlop_upkeep_figures (ForlopTenant  *tenant,
                       gint64        *head,
                       GError       **error)
{
  gint64 now = forlop_clock_now (tenant->clock);
  ForlopDate today = forlop_instant_to_date (now);
  g_autoptr (GPtrArray) figures = NULL;
  Writing writing = { .tenant = tenant, .now = now };
  ForlopServerStorage *reader;
  gboolean is_read;

  g_return_val_if_fail (tenant != NULL && head != NULL, FALSE);

  *head = 0;
  if (tenant->figures_on == today || forlop_instant_to_minute (now) < FIGURES_MINUTE)
    return TRUE;
  reader = forlop_tenant_open_reader (tenant, error);
  if (reader == NULL)
    return FALSE;
  is_read = forlop_sync_server_work_out_figures (reader, now, &figures, error);
  forlop_server_storage_free (reader);
  if (!is_read)
    return FALSE;
  writing.figures = figures;
  if (figures != NULL && forlop_worker_run_sync (tenant->worker, write_on_worker, &writing, NULL, error) == NULL)
    return FALSE;
  *head = writing.head;
  tenant->figures_on = today;

  return TRUE;
}

static gpointer
figures_on_worker (gpointer       user_data,
                   GCancellable  *cancellable G_GNUC_UNUSED,
                   GError       **error G_GNUC_UNUSED)
{
  Turn *self = user_data;
  g_autoptr (GError) problem = NULL;

  if (!forlop_upkeep_figures (self->tenant, &self->head, &problem))
    g_warning ("The figures of %s could not be worked out, which is tried again in a minute: %s", self->tenant->name,
               problem->message);

  return NULL;
}

static gpointer
turn_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error G_GNUC_UNUSED)
{
  Turn *self = user_data;
  g_autoptr (GError) problem = NULL;

  if (!forlop_upkeep_tenant (self->tenant, &self->head, &problem))
    g_warning ("The upkeep of %s failed and is tried again in a minute: %s", self->tenant->name,
               problem->message);

  return NULL;
}

static DexFuture *
done_cb (DexFuture *future G_GNUC_UNUSED,
         gpointer   user_data)
{
  Turn *self = user_data;

  if (self->head > 0)
    forlop_http_server_poke (self->server, self->tenant, self->head);
  g_object_unref (self->server);
  g_free (self);

  return NULL;
}

static void
take_turn (ForlopUpkeepRun  *self,
           ForlopTenant     *tenant,
           ForlopWorker     *worker,
           ForlopWorkerFunc  func)
{
  Turn *turn = g_new0 (Turn, 1);

  turn->server = g_object_ref (self->server);
  turn->tenant = tenant;
  dex_future_disown (dex_future_finally (forlop_worker_run (worker, func, turn, NULL, NULL), done_cb, turn, NULL));
}

static gboolean
minute_cb (gpointer user_data)
{
  ForlopUpkeepRun *self = user_data;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->tenants->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ForlopTenant *tenant = value;

      take_turn (self, tenant, tenant->worker, turn_on_worker);
      take_turn (self, tenant, self->figures, figures_on_worker);
    }

  return G_SOURCE_CONTINUE;
}

ForlopUpkeepRun *
forlop_upkeep_run_new (ForlopTenants    *tenants,
                       ForlopHttpServer *server)
{
  ForlopUpkeepRun *self;

  g_return_val_if_fail (tenants != NULL && server != NULL, NULL);

  self = g_new0 (ForlopUpkeepRun, 1);
  self->tenants = tenants;
  self->server = server;
  self->figures = forlop_worker_new ("figures");
  self->source = g_timeout_add_seconds (EVERY_SECONDS, minute_cb, self);
  minute_cb (self);

  return self;
}

void
forlop_upkeep_run_free (ForlopUpkeepRun *self)
{
  if (self == NULL)
    return;

  g_source_remove (self->source);
  g_object_unref (self->figures);
  g_free (self);
}
