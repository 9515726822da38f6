/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-private.h"

/* Of the citizen, or of one of the citizen's cases. Without a value: the device reported none. */
static const ForlopField record_measurement_arguments[] = {
  REF ("citizen_id", N_("Citizen"), 0, "citizen"),
  REF ("case_id", N_("Case"), 0, "case"),
  CHOICE ("code", N_("Measure"), REQ, forlop_choices_recorded_measure),
  REAL ("value", N_("Value"), 0, 0, 0),
  REAL ("value2", N_("Diastolic value"), 0, 0, 0),
  TEXT ("unit", N_("Unit of measurement"), 0),
  TAKE ("measurement", "measured_at", REQ),
  TAKE ("measurement", "source", 0),
  TAKE ("measurement", "quality", 0),
  TAKE ("measurement", "item_id", 0),
  TAKE ("measurement", "note", 0),
  END_FIELDS,
};

/* As much as was understood of it. */
static const ForlopField keep_unknown_arguments[] = {
  TAKE ("unknown_measurement", "sender", REQ),
  TAKE ("unknown_measurement", "reason", REQ),
  TAKE ("unknown_measurement", "detail", 0),
  TAKE ("unknown_measurement", "person", 0),
  TAKE ("unknown_measurement", "code", 0),
  TAKE ("unknown_measurement", "codings", 0),
  TAKE ("unknown_measurement", "value", 0),
  TAKE ("unknown_measurement", "value2", 0),
  TAKE ("unknown_measurement", "unit", 0),
  TAKE ("unknown_measurement", "measured_at", 0),
  TAKE ("unknown_measurement", "body", REQ),
  END_FIELDS,
};

/* What is not given stands as it came. */
static const ForlopField place_measurement_arguments[] = {
  ON ("unknown_measurement_id", N_("Unknown measurement"), "unknown_measurement"),
  ON_CITIZEN,
  CHOICE ("code", N_("Measure"), 0, forlop_choices_recorded_measure),
  REAL ("value", N_("Value"), 0, 0, 0),
  REAL ("value2", N_("Diastolic value"), 0, 0, 0),
  TEXT ("unit", N_("Unit of measurement"), 0),
  INSTANT ("measured_at", N_("Measured"), 0),
  END_FIELDS,
};

static const ForlopField set_aside_measurement_arguments[] = {
  ON ("unknown_measurement_id", N_("Unknown measurement"), "unknown_measurement"),
  TAKE ("unknown_measurement", "aside_reason", REQ),
  END_FIELDS,
};

static const ForlopField invalidation_arguments[] = {
  ON_CITIZEN,
  TAKE ("invalidation", "measurement_id", REQ),
  TAKE ("invalidation", "reason", REQ),
  END_FIELDS,
};

#define ON_ALERT ON ("alert_id", N_("Alert"), "alert")

static const ForlopField alert_arguments[] = { ON_ALERT, END_FIELDS };

static const ForlopField snooze_alert_arguments[] = {
  ON_ALERT,
  TAKE ("alert", "snoozed_until", REQ),
  END_FIELDS,
};

static const ForlopField handle_alert_arguments[] = {
  ON_ALERT,
  TAKE ("contact_log", "way", REQ),
  TAKE ("contact_log", "text", REQ),
  TAKE ("contact_log", "minutes", 0),
  TAKE ("contact_log", "at", 0),
  BOOL ("others", N_("Every open alert of the citizen"), 0),
  END_FIELDS,
};

static const ForlopField ignore_alert_arguments[] = {
  ON_ALERT,
  TAKE ("alert", "ignored_reason", REQ),
  END_FIELDS,
};

static const ForlopField log_contact_arguments[] = {
  ON_CASE,
  TAKE ("contact_log", "way", REQ),
  TAKE ("contact_log", "text", REQ),
  TAKE ("contact_log", "minutes", 0),
  TAKE ("contact_log", "at", 0),
  END_FIELDS,
};

static const ForlopField start_pause_arguments[] = {
  ON_CASE,
  TAKE ("pause", "reason", REQ),
  TAKE ("pause", "from_time", 0),
  TAKE ("pause", "to_time", 0),
  TAKE ("pause", "note", 0),
  END_FIELDS,
};

static const ForlopField end_pause_arguments[] = {
  ON ("pause_id", N_("Pause"), "pause"),
  TAKE ("pause", "to_time", 0),
  END_FIELDS,
};

