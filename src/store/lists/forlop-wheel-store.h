/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-figures.h"
#include "forlop-paged-list.h"

G_BEGIN_DECLS

/* The annual wheel: the evaluations that were held and those that are due, by month. Every service
 * in daily follow-up is evaluated at least every third month. */

#define FORLOP_WHEEL_MONTHS 12
/* Place of today's month among the twelve: six months back, five ahead. */
#define FORLOP_WHEEL_THIS_MONTH 6

/**
 * ForlopWheelState:
 * @FORLOP_WHEEL_OVERDUE: It should have been held before today.
 * @FORLOP_WHEEL_DUE: It is to be held today or later.
 * @FORLOP_WHEEL_DONE: It was held.
 */
typedef enum {
  FORLOP_WHEEL_OVERDUE,
  FORLOP_WHEEL_DUE,
  FORLOP_WHEEL_DONE,
  FORLOP_WHEEL_N_STATES,
} ForlopWheelState;

/**
 * ForlopWheel:
 * @first: the first day of each month.
 * @counts: how many evaluations of each state belong to it. What was due before the first month
 *   counts in the first.
 * @n_due_this_month: not held yet, in today's month, from today on.
 * @n_overdue: in all.
 */
typedef struct {
  ForlopDate first[FORLOP_WHEEL_MONTHS];
  unsigned int counts[FORLOP_WHEEL_MONTHS][FORLOP_WHEEL_N_STATES];
  unsigned int n_due_this_month;
  unsigned int n_overdue;
} ForlopWheel;

/**
 * ForlopWheelQuery:
 * @today: the day that decides what is overdue.
 * @unit_id: (nullable): the unit that performs or follows up; %NULL for every unit.
 * @month: 0 to 11. For today's month, what is overdue from any month comes first.
 */
typedef struct {
  ForlopDate today;
  char *unit_id;
  unsigned int month;
} ForlopWheelQuery;

/**
 * ForlopWheelFields:
 * @date: when it is due or was held.
 * @number: of an evaluation that was held.
 * @unit_name: (nullable): who performs the service.
 */
typedef struct {
  gint64 n;
  ForlopWheelState state;
  char *case_id;
  char *citizen_id;
  char *name;
  ForlopDate birth_date;
  ForlopDate date;
  int number;
  char *unit_name;
} ForlopWheelFields;

extern const ForlopPagedSource forlop_wheel_list_source;

ForlopDate        forlop_wheel_month_start   (ForlopDate          today,
                                              int                 month);
ForlopWheel      *forlop_wheel_store_load    (ForlopConnection   *connection,
                                              ForlopDate          today,
                                              const char         *unit_id,
                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same of the figures without names. */
ForlopWheel      *forlop_wheel_from_figures  (const ForlopFigures *figures,
                                              ForlopDate          today) G_GNUC_WARN_UNUSED_RESULT;
ForlopWheelQuery *forlop_wheel_query_new     (ForlopDate          today,
                                              const char         *unit_id,
                                              unsigned int        month) G_GNUC_WARN_UNUSED_RESULT;
void              forlop_wheel_query_free    (ForlopWheelQuery   *self);
void              forlop_wheel_fields_free   (ForlopWheelFields  *self);

G_END_DECLS
