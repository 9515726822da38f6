/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-plan-review.h"

#include <glib/gi18n-lib.h>

#include "forlop-format.h"
#include "forlop-plan-records.h"

/* @present: (nullable): what rules until @plan does. */
static char *
dup_not_yet (ForlopRecord *plan,
             ForlopRecord *present)
{
  g_autofree char *time = forlop_instant_format (forlop_record_get_instant (plan, "valid_from"));

  if (present == NULL)
    /* Translators: a time. */
    return g_strdup_printf (_("This version is in force from %s. Until then no version is."), time);

  /* Translators: a time, then the number of a version. */
  return g_strdup_printf (_("This version is in force from %s. Until then version %d is, and its limits decide."), time,
                          (int) forlop_record_get_integer (present, "version"));
}

char *
forlop_plan_review_text (const ForlopPlanData *data,
                         gboolean             *waits,
                         gboolean             *due)
{
  ForlopRecord *plan = data->plan;
  ForlopRecord *the_case = forlop_snapshot_get_case (data->the_case->snapshot);
  ForlopDate until = plan != NULL ? forlop_record_get_date (plan, "observation_until") : FORLOP_DATE_NONE;
  ForlopDate trial = forlop_record_get_date (the_case, "trial_ends_on");
  gboolean reviewed = forlop_record_has (the_case, "trial_reviewed_on");
  gboolean observes = until != FORLOP_DATE_NONE &&
                      (!reviewed || forlop_record_get_date (the_case, "trial_reviewed_on") < until);
  g_autofree char *day = NULL;

  g_return_val_if_fail (waits != NULL && due != NULL, NULL);

  *due = forlop_instant_to_date (data->now) >= (observes ? until : trial);
  *waits = FALSE;
  if (plan == NULL || !forlop_record_text_is (plan, "status", "in_force"))
    return NULL;
  *waits = forlop_record_get_instant (plan, "valid_from") > data->now;
  if (*waits)
    return dup_not_yet (plan, forlop_plan_record_at (data->the_case->snapshot, data->now));
  if (!observes && (reviewed || trial == FORLOP_DATE_NONE || !*due))
    return NULL;

  day = forlop_date_format (observes ? until : trial);
  if (!observes)
    return g_strdup_printf (_("↻ The trial period ended %s. Review the limits: make a new version, or say that "
                              "the limits of the plan fit."), day);
  if (*due && !forlop_plan_record_judges (plan, data->the_case->snapshot))
    return g_strdup_printf (_("◆ The observation ended %s, and the plan has no limits yet. Make a new version and "
                              "decide them."), day);
  if (*due)
    return g_strdup_printf (_("◆ The observation ended %s. Decide the limits: make a new version, or say that "
                              "the limits of the plan fit."), day);

  return g_strdup_printf (_("◆ Values are collected without colour until %s. Then the limits are decided."), day);
}
