/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-records-private.h"

const ForlopChoice forlop_choices_measure[] = {
  { "systolic", N_("Systolic blood pressure") },
  { "diastolic", N_("Diastolic blood pressure") },
  { "pulse", N_("Pulse") },
  { "spo2", N_("SpO₂") },
  { "temperature", N_("Temperature") },
  { "weight", N_("Weight") },
  { "respiration", N_("Respiratory rate") },
  { "glucose", N_("Glucose") },
  { "peak_flow", N_("Peak flow") },
  END_CHOICES,
};

/* A blood pressure is given as one and kept as two measurements. */
const ForlopChoice forlop_choices_recorded_measure[] = {
  { "blood_pressure", N_("Blood pressure") },
  { "systolic", N_("Systolic blood pressure") },
  { "diastolic", N_("Diastolic blood pressure") },
  { "pulse", N_("Pulse") },
  { "spo2", N_("SpO₂") },
  { "temperature", N_("Temperature") },
  { "weight", N_("Weight") },
  { "respiration", N_("Respiratory rate") },
  { "glucose", N_("Glucose") },
  { "peak_flow", N_("Peak flow") },
  END_CHOICES,
};

const ForlopChoice forlop_choices_weekday[] = {
  { "1", N_("Monday") },
  { "2", N_("Tuesday") },
  { "3", N_("Wednesday") },
  { "4", N_("Thursday") },
  { "5", N_("Friday") },
  { "6", N_("Saturday") },
  { "7", N_("Sunday") },
  END_CHOICES,
};

const ForlopChoice forlop_choices_severity[] = {
  { "red", N_("Red") },
  { "yellow", N_("Yellow") },
  { "green", N_("Green") },
  { "none", N_("Limits not set") },
  { "observation", N_("Observation") },
  { "implausible", N_("Invalid") },
  { "missing", N_("Not measured") },
  END_CHOICES,
};

static const ForlopChoice plan_states[] = {
  { "draft", N_("Draft") },
  { "sent_to_gp", N_("Sent to GP") },
  { "approved", N_("Approved") },
  { "in_force", N_("In force") },
  { "superseded", N_("Superseded") },
  { "discarded", N_("Discarded") },
  END_CHOICES,
};

static const ForlopChoice approval_ways[] = {
  { "meeting", N_("In a meeting") },
  { "message", N_("By message") },
  { "phone", N_("By telephone") },
  END_CHOICES,
};

static const ForlopField care_plan_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  INTEGER ("version", N_("Version"), REQ | IMM, 1, 10000),
  CHOICE ("status", N_("Status"), REQ | CARE, plan_states, GROUP ("status")),
  NOTE ("goal", N_("Goal"), 0),
  NOTE ("green_signs", N_("Signs at green"), 0),
  NOTE ("green_actions", N_("What to do at green"), 0),
  NOTE ("yellow_signs", N_("Signs at yellow"), 0),
  NOTE ("yellow_actions", N_("What to do at yellow"), 0),
  NOTE ("red_signs", N_("Signs at red"), 0),
  NOTE ("red_actions", N_("What to do at red"), 0),
  NOTE ("contacts", N_("Whom to call, and when"), 0),
  DATE ("observation_until", N_("Observation until"), CARE),
  INTEGER ("repeat_minutes", N_("New reading within, minutes"), CARE, 0, 240),
  DATE ("sent_on", N_("Sent to GP"), 0, GROUP ("approval")),
  DATE ("approved_on", N_("Approved"), CARE, GROUP ("approval")),
  TEXT ("approved_by", N_("Approved by"), CARE, GROUP ("approval")),
  CHOICE ("approved_how", N_("How it was approved"), CARE, approval_ways, GROUP ("approval")),
  INSTANT ("valid_from", N_("In force from"), CARE, GROUP ("status"), HINT (N_("Empty: from now on."))),
  INSTANT ("superseded_at", N_("Superseded"), CARE, GROUP ("status")),
  BY_USER ("informed_by", N_("The citizen was told by")),
  DATE ("informed_on", N_("The citizen was told"), 0),
  REF ("template_id", N_("Kind of plan"), 0, "template"),
  END_FIELDS,
};