/* Of a measure or of a form. */
static const ForlopField register_missing_arguments[] = {
  ON_CASE,
  TAKE ("schedule", "code", 0),
  TAKE ("schedule", "form_id", 0),
  TAKE ("alert", "outcome", REQ),
  TAKE ("contact_log", "way", 0),
  TAKE ("contact_log", "text", 0),
  TAKE ("contact_log", "minutes", 0),
  BOOL ("pause", N_("Pause from then on"), 0),
  END_FIELDS,
};

/* Without a time: now. Each line of the answers is a question or its number, a colon, and the answer
 * or its number. */
static const ForlopField answer_form_arguments[] = {
  ON_CASE,
  TAKE ("form_answer", "form_id", REQ),
  TAKE ("form_answer", "answered_at", 0),
  TAKE ("form_answer", "answered_by", REQ),
  TAKE ("form_answer", "answers", REQ),
  END_FIELDS,
};

/* "missing/weight/2026-03-16T07:00:00.000Z", or "fault/" and its id. */
static const ForlopField need_arguments[] = {
  ON_CASE,
  TAKE ("board_take", "rule", REQ),
  END_FIELDS,
};

static const ForlopField start_round_arguments[] = {
  TAKE ("round", "unit_id", REQ),
  TAKE ("round", "part", REQ),
  TAKE ("round", "date", 0),
  END_FIELDS,
};

static const ForlopField tick_round_arguments[] = {
  ON_CASE,
  ON ("round_id", N_("Round"), "round"),
  END_FIELDS,
};

static const ForlopField round_arguments[] = {
  ON ("round_id", N_("Round"), "round"),
  END_FIELDS,
};

/* Each line of the cases is a case's id and, after a space, what the next should know. */
static const ForlopField hand_over_shift_arguments[] = {
  TAKE ("shift_handover", "to_user_id", REQ),
  NOTE ("cases", N_("Cases, a line for each"), 0),
  TAKE ("shift_handover", "message", 0),
  END_FIELDS,
};

static const ForlopField shift_arguments[] = {
  ON ("shift_handover_id", N_("Hand-over of the shift"), "shift_handover"),
  END_FIELDS,
};

