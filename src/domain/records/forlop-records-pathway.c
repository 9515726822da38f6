/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-records-private.h"

static const ForlopChoice case_states[] = {
  { "open", N_("Before start") },
  { "running", N_("In service") },
  { "ended", N_("Ended, not closed") },
  { "closed", N_("Closed") },
  { "withdrawn", N_("Withdrawn") },
  END_CHOICES,
};

static const ForlopField case_fields[] = {
  OF_CITIZEN,
  TEXT ("number", N_("Case number"), REQ | IMM | FIND),
  CHOICE ("status", N_("Status"), REQ, case_states, GROUP ("status")),
  REF ("profile_id", N_("Organisation profile"), REQ, "profile"),
  REF ("office_unit_id", N_("Allocation office"), REQ, "unit"),
  REF ("unit_id", N_("Performing unit"), 0, "unit"),
  REF ("follow_up_unit_id", N_("Follows up"), 0, "unit"),
  DATE ("opened_on", N_("Opened"), REQ | IMM),
  DATE ("started_on", N_("Started"), 0, GROUP ("status")),
  DATE ("trial_ends_on", N_("Trial period ends"), 0),
  DATE ("trial_reviewed_on", N_("Limits reviewed after the trial"), 0),
  DATE ("next_evaluation_on", N_("Next evaluation"), 0),
  DATE ("ended_on", N_("Ended"), 0, GROUP ("status")),
  DATE ("closed_on", N_("Closed"), 0, GROUP ("status")),
  TEXT ("platform", N_("Supplier's platform"), 0, GROUP ("platform")),
  TEXT ("platform_person", N_("Person id in the platform"), 0, GROUP ("platform")),
  REF ("resumes_case_id", N_("Resumes"), IMM, "case"),
  END_FIELDS,
};

static const ForlopClaim case_claims[] = {
  { "case_number", { "number" }, NULL, TRUE },
  { "open_case", { "citizen_id" }, "closed_on" },
  { "platform_person", { "platform", "platform_person" }, "closed_on" },
  { NULL },
};

static const ForlopChoice referral_sources[] = {
  { "gp", N_("GP") },
  { "hospital", N_("Hospital") },
  { "home_care", N_("Home care") },
  { "next_of_kin", N_("Next of kin") },
  { "citizen", N_("The citizen") },
  { "other", N_("Other") },
  END_CHOICES,
};

static const ForlopChoice referral_channels[] = {
  { "paper", N_("Paper") },
  { "phone", N_("Telephone") },
  { "e_message", N_("Electronic message") },
  { "internal", N_("Internally") },
  END_CHOICES,
};

static const ForlopChoice yes_no_unknown[] = {
  { "yes", N_("Yes") },
  { "no", N_("No") },
  { "unknown", N_("Not known") },
  END_CHOICES,
};

static const ForlopField referral_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("source", N_("From"), REQ, referral_sources),
  CHOICE ("channel", N_("How it came"), REQ, referral_channels),
  DATE ("received_on", N_("Received"), REQ),
  NOTE ("reason", N_("Reason"), REQ),
  BY_USER ("registered_by", N_("Registered by")),
  CHOICE ("dho_considered", N_("Home follow-up considered at the hospital"), 0, yes_no_unknown),
  CHOICE ("plan_exists", N_("A self-treatment plan exists"), 0, yes_no_unknown),
  CHOICE ("limits_set", N_("Limits are set"), 0, yes_no_unknown),
  DATE ("provisional_answer_on", N_("Provisional answer sent"), 0),
  BLOB ("scan", N_("Scanned referral"), 0),
  END_FIELDS,
};

static const ForlopChoice conclusions[] = {
  { "suitable", N_("Suitable") },
  { "suitable_with_help", N_("Suitable with help from next of kin") },
  { "not_suitable", N_("Not suitable") },
  END_CHOICES,
};

static const ForlopField assessment_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  DATE ("started_on", N_("Started"), REQ),
  NOTE ("what_matters", N_("What matters to you?"), 0),
  NOTE ("need", N_("Need"), 0),
  NOTE ("other_equipment", N_("Equipment already placed by others"), 0),
  DATE ("gp_contacted_on", N_("GP contacted"), 0),
  NOTE ("gp_answer", N_("What the GP said about plan and limits"), 0),
  DATE ("office_done_on", N_("Mapped by the allocation office"), 0),
  BY_USER ("office_done_by", N_("Mapped by")),
  DATE ("completed_on", N_("Completed"), 0, GROUP ("conclusion")),
  BY_USER ("completed_by", N_("Completed by")),
  CHOICE ("conclusion", N_("Conclusion"), 0, conclusions, GROUP ("conclusion")),
  NOTE ("conclusion_reason", N_("Reasons"), 0, GROUP ("conclusion")),
  END_FIELDS,
};

