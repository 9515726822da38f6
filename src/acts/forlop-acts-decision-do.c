/* SPDX-License-Identifier: EUPL-1.2 */

#include <glib/gi18n-lib.h>

#include "forlop-act-context-private.h"
#include "forlop-error.h"
#include "forlop-letter.h"

/* IPLOS service type: health services at home. */
#define SERVICE_CODE "15"

/* The rules a decision applies, as the municipality keeps them in force on the day. */
static char *
dup_legal_references (ForlopActContext  *self,
                      ForlopDate         on,
                      GError           **error)
{
  g_autoptr (GPtrArray) references =
    forlop_record_store_list (self->connection, "legal_reference", NULL, NULL, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (references == NULL)
    return NULL;

  for (unsigned int i = 0; i < references->len; i++)
    {
      ForlopRecord *reference = g_ptr_array_index (references, i);
      ForlopDate from = forlop_record_get_date (reference, "valid_from");
      ForlopDate to = forlop_record_get_date (reference, "valid_to");

      if (forlop_letter_handles (forlop_record_get_text (reference, "code")))
        continue;
      if ((from != FORLOP_DATE_NONE && from > on) || (to != FORLOP_DATE_NONE && to < on))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "",
                              forlop_record_get_text (reference, "citation"));
    }

  if (text->len == 0)
    {
      forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                         _("Legal references: there is none in force. Write which rules the decision "
                           "applies, or ask the administrator to save them."));
      return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
check_dates (ForlopActContext  *self,
             ForlopRecord      *decision,
             GError           **error)
{
  ForlopDate decided = forlop_record_get_date (decision, "decided_on");
  ForlopDate from = forlop_record_get_date (decision, "valid_from");
  ForlopDate to = forlop_record_get_date (decision, "valid_to");

  if (decided > self->today)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Decided: the date is in the future. Write the day of the decision."));
  if (from != FORLOP_DATE_NONE && to != FORLOP_DATE_NONE && to < from)
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("To: the decision would end before it begins. Write a later day."));

  return TRUE;
}

/* Changing or ending the service is a new decision that replaces the one before. */
static ForlopRecord *
make_decision (ForlopActContext  *self,
               const char        *kind,
               GError           **error)
{
  ForlopRecord *previous = forlop_snapshot_latest (self->snapshot, "decision");
  ForlopRecord *decision = forlop_act_make (self, "decision");

  forlop_act_copy_arguments (self, decision);
  if (kind != NULL)
    forlop_record_set_text (decision, "kind", kind);
  forlop_record_set_text (decision, "service_code", SERVICE_CODE);
  forlop_record_set_text (decision, "decided_by", self->actor->user_id);
  if (previous != NULL)
    forlop_record_set_text (decision, "replaces_id", forlop_record_get_id (previous));
  if (!forlop_record_has (decision, "unit_id"))
    forlop_record_set_text (decision, "unit_id", forlop_record_get_text (self->the_case, "unit_id"));
  if (!forlop_record_has (decision, "valid_from"))
    forlop_record_set_text (decision, "valid_from", forlop_record_get_text (decision, "decided_on"));

  if (!check_dates (self, decision, error))
    return NULL;
  if (!forlop_record_has (decision, "legal_references"))
    {
      g_autofree char *references =
        dup_legal_references (self, forlop_record_get_date (decision, "decided_on"), error);

      if (references == NULL)
        return NULL;
      forlop_record_set_text (decision, "legal_references", references);
    }

  return decision;
}

static gboolean
decide (ForlopActContext  *self,
        GError           **error)
{
  const char *kind = forlop_act_text (self, "kind");
  ForlopRecord *decision, *the_case;

  if (g_str_equal (kind, "change") || g_str_equal (kind, "end"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Decision: the first decision grants, partly grants or refuses. To "
                                "change or end the service, use the acts for that."));

  decision = make_decision (self, NULL, error);
  if (decision == NULL)
    return FALSE;

  the_case = forlop_act_change (self, self->the_case);
  if (g_str_equal (kind, "refusal"))
    {
      forlop_record_set_text (the_case, "status", "ended");
      forlop_record_set_text (the_case, "ended_on", forlop_record_get_text (decision, "decided_on"));
    }
  else if (forlop_record_has (decision, "unit_id"))
    forlop_record_set_text (the_case, "unit_id", forlop_record_get_text (decision, "unit_id"));

  return TRUE;
}

static gboolean
change_decision (ForlopActContext  *self,
                 GError           **error)
{
  return make_decision (self, "change", error) != NULL;
}

