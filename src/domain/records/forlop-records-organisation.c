/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-records-private.h"

/* The two forms of written Norwegian. */
const ForlopChoice forlop_choices_written_language[] = {
  { "nb", N_("Bokmål") },
  { "nn", N_("Nynorsk") },
  END_CHOICES,
};

const ForlopChoice forlop_choices_role[] = {
  { "caseworker", N_("Caseworker") },
  { "resource_person", N_("Resource person") },
  { "coordinator", N_("Welfare-technology coordinator") },
  { "manager", N_("Manager") },
  { "administrator", N_("Administrator") },
  END_CHOICES,
};

/* The steps of the pathway that an organisation profile gives to a function. */
const ForlopChoice forlop_choices_activity[] = {
  { "referral", N_("Referral") },
  { "assessment", N_("Mapping the need") },
  { "assessment_dho", N_("Mapping for home follow-up") },
  { "decision", N_("Decision") },
  { "plan", N_("Self-treatment plan") },
  { "equipment", N_("Equipment") },
  { "training", N_("Training and installation") },
  { "follow_up", N_("Daily follow-up") },
  { "evaluation", N_("Evaluation") },
  { "closure", N_("Closure") },
  END_CHOICES,
};

static const ForlopChoice unit_kinds[] = {
  { "allocation_office", N_("Allocation office") },
  { "zone", N_("Home-care zone") },
  { "follow_up_centre", N_("Follow-up centre") },
  { "store", N_("Equipment store") },
  { "gp_office", N_("GP office") },
  { "other", N_("Other") },
  END_CHOICES,
};

/* What is not chosen is the first. */
static const ForlopChoice unit_holidays[] = {
  { "sunday", N_("As on a Sunday") },
  { "usual", N_("As on any other day") },
  { "closed", N_("Closed") },
  END_CHOICES,
};