/* Inclusion and exclusion; an exclusion is a reasoned choice, not a hard stop. */
static const ForlopChoice criteria[] = {
  { "motivated", N_("Motivated to take part") },
  { "has_device", N_("Has access to a smartphone or tablet and can use it") },
  { "chronic_illness", N_("Chronic illness that needs regular follow-up") },
  { "needs_home_service", N_("Needs health services at home") },
  { "can_measure", N_("Can measure alone or with next of kin") },
  { "cognitive_impairment", N_("Cognitive impairment") },
  END_CHOICES,
};

static const ForlopChoice criterion_answers[] = {
  { "yes", N_("Yes") },
  { "no", N_("No") },
  { "with_help", N_("With help from next of kin") },
  { "unknown", N_("Not known") },
  END_CHOICES,
};

static const ForlopField criterion_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("assessment_id", N_("Assessment"), REQ | IMM, "assessment"),
  CHOICE ("criterion", N_("Criterion"), REQ | IMM, criteria),
  CHOICE ("answer", N_("Answer"), REQ, criterion_answers, GROUP ("answer")),
  NOTE ("reason", N_("Reason"), 0, GROUP ("answer")),
  END_FIELDS,
};

static const ForlopClaim criterion_claims[] = {
  { "criterion", { "assessment_id", "criterion" }, NULL },
  { NULL },
};

static const ForlopField risk_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("assessment_id", N_("Assessment"), REQ | IMM, "assessment"),
  TEXT ("risk", N_("What can go wrong"), REQ),
  INTEGER ("likelihood", N_("Likelihood, 1–5"), REQ, 1, 5, GROUP ("grade")),
  INTEGER ("consequence", N_("Consequence, 1–5"), REQ, 1, 5, GROUP ("grade")),
  NOTE ("measure", N_("What is done about it"), 0),
  END_FIELDS,
};

static const ForlopChoice goal_states[] = {
  { "open", N_("In progress") },
  { "reached", N_("Reached") },
  { "partly", N_("Partly reached") },
  { "given_up", N_("Given up") },
  END_CHOICES,
};

static const ForlopField goal_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  TEXT ("goal", N_("Goal"), REQ),
  CHOICE ("status", N_("Status"), REQ, goal_states),
  NOTE ("note", N_("Note"), 0),
  END_FIELDS,
};

static const ForlopChoice consent_kinds[] = {
  { "service", N_("The service") },
  { "measure", N_("The measure") },
  END_CHOICES,
};

static const ForlopChoice capacities[] = {
  { "full", N_("Able to consent") },
  { "partial", N_("Able to consent to parts") },
  { "lacking", N_("Not able to consent") },
  END_CHOICES,
};

static const ForlopChoice consent_givers[] = {
  { "citizen", N_("The citizen") },
  { "guardian", N_("Guardian") },
  { "proxy", N_("Proxy") },
  { "parent", N_("Parent") },
  { "next_of_kin", N_("Next of kin heard; decided by the service") },
  END_CHOICES,
};

static const ForlopField consent_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("kind", N_("Consent to"), REQ | IMM, consent_kinds),
  BOOL ("given", N_("Consent given"), CARE, GROUP ("consent")),
  DATE ("assessed_on", N_("Assessed"), REQ | CARE, GROUP ("consent")),
  CHOICE ("capacity", N_("Capacity to consent"), REQ | CARE, capacities, GROUP ("consent")),
  CHOICE ("given_by", N_("Given by"), CARE, consent_givers, GROUP ("consent")),
  NOTE ("reason", N_("Reasons"), CARE),
  BY_USER ("assessed_by", N_("Assessed by")),
  DATE ("withdrawn_on", N_("Withdrawn"), CARE, GROUP ("consent")),
  NOTE ("withdrawn_reason", N_("Why it was withdrawn"), CARE),
  END_FIELDS,
};

static const ForlopChoice periods[] = {
  { "before", N_("Before start (baseline)") },
  { "after", N_("After start") },
  END_CHOICES,
};

