/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-limits.h"
#include "forlop-severity.h"

G_BEGIN_DECLS

/* The follow-up board: everybody in daily follow-up at an instant, worst first. */

/**
 * ForlopBoardNeed:
 * @FORLOP_BOARD_RED: An open red alert.
 * @FORLOP_BOARD_YELLOW: An open yellow alert.
 * @FORLOP_BOARD_MISSING: A measurement that did not come, or a form that was not answered.
 * @FORLOP_BOARD_EQUIPMENT: The equipment does not work; nothing is known of the citizen.
 * @FORLOP_BOARD_WATCH: Measured without a colour: somebody must look at the value.
 * @FORLOP_BOARD_SNOOZED: Put off, or waiting for the new reading the plan asks for.
 * @FORLOP_BOARD_CALM: Nothing to do: green, answered, or seen in this round.
 *
 * What a citizen needs, the worst first.
 */
typedef enum {
  FORLOP_BOARD_RED,
  FORLOP_BOARD_YELLOW,
  FORLOP_BOARD_MISSING,
  FORLOP_BOARD_EQUIPMENT,
  FORLOP_BOARD_WATCH,
  FORLOP_BOARD_SNOOZED,
  FORLOP_BOARD_CALM,
} ForlopBoardNeed;

#define FORLOP_BOARD_N_NEEDS (FORLOP_BOARD_CALM + 1)

/**
 * ForlopBoardPoint:
 *
 * One reading of a course: the value in the measure's unit and the colour it was judged to have.
 */
typedef struct {
  gint64 at;
  double value;
  ForlopSeverity severity;
} ForlopBoardPoint;

/**
 * ForlopBoardTrend:
 * @points: #GArray of #ForlopBoardPoint, oldest first.
 * @limits: of the measure in the plan in force; empty while the plan is observed.
 */
typedef struct {
  GArray *points;
  ForlopLimits limits;
} ForlopBoardTrend;

/**
 * ForlopBoardRow:
 * @severity: the colour of what the row shows: of the worst open alert, or of the last measurement.
 * @alert_id: (nullable): the worst open alert.
 * @n_alerts: how many alerts are open.
 * @alert_kind: (nullable): interned code: measurement, missing, form or equipment.
 * @measure: what was measured; %FORLOP_MEASURE_UNKNOWN where nothing was.
 * @reason: (nullable): why it has its colour, JSON of #ForlopReason.
 * @since: since when it has waited; for a calm row when it was measured.
 * @waits_until: a new reading is asked for and may come until then, else %FORLOP_INSTANT_NONE.
 * @snoozed_until: %FORLOP_INSTANT_NONE unless it is put off.
 * @escalates_at: when a red one is nobody's any longer and goes to the leader; %FORLOP_INSTANT_NONE when it never does.
 * @duty_rule: (nullable): interned code of the duty about what is missing.
 * @duty_arguments: (nullable): what forlop_duty_describe() needs of it.
 * @form_id: (nullable): the form that is missing; %NULL where it is a measurement.
 * @fault: (nullable): what is reported to be wrong with the equipment.
 * @take_rule: (nullable): what can be taken where there is no alert: the rule of what is missing, or of the fault.
 * @uncertain: the calibration of a device was overdue when it was measured.
 * @ticked: seen in the round that runs.
 * @left_out: the query's filter does not ask for it; never TRUE on a board that is read to its end.
 * @contact_way: (nullable): interned code of how one was last in contact; not read for a calm row.
 * @contact_at: and when.
 * @pause_id: (nullable): the pause that lasts.
 * @pause_reason: (nullable): interned code.
 * @pause_until: when it ends; %FORLOP_INSTANT_NONE where that is not known.
 * @trend: (nullable): the course of @measure.
 * @place: on a merged board the number of the board it came from, else 0.
 */
