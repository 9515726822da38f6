/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-http-routes.h"

G_BEGIN_DECLS

/* Figures for those who watch the server, in the text form of Prometheus. Nothing of a person is in
 * them: no user, device, address or citizen. Belongs to one thread. */

typedef struct _ForlopHttpMetrics ForlopHttpMetrics;

/**
 * ForlopHttpGauges:
 *
 * What is so at this moment.
 */
typedef struct {
  unsigned int connections;
  unsigned int streams;
  unsigned int queued;
  unsigned int tenants;
} ForlopHttpGauges;

ForlopHttpMetrics *forlop_http_metrics_new   (void) G_GNUC_WARN_UNUSED_RESULT;
void               forlop_http_metrics_free  (ForlopHttpMetrics      *self);
/* @route: (nullable): for a path that does not exist. */
void               forlop_http_metrics_count (ForlopHttpMetrics      *self,
                                              const ForlopHttpRoute  *route,
                                              unsigned int            status,
                                              gint64                  duration_us);
char              *forlop_http_metrics_write (ForlopHttpMetrics      *self,
                                              const ForlopHttpGauges *gauges) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopHttpMetrics, forlop_http_metrics_free)

G_END_DECLS