static const ForlopField unit_fields[] = {
  TEXT ("name", N_("Name"), REQ | FIND),
  CHOICE ("kind", N_("Kind"), REQ, unit_kinds),
  TEXT ("organisation_number", N_("Organisation number"), 0),
  REF ("parent_id", N_("Part of"), 0, "unit"),
  TEXT ("postal_address", N_("Postal address"), 0,
        HINT (N_("Stands in the head of letters, with the name of the municipality; appeals are sent there."))),
  PHONE ("phone", N_("Telephone"), 0),
  PHONE ("shift_phone", N_("Shift phone"), 0,
         HINT (N_("Gets a message about a red alert that nobody takes, without saying whom it is about."))),
  MINUTE ("opens_at", N_("Opens at"), 0, GROUP ("hours")),
  MINUTE ("closes_at", N_("Closes at"), 0, GROUP ("hours")),
  CODES ("open_weekdays", N_("Open weekdays"), 0, forlop_choices_weekday, GROUP ("hours")),
  CHOICE ("open_holidays", N_("On public holidays"), 0, unit_holidays, GROUP ("hours"),
          HINT (N_("As on a Sunday where nothing is chosen. While it is closed, a red alert goes no further."))),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopField user_fields[] = {
  TEXT ("name", N_("Name"), REQ | FIND),
  TEXT ("short_name", N_("Short name"), REQ, HINT (N_("What colleagues see beside a taken alert."))),
  TEXT ("hpr_number", N_("HPR number"), 0),
  TEXT ("email", N_("E-mail"), 0),
  PHONE ("phone", N_("Telephone"), 0),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopClaim user_claims[] = { { "user_short_name", { "short_name" }, NULL }, { NULL } };

static const ForlopField membership_fields[] = {
  REF ("user_id", N_("User"), REQ | IMM, "user"),
  CHOICE ("role", N_("Role"), REQ | IMM, forlop_choices_role),
  REF ("unit_id", N_("Unit"), REQ | IMM, "unit"),
  DATE ("valid_from", N_("From"), 0),
  DATE ("valid_to", N_("To"), 0),
  END_FIELDS,
};

static const ForlopClaim membership_claims[] = {
  { "membership", { "user_id", "role", "unit_id" }, "valid_to" },
  { NULL },
};

static const ForlopChoice preparation_places[] = {
  { "zone", N_("By the resource person") },
  { "store", N_("In the store") },
  END_CHOICES,
};

static const ForlopChoice limit_owners[] = {
  { "forlop", N_("Forløp") },
  { "platform", N_("The supplier's platform") },
  END_CHOICES,
};

/* How one municipality has organised the service; a case keeps the profile it was opened under. */
static const ForlopField profile_fields[] = {
  TEXT ("name", N_("Name"), REQ),
  TEXT ("municipality_number", N_("Municipality number"), 0),
  CHOICE ("written_language", N_("Language of letters"), 0, forlop_choices_written_language,
          HINT (N_("Bokmål where nothing is chosen. A citizen's own choice goes before it."))),
  BOOL ("decision_required", N_("A decision is needed"), 0),
  TEXT ("legal_basis", N_("Legal basis without a decision"), 0,
        HINT (N_("Needed where people are followed up without a decision of their own."))),
  INTEGER ("trial_days", N_("Trial period, days"), REQ, 1, 90),
  INTEGER ("evaluation_months", N_("Months between evaluations"), REQ, 1, 3,
           HINT (N_("The service is evaluated at least every third month."))),
  BOOL ("hand_over", N_("Handed over to a follow-up centre after the trial"), 0),
  REF ("follow_up_unit_id", N_("Follow-up centre"), 0, "unit"),
  CHOICE ("prepared_by", N_("Equipment is prepared"), 0, preparation_places),
  CHOICE ("limits_owned_by", N_("Limits are owned by"), 0, limit_owners),
  INTEGER ("escalate_minutes", N_("Minutes before an untouched red alert is escalated"), 0, 1, 1440),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopField responsibility_fields[] = {
  REF ("profile_id", N_("Organisation profile"), REQ | IMM, "profile"),
  CHOICE ("activity", N_("Activity"), REQ | IMM, forlop_choices_activity),
  CHOICE ("role", N_("Role"), REQ, forlop_choices_role),
  REF ("unit_id", N_("Unit"), 0, "unit", HINT (N_("Empty: the case's own unit."))),
  END_FIELDS,
};

static const ForlopClaim responsibility_claims[] = {
  { "responsibility", { "profile_id", "activity" }, NULL },
  { NULL },
};

static const ForlopChoice template_kinds[] = {
  { "letter", N_("Letter") },
  { "plan", N_("Self-treatment plan") },
  { "phrase", N_("Phrase") },
  { "kit", N_("Equipment kit") },
  END_CHOICES,
};

static const ForlopField template_fields[] = {
  TEXT ("code", N_("Code"), REQ | IMM),
  CHOICE ("kind", N_("Kind"), REQ, template_kinds),
  TEXT ("title", N_("Title"), REQ | FIND),
  NOTE ("body", N_("Text"), REQ),
  TEXT ("language", N_("Language"), REQ),
  BOOL ("proposal", N_("Proposal, to be set by a doctor"), 0),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

/* Every paragraph reference is data with a version, because the acts change. */
static const ForlopField legal_reference_fields[] = {
  TEXT ("code", N_("Code"), REQ | IMM),
  TEXT ("citation", N_("Reference"), REQ),
  TEXT ("version", N_("Version"), REQ),
  NOTE ("summary", N_("What it says"), 0),
  DATE ("valid_from", N_("From"), 0),
  DATE ("valid_to", N_("To"), 0),
  END_FIELDS,
};

static const ForlopClaim legal_reference_claims[] = {
  { "legal_reference", { "code", "version" }, NULL },
  { NULL },
};

static const ForlopChoice task_states[] = {
  { "open", N_("Open") },
  { "done", N_("Done") },
  { "cancelled", N_("Cancelled") },
  END_CHOICES,
};

static const ForlopChoice task_kinds[] = {
  { "general", N_("General") },
  { "platform_setup", N_("Set up in the supplier's platform") },
  { "platform_change", N_("Change in the supplier's platform") },
  { "follow_up", N_("Follow up") },
  { "meeting", N_("Meeting") },
  { "inform_unit", N_("Inform the performing unit") },
  { "review_access", N_("Review emergency access") },
  { "escalated", N_("Red alert that nobody has taken") },
  { "two_hand_outs", N_("Item handed out twice") },
  { "two_cases", N_("One person, two open cases") },
  END_CHOICES,
};

/* A task belongs to a function (unit and role); a person may take it. */
static const ForlopField task_fields[] = {
  REF ("unit_id", N_("Unit"), REQ | IMM, "unit"),
  CHOICE ("role", N_("Role"), REQ, forlop_choices_role),
  REF ("citizen_id", N_("Citizen"), IMM, "citizen"),
  REF ("case_id", N_("Case"), IMM, "case"),
  REF ("meeting_item_id", N_("Decided in a meeting"), IMM, "meeting_item"),
  CHOICE ("kind", N_("Kind"), REQ, task_kinds),
  TEXT ("title", N_("What is to be done"), REQ),
  NOTE ("text", N_("More"), 0),
  DATE ("due_on", N_("Due"), 0),
  CHOICE ("status", N_("Status"), REQ, task_states, GROUP ("status")),
  REF ("taken_by", N_("Taken by"), 0, "user", GROUP ("taken")),
  INSTANT ("taken_at", N_("Taken"), PAST, GROUP ("taken")),
  REF ("done_by", N_("Done by"), 0, "user", GROUP ("status")),
  INSTANT ("done_at", N_("Done"), PAST, GROUP ("status")),
  NOTE ("result", N_("Result"), 0),
  END_FIELDS,
};

static const ForlopField meeting_fields[] = {
  REF ("unit_id", N_("Unit"), REQ | IMM, "unit"),
  TEXT ("title", N_("Title"), REQ),
  DATE ("held_on", N_("Date"), REQ),
  NOTE ("participants", N_("Participants"), 0),
  INSTANT ("closed_at", N_("Closed"), PAST),
  END_FIELDS,
};

static const ForlopChoice conflict_kinds[] = {
  { "field", N_("Changed by two") },
  { "deleted", N_("Changed here, deleted there") },
  { "gate", N_("A condition is not met") },
  { "taken", N_("Taken by somebody else") },
  END_CHOICES,
};

static const ForlopChoice conflict_states[] = {
  { "open", N_("Must be resolved") },
  { "resolved", N_("Resolved") },
  END_CHOICES,
};

static const ForlopChoice conflict_resolutions[] = {
  { "theirs", N_("Theirs was kept") },
  { "mine", N_("Mine was written") },
  { "edited", N_("Written anew") },
  END_CHOICES,
};

/* A change that met another one. The server makes it and keeps both sides; nothing of the change is
 * written before a person has chosen. @theirs and @mine are the values as JSON objects of fields. */
static const ForlopField conflict_fields[] = {
  REF ("user_id", N_("Whose change"), REQ | IMM, "user"),
  REF ("citizen_id", N_("Citizen"), IMM, "citizen"),
  CHOICE ("kind", N_("Kind"), REQ | IMM, conflict_kinds),
  TEXT ("op_id", N_("Change"), REQ | IMM),
  TEXT ("act", N_("Act"), REQ | IMM),
  TEXT ("record_type", N_("Kind of record"), IMM),
  TEXT ("record_id", N_("Record"), IMM),
  TEXT ("field", N_("Field"), IMM),
  TEXT ("condition", N_("Condition"), IMM),
  NOTE ("theirs", N_("Theirs"), IMM),
  NOTE ("mine", N_("Mine"), IMM),
  TEXT ("their_op_id", N_("Their change"), IMM),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  CHOICE ("status", N_("Status"), REQ, conflict_states, GROUP ("status")),
  CHOICE ("resolution", N_("How it was resolved"), 0, conflict_resolutions, GROUP ("status")),
  INSTANT ("resolved_at", N_("Resolved"), PAST, GROUP ("status")),
  END_FIELDS,
};

const ForlopRecordType forlop_records_organisation[] = {
  { "unit", N_("Unit"), N_("Units"), FORLOP_SCOPE_CATALOG, FALSE, unit_fields, NULL },
  { "user", N_("User"), N_("Users"), FORLOP_SCOPE_CATALOG, FALSE, user_fields, user_claims },
  { "membership", N_("Function of a user"), N_("Functions of users"), FORLOP_SCOPE_CATALOG, FALSE,
    membership_fields, membership_claims },
  { "profile", N_("Organisation profile"), N_("Organisation profiles"), FORLOP_SCOPE_CATALOG, FALSE,
    profile_fields, NULL },
  { "responsibility", N_("Activity responsibility"), N_("Activity responsibilities"),
    FORLOP_SCOPE_CATALOG, FALSE, responsibility_fields, responsibility_claims },
  { "template", N_("Template"), N_("Templates"), FORLOP_SCOPE_CATALOG, FALSE, template_fields, NULL },
  { "legal_reference", N_("Legal reference"), N_("Legal references"), FORLOP_SCOPE_CATALOG, FALSE,
    legal_reference_fields, legal_reference_claims },
  { "task", N_("Task"), N_("Tasks"), FORLOP_SCOPE_UNIT, FALSE, task_fields, NULL },
  { "meeting", N_("Meeting"), N_("Meetings"), FORLOP_SCOPE_UNIT, FALSE, meeting_fields, NULL },
  { "conflict", N_("Conflict"), N_("Conflicts"), FORLOP_SCOPE_USER, FALSE, conflict_fields, NULL },
  { NULL },
};