static const ForlopClaim care_plan_claims[] = {
  { "plan_version", { "case_id", "version" }, NULL },
  { NULL },
};

static const ForlopField limit_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("care_plan_id", N_("Self-treatment plan"), REQ | IMM, "care_plan"),
  CHOICE ("code", N_("Measure"), REQ | IMM, forlop_choices_measure),
  REAL ("red_low", N_("Red below"), CARE, 0, 0, GROUP ("limits")),
  REAL ("yellow_low", N_("Yellow below"), CARE, 0, 0, GROUP ("limits")),
  REAL ("yellow_high", N_("Yellow above"), CARE, 0, 0, GROUP ("limits")),
  REAL ("red_high", N_("Red above"), CARE, 0, 0, GROUP ("limits")),
  END_FIELDS,
};

static const ForlopClaim limit_claims[] = {
  { "limit", { "care_plan_id", "code" }, NULL },
  { NULL },
};

static const ForlopChoice rule_kinds[] = {
  { "change", N_("Change over days") },
  { "own_median", N_("Deviation from own median") },
  END_CHOICES,
};

static const ForlopField plan_rule_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("care_plan_id", N_("Self-treatment plan"), REQ | IMM, "care_plan"),
  CHOICE ("kind", N_("Kind"), REQ, rule_kinds, GROUP ("rule")),
  CHOICE ("code", N_("Measure"), REQ, forlop_choices_measure, GROUP ("rule")),
  REAL ("amount", N_("Amount"), REQ | CARE, 0, 0, GROUP ("rule"),
        HINT (N_("Above zero for a rise, below zero for a fall."))),
  BOOL ("percent", N_("The amount is in per cent of the median"), CARE, GROUP ("rule")),
  BOOL ("either_way", N_("Deviation either way"), CARE, GROUP ("rule")),
  INTEGER ("days", N_("Days"), REQ | CARE, 1, 365, GROUP ("rule")),
  INTEGER ("min_count", N_("Readings needed for a median"), CARE, 3, 1000, GROUP ("rule"),
           HINT (N_("5 where nothing is written."))),
  CHOICE ("severity", N_("Colour"), REQ | CARE, forlop_choices_severity, GROUP ("rule")),
  END_FIELDS,
};

static const ForlopChoice cadences[] = {
  { "daily", N_("On weekdays chosen") },
  { "every_n_days", N_("Every n-th day") },
  { "weekly", N_("Weekly") },
  { "monthly", N_("Monthly") },
  END_CHOICES,
};

static const ForlopField schedule_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("care_plan_id", N_("Self-treatment plan"), REQ | IMM, "care_plan"),
  CHOICE ("code", N_("Measure"), 0, forlop_choices_measure),
  REF ("form_id", N_("Form"), 0, "form"),
  CHOICE ("cadence", N_("How often"), REQ, cadences, GROUP ("schedule")),
  TEXT ("times", N_("Times of day"), REQ, GROUP ("schedule"),
        HINT (N_("For example 08.00, 20.00"))),
  CODES ("weekdays", N_("Weekdays"), 0, forlop_choices_weekday, GROUP ("schedule")),
  INTEGER ("every_days", N_("Number of days"), 0, 1, 90, GROUP ("schedule")),
  DATE ("starts_on", N_("From"), REQ, GROUP ("schedule")),
  INTEGER ("grace_minutes", N_("Grace, minutes"), REQ, 0, 1440, GROUP ("schedule")),
  END_FIELDS,
};

static const ForlopChoice pause_reasons[] = {
  { "holiday", N_("Holiday") },
  { "hospital", N_("In hospital") },
  { "ill", N_("Ill") },
  { "device_fault", N_("Fault on the equipment") },
  { "other", N_("Other") },
  END_CHOICES,
};

static const ForlopField pause_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("reason", N_("Reason"), REQ, pause_reasons),
  INSTANT ("from_time", N_("From"), REQ, GROUP ("window")),
  INSTANT ("to_time", N_("To"), 0, GROUP ("window")),
  NOTE ("note", N_("Note"), 0),
  END_FIELDS,
};

