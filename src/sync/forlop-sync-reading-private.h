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

G_END_DECLS
