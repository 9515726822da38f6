/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-private.h"

#define ON_PLAN ON ("care_plan_id", N_("Self-treatment plan"), "care_plan")

#define PLAN_TEXTS \
  TAKE ("care_plan", "goal", 0), \
  TAKE ("care_plan", "green_signs", 0), \
  TAKE ("care_plan", "green_actions", 0), \
  TAKE ("care_plan", "yellow_signs", 0), \
  TAKE ("care_plan", "yellow_actions", 0), \
  TAKE ("care_plan", "red_signs", 0), \
  TAKE ("care_plan", "red_actions", 0), \
  TAKE ("care_plan", "contacts", 0), \
  TAKE ("care_plan", "observation_until", 0), \
  TAKE ("care_plan", "repeat_minutes", 0)

/* With a template the plan begins as that says, otherwise as a copy of the one in force. */
static const ForlopField draft_plan_arguments[] = {
  ON_CASE,
  REF ("template_id", N_("Template"), 0, "template"),
  PLAN_TEXTS,
  END_FIELDS,
};

static const ForlopField save_plan_arguments[] = {
  ON_PLAN,
  PLAN_TEXTS,
  TAKE ("care_plan", "template_id", 0),
  BOOL ("no_observation", N_("No observation period"), 0),
  END_FIELDS,
};

static const ForlopField set_limit_arguments[] = {
  ON_PLAN,
  TAKE ("limit", "code", REQ),
  TAKE ("limit", "red_low", 0),
  TAKE ("limit", "yellow_low", 0),
  TAKE ("limit", "yellow_high", 0),
  TAKE ("limit", "red_high", 0),
  TEXT ("unit", N_("Unit of measurement"), 0),
  END_FIELDS,
};

static const ForlopField remove_limit_arguments[] = {
  ON ("limit_id", N_("Limit"), "limit"),
  END_FIELDS,
};

static const ForlopField save_plan_rule_arguments[] = {
  ON_PLAN,
  REF ("plan_rule_id", N_("Trend rule"), 0, "plan_rule"),
  TAKE ("plan_rule", "kind", REQ),
  TAKE ("plan_rule", "code", REQ),
  TAKE ("plan_rule", "amount", REQ),
  TAKE ("plan_rule", "percent", 0),
  TAKE ("plan_rule", "either_way", 0),
  TAKE ("plan_rule", "days", REQ),
  TAKE ("plan_rule", "min_count", 0),
  TAKE ("plan_rule", "severity", REQ),
  END_FIELDS,
};

static const ForlopField remove_plan_rule_arguments[] = {
  ON ("plan_rule_id", N_("Trend rule"), "plan_rule"),
  END_FIELDS,
};

static const ForlopField save_schedule_arguments[] = {
  ON_PLAN,
  REF ("schedule_id", N_("Schedule"), 0, "schedule"),
  TAKE ("schedule", "code", 0),
  TAKE ("schedule", "form_id", 0),
  TAKE ("schedule", "cadence", REQ),
  TAKE ("schedule", "times", REQ),
  TAKE ("schedule", "weekdays", 0),
  TAKE ("schedule", "every_days", 0),
  TAKE ("schedule", "starts_on", REQ),
  TAKE ("schedule", "grace_minutes", REQ),
  END_FIELDS,
};

static const ForlopField remove_schedule_arguments[] = {
  ON ("schedule_id", N_("Schedule"), "schedule"),
  END_FIELDS,
};

static const ForlopField send_plan_arguments[] = {
  ON_PLAN,
  TAKE ("care_plan", "sent_on", REQ),
  END_FIELDS,
};

static const ForlopField approve_plan_arguments[] = {
  ON_PLAN,
  TAKE ("care_plan", "approved_on", REQ),
  TAKE ("care_plan", "approved_by", REQ),
  TAKE ("care_plan", "approved_how", REQ),
  END_FIELDS,
};

static const ForlopField plan_arguments[] = { ON_PLAN, END_FIELDS };