static const ForlopField form_fields[] = {
  TEXT ("code", N_("Code"), REQ | IMM),
  TEXT ("title", N_("Title"), REQ),
  INTEGER ("version", N_("Version"), REQ | IMM, 1, 10000),
  BOOL ("proposal", N_("Proposal, to be set by a doctor"), 0),
  BOOL ("active", N_("In use"), 0),
  END_FIELDS,
};

static const ForlopField form_question_fields[] = {
  REF ("form_id", N_("Form"), REQ | IMM, "form"),
  INTEGER ("position", N_("Position"), REQ, 1, 1000),
  TEXT ("question", N_("Question"), REQ),
  NOTE ("answers", N_("Answers, each with its colour and score"), REQ,
        HINT (N_("One on each line, for example: Much worse; red; 3"))),
  END_FIELDS,
};

static const ForlopChoice answerers[] = {
  { "citizen", N_("The citizen") },
  { "staff", N_("Staff, asking the citizen") },
  { "next_of_kin", N_("Next of kin") },
  END_CHOICES,
};

/* A line for each question, in the words the form had then; severity, score and reason are those of
 * the form as it was when it was answered. */
static const ForlopField form_answer_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("form_id", N_("Form"), REQ | IMM, "form"),
  INSTANT ("answered_at", N_("Answered"), REQ | IMM | PAST),
  CHOICE ("answered_by", N_("Who answers"), REQ | IMM, answerers),
  NOTE ("answers", N_("Answers"), REQ | IMM),
  CHOICE ("severity", N_("Colour"), IMM, forlop_choices_severity),
  INTEGER ("score", N_("Score"), IMM, 0, 100000),
  TEXT ("reason", N_("Reason"), IMM),
  REF ("entered_by", N_("Entered by"), IMM, "user"),
  END_FIELDS,
};

static const ForlopChoice measurement_sources[] = {
  { "device", N_("Device") },
  { "citizen", N_("The citizen") },
  { "staff", N_("Staff") },
  { "platform", N_("Supplier's platform") },
  { "import", N_("Import") },
  END_CHOICES,
};

static const ForlopChoice qualities[] = {
  { "initial", N_("First reading") },
  { "calibrated", N_("Calibrated") },
  { "uncalibrated", N_("Calibration overdue") },
  { "degraded", N_("Degraded") },
  { "overridden", N_("Overridden") },
  END_CHOICES,
};

/* Kept in a narrow table of its own, see the store. */
static const ForlopField measurement_fields[] = {
  OF_CITIZEN,
  CHOICE ("code", N_("Measure"), REQ | IMM, forlop_choices_measure),
  REAL ("value", N_("Value"), IMM, 0, 0),
  INSTANT ("measured_at", N_("Measured"), REQ | IMM | PAST),
  INSTANT ("received_at", N_("Received"), REQ | IMM | FIRST | PAST),
  CHOICE ("source", N_("Source"), REQ | IMM | FIRST, measurement_sources),
  CHOICE ("quality", N_("Quality of the device"), IMM | FIRST, qualities),
  REF ("item_id", N_("Item"), IMM | FIRST, "item"),
  REF ("entered_by", N_("Entered by"), IMM | FIRST, "user"),
  NOTE ("note", N_("Note"), IMM | FIRST),
  TEXT ("sender", N_("Sent by"), IMM | FIRST),
  TEXT ("codings", N_("Codes as sent"), IMM | FIRST),
  END_FIELDS,
};

static const ForlopChoice unknown_reasons[] = {
  { "unknown_citizen", N_("The citizen is not known here") },
  { "unknown_code", N_("What was measured is not known here") },
  { "wrong_unit", N_("The unit does not belong to the measure") },
  { "no_time", N_("It is not said when it was measured") },
  { "future_time", N_("Measured in the future") },
  { "unclear", N_("The value cannot be read as a number") },
  { "other", N_("Something else in it was not understood") },
  END_CHOICES,
};

static const ForlopChoice unknown_states[] = {
  { "new", N_("New") },
  { "placed", N_("Placed") },
  { "set_aside", N_("Set aside") },
  END_CHOICES,
};

/* A reading that came from outside and that cannot be used as it is. It is never thrown away: somebody
 * says whose it is and what it says, or sets it aside with a reason. */
