/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-date.h"

G_BEGIN_DECLS

/* The worklist of a function at an instant: one query over the derived duties, worst first. */

/**
 * ForlopWorklistSection:
 * @FORLOP_WORKLIST_NOW: Red, or due before now.
 * @FORLOP_WORKLIST_TODAY: Yellow, a measurement that did not come, or due before midnight in Oslo.
 * @FORLOP_WORKLIST_THIS_WEEK: Due within seven days, or without a day of its own.
 * @FORLOP_WORKLIST_LATER: Due after that.
 */
typedef enum {
  FORLOP_WORKLIST_NOW,
  FORLOP_WORKLIST_TODAY,
  FORLOP_WORKLIST_THIS_WEEK,
  FORLOP_WORKLIST_LATER,
} ForlopWorklistSection;

/**
 * ForlopWorklistGroup:
 * @FORLOP_WORKLIST_ALL: Everything.
 * @FORLOP_WORKLIST_RED: Red alerts.
 * @FORLOP_WORKLIST_YELLOW: Yellow alerts.
 * @FORLOP_WORKLIST_MISSING: Measurements that did not come; rules whose code begins with "missing".
 * @FORLOP_WORKLIST_DEADLINES: What else is overdue or due today.
 *
 * What a chip counts and shows. A duty is in one group at most besides all.
 */
typedef enum {
  FORLOP_WORKLIST_ALL,
  FORLOP_WORKLIST_RED,
  FORLOP_WORKLIST_YELLOW,
  FORLOP_WORKLIST_MISSING,
  FORLOP_WORKLIST_DEADLINES,
  FORLOP_WORKLIST_N_GROUPS,
} ForlopWorklistGroup;

/**
 * ForlopWorklistQuery:
 * @role: code of the role. A manager also sees what is overdue for every function in the unit and
 *   the units below it.
 * @unit_id: (nullable): the unit; %NULL for every unit.
 * @now: the instant.
 * @group: only this group.
 * @by_case: one row for each case with alerts and missing measurements: the worst of them, with the
 *   others along. They are counted as one, too.
 * @limit: at most so many rows; 0 for all of them.
 * @offset: rows to pass over first.
 */
typedef struct {
  const char *role;
  const char *unit_id;
  gint64 now;
  ForlopWorklistGroup group;
  gboolean by_case;
  unsigned int limit;
  unsigned int offset;
} ForlopWorklistQuery;

/**
 * ForlopWorklistOther:
 * @rule: interned code.
 * @severity: (nullable): "red" or "yellow".
 * @arguments: (nullable): JSON for forlop_duty_describe().
 *
 * An alert or a missing measurement that stands behind a worse one of the same case.
 */
typedef struct {
  const char *rule;
  const char *severity;
  char *arguments;
} ForlopWorklistOther;

/**
 * ForlopWorklistRow:
 * @rule, @act, @subject_type, @role: interned codes; @act may be %NULL.
 * @severity: (nullable): "red" or "yellow".
 * @birth_date: %FORLOP_DATE_NONE where it is not known.
 * @due_at, @since: %FORLOP_INSTANT_NONE where there is none.
 * @arguments: (nullable): JSON for forlop_duty_describe().
 * @taken_by_name: (nullable): short name of who has taken it.
 * @others: (nullable): #GPtrArray of #ForlopWorklistOther, worst first; only where the query asked
 *   for one row for each case.
 * @place: which of several lists it came from; see forlop_worklist_merge().
 */
typedef struct {
  gint64 n;
  ForlopWorklistSection section;
  const char *rule;
  const char *act;
  const char *severity;
  const char *subject_type;
  const char *role;
  char *subject_id;
  char *citizen_id;
  char *citizen_name;
  ForlopDate birth_date;
  char *case_id;
  char *unit_id;
  char *unit_name;
  gint64 due_at;
  gint64 since;
  char *arguments;
  char *taken_by;
  char *taken_by_name;
  GPtrArray *others;
  unsigned int place;
} ForlopWorklistRow;

/**
 * ForlopWorklist:
 * @rows: #GPtrArray of #ForlopWorklistRow: one page.
 * @counts: how many there are in each group, whatever the page.
 */
typedef struct {
  GPtrArray *rows;
  unsigned int counts[FORLOP_WORKLIST_N_GROUPS];
} ForlopWorklist;

ForlopWorklist *forlop_worklist_load      (ForlopConnection           *connection,
                                           const ForlopWorklistQuery  *query,
                                           GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        forlop_worklist_count     (ForlopConnection           *connection,
                                           const ForlopWorklistQuery  *query,
                                           unsigned int                counts[FORLOP_WORKLIST_N_GROUPS],
                                           GError                    **error);
/* What cannot wait: everything in one of the chips. */
unsigned int    forlop_worklist_count_urgent (const unsigned int       counts[FORLOP_WORKLIST_N_GROUPS]);
/* One list, worst first, of the rows of several, which are moved out of them and say by their place where
 * they came from; at most @limit rows. A list may be NULL. */
ForlopWorklist *forlop_worklist_merge     (ForlopWorklist *const      *lists,
                                           unsigned int                n_lists,
                                           unsigned int                limit) G_GNUC_WARN_UNUSED_RESULT;
void            forlop_worklist_free      (ForlopWorklist             *self);
void            forlop_worklist_row_free  (ForlopWorklistRow          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopWorklist, forlop_worklist_free)

G_END_DECLS