typedef struct {
  char *case_id;
  char *citizen_id;
  char *name;
  ForlopDate birth_date;
  char *unit_name;
  ForlopBoardNeed need;
  ForlopSeverity severity;
  char *alert_id;
  unsigned int n_alerts;
  const char *alert_kind;
  ForlopMeasure measure;
  double value;
  char *reason;
  gint64 since;
  gint64 waits_until;
  gint64 snoozed_until;
  gint64 escalates_at;
  char *taken_by;
  char *taken_by_name;
  const char *duty_rule;
  char *duty_arguments;
  char *form_id;
  char *fault;
  char *take_rule;
  gboolean uncertain;
  gboolean ticked;
  gboolean left_out;
  const char *contact_way;
  gint64 contact_at;
  char *pause_id;
  const char *pause_reason;
  gint64 pause_until;
  ForlopBoardTrend *trend;
  unsigned int place;
} ForlopBoardRow;

/**
 * ForlopBoardRound:
 * @part: interned code: morning or evening.
 *
 * The round that runs now.
 */
typedef struct {
  char *id;
  const char *part;
  gint64 started_at;
  char *started_by_name;
  unsigned int n_ticked;
} ForlopBoardRound;

/**
 * ForlopBoardUnit:
 *
 * A unit that follows somebody up.
 */
typedef struct {
  char *id;
  char *name;
} ForlopBoardUnit;

/**
 * ForlopBoardPlanKind:
 * @code: the code of the template the plans were begun with.
 *
 * A kind of plan that somebody on the board has.
 */
typedef struct {
  char *code;
  char *title;
} ForlopBoardPlanKind;

/**
 * ForlopBoardQuery:
 * @unit_id: (nullable): the unit, with those below it; %NULL for every unit and no round.
 * @now: the instant.
 * @n_trends: for how many rows the course is read along.
 * @part: (nullable): only those whose plan asks for something in this part of the day: morning or evening.
 * @plan_kind: (nullable): only those whose plan in force is of this kind; empty for plans of no kind.
 */
typedef struct {
  const char *unit_id;
  gint64 now;
  unsigned int n_trends;
  const char *part;
  const char *plan_kind;
} ForlopBoardQuery;

/**
 * ForlopBoard:
 * @rows: #GPtrArray of #ForlopBoardRow, worst first.
 * @counts: how many rows have each need.
 * @n_running: how many rows there are without the part and the kind of plan.
 * @n_reds_left_out: how many of those the two leave out have an open red alert.
 * @units: #GPtrArray of #ForlopBoardUnit, by name.
 * @plan_kinds: #GPtrArray of #ForlopBoardPlanKind, by title.
 * @round: (nullable): the round of the unit that is not finished.
 */
typedef struct {
  GPtrArray *rows;
  unsigned int counts[FORLOP_BOARD_N_NEEDS];
  unsigned int n_running;
  unsigned int n_reds_left_out;
  GPtrArray *units;
  GPtrArray *plan_kinds;
  ForlopBoardRound *round;
} ForlopBoard;

/* How much of the course is read. */
#define FORLOP_BOARD_TREND_DAYS 14
/* The minute of the day from which it is the evening's round: 14.00. */
#define FORLOP_BOARD_EVENING_MINUTE (14 * 60)

ForlopBoard *forlop_board_load       (ForlopConnection        *connection,
                                      const ForlopBoardQuery  *query,
                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* One board of several files', worst first: takes the rows out of @boards, of which one that could not be
 * read is NULL. Units and rounds stay with theirs. */
ForlopBoard *forlop_board_merge      (ForlopBoard *const      *boards,
                                      unsigned int             n_boards) G_GNUC_WARN_UNUSED_RESULT;
void         forlop_board_free       (ForlopBoard             *self);
void         forlop_board_row_free   (ForlopBoardRow          *self);
/* The course of one measure. */
ForlopBoardTrend *
             forlop_board_load_trend (ForlopConnection        *connection,
                                      const char              *citizen_id,
                                      const char              *case_id,
                                      ForlopMeasure            measure,
                                      gint64                   now,
                                      GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void         forlop_board_trend_free (ForlopBoardTrend        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBoard, forlop_board_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBoardRow, forlop_board_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopBoardTrend, forlop_board_trend_free)

G_END_DECLS