static const ForlopField unknown_measurement_fields[] = {
  REF ("unit_id", N_("Unit"), REQ | IMM, "unit"),
  TEXT ("sender", N_("Sent by"), REQ | IMM),
  CHOICE ("reason", N_("Why it was kept apart"), REQ | IMM, unknown_reasons),
  TEXT ("detail", N_("What was not understood"), IMM),
  TEXT ("person", N_("Person as sent"), IMM | HIDE),
  REF ("citizen_id", N_("Citizen"), IMM, "citizen"),
  CHOICE ("code", N_("Measure"), IMM, forlop_choices_recorded_measure),
  TEXT ("codings", N_("Codes as sent"), IMM),
  REAL ("value", N_("Value"), IMM, 0, 0),
  REAL ("value2", N_("Diastolic value"), IMM, 0, 0),
  TEXT ("unit", N_("Unit of measurement"), IMM),
  INSTANT ("measured_at", N_("Measured"), IMM),
  INSTANT ("received_at", N_("Received"), REQ | IMM | PAST),
  NOTE ("body", N_("As it came"), IMM),
  CHOICE ("status", N_("Status"), REQ, unknown_states, GROUP ("status")),
  REF ("placed_citizen_id", N_("Placed with"), 0, "citizen", GROUP ("status")),
  TEXT ("aside_reason", N_("Why it was set aside"), 0, GROUP ("status")),
  REF ("handled_by", N_("Handled by"), 0, "user", GROUP ("status")),
  INSTANT ("handled_at", N_("Handled"), PAST, GROUP ("status")),
  END_FIELDS,
};

/* Takes a measurement out of use, or takes that back; the measurement itself is never changed. */
static const ForlopField invalidation_fields[] = {
  OF_CITIZEN,
  REF ("measurement_id", N_("Measurement"), REQ | IMM, "measurement"),
  BOOL ("invalid", N_("Invalid"), IMM),
  TEXT ("reason", N_("Reason"), REQ | IMM),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  REF ("user_id", N_("By"), IMM, "user"),
  END_FIELDS,
};

static const ForlopChoice alert_kinds[] = {
  { "measurement", N_("Measurement") },
  { "missing", N_("Missing measurement") },
  { "form", N_("Form") },
  { "equipment", N_("Equipment") },
  END_CHOICES,
};

static const ForlopChoice alert_states[] = {
  { "new", N_("New") },
  { "taken", N_("Taken") },
  { "snoozed", N_("Snoozed") },
  { "handled", N_("Handled") },
  { "ignored", N_("Ignored") },
  { "closed", N_("Closed") },
  END_CHOICES,
};

static const ForlopChoice missing_outcomes[] = {
  { "forgot", N_("Forgot") },
  { "device_fault", N_("Fault on the equipment") },
  { "ill", N_("Ill") },
  { "away", N_("Away") },
  { "hospital", N_("In hospital") },
  { "declined", N_("Declined") },
  END_CHOICES,
};

/* The id is derived from what raised it and the rule, so that two judges make one alert. */
static const ForlopField alert_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  CHOICE ("kind", N_("Kind"), REQ | IMM, alert_kinds),
  REF ("measurement_id", N_("Measurement"), IMM, "measurement"),
  REF ("form_answer_id", N_("Form answer"), IMM, "form_answer"),
  TEXT ("rule", N_("Rule"), REQ | IMM),
  CHOICE ("severity", N_("Colour"), REQ, forlop_choices_severity, GROUP ("judgement")),
  TEXT ("reason", N_("Reason"), 0, GROUP ("judgement")),
  INSTANT ("waits_until", N_("Waits for a new reading until"), 0, GROUP ("judgement")),
  INSTANT ("raised_at", N_("Raised"), REQ | IMM | PAST),
  CHOICE ("status", N_("Status"), REQ, alert_states, GROUP ("status")),
  REF ("taken_by", N_("Taken by"), 0, "user", GROUP ("status")),
  INSTANT ("taken_at", N_("Taken"), PAST, GROUP ("status")),
  INSTANT ("snoozed_until", N_("Snoozed until"), 0, GROUP ("status")),
  REF ("handled_by", N_("Handled by"), 0, "user", GROUP ("status")),
  INSTANT ("handled_at", N_("Handled"), PAST, GROUP ("status")),
  CHOICE ("outcome", N_("Why the measurement was missing"), 0, missing_outcomes),
  TEXT ("ignored_reason", N_("Why it was ignored"), 0),
  END_FIELDS,
};