/* The closure record begins with the ending and is completed when the case is closed. */
static gboolean
end_service (ForlopActContext  *self,
             GError           **error)
{
  ForlopDate ended = forlop_record_get_date (self->arguments, "ended_on");
  ForlopRecord *decision = make_decision (self, "end", error);
  ForlopRecord *the_case, *closure;

  if (decision == NULL)
    return FALSE;
  if (!forlop_record_has (decision, "granted"))
    forlop_record_set_text (decision, "granted", _("The service is ended."));
  forlop_record_set_date (decision, "valid_from", ended);

  the_case = forlop_act_change (self, self->the_case);
  forlop_record_set_text (the_case, "status", "ended");
  forlop_record_set_date (the_case, "ended_on", ended);
  forlop_record_clear (the_case, "next_evaluation_on");

  closure = forlop_act_make (self, "closure");
  forlop_act_copy_arguments (self, closure);

  return TRUE;
}

static gboolean
send_decision_letter (ForlopActContext  *self,
                      GError           **error)
{
  ForlopRecord *decision = forlop_act_load (self, "decision", "decision_id", error);

  if (decision == NULL)
    return FALSE;
  if (forlop_record_has (decision, "letter_sent_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The decision letter is already sent."));

  forlop_act_copy_arguments (self, forlop_act_change (self, decision));

  return TRUE;
}

static gboolean
record_decision_receipt (ForlopActContext  *self,
                         GError           **error)
{
  ForlopRecord *decision = forlop_act_load (self, "decision", "decision_id", error);

  if (decision == NULL)
    return FALSE;
  if (forlop_record_get_date (self->arguments, "received_on") <
      forlop_record_get_date (decision, "decided_on"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("Received: the date is before the decision was made."));

  forlop_act_copy_arguments (self, forlop_act_change (self, decision));

  return TRUE;
}

static gboolean
register_appeal (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *decision = forlop_snapshot_latest (self->snapshot, "decision");
  ForlopRecord *appeal;
  ForlopDate known;

  if (decision == NULL)
    return forlop_act_refuse (error, FORLOP_ERROR_NOT_FOUND,
                              _("The case has no decision that can be appealed."));

  appeal = forlop_act_make (self, "appeal");
  forlop_act_copy_arguments (self, appeal);
  forlop_record_set_text (appeal, "decision_id", forlop_record_get_id (decision));
  forlop_record_set_text (appeal, "status", "received");

  known = forlop_record_get_date (decision, "received_on");
  forlop_record_set_boolean (appeal, "late",
                             known != FORLOP_DATE_NONE &&
                             forlop_record_get_date (appeal, "received_on") > known + FORLOP_APPEAL_DAYS);

  return TRUE;
}

/* The municipality looks at its decision again; what it upholds goes to Statsforvalteren. */
static gboolean
reassess_appeal (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *appeal = forlop_act_load (self, "appeal", "appeal_id", error);
  gboolean upheld = forlop_record_get_boolean (self->arguments, "upheld");

  if (appeal == NULL)
    return FALSE;
  if (!forlop_record_text_is (appeal, "status", "received"))
    return forlop_act_refuse (error, FORLOP_ERROR_ALREADY, _("The appeal is already reassessed."));

  appeal = forlop_act_change (self, appeal);
  forlop_act_copy_arguments (self, appeal);
  forlop_record_set_text (appeal, "status", upheld ? "forwarded" : "changed");
  if (upheld)
    forlop_record_set_text (appeal, "forwarded_on", forlop_act_text (self, "reassessed_on"));

  return TRUE;
}

static gboolean
record_appeal_ruling (ForlopActContext  *self,
                      GError           **error)
{
  ForlopRecord *appeal = forlop_act_load (self, "appeal", "appeal_id", error);

  if (appeal == NULL)
    return FALSE;
  if (!forlop_record_text_is (appeal, "status", "forwarded"))
    return forlop_act_refuse (error, FORLOP_ERROR_INVALID,
                              _("The appeal is not with Statsforvalteren, so there is no ruling."));

  appeal = forlop_act_change (self, appeal);
  forlop_act_copy_arguments (self, appeal);
  forlop_record_set_text (appeal, "status", "decided");

  return TRUE;
}

static gboolean
withdraw_appeal (ForlopActContext  *self,
                 GError           **error)
{
  ForlopRecord *appeal = forlop_act_load (self, "appeal", "appeal_id", error);

  if (appeal == NULL)
    return FALSE;
  forlop_record_set_text (forlop_act_change (self, appeal), "status", "withdrawn");

  return TRUE;
}

const ForlopActFunction forlop_act_functions_decision[] = {
  { "decide", decide },
  { "change-decision", change_decision },
  { "end-service", end_service },
  { "send-decision-letter", send_decision_letter },
  { "record-decision-receipt", record_decision_receipt },
  { "register-appeal", register_appeal },
  { "reassess-appeal", reassess_appeal },
  { "record-appeal-ruling", record_appeal_ruling },
  { "withdraw-appeal", withdraw_appeal },
  { NULL, NULL },
};
