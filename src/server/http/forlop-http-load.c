/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-load.h"

#include <glib/gi18n-lib.h>

#include "forlop-rate-limit.h"

/* Wrong tokens from one address, which may be that of a whole municipality. */
#define WRONG_PER_SECOND 50
#define WRONG_BURST 500
#define MAX_PER_DEVICE 4
#define FORGET_SECONDS 10

struct _ForlopHttpLoad
{
  unsigned int max_queued;
  gsize max_bytes;

  ForlopRateLimit *by_device;
  ForlopRateLimit *by_wrong_address;
  GHashTable *running; /* owned device key → number of requests */
  GSource *forget;

  unsigned int n_queued;
  gsize body_bytes;
};

const char *
forlop_http_load_busy_words (void)
{
  return _("The server cannot do this now. Nothing was stored; it will be tried again.");
}

static gboolean
forget_cb (gpointer user_data)
{
  ForlopHttpLoad *self = user_data;

  forlop_rate_limit_forget (self->by_device, g_get_monotonic_time ());
  forlop_rate_limit_forget (self->by_wrong_address, g_get_monotonic_time ());

  return G_SOURCE_CONTINUE;
}

ForlopHttpLoad *
forlop_http_load_new (unsigned int max_queued,
                      gsize        max_bytes,
                      double       per_second,
                      double       burst)
{
  ForlopHttpLoad *self = g_new0 (ForlopHttpLoad, 1);

  self->max_queued = max_queued;
  self->max_bytes = max_bytes;
  self->by_device = forlop_rate_limit_new (per_second, burst);
  self->by_wrong_address = forlop_rate_limit_new (WRONG_PER_SECOND, WRONG_BURST);
  self->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->forget = g_timeout_source_new_seconds (FORGET_SECONDS);
  g_source_set_callback (self->forget, forget_cb, self, NULL);
  g_source_attach (self->forget, g_main_context_get_thread_default ());

  return self;
}

void
forlop_http_load_free (ForlopHttpLoad *self)
{
  if (self == NULL)
    return;

  g_source_destroy (self->forget);
  g_source_unref (self->forget);
  forlop_rate_limit_free (self->by_device);
  forlop_rate_limit_free (self->by_wrong_address);
  g_hash_table_unref (self->running);
  g_free (self);
}

static void
limit_rate (ForlopHttpLoad    *self,
            ForlopHttpRequest *request)
{
  gint64 now_us = g_get_monotonic_time ();
  const char *detail = _("There are too many requests from this machine. Nothing was stored; it will be tried "
                         "again.");

  if (request->refusal == NULL && request->device_key != NULL &&
      (!forlop_rate_limit_take (self->by_device, request->device_key, now_us, &request->retry_ms) ||
       GPOINTER_TO_UINT (g_hash_table_lookup (self->running, request->device_key)) >= MAX_PER_DEVICE))
    forlop_http_request_refuse (request, 429, "too_many", detail);
  if (!forlop_rate_limit_has (self->by_wrong_address, request->call->address, now_us, &request->retry_ms))
    forlop_http_request_refuse (request, 429, "too_many", detail);
}

static void
limit_load (ForlopHttpLoad    *self,
            ForlopHttpRequest *request,
            gboolean           is_stopping)
{
  if (request->route != NULL && request->route->thread == FORLOP_HTTP_ON_MAIN)
    {
      if (is_stopping)
        forlop_http_request_refuse (request, 503, "busy", forlop_http_load_busy_words ());
      return;
    }
  if (is_stopping || self->n_queued >= self->max_queued ||
      self->body_bytes + request->budget > self->max_bytes)
    {
      request->retry_ms = FORLOP_HTTP_BUSY_RETRY_MS;
      forlop_http_request_refuse (request, 503, "busy", forlop_http_load_busy_words ());
    }
  if (request->refusal != NULL)
    return;

  request->is_counted = TRUE;
  self->n_queued++;
  self->body_bytes += request->budget;
  if (request->device_key != NULL)
    {
      unsigned int n = GPOINTER_TO_UINT (g_hash_table_lookup (self->running, request->device_key));

      g_hash_table_insert (self->running, g_strdup (request->device_key), GUINT_TO_POINTER (n + 1));
    }
}

void
forlop_http_load_take (ForlopHttpLoad    *self,
                       ForlopHttpRequest *request,
                       gboolean           is_stopping)
{
  g_return_if_fail (self != NULL && request != NULL);

  limit_rate (self, request);
  limit_load (self, request, is_stopping);
}

void
forlop_http_load_leave (ForlopHttpLoad    *self,
                        ForlopHttpRequest *request)
{
  gpointer n;

  g_return_if_fail (self != NULL && request != NULL);

  if (!request->is_counted)
    return;
  request->is_counted = FALSE;
  self->n_queued--;
  self->body_bytes -= request->budget;
  if (request->device_key == NULL)
    return;
  n = g_hash_table_lookup (self->running, request->device_key);
  if (GPOINTER_TO_UINT (n) > 1)
    g_hash_table_insert (self->running, g_strdup (request->device_key), GUINT_TO_POINTER (GPOINTER_TO_UINT (n) - 1));
  else
    g_hash_table_remove (self->running, request->device_key);
}

void
forlop_http_load_note_wrong (ForlopHttpLoad *self,
                             const char     *address)
{
  gint64 wait_ms;

  g_return_if_fail (self != NULL && address != NULL);

  forlop_rate_limit_take (self->by_wrong_address, address, g_get_monotonic_time (), &wait_ms);
}

unsigned int
forlop_http_load_count (ForlopHttpLoad *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_queued;
}
