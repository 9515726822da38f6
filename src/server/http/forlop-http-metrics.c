/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-http-metrics.h"

/* Seconds; the last is without end. */
static const double bounds[] = { 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0 };

typedef struct {
  const ForlopHttpRoute *route;
  gint64 n_by_bound[G_N_ELEMENTS (bounds)];
  gint64 n;
  double seconds;
  GHashTable *by_status; /* status → gint64 */
} RouteFigures;

struct _ForlopHttpMetrics
{
  GHashTable *by_route; /* ForlopHttpRoute (NULL for none) → RouteFigures */
};

static void
figures_free (gpointer data)
{
  RouteFigures *self = data;

  g_hash_table_unref (self->by_status);
  g_free (self);
}

ForlopHttpMetrics *
forlop_http_metrics_new (void)
{
  ForlopHttpMetrics *self = g_new0 (ForlopHttpMetrics, 1);

  self->by_route = g_hash_table_new_full (NULL, NULL, NULL, figures_free);

  return self;
}

void
forlop_http_metrics_free (ForlopHttpMetrics *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_route);
  g_free (self);
}

void
forlop_http_metrics_count (ForlopHttpMetrics     *self,
                           const ForlopHttpRoute *route,
                           unsigned int           status,
                           gint64                 duration_us)
{
  RouteFigures *figures;
  double seconds = (double) duration_us / G_USEC_PER_SEC;
  gint64 *n_status;

  g_return_if_fail (self != NULL);

  figures = g_hash_table_lookup (self->by_route, route);
  if (figures == NULL)
    {
      figures = g_new0 (RouteFigures, 1);
      figures->route = route;
      figures->by_status = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_hash_table_insert (self->by_route, (gpointer) route, figures);
    }
  n_status = g_hash_table_lookup (figures->by_status, GUINT_TO_POINTER (status));
  if (n_status == NULL)
    {
      n_status = g_new0 (gint64, 1);
      g_hash_table_insert (figures->by_status, GUINT_TO_POINTER (status), n_status);
    }
  (*n_status)++;
  figures->n++;
  figures->seconds += seconds;
  for (unsigned int i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (seconds <= bounds[i])
      figures->n_by_bound[i]++;
}

static void
write_figures (GString            *text,
               const RouteFigures *figures)
{
  const char *path = figures->route != NULL ? figures->route->path : "other";
  GHashTableIter iter;
  gpointer status, n;

  g_hash_table_iter_init (&iter, figures->by_status);
  while (g_hash_table_iter_next (&iter, &status, &n))
    g_string_append_printf (text,
                            "forlop_requests_total{path=\"%s\",status=\"%u\"} %" G_GINT64_FORMAT "\n", path,
                            GPOINTER_TO_UINT (status), *(gint64 *) n);
  for (unsigned int i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      char bound[G_ASCII_DTOSTR_BUF_SIZE];

      g_string_append_printf (text,
                              "forlop_request_seconds_bucket{path=\"%s\",le=\"%s\"} %" G_GINT64_FORMAT "\n",
                              path, g_ascii_formatd (bound, sizeof bound, "%g", bounds[i]),
                              figures->n_by_bound[i]);
    }
  g_string_append_printf (text,
                          "forlop_request_seconds_bucket{path=\"%s\",le=\"+Inf\"} %" G_GINT64_FORMAT "\n",
                          path, figures->n);
  {
    char seconds[G_ASCII_DTOSTR_BUF_SIZE];

    g_string_append_printf (text, "forlop_request_seconds_sum{path=\"%s\"} %s\n", path,
                            g_ascii_formatd (seconds, sizeof seconds, "%.6f", figures->seconds));
  }
  g_string_append_printf (text, "forlop_request_seconds_count{path=\"%s\"} %" G_GINT64_FORMAT "\n", path,
                          figures->n);
}

char *
forlop_http_metrics_write (ForlopHttpMetrics      *self,
                           const ForlopHttpGauges *gauges)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer figures;

  g_return_val_if_fail (self != NULL && gauges != NULL, NULL);

  g_string_append_printf (text, "# TYPE forlop_connections gauge\nforlop_connections %u\n",
                          gauges->connections);
  g_string_append_printf (text, "# TYPE forlop_streams gauge\nforlop_streams %u\n", gauges->streams);
  g_string_append_printf (text, "# TYPE forlop_queued gauge\nforlop_queued %u\n", gauges->queued);
  g_string_append_printf (text, "# TYPE forlop_tenants gauge\nforlop_tenants %u\n", gauges->tenants);
  g_string_append (text, "# TYPE forlop_requests_total counter\n# TYPE forlop_request_seconds histogram\n");
  g_hash_table_iter_init (&iter, self->by_route);
  while (g_hash_table_iter_next (&iter, NULL, &figures))
    write_figures (text, figures);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
