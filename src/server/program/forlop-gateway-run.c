/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gateway-run.h"

#include "forlop-gateway.h"

#define EVERY_SECONDS 60

typedef struct {
  ForlopTenant *tenant;
  ForlopHttpServer *server;
  ForlopGateway *gateway; /* borrowed */
  ForlopWorker *worker;
  gboolean is_busy;
} Place;

struct _ForlopGatewayRun
{
  GPtrArray *places;
  unsigned int source;
};

typedef struct {
  Place *place;
  ForlopHttpServer *server;
  ForlopTenant *tenant;
  gint64 head;
} Turn;

static void
place_free (gpointer data)
{
  Place *self = data;

  forlop_gateway_stop (self->gateway);
  g_clear_object (&self->worker);
  g_free (self);
}

static gpointer
turn_on_worker (gpointer       user_data,
                GCancellable  *cancellable G_GNUC_UNUSED,
                GError       **error G_GNUC_UNUSED)
{
  Turn *self = user_data;
  g_autoptr (GError) problem = NULL;

  if (!forlop_gateway_turn (self->place->gateway, &self->head, &problem))
    g_warning ("Looking for red alerts of %s that nobody takes failed and is tried again in a minute: %s",
               self->tenant->name, problem->message);

  return NULL;
}

static DexFuture *
done_cb (DexFuture *future G_GNUC_UNUSED,
         gpointer   user_data)
{
  Turn *self = user_data;

  self->place->is_busy = FALSE;
  if (self->head > 0)
    forlop_http_server_poke (self->server, self->tenant, self->head);
  g_object_unref (self->server);
  g_free (self);

  return NULL;
}

static gboolean
minute_cb (gpointer user_data)
{
  ForlopGatewayRun *self = user_data;

  for (unsigned int i = 0; i < self->places->len; i++)
    {
      Place *place = g_ptr_array_index (self->places, i);
      Turn *turn;

      if (place->is_busy)
        continue;
      place->is_busy = TRUE;
      turn = g_new0 (Turn, 1);
      turn->place = place;
      turn->server = g_object_ref (place->server);
      turn->tenant = place->tenant;
      dex_future_disown (dex_future_finally (
        forlop_worker_run (place->worker, turn_on_worker, turn, NULL, NULL), done_cb, turn, NULL));
    }

  return G_SOURCE_CONTINUE;
}

static Place *
place_new (ForlopTenant      *tenant,
           ForlopGateway     *gateway,
           ForlopHttpServer  *server)
{
  Place *self = g_new0 (Place, 1);

  self->tenant = tenant;
  self->server = server;
  self->gateway = gateway;
  self->worker = forlop_worker_new ("gateway");

  return self;
}

ForlopGatewayRun *
forlop_gateway_run_new (ForlopTenants     *tenants,
                        ForlopHttpServer  *server)
{
  g_autoptr (ForlopGatewayRun) self = NULL;
  GHashTableIter iter;
  gpointer name, gateway;

  g_return_val_if_fail (tenants != NULL && server != NULL, NULL);

  self = g_new0 (ForlopGatewayRun, 1);
  self->places = g_ptr_array_new_with_free_func (place_free);
  g_hash_table_iter_init (&iter, tenants->gateways);
  while (g_hash_table_iter_next (&iter, &name, &gateway))
    g_ptr_array_add (self->places, place_new (forlop_tenants_find (tenants, name), gateway, server));
  self->source = g_timeout_add_seconds (EVERY_SECONDS, minute_cb, self);
  minute_cb (self);

  return g_steal_pointer (&self);
}

void
forlop_gateway_run_free (ForlopGatewayRun *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->places);
  g_free (self);
}
