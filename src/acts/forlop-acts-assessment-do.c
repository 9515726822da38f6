/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-context-private.h"
#include "forlop-error.h"

/* The assessment that is being written: the newest that is not completed, or a new one. */
static ForlopRecord *
assessment_to_write (ForlopActContext *self)
{
  ForlopRecord *assessment = forlop_snapshot_latest (self->snapshot, "assessment");

  if (assessment != NULL && !forlop_record_has (assessment, "completed_on"))
    return forlop_act_change (self, assessment);

  assessment = forlop_act_make (self, "assessment");
  forlop_record_set_date (assessment, "started_on", self->today);

  return assessment;
}

static gboolean
refuse_completed (ForlopActContext  *self,
                  GError           **error)
{
  ForlopRecord *assessment = forlop_snapshot_latest (self->snapshot, "assessment");

  if (assessment == NULL || !forlop_record_has (assessment, "completed_on"))
    return TRUE;

  return forlop_act_refuse (error, FORLOP_ERROR_ALREADY,
                            _("The assessment is completed and is not changed. "
                              "Start a new assessment instead."));
}

static gboolean
save_assessment (ForlopActContext  *self,
                 GError           **error)
{
  if (!refuse_completed (self, error))
    return FALSE;

  forlop_act_copy_arguments (self, assessment_to_write (self));

  return TRUE;
}

static gboolean
start_new_assessment (ForlopActContext  *self,
                      GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *assessment = forlop_act_make (self, "assessment");

  forlop_record_set_date (assessment, "started_on", self->today);

  return TRUE;
}

static ForlopRecord *
find_criterion (ForlopActContext *self,
                ForlopRecord     *assessment)
{
  GPtrArray *criteria = forlop_snapshot_list (self->snapshot, "criterion");

  for (unsigned int i = 0; i < criteria->len; i++)
    {
      ForlopRecord *criterion = g_ptr_array_index (criteria, i);

      if (forlop_record_text_is (criterion, "assessment_id", forlop_record_get_id (assessment)) &&
          forlop_record_text_is (criterion, "criterion", forlop_act_text (self, "criterion")))
        return criterion;
    }

  return NULL;
}

/* An answer that speaks against the service is a reasoned choice, not a hard stop. */
static gboolean
answer_needs_reason (const char *criterion,
                     const char *answer)
{
  if (g_str_equal (criterion, "cognitive_impairment"))
    return g_str_equal (answer, "yes") || g_str_equal (answer, "with_help");

  return g_str_equal (answer, "no");
}

static gboolean
answer_criterion (ForlopActContext  *self,
                  GError           **error)
{
  ForlopRecord *assessment, *criterion;

  if (!refuse_completed (self, error))
    return FALSE;
  if (answer_needs_reason (forlop_act_text (self, "criterion"), forlop_act_text (self, "answer")) &&
      !forlop_record_has (self->arguments, "reason"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Reason: the answer speaks against the service. Write why, and what "
                                "makes it possible all the same, if anything does."));

  assessment = assessment_to_write (self);
  criterion = find_criterion (self, assessment);
  criterion = criterion != NULL ? forlop_act_change (self, criterion)
                                : forlop_act_make (self, "criterion");
  forlop_record_set_text (criterion, "assessment_id", forlop_record_get_id (assessment));
  forlop_act_copy_arguments (self, criterion);

  return TRUE;
}

static gboolean
add_risk (ForlopActContext  *self,
          GError           **error)
{
  ForlopRecord *assessment, *risk;

  if (!refuse_completed (self, error))
    return FALSE;

  assessment = assessment_to_write (self);
  risk = forlop_act_make (self, "risk");
  forlop_record_set_text (risk, "assessment_id", forlop_record_get_id (assessment));
  forlop_act_copy_arguments (self, risk);

  return TRUE;
}

static gboolean
add_goal (ForlopActContext  *self,
          GError           **error G_GNUC_UNUSED)
{
  ForlopRecord *goal = forlop_act_make (self, "goal");

  forlop_act_copy_arguments (self, goal);
  forlop_record_set_text (goal, "status", "open");

  return TRUE;
}

static gboolean
set_goal (ForlopActContext  *self,
          GError           **error)
{
  ForlopRecord *goal = forlop_act_load (self, "goal", "goal_id", error);

  if (goal == NULL)
    return FALSE;
  forlop_act_copy_arguments (self, forlop_act_change (self, goal));

  return TRUE;
}