static const ForlopChoice contact_ways[] = {
  { "phone", N_("Telephone") },
  { "video", N_("Video") },
  { "visit", N_("Visit") },
  { "message", N_("Message") },
  { "none", N_("No contact") },
  END_CHOICES,
};

static const ForlopField contact_log_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("alert_id", N_("Alert"), IMM, "alert"),
  CHOICE ("way", N_("Contact"), REQ | IMM, contact_ways),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  INTEGER ("minutes", N_("Minutes"), IMM, 0, 1440),
  NOTE ("text", N_("What was done"), REQ | IMM),
  REF ("user_id", N_("By"), REQ | IMM, "user"),
  END_FIELDS,
};

static const ForlopChoice carry_targets[] = {
  { "epj", N_("Electronic patient record") },
  { "platform", N_("Supplier's platform") },
  END_CHOICES,
};

static const ForlopChoice board_take_states[] = {
  { "taken", N_("Taken") },
  { "free", N_("Given back") },
  END_CHOICES,
};

/* Who sees to what is missing or does not work, which no alert is raised for. It is of one occasion, and means nothing
 * once that has passed. */
static const ForlopField board_take_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  TEXT ("rule", N_("What is taken"), REQ | IMM),
  CHOICE ("status", N_("Status"), REQ, board_take_states, GROUP ("status")),
  REF ("taken_by", N_("Taken by"), 0, "user", GROUP ("status")),
  INSTANT ("taken_at", N_("Taken"), PAST, GROUP ("status")),
  END_FIELDS,
};

/* That something was carried over to another system: ført i EPJ, endret i plattformen. */
static const ForlopField carry_over_fields[] = {
  OF_CITIZEN,
  MAYBE_CASE,
  CHOICE ("target", N_("Carried to"), REQ | IMM, carry_targets),
  TEXT ("subject_type", N_("Kind of record"), REQ | IMM),
  TEXT ("subject_id", N_("About"), REQ | IMM),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  REF ("user_id", N_("By"), REQ | IMM, "user"),
  END_FIELDS,
};

static const ForlopClaim carry_over_claims[] = {
  { "carry_over", { "target", "subject_id" }, NULL },
  { NULL },
};

static const ForlopChoice round_parts[] = {
  { "morning", N_("Morning") },
  { "evening", N_("Evening") },
  END_CHOICES,
};

static const ForlopField round_fields[] = {
  REF ("unit_id", N_("Unit"), REQ | IMM, "unit"),
  DATE ("date", N_("Date"), REQ | IMM),
  CHOICE ("part", N_("Part of the day"), REQ | IMM, round_parts),
  REF ("started_by", N_("Started by"), IMM, "user"),
  INSTANT ("started_at", N_("Started"), REQ | IMM | PAST),
  INSTANT ("finished_at", N_("Finished"), PAST),
  END_FIELDS,
};

static const ForlopClaim round_claims[] = {
  { "round", { "unit_id", "date", "part" }, NULL },
  { NULL },
};

static const ForlopField round_tick_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("round_id", N_("Round"), REQ | IMM, "round"),
  INSTANT ("at", N_("Seen"), REQ | IMM | PAST),
  REF ("user_id", N_("By"), REQ | IMM, "user"),
  END_FIELDS,
};

static const ForlopClaim round_tick_claims[] = {
  { "round_tick", { "round_id", "case_id" }, NULL },
  { NULL },
};

static const ForlopChoice shift_states[] = {
  { "offered", N_("Handed over") },
  { "accepted", N_("Accepted") },
  { "withdrawn", N_("Taken back") },
  END_CHOICES,
};

/* One who goes off shift hands over to one who comes on. Everybody in the unit reads it, so what is said of a
 * citizen stands in the citizen's own record. */
