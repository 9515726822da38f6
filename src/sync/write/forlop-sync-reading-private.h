/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-reading.h"
#include "forlop-sync-server-private.h"

G_BEGIN_DECLS

struct _ForlopSyncReading
{
  ForlopSyncSession session;
  const ForlopSyncSender *system; /* borrowed */
  GHashTable *times;              /* positions → instants */
  GHashTable *tasks;              /* units' ids → ForlopSyncRow of their tasks */
};

/* What was said last of a measurement: whether it is invalid, and the row of the last word. */
typedef struct {
  gboolean is_invalid;
  gint64 at;
  gint64 seq;
  char id[37];
} ForlopSyncWord;

/* What is told of a measurement that is one of the two of a blood pressure, and where that was written last. @first: of
 * those that came: the pair goes by its id. */
typedef struct {
  ForlopRecord *first;
  ForlopRecord *systolic;  /* nullable */
  ForlopRecord *diastolic; /* nullable */
  gboolean is_systolic_invalid;
  gboolean is_diastolic_invalid;
  gint64 seq;
  const char *type;
  char id[37];
} ForlopSyncPressure;

gboolean forlop_sync_is_pressure    (ForlopRecord        *measurement);
gboolean forlop_sync_find_pressure  (ForlopSyncReading   *self,
                                     ForlopSyncReadable  *person,
                                     ForlopRecord        *measurement,
                                     ForlopSyncPressure  *pressure,
                                     GError             **error);
void     forlop_sync_pressure_clear (ForlopSyncPressure  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ForlopSyncPressure, forlop_sync_pressure_clear)

G_END_DECLS
