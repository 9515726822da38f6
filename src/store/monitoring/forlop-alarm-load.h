/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-measure.h"

G_BEGIN_DECLS

/* How many alerts each limit and rule of each citizen gives, and what became of them. */

/**
 * ForlopAlarmLoad:
 * @measure: %FORLOP_MEASURE_UNKNOWN for what is not about a measurement.
 * @kind: interned: the alerts' kind.
 * @rule: the limit or rule that raised them.
 * @n_90: of the last 90 days; @n_30 and @n_7 are part of them.
 * @n_handled: somebody did something and wrote what; of 90 days like the next two.
 * @n_aside: set aside, or no longer outside a limit.
 * @n_open: nobody has finished with them.
 */
typedef struct {
  char *case_id;
  char *name;
  ForlopMeasure measure;
  const char *kind;
  char *rule;
  unsigned int n_7;
  unsigned int n_30;
  unsigned int n_90;
  unsigned int n_handled;
  unsigned int n_aside;
  unsigned int n_open;
} ForlopAlarmLoad;

/**
 * ForlopAlarmLoadQuery:
 * @unit_id: (nullable): the unit that follows up; %NULL for all.
 * @case_id: (nullable): one case alone.
 */
typedef struct {
  const char *unit_id;
  const char *case_id;
  gint64 now;
  unsigned int offset;
  unsigned int limit;
} ForlopAlarmLoadQuery;

void       forlop_alarm_load_free       (ForlopAlarmLoad             *self);
/* A page of them, the one with the most alerts first. */
GPtrArray *forlop_alarm_load_list       (ForlopConnection            *connection,
                                         const ForlopAlarmLoadQuery  *query,
                                         GError                     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of those that are finished, per cent in which somebody did something; -1 when none is. */
int        forlop_alarm_load_share      (const ForlopAlarmLoad       *self);
/* Whether the limit or rule is worth a look: at least ten alerts, and less than half led to anything. */
gboolean   forlop_alarm_load_is_idle    (const ForlopAlarmLoad       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopAlarmLoad, forlop_alarm_load_free)

G_END_DECLS