const ForlopAct forlop_acts_follow_up[] = {
  { .name = "record-measurement",
    .label = N_("Record measurement"), .done = N_("Measurement recorded"),
    .roles = RESOURCE, .arguments = record_measurement_arguments,
    .inverse = "invalidate-measurement",
    .writes = "measurement alert", .worklists = "the resource person's: a red or yellow is an alert" },
  { .name = "invalidate-measurement",
    .label = N_("Mark measurement as invalid"), .done = N_("Measurement marked as invalid"),
    .roles = RESOURCE, .arguments = invalidation_arguments, .inverse = "restore-measurement",
    .writes = "invalidation alert", .worklists = "the resource person's: its alert leaves it" },
  { .name = "restore-measurement",
    .label = N_("Use measurement again"), .done = N_("Measurement in use again"),
    .roles = RESOURCE, .arguments = invalidation_arguments, .inverse = "invalidate-measurement",
    .writes = "invalidation alert", .worklists = "the resource person's: its alert comes back" },
  { .name = "keep-unknown-measurement",
    .label = N_("Keep unknown measurement"), .done = N_("Unknown measurement kept"),
    .roles = RESOURCE, .arguments = keep_unknown_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "unknown_measurement", .worklists = "the unit's unknown measurements: it waits there" },
  { .name = "place-measurement",
    .label = N_("Place unknown measurement"), .done = N_("Measurement placed"),
    .roles = RESOURCE | CASEWORKER, .arguments = place_measurement_arguments,
    .writes = "measurement alert unknown_measurement",
    .worklists = "the unit's unknown measurements: it leaves them; the resource person's: a red or yellow is an alert" },
  { .name = "set-aside-measurement",
    .label = N_("Set unknown measurement aside"), .done = N_("Unknown measurement set aside"),
    .roles = RESOURCE | CASEWORKER, .arguments = set_aside_measurement_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "unknown_measurement", .worklists = "the unit's unknown measurements: it leaves them" },
  { .name = "take-alert",
    .label = N_("Take alert"), .done = N_("Alert taken"),
    .roles = RESOURCE, .arguments = alert_arguments, .inverse = "release-alert",
    .writes = "alert", .worklists = "the resource person's: shows who has taken it" },
  { .name = "release-alert",
    .label = N_("Give alert back"), .done = N_("Alert given back"),
    .roles = RESOURCE, .arguments = alert_arguments, .inverse = "take-alert",
    .writes = "alert", .worklists = "the resource person's: it waits again" },
  { .name = "snooze-alert",
    .label = N_("Snooze alert"), .done = N_("Alert snoozed"),
    .roles = RESOURCE, .arguments = snooze_alert_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "alert", .worklists = "the resource person's: it comes back at the time given" },
  { .name = "handle-alert",
    .label = N_("Handle alert"), .done = N_("Alert handled"),
    .roles = RESOURCE, .arguments = handle_alert_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "alert contact_log",
    .worklists = "the resource person's: it leaves it; shown as not yet carried to the EPJ" },
  { .name = "ignore-alert",
    .label = N_("Set alert aside"), .done = N_("Alert set aside"),
    .roles = RESOURCE, .arguments = ignore_alert_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "alert", .worklists = "the resource person's: it leaves it" },
  { .name = "log-contact",
    .label = N_("Log contact"), .done = N_("Contact logged"),
    .roles = RESOURCE, .arguments = log_contact_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "contact_log", .worklists = "nobody's; shown as not yet carried to the EPJ" },
  { .name = "start-pause",
    .label = N_("Start pause"), .done = N_("Pause started"),
    .roles = RESOURCE, .arguments = start_pause_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_RUNNING },
    .writes = "pause", .worklists = "the resource person's: no measurement is missing in the pause" },
  { .name = "end-pause",
    .label = N_("End pause"), .done = N_("Pause ended"),
    .roles = RESOURCE, .arguments = end_pause_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_RUNNING },
    .writes = "pause", .worklists = "the resource person's: measurements are expected again" },
  { .name = "register-missing",
    .label = N_("Register why a measurement is missing"), .done = N_("Missing measurement explained"),
    .roles = RESOURCE, .arguments = register_missing_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_RUNNING },
    .writes = "alert contact_log pause fault",
    .worklists = "the resource person's: it leaves it; the coordinator's: the faulty equipment" },
  { .name = "take-need",
    .label = N_("Take what is missing or does not work"), .done = N_("Taken on the board"),
    .roles = RESOURCE, .arguments = need_arguments, .inverse = "release-need",
    .writes = "board_take", .worklists = "nobody's; the board shows who has taken it" },
  { .name = "release-need",
    .label = N_("Give back what is missing or does not work"), .done = N_("Given back to the board"),
    .roles = RESOURCE, .arguments = need_arguments, .inverse = "take-need",
    .writes = "board_take", .worklists = "nobody's; the board shows that it waits again" },
  { .name = "answer-form",
    .label = N_("Answer form"), .done = N_("Form answered"),
    .roles = RESOURCE, .arguments = answer_form_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "form_answer alert",
    .worklists = "the resource person's: it leaves it; a red or yellow answer is an alert" },
  { .name = "start-round",
    .label = N_("Start round"), .done = N_("Round started"),
    .roles = RESOURCE, .arguments = start_round_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "round", .worklists = "nobody's; the board shows who is not seen" },
  { .name = "tick-round",
    .label = N_("Tick as seen"), .done = N_("Seen in the round"),
    .roles = RESOURCE, .arguments = tick_round_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_RUNNING },
    .writes = "round_tick", .worklists = "nobody's" },
  { .name = "tick-green",
    .label = N_("Tick all green"), .done = N_("All green ones seen in the round"),
    .roles = RESOURCE, .arguments = round_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "round_tick", .worklists = "nobody's" },
  { .name = "finish-round",
    .label = N_("Finish round"), .done = N_("Round finished"),
    .roles = RESOURCE, .arguments = round_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "round", .worklists = "nobody's" },
  { .name = "hand-over-shift",
    .label = N_("Hand over the shift"), .done = N_("Shift handed over"),
    .roles = RESOURCE, .arguments = hand_over_shift_arguments, .inverse = "withdraw-shift",
    .writes = "shift_handover shift_note", .worklists = "the resource person's: the next one accepts it by name" },
  { .name = "accept-shift",
    .label = N_("Accept the shift"), .done = N_("Shift accepted"),
    .roles = RESOURCE, .arguments = shift_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "shift_handover alert", .worklists = "the resource person's: what the first had taken is the next one's" },
  { .name = "withdraw-shift",
    .label = N_("Take the hand-over of the shift back"), .done = N_("Hand-over of the shift taken back"),
    .roles = RESOURCE, .arguments = shift_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "shift_handover", .worklists = "the resource person's: nobody is asked to accept it" },
  { .name = NULL },
};