static const ForlopField shift_handover_fields[] = {
  REF ("unit_id", N_("Unit"), REQ | IMM, "unit"),
  REF ("from_user_id", N_("From"), REQ | IMM, "user"),
  REF ("to_user_id", N_("To"), REQ | IMM, "user"),
  NOTE ("message", N_("Message"), IMM, HINT (N_("Everybody in the unit reads it: name no citizen."))),
  INSTANT ("offered_at", N_("Handed over"), REQ | IMM | PAST),
  CHOICE ("status", N_("Status"), REQ, shift_states, GROUP ("status")),
  INSTANT ("answered_at", N_("Accepted"), PAST, GROUP ("status")),
  END_FIELDS,
};

static const ForlopField shift_note_fields[] = {
  OF_CITIZEN,
  OF_CASE,
  REF ("handover_id", N_("Hand-over of the shift"), REQ | IMM, "shift_handover"),
  NOTE ("note", N_("Note"), IMM),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  REF ("user_id", N_("By"), REQ | IMM, "user"),
  END_FIELDS,
};

const ForlopRecordType forlop_records_follow_up[] = {
  { "care_plan", N_("Self-treatment plan"), N_("Self-treatment plans"), FORLOP_SCOPE_CITIZEN, FALSE,
    care_plan_fields, care_plan_claims },
  { "limit", N_("Limit"), N_("Limits"), FORLOP_SCOPE_CITIZEN, FALSE, limit_fields, limit_claims },
  { "plan_rule", N_("Trend rule"), N_("Trend rules"), FORLOP_SCOPE_CITIZEN, FALSE, plan_rule_fields,
    NULL },
  { "schedule", N_("Schedule"), N_("Schedules"), FORLOP_SCOPE_CITIZEN, FALSE, schedule_fields, NULL },
  { "pause", N_("Pause"), N_("Pauses"), FORLOP_SCOPE_CITIZEN, FALSE, pause_fields, NULL },
  { "form", N_("Form"), N_("Forms"), FORLOP_SCOPE_CATALOG, FALSE, form_fields, NULL },
  { "form_question", N_("Question"), N_("Questions"), FORLOP_SCOPE_CATALOG, FALSE,
    form_question_fields, NULL },
  { "form_answer", N_("Form answer"), N_("Form answers"), FORLOP_SCOPE_CITIZEN, TRUE,
    form_answer_fields, NULL },
  { "measurement", N_("Measurement"), N_("Measurements"), FORLOP_SCOPE_CITIZEN, TRUE,
    measurement_fields, NULL },
  { "unknown_measurement", N_("Unknown measurement"), N_("Unknown measurements"), FORLOP_SCOPE_UNIT, FALSE,
    unknown_measurement_fields, NULL },
  { "invalidation", N_("Invalidation"), N_("Invalidations"), FORLOP_SCOPE_CITIZEN, TRUE,
    invalidation_fields, NULL },
  { "alert", N_("Alert"), N_("Alerts"), FORLOP_SCOPE_CITIZEN, FALSE, alert_fields, NULL },
  { "contact_log", N_("Contact"), N_("Contact log"), FORLOP_SCOPE_CITIZEN, TRUE, contact_log_fields,
    NULL },
  { "carry_over", N_("Carried over"), N_("Carried over"), FORLOP_SCOPE_CITIZEN, TRUE,
    carry_over_fields, carry_over_claims },
  { "board_take", N_("Taken on the board"), N_("Taken on the board"), FORLOP_SCOPE_CITIZEN, FALSE, board_take_fields, NULL },
  { "round", N_("Round"), N_("Rounds"), FORLOP_SCOPE_UNIT, FALSE, round_fields, round_claims },
  { "round_tick", N_("Seen in the round"), N_("Seen in the round"), FORLOP_SCOPE_CITIZEN, TRUE,
    round_tick_fields, round_tick_claims },
  { "shift_handover", N_("Hand-over of a shift"), N_("Hand-overs of shifts"), FORLOP_SCOPE_UNIT, FALSE,
    shift_handover_fields, NULL },
  { "shift_note", N_("Handed over with the shift"), N_("Handed over with shifts"), FORLOP_SCOPE_CITIZEN, TRUE,
    shift_note_fields, NULL },
  { NULL },
};
