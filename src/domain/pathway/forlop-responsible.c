/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-gate.h"

/* Who does what where the organisation profile says nothing: the home-care zone does all but the
 * referral, the mapping of the need, the decision and the closing of the case. */
static const struct {
  const char *activity;
  const char *role;
  gboolean office;
} defaults[] = {
  { "referral", "caseworker", TRUE },
  { "assessment", "caseworker", TRUE },
  { "assessment_dho", "resource_person", FALSE },
  { "decision", "caseworker", TRUE },
  { "plan", "resource_person", FALSE },
  { "equipment", "resource_person", FALSE },
  { "training", "resource_person", FALSE },
  { "follow_up", "resource_person", FALSE },
  { "evaluation", "resource_person", FALSE },
  { "closure", "caseworker", TRUE },
};

static ForlopRecord *
find_responsibility (ForlopSnapshot *snapshot,
                     const char     *profile_id,
                     const char     *activity)
{
  GPtrArray *rows = forlop_snapshot_list (snapshot, "responsibility");

  for (unsigned int i = 0; i < rows->len; i++)
    {
      ForlopRecord *row = g_ptr_array_index (rows, i);

      if (forlop_record_text_is (row, "activity", activity) &&
          forlop_record_text_is (row, "profile_id", profile_id))
        return row;
    }

  return NULL;
}

/* The unit of the case that an activity falls to when the profile names none. */
static const char *
case_unit (ForlopRecord *the_case,
           const char   *activity,
           gboolean      office)
{
  const char *unit = NULL;

  if (the_case == NULL)
    return NULL;
  if (office)
    return forlop_record_get_text (the_case, "office_unit_id");
  if (g_str_equal (activity, "follow_up"))
    unit = forlop_record_get_text (the_case, "follow_up_unit_id");
  if (unit == NULL)
    unit = forlop_record_get_text (the_case, "unit_id");

  return unit != NULL ? unit : forlop_record_get_text (the_case, "office_unit_id");
}

/**
 * forlop_responsible_for:
 * @activity: a code of forlop_choices_activity.
 * @role: (out) (transfer none): lives as long as @snapshot.
 * @unit_id: (out) (transfer none) (nullable): lives as long as @snapshot.
 *
 * Daily follow-up belongs to the unit that has accepted it, whatever the profile says, because
 * responsibility passes only by acceptance.
 */
void
forlop_responsible_for (ForlopSnapshot  *snapshot,
                        const char      *activity,
                        const char     **role,
                        const char     **unit_id)
{
  ForlopRecord *the_case, *profile, *row = NULL;

  g_return_if_fail (snapshot != NULL);
  g_return_if_fail (activity != NULL);

  the_case = forlop_snapshot_get_case (snapshot);
  profile = forlop_snapshot_get_profile (snapshot);
  *role = NULL;
  *unit_id = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].activity, activity))
      {
        *role = defaults[i].role;
        *unit_id = case_unit (the_case, activity, defaults[i].office);
      }

  if (profile != NULL)
    row = find_responsibility (snapshot, forlop_record_get_id (profile), activity);
  if (row == NULL)
    return;

  *role = forlop_record_get_text (row, "role");
  if (forlop_record_has (row, "unit_id") &&
      !(g_str_equal (activity, "follow_up") && the_case != NULL &&
        forlop_record_has (the_case, "follow_up_unit_id")))
    *unit_id = forlop_record_get_text (row, "unit_id");
}