/* Without a time: from now. */
static const ForlopField put_in_force_arguments[] = {
  ON_PLAN,
  TAKE ("care_plan", "valid_from", 0),
  END_FIELDS,
};

static const ForlopField inform_citizen_arguments[] = {
  ON_PLAN,
  TAKE ("care_plan", "informed_on", REQ),
  END_FIELDS,
};

const ForlopAct forlop_acts_plan[] = {
  { .name = "draft-plan",
    .label = N_("Draft plan"), .done = N_("Plan drafted"),
    .roles = RESOURCE, .arguments = draft_plan_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "care_plan limit plan_rule schedule",
    .worklists = "the resource person's: send it to the GP" },
  { .name = "save-plan",
    .label = N_("Change plan"), .done = N_("Plan saved"),
    .roles = RESOURCE, .arguments = save_plan_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "care_plan", .worklists = "nobody's" },
  { .name = "set-limit",
    .label = N_("Set limits"), .done = N_("Limits set"),
    .roles = RESOURCE, .arguments = set_limit_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "limit", .worklists = "nobody's" },
  { .name = "remove-limit",
    .label = N_("Remove limits"), .done = N_("Limits removed"),
    .roles = RESOURCE, .arguments = remove_limit_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "limit", .worklists = "nobody's" },
  { .name = "save-plan-rule",
    .label = N_("Add trend rule"), .change = N_("Change trend rule"), .done = N_("Trend rule saved"),
    .roles = RESOURCE, .arguments = save_plan_rule_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "plan_rule", .worklists = "nobody's" },
  { .name = "remove-plan-rule",
    .label = N_("Remove trend rule"), .done = N_("Trend rule removed"),
    .roles = RESOURCE, .arguments = remove_plan_rule_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "plan_rule", .worklists = "nobody's" },
  { .name = "save-schedule",
    .label = N_("Add schedule"), .change = N_("Change schedule"), .done = N_("Schedule saved"),
    .roles = RESOURCE, .arguments = save_schedule_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "schedule", .worklists = "nobody's" },
  { .name = "remove-schedule",
    .label = N_("Remove schedule"), .done = N_("Schedule removed"),
    .roles = RESOURCE, .arguments = remove_schedule_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "schedule", .worklists = "nobody's" },
  { .name = "send-plan-to-gp",
    .label = N_("Send plan to the GP"), .done = N_("Plan sent to the GP"),
    .roles = RESOURCE, .arguments = send_plan_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "care_plan", .worklists = "the resource person's: record the GP's approval" },
  { .name = "approve-plan",
    .label = N_("Record approval of the plan"), .done = N_("Plan approved"),
    .roles = RESOURCE, .arguments = approve_plan_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "care_plan", .worklists = "the resource person's: put it in force" },
  { .name = "reopen-plan",
    .label = N_("Take plan back to draft"), .done = N_("Plan taken back to draft"),
    .roles = RESOURCE, .arguments = plan_arguments, .undo = FORLOP_UNDO_REVERT,
    .gates = { FORLOP_GATE_CASE_OPEN },
    .writes = "care_plan", .worklists = "the resource person's: send it to the GP again" },
  { .name = "put-plan-in-force",
    .label = N_("Put plan in force"), .done = N_("Plan put in force"),
    .roles = RESOURCE, .arguments = put_in_force_arguments, .undo = FORLOP_UNDO_NONE,
    .gates = { FORLOP_GATE_CASE_OPEN, FORLOP_GATE_PLAN_APPROVED },
    .writes = "care_plan alert",
    .worklists = "the resource person's: tell the citizen; what is judged again may be an alert" },
  { .name = "discard-plan",
    .label = N_("Discard plan"), .done = N_("Plan discarded"),
    .roles = RESOURCE, .arguments = plan_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "care_plan", .worklists = "the resource person's: it leaves it" },
  { .name = "inform-citizen-of-plan",
    .label = N_("Tell the citizen about the plan"), .done = N_("Citizen told about the plan"),
    .roles = RESOURCE, .arguments = inform_citizen_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "care_plan", .worklists = "the resource person's: it leaves it" },
  { .name = NULL },
};