/* Use of services in a window: the baseline before start, and the same after. */
static const ForlopField baseline_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("period", N_("Period"), REQ | IMM, periods),
  DATE ("from_date", N_("From"), 0, GROUP ("window")),
  DATE ("to_date", N_("To"), 0, GROUP ("window")),
  REAL ("visits", N_("Visits"), 0, 0, 100000),
  REAL ("visit_minutes", N_("Minutes of visits"), 0, 0, 1000000),
  REAL ("driving_minutes", N_("Minutes of driving, round trip"), 0, 0, 1000000),
  REAL ("driving_km", N_("Kilometres driven"), 0, 0, 1000000),
  REAL ("skilled_visits", N_("Visits by skilled staff"), 0, 0, 100000),
  REAL ("unskilled_visits", N_("Visits by unskilled staff"), 0, 0, 100000),
  INTEGER ("hospital_admissions", N_("Hospital admissions"), 0, 0, 1000),
  INTEGER ("municipal_admissions", N_("Municipal admissions"), 0, 0, 1000),
  INTEGER ("gp_contacts", N_("GP contacts"), 0, 0, 10000),
  INTEGER ("emergency_contacts", N_("Emergency contacts"), 0, 0, 10000),
  TEXT ("origin", N_("Where the numbers come from"), 0),
  NOTE ("missing_reason", N_("Why there is no baseline"), 0),
  END_FIELDS,
};

static const ForlopChoice decision_kinds[] = {
  { "grant", N_("Granted") },
  { "partial_grant", N_("Partly granted") },
  { "refusal", N_("Refused") },
  { "change", N_("Changed") },
  { "end", N_("Ended") },
  END_CHOICES,
};

/* Never edited: changing or ending the service is a new decision. */
static const ForlopField decision_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("kind", N_("Decision"), REQ | IMM | CARE, decision_kinds),
  DATE ("decided_on", N_("Decided"), REQ | IMM),
  DATE ("valid_from", N_("From"), IMM, GROUP ("validity")),
  DATE ("valid_to", N_("To"), IMM, GROUP ("validity")),
  TEXT ("service_code", N_("Service code"), REQ | IMM),
  REAL ("hours_per_week", N_("Hours per week"), IMM, 0, 168),
  NOTE ("granted", N_("What is decided"), REQ | IMM),
  NOTE ("reasons", N_("Reasons"), REQ | IMM),
  TEXT ("legal_references", N_("Legal references"), REQ | IMM),
  REF ("unit_id", N_("Performing unit"), IMM, "unit"),
  REF ("decided_by", N_("Decided by"), REQ | IMM, "user"),
  REF ("replaces_id", N_("Replaces"), IMM, "decision"),
  DATE ("letter_sent_on", N_("Letter sent"), 0),
  DATE ("received_on", N_("Received by the citizen"), 0,
        HINT (N_("The time to appeal runs from here."))),
  END_FIELDS,
};

static const ForlopClaim decision_claims[] = {
  { "decision_successor", { "replaces_id" }, NULL },
  { NULL },
};

static const ForlopChoice appeal_states[] = {
  { "received", N_("Received") },
  { "changed", N_("Decision changed") },
  { "forwarded", N_("Sent to Statsforvalteren") },
  { "decided", N_("Decided by Statsforvalteren") },
  { "withdrawn", N_("Withdrawn") },
  END_CHOICES,
};

static const ForlopField appeal_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("decision_id", N_("Decision"), REQ | IMM, "decision"),
  DATE ("received_on", N_("Received"), REQ | IMM),
  NOTE ("grounds", N_("What is appealed and why"), REQ | IMM),
  BOOL ("late", N_("After the deadline"), IMM),
  CHOICE ("status", N_("Status"), REQ, appeal_states, GROUP ("status")),
  DATE ("reassessed_on", N_("Reassessed"), 0, GROUP ("status")),
  NOTE ("reassessment", N_("Reassessment"), 0),
  DATE ("forwarded_on", N_("Sent to Statsforvalteren"), 0, GROUP ("status")),
  DATE ("ruled_on", N_("Ruling received"), 0, GROUP ("status")),
  NOTE ("ruling", N_("Ruling"), 0),
  END_FIELDS,
};

static const ForlopChoice document_kinds[] = {
  { "referral", N_("Referral") },
  { "provisional_answer", N_("Provisional answer") },
  { "decision_letter", N_("Decision letter") },
  { "plan", N_("Self-treatment plan") },
  { "receipt", N_("Receipt") },
  { "photo", N_("Photo") },
  { "closure_letter", N_("Closing letter") },
  { "gp_summary", N_("Trend summary for the GP") },
  { "other", N_("Other") },
  END_CHOICES,
};

