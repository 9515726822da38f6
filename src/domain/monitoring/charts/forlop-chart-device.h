/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-chart-series.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/**
 * ForlopChartDevice:
 * @item: (nullable): What was lent out; %NULL when it is not on this machine, as @product.
 * @name: (nullable): What it is called.
 * @faults: #GPtrArray of the item's fault records.
 * @plans: #GPtrArray of the service plans of the item and its product.
 * @services: #GPtrArray of the item's service records.
 *
 * One loan to a citizen with what is known about the item.
 */
typedef struct {
  ForlopRecord *loan;
  ForlopRecord *item;
  ForlopRecord *product;
  char *name;
  GPtrArray *faults;
  GPtrArray *plans;
  GPtrArray *services;
} ForlopChartDevice;

void forlop_chart_device_free  (ForlopChartDevice *self);

/* What happened with the equipment while it was with the citizen: handed out, replaced, returned, faults, calibration,
 * and the time in which the calibration was overdue, so that the values are uncertain. What measures something else
 * than @series is left out. @devices: GPtrArray of ForlopChartDevice. */
void forlop_chart_add_devices  (ForlopChartSeries *series,
                                GPtrArray         *devices,
                                gint64             now);

G_END_DECLS
