/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-gp-summary.h"

G_BEGIN_DECLS

/* A citizen followed up for heart failure, told about on 22.11.2026 at noon for the 30 days before. */

#define GP_CASE "00000000-0000-7000-8000-000000000001"
#define GP_CITIZEN "00000000-0000-7000-8000-000000000002"

typedef struct {
  ForlopSnapshot *snapshot;
  GArray *readings;
  gint64 now;
  ForlopGpPeriod period;
  gboolean first;
  gboolean shortened;
  unsigned int n_records;
} GpFixture;

void             gp_fixture_init      (GpFixture      *self);
void             gp_fixture_clear     (GpFixture      *self);
/* A record of the case; its setters are called afterwards, because the snapshot holds it. */
ForlopRecord    *gp_fixture_add       (GpFixture      *self,
                                       const char     *type);
/* At noon, @days before now. */
gint64           gp_fixture_at        (GpFixture      *self,
                                       int             days);
ForlopRecord    *gp_fixture_add_plan  (GpFixture      *self,
                                       int             version,
                                       int             days,
                                       double          yellow_high);
/* Readings are added oldest first. */
void             gp_fixture_add_reading (GpFixture    *self,
                                       ForlopMeasure   measure,
                                       int             days,
                                       double          value,
                                       ForlopSeverity  severity);
ForlopRecord    *gp_fixture_add_alert (GpFixture      *self,
                                       const char     *severity,
                                       const char     *status,
                                       int             days);
ForlopRecord    *gp_fixture_add_contact (GpFixture    *self,
                                       ForlopRecord   *alert,
                                       const char     *way,
                                       int             days,
                                       const char     *text);
ForlopGpSummary *gp_fixture_make      (GpFixture      *self,
                                       const char     *question) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