static const ForlopField document_fields[] = {
  OF_CITIZEN,
  MAYBE_CASE,
  CHOICE ("kind", N_("Kind"), REQ | IMM, document_kinds),
  TEXT ("title", N_("Title"), REQ),
  BLOB ("content", N_("File"), REQ | IMM),
  TEXT ("media_type", N_("File type"), REQ | IMM),
  INSTANT ("added_at", N_("Added"), REQ | IMM | PAST),
  REF ("added_by", N_("Added by"), IMM, "user"),
  INSTANT ("covers_until", N_("Tells of the time until"), IMM | PAST),
  END_FIELDS,
};

static const ForlopChoice training_states[] = {
  { "planned", N_("Agreed") },
  { "held", N_("Held") },
  { "cancelled", N_("Cancelled") },
  END_CHOICES,
};

static const ForlopField training_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("status", N_("Status"), REQ, training_states, GROUP ("status")),
  INSTANT ("planned_at", N_("Agreed time"), 0, GROUP ("planned")),
  TEXT ("place", N_("Where"), 0, GROUP ("planned")),
  DATE ("held_on", N_("Held"), 0, GROUP ("status")),
  BY_USER ("held_by", N_("Held by")),
  TEXT ("participants", N_("Who took part"), 0),
  BOOL ("devices_tested", N_("Devices tested at home"), 0),
  BOOL ("network_tested", N_("Network coverage tested at home"), 0),
  BOOL ("device_use", N_("Use of the devices gone through"), 0),
  BOOL ("plan_explained", N_("Plan and whom to call gone through"), 0),
  BOOL ("teach_back", N_("The citizen has shown it back"), 0),
  NOTE ("documentation", N_("Documentation"), 0),
  END_FIELDS,
};

static const ForlopChoice handover_states[] = {
  { "offered", N_("Offered") },
  { "accepted", N_("Accepted") },
  { "declined", N_("Declined") },
  { "withdrawn", N_("Taken back") },
  END_CHOICES,
};

/* Responsibility passes only when the receiver has accepted it. */
static const ForlopField handover_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("from_unit_id", N_("From"), REQ | IMM, "unit"),
  REF ("to_unit_id", N_("To"), REQ | IMM, "unit"),
  CHOICE ("status", N_("Status"), REQ | CARE, handover_states, GROUP ("status")),
  INSTANT ("offered_at", N_("Offered"), REQ | IMM | PAST),
  REF ("offered_by", N_("Offered by"), IMM, "user"),
  NOTE ("message", N_("What the receiver must know"), IMM),
  INSTANT ("answered_at", N_("Answered"), PAST, GROUP ("status")),
  REF ("answered_by", N_("Answered by"), 0, "user", GROUP ("status")),
  NOTE ("answer", N_("Answer"), 0),
  END_FIELDS,
};

static const ForlopChoice evaluation_outcomes[] = {
  { "continue", N_("Continue") },
  { "change", N_("Continue with changes") },
  { "new_assessment", N_("New assessment") },
  { "end", N_("End") },
  END_CHOICES,
};

static const ForlopField evaluation_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  INTEGER ("number", N_("Number"), REQ | IMM, 1, 1000),
  DATE ("due_on", N_("Due"), IMM),
  DATE ("held_on", N_("Held"), REQ | IMM),
  BY_USER ("held_by", N_("Held by")),
  TEXT ("participants", N_("Who took part"), 0),
  BOOL ("appropriate", N_("Appropriate and sound"), IMM),
  NOTE ("gained", N_("What is gained"), 0),
  NOTE ("changes", N_("What must change"), 0),
  CHOICE ("outcome", N_("Outcome"), REQ | IMM, evaluation_outcomes),
  NOTE ("reason", N_("Reasons"), 0),
  DATE ("next_on", N_("Next evaluation"), IMM),
  BOOL ("final", N_("Final evaluation"), IMM),
  END_FIELDS,
};

static const ForlopClaim evaluation_claims[] = {
  { "evaluation_number", { "case_id", "number" }, NULL },
  { NULL },
};

static const ForlopChoice closure_reasons[] = {
  { "goal_reached", N_("Goals reached") },
  { "own_wish", N_("The citizen's wish") },
  { "not_suitable", N_("No longer suitable") },
  { "other_service", N_("Other service instead") },
  { "moved", N_("Moved away") },
  { "died", N_("Died") },
  { "not_granted", N_("Not granted") },
  { "other", N_("Other") },
  END_CHOICES,
};