static gboolean
finish_office_mapping (ForlopActContext  *self,
                       GError           **error)
{
  ForlopRecord *assessment;

  if (!refuse_completed (self, error))
    return FALSE;

  assessment = assessment_to_write (self);
  forlop_record_set_date (assessment, "office_done_on", self->today);
  forlop_record_set_text (assessment, "office_done_by", self->actor->user_id);
  forlop_act_copy_arguments (self, forlop_act_change (self, self->the_case));

  return TRUE;
}

static gboolean
complete_assessment (ForlopActContext  *self,
                     GError           **error)
{
  ForlopRecord *assessment;

  if (!refuse_completed (self, error))
    return FALSE;

  assessment = assessment_to_write (self);
  forlop_act_copy_arguments (self, assessment);
  forlop_record_set_date (assessment, "completed_on", self->today);
  forlop_record_set_text (assessment, "completed_by", self->actor->user_id);

  return TRUE;
}

/* Two consents, two owners: the caseworker assesses consent to the service, the performing unit
 * consent to the measure. Lacking or partial capacity is reasoned in writing (pasient- og
 * brukerrettighetsloven § 4-3). */
static gboolean
record_consent (ForlopActContext  *self,
                GError           **error)
{
  gboolean service = g_str_equal (forlop_act_text (self, "kind"), "service");
  const char *owner = service ? "caseworker" : "resource_person";
  ForlopRecord *consent;

  if (!g_str_equal (self->actor->role, owner))
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_ALLOWED,
                              service ? _("Consent to the service is assessed by the caseworker.")
                                      : _("Consent to the measure is assessed by the performing unit."));
  if (!g_str_equal (forlop_act_text (self, "capacity"), "full") &&
      !forlop_record_has (self->arguments, "reason"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Reasons: capacity to consent is partial or lacking. Write why, and for "
                                "which part of the help."));
  if (forlop_record_get_date (self->arguments, "assessed_on") > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Assessed: the date is in the future. Write the day it happened."));

  consent = forlop_act_make (self, "consent");
  forlop_act_copy_arguments (self, consent);
  forlop_record_set_text (consent, "assessed_by", self->actor->user_id);

  return TRUE;
}

static gboolean
withdraw_consent (ForlopActContext  *self,
                  GError           **error)
{
  ForlopRecord *consent = forlop_standing_consent (self->snapshot, forlop_act_text (self, "kind"));

  if (consent == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_FOUND, _("There is no consent to withdraw."));

  forlop_act_copy_arguments (self, forlop_act_change (self, consent));

  return TRUE;
}

static gboolean
has_any_number (ForlopRecord *baseline)
{
  const ForlopRecordType *type = forlop_record_get_rtype (baseline);

  for (const ForlopField *field = type->fields; field->name != NULL; field++)
    if ((field->kind == FORLOP_KIND_REAL || field->kind == FORLOP_KIND_INTEGER) &&
        forlop_record_has (baseline, field->name))
      return TRUE;

  return FALSE;
}

/* Use of services in a window. Starting without a baseline needs a reason instead of numbers. */
static gboolean
record_baseline (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *baseline = forlop_act_make (self, "baseline");
  ForlopDate from, to;

  forlop_act_copy_arguments (self, baseline);
  from = forlop_record_get_date (baseline, "from_date");
  to = forlop_record_get_date (baseline, "to_date");

  if (!has_any_number (baseline))
    {
      if (forlop_record_has (baseline, "missing_reason"))
        return TRUE;
      return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                                _("Write at least one number, or why there is no baseline."));
    }
  if (from == FORLOP_DATE_NONE || to == FORLOP_DATE_NONE)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Write from and to: the numbers count in a window of days."));
  if (to < from)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("To: the date is before the window begins. Write a later day."));

  return TRUE;
}

const ForlopActFunction forlop_act_functions_assessment[] = {
  { "save-assessment", save_assessment },
  { "start-new-assessment", start_new_assessment },
  { "answer-criterion", answer_criterion },
  { "add-risk", add_risk },
  { "add-goal", add_goal },
  { "set-goal", set_goal },
  { "finish-office-mapping", finish_office_mapping },
  { "complete-assessment", complete_assessment },
  { "record-consent", record_consent },
  { "withdraw-consent", withdraw_consent },
  { "record-baseline", record_baseline },
  { NULL, NULL },
};
