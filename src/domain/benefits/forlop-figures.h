/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-benefits.h"

G_BEGIN_DECLS

/* Figures without names, for those who answer for a service and do not see whom it is given to. The server
 * works them out of everything and writes them as records of their own; nothing in them says who anybody is.
 * How many cases there are is told as it is. What is known of the people themselves (how much help they had,
 * what it cost, what they answered) is withheld where fewer than %FORLOP_BENEFITS_FEWEST stand behind it, and also
 * where it would follow from the whole and the other units. */

/**
 * ForlopFigureSource:
 * @evaluations: every live evaluation.
 * @alerts: those of the last %FORLOP_FIGURE_ALARM_DAYS days, and perhaps earlier ones.
 */
typedef struct {
  ForlopBenefitRecords records;
  GPtrArray *evaluations;
  GPtrArray *alerts;
} ForlopFigureSource;

#define FORLOP_FIGURE_ALARM_DAYS 30

/**
 * ForlopFigureAlarms:
 * @n: alerts of the last %FORLOP_FIGURE_ALARM_DAYS days, of them @n_red red.
 * @n_aside: set aside, or no longer outside a limit.
 * @n_people: of so many people.
 * @n_taken: so many were taken, or handled without: half of them within @half, nine of ten within @most, in milliseconds.
 */
typedef struct {
  unsigned int n;
  unsigned int n_red;
  unsigned int n_handled;
  unsigned int n_aside;
  unsigned int n_open;
  unsigned int n_people;
  unsigned int n_taken;
  gint64 half;
  gint64 most;
  gboolean is_withheld;
} ForlopFigureAlarms;

/**
 * ForlopFigureDay:
 * @n: evaluations that are due, or were held, on @date.
 */
typedef struct {
  ForlopDate date;
  unsigned int n;
} ForlopFigureDay;

/**
 * ForlopFigures:
 * @made_on: the day it was so.
 * @cases: of #ForlopBenefitCount: question "status", the case's status, and how many.
 * @due, @held: of #ForlopFigureDay, by date; what the unit performs or follows up.
 */
typedef struct {
  ForlopDate made_on;
  ForlopBenefits *benefits;
  GPtrArray *cases;
  GArray *due;
  GArray *held;
  ForlopFigureAlarms alarms;
} ForlopFigures;

/* (transfer full): a "figures" record for the whole municipality and for each unit with cases. */
GPtrArray     *forlop_figures_make  (const ForlopFigureSource *source,
                                     ForlopDate                today) G_GNUC_WARN_UNUSED_RESULT;
ForlopFigures *forlop_figures_read  (ForlopRecord             *record,
                                     GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
void           forlop_figures_free  (ForlopFigures            *self);
/* @unit_id: (nullable): The id of a unit's record, or of the whole's. */
char          *forlop_figures_dup_id (const char              *unit_id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopFigures, forlop_figures_free)

G_END_DECLS