static const ForlopField closure_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("reason", N_("Reason"), REQ | IMM, closure_reasons),
  NOTE ("note", N_("Note"), 0),
  DATE ("ended_on", N_("Service ended"), REQ | IMM),
  TEXT ("treatment_to", N_("Treatment responsibility handed to"), 0),
  TEXT ("coordination_to", N_("Coordination handed to"), 0),
  BOOL ("may_resume", N_("May resume later"), 0),
  NOTE ("not_returned_reason", N_("Equipment ended but not returned, reason"), 0),
  DATE ("letter_sent_on", N_("Letter sent"), 0),
  DATE ("closed_on", N_("Closed"), 0),
  END_FIELDS,
};

static const ForlopClaim closure_claims[] = { { "closure", { "case_id" }, NULL }, { NULL } };

static const ForlopChoice deviation_states[] = {
  { "open", N_("Open") },
  { "closed", N_("Closed") },
  END_CHOICES,
};

static const ForlopField deviation_fields[] = {
  OF_CITIZEN,
  MAYBE_CASE,
  INSTANT ("happened_at", N_("When"), REQ | PAST),
  NOTE ("description", N_("What happened"), REQ),
  NOTE ("consequence", N_("What it led to"), 0),
  NOTE ("measure", N_("What is done about it"), 0),
  CHOICE ("status", N_("Status"), REQ, deviation_states),
  BY_USER ("reported_by", N_("Reported by")),
  DATE ("closed_on", N_("Closed"), 0),
  END_FIELDS,
};

static const ForlopField meeting_item_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("meeting_id", N_("Meeting"), 0, "meeting"),
  NOTE ("question", N_("Question"), REQ),
  NOTE ("decision", N_("What was decided"), 0),
  INSTANT ("decided_at", N_("Decided"), PAST),
  END_FIELDS,
};

const ForlopRecordType forlop_records_pathway[] = {
  { "case", N_("Case"), N_("Cases"), FORLOP_SCOPE_CITIZEN, FALSE, case_fields, case_claims },
  { "referral", N_("Referral"), N_("Referrals"), FORLOP_SCOPE_CITIZEN, FALSE, referral_fields, NULL },
  { "assessment", N_("Assessment"), N_("Assessments"), FORLOP_SCOPE_CITIZEN, FALSE,
    assessment_fields, NULL },
  { "criterion", N_("Criterion"), N_("Criteria"), FORLOP_SCOPE_CITIZEN, FALSE, criterion_fields,
    criterion_claims },
  { "risk", N_("Risk"), N_("Risks"), FORLOP_SCOPE_CITIZEN, FALSE, risk_fields, NULL },
  { "goal", N_("Goal"), N_("Goals"), FORLOP_SCOPE_CITIZEN, FALSE, goal_fields, NULL },
  { "consent", N_("Consent"), N_("Consents"), FORLOP_SCOPE_CITIZEN, FALSE, consent_fields, NULL },
  { "baseline", N_("Use of services"), N_("Use of services"), FORLOP_SCOPE_CITIZEN, FALSE,
    baseline_fields, NULL },
  { "decision", N_("Decision"), N_("Decisions"), FORLOP_SCOPE_CITIZEN, FALSE, decision_fields,
    decision_claims },
  { "appeal", N_("Appeal"), N_("Appeals"), FORLOP_SCOPE_CITIZEN, FALSE, appeal_fields, NULL },
  { "document", N_("Document"), N_("Documents"), FORLOP_SCOPE_CITIZEN, FALSE, document_fields, NULL },
  { "training", N_("Training"), N_("Trainings"), FORLOP_SCOPE_CITIZEN, FALSE, training_fields, NULL },
  { "handover", N_("Hand-over"), N_("Hand-overs"), FORLOP_SCOPE_CITIZEN, FALSE, handover_fields,
    NULL },
  { "evaluation", N_("Evaluation"), N_("Evaluations"), FORLOP_SCOPE_CITIZEN, FALSE,
    evaluation_fields, evaluation_claims },
  { "closure", N_("Closure"), N_("Closures"), FORLOP_SCOPE_CITIZEN, FALSE, closure_fields,
    closure_claims },
  { "deviation", N_("Deviation"), N_("Deviations"), FORLOP_SCOPE_CITIZEN, FALSE, deviation_fields,
    NULL },
  { "meeting_item", N_("Meeting item"), N_("Meeting items"), FORLOP_SCOPE_CITIZEN, FALSE,
    meeting_item_fields, NULL },
  { NULL },
};
