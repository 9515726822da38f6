/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-letter.h"

#include <glib/gi18n-lib.h>

#include "forlop-error.h"
#include "forlop-plan-records.h"

/* What the letter of a decision tells besides the rules that the decision applies. */
static const char *const quoted[] = { "appeal", "access", "ombud", NULL };

static const struct {
  const char *field;
  const char *sentence;
} plan_texts[] = {
  { "goal", N_("The plan has no goal. Write it under Goal on the plan's page.") },
  { "green_actions", N_("The plan does not say what to do at green. Write it on the plan's page.") },
  { "yellow_actions", N_("The plan does not say what to do at yellow. Write it on the plan's page.") },
  { "red_actions", N_("The plan does not say what to do at red. Write it on the plan's page.") },
};

/**
 * forlop_letter_new:
 * @subject: a decision or a care_plan.
 *
 * Returns: (transfer full): the facts so far.
 */
ForlopLetter *
forlop_letter_new (ForlopSnapshot *snapshot,
                   ForlopRecord   *subject)
{
  ForlopLetter *self;

  g_return_val_if_fail (snapshot != NULL, NULL);
  g_return_val_if_fail (FORLOP_IS_RECORD (subject), NULL);

  self = g_new0 (ForlopLetter, 1);
  self->snapshot = forlop_snapshot_ref (snapshot);
  self->subject = g_object_ref (subject);
  self->references = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
forlop_letter_free (ForlopLetter *self)
{
  if (self == NULL)
    return;

  forlop_snapshot_unref (self->snapshot);
  g_object_unref (self->subject);
  g_clear_object (&self->signatory);
  g_clear_object (&self->office);
  g_clear_object (&self->answers);
  g_hash_table_unref (self->references);
  g_hash_table_unref (self->names);
  g_free (self);
}

gboolean
forlop_letter_is_plan (const ForlopLetter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return forlop_record_is (self->subject, "care_plan");
}

const char *
forlop_letter_get_kind (const ForlopLetter *self)
{
  return forlop_letter_is_plan (self) ? "plan" : "decision_letter";
}

const char *
forlop_letter_get_language (const ForlopLetter *self)
{
  ForlopRecord *citizen, *profile;
  const char *language;

  g_return_val_if_fail (self != NULL, NULL);

  citizen = forlop_snapshot_get_citizen (self->snapshot);
  profile = forlop_snapshot_get_profile (self->snapshot);
  language = forlop_record_get_text (citizen, "written_language");
  if (language == NULL && profile != NULL)
    language = forlop_record_get_text (profile, "written_language");

  return language != NULL ? language : "nb";
}

gboolean
forlop_letter_goes_on (const ForlopLetter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !forlop_record_text_is (self->subject, "kind", "refusal") &&
         !forlop_record_text_is (self->subject, "kind", "end");
}

/**
 * forlop_letter_list_loans:
 *
 * Returns: (transfer container): borrowed loan records.
 */
GPtrArray *
forlop_letter_list_loans (const ForlopLetter *self)
{
  GPtrArray *loans = g_ptr_array_new ();
  GPtrArray *all;

  g_return_val_if_fail (self != NULL, loans);

  all = forlop_snapshot_list (self->snapshot, "loan");
  for (unsigned int i = 0; i < all->len; i++)
    {
      ForlopRecord *loan = g_ptr_array_index (all, i);

      if (!forlop_record_has (loan, "returned_on") && !forlop_record_get_boolean (loan, "voided") &&
          !forlop_record_get_boolean (loan, "lost"))
        g_ptr_array_add (loans, loan);
    }

  return loans;
}

static void
add (GStrvBuilder *missing,
     const char   *sentence)
{
  g_strv_builder_add (missing, sentence);
}

static const char *
name_of (ForlopRecord *unit)
{
  return forlop_record_get_text (unit, "name");
}

/* Who answers, by which telephone, and when. */
static void
find_missing_answer (const ForlopLetter *self,
                     GStrvBuilder       *missing)
{
  if (self->answers == NULL)
    {
      add (missing, _("No unit follows the citizen up. Choose the performing unit in the decision."));
      return;
    }
  if (!forlop_record_has (self->answers, "phone"))
    g_strv_builder_take (missing, g_strdup_printf (_("“%s” has no telephone. Ask the administrator to write it under "
                                                     "Units."), name_of (self->answers)));
  if (!forlop_record_has (self->answers, "opens_at") || !forlop_record_has (self->answers, "closes_at"))
    g_strv_builder_take (missing, g_strdup_printf (_("“%s” has no opening hours. Ask the administrator to write them "
                                                     "under Units."), name_of (self->answers)));
}

static void
find_missing_reference (const ForlopLetter *self,
                        const char         *code,
                        GStrvBuilder       *missing)
{
  if (g_hash_table_contains (self->references, code))
    return;

  g_strv_builder_take (missing, g_strdup_printf (_("The legal reference “%s” is not in force on the day of the "
                                                   "decision. Ask the administrator to write it under Legal "
                                                   "references."), code));
}

static void
find_missing_sender (const ForlopLetter *self,
                     GStrvBuilder       *missing)
{
  if (!forlop_record_has (self->office, "postal_address"))
    g_strv_builder_take (missing, g_strdup_printf (_("“%s” has no postal address, where appeals are sent. Ask the "
                                                     "administrator to write it under Units."), name_of (self->office)));
  if (!forlop_record_has (self->office, "phone") &&
      (self->signatory == NULL || !forlop_record_has (self->signatory, "phone")))
    g_strv_builder_take (missing, g_strdup_printf (_("There is no telephone for questions: neither who made the "
                                                     "decision nor “%s” has one. Ask the administrator to write it "
                                                     "under Units."), name_of (self->office)));
}

static void
find_missing_in_decision (const ForlopLetter *self,
                          GStrvBuilder       *missing)
{
  if (self->signatory == NULL)
    add (missing, _("Nobody has signed: who made the decision is no longer registered. Make a new decision."));
  if (self->office == NULL)
    add (missing, _("The case has no allocation office, so there is nowhere to send an appeal."));
  else
    find_missing_sender (self, missing);
  if (forlop_letter_goes_on (self))
    find_missing_answer (self, missing);
  for (unsigned int i = 0; quoted[i] != NULL; i++)
    find_missing_reference (self, quoted[i], missing);
}

static void
find_missing_in_plan (const ForlopLetter *self,
                      GStrvBuilder       *missing)
{
  if (!forlop_record_text_is (self->subject, "status", "in_force"))
    add (missing, _("This version of the plan is not in force. Put it in force on the plan's page first."));
  else if (!forlop_record_has (self->subject, "approved_by") || !forlop_record_has (self->subject, "approved_on"))
    add (missing, _("The plan does not say who approved it and when. Draft a new version and record the approval."));
  for (unsigned int i = 0; i < G_N_ELEMENTS (plan_texts); i++)
    if (!forlop_record_has (self->subject, plan_texts[i].field))
      add (missing, _(plan_texts[i].sentence));
  find_missing_answer (self, missing);
}

/**
 * forlop_letter_find_missing:
 *
 * Returns: (transfer full): sentences.
 */
GStrv
forlop_letter_find_missing (const ForlopLetter *self)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  if (forlop_letter_is_plan (self))
    find_missing_in_plan (self, missing);
  else
    find_missing_in_decision (self, missing);

  return g_strv_builder_end (missing);
}

const char *
forlop_letter_find_subject (ForlopSnapshot  *snapshot,
                            gboolean         of_plan,
                            GError         **error)
{
  ForlopRecord *subject;

  g_return_val_if_fail (snapshot != NULL, NULL);

  subject = of_plan ? forlop_plan_record_at (snapshot, forlop_snapshot_get_now (snapshot))
                    : forlop_snapshot_latest (snapshot, "decision");
  if (subject != NULL)
    return forlop_record_get_id (subject);

  g_set_error_literal (error, FORLOP_ERROR, FORLOP_ERROR_NOT_FOUND,
                       of_plan ? _("The case has no plan in force, so there is nothing to print. Put one in force first.")
                               : _("The case has no decision, so there is no letter to write. Decide first."));
  return NULL;
}

gboolean
forlop_letter_handles (const char *code)
{
  g_return_val_if_fail (code != NULL, FALSE);

  return g_strv_contains (quoted, code) || g_str_equal (code, "provisional-answer");
}
