/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-private.h"

/* What only makes or changes one record of the municipality's own set-up. */
#define SAVE(n, l, c, d, who, type) \
  { .name = n, .label = l, .change = c, .done = d, .roles = who, .saves = type, \
    .undo = FORLOP_UNDO_REVERT, .writes = type, .worklists = "nobody's" }

static const ForlopField task_arguments[] = { ON ("task_id", N_("Task"), "task"), END_FIELDS };

static const ForlopField finish_task_arguments[] = {
  ON ("task_id", N_("Task"), "task"),
  TAKE ("task", "result", 0),
  END_FIELDS,
};

/* @values is a JSON object of the fields that were written anew, for "edited". */
static const ForlopField resolve_conflict_arguments[] = {
  ON ("conflict_id", N_("Conflict"), "conflict"),
  TAKE ("conflict", "resolution", REQ),
  NOTE ("values", N_("Chosen values"), 0),
  END_FIELDS,
};

static const ForlopField add_meeting_item_arguments[] = {
  ON_CASE,
  TAKE ("meeting_item", "question", REQ),
  END_FIELDS,
};

static const ForlopField decide_meeting_item_arguments[] = {
  ON ("meeting_item_id", N_("Meeting item"), "meeting_item"),
  TAKE ("meeting_item", "meeting_id", 0),
  TAKE ("meeting_item", "decision", REQ),
  END_FIELDS,
};

const ForlopAct forlop_acts_organisation[] = {
  SAVE ("save-unit", N_("Add unit"), N_("Change unit"),
        N_("Unit saved"), ADMIN, "unit"),
  SAVE ("save-user", N_("Add user"), N_("Change user"),
        N_("User saved"), ADMIN, "user"),
  SAVE ("save-membership", N_("Add function"), N_("Change function"),
        N_("Function saved"), ADMIN, "membership"),
  SAVE ("save-profile", N_("Add organisation profile"), N_("Change organisation profile"),
        N_("Organisation profile saved"), ADMIN, "profile"),
  SAVE ("save-responsibility", N_("Add responsibility"), N_("Change responsibility"),
        N_("Responsibility saved"), ADMIN, "responsibility"),
  SAVE ("save-template", N_("Add template"), N_("Change template"),
        N_("Template saved"), ADMIN | RESOURCE, "template"),
  SAVE ("save-legal-reference", N_("Add legal reference"), N_("Change legal reference"),
        N_("Legal reference saved"), ADMIN, "legal_reference"),
  SAVE ("save-form", N_("Add form"), N_("Change form"),
        N_("Form saved"), ADMIN | RESOURCE, "form"),
  SAVE ("save-form-question", N_("Add question"), N_("Change question"),
        N_("Question saved"), ADMIN | RESOURCE, "form_question"),
  SAVE ("save-indicator", N_("Add indicator"), N_("Change indicator"),
        N_("Indicator saved"), ADMIN | MANAGER, "indicator"),
  SAVE ("save-meeting", N_("Add meeting"), N_("Change meeting"),
        N_("Meeting saved"), CLINICAL | MANAGER, "meeting"),
  { .name = "add-meeting-item",
    .label = N_("Take up in a meeting"), .done = N_("Marked for the meeting"),
    .roles = CLINICAL, .arguments = add_meeting_item_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "meeting_item", .worklists = "nobody's; on the agenda" },
  { .name = "decide-meeting-item",
    .label = N_("Record what was decided"), .done = N_("Decided in the meeting"),
    .roles = CLINICAL, .arguments = decide_meeting_item_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "meeting_item", .worklists = "nobody's" },
  { .name = "add-task",
    .label = N_("Add task"), .done = N_("Task added"),
    .roles = EVERYBODY, .saves = "task", .undo = FORLOP_UNDO_REVERT,
    .writes = "task", .worklists = "the function's that the task is given to" },
  { .name = "take-task",
    .label = N_("Take task"), .done = N_("Task taken"),
    .roles = EVERYBODY, .arguments = task_arguments, .inverse = "release-task",
    .writes = "task", .worklists = "the function's: shows who has it" },
  { .name = "release-task",
    .label = N_("Give task back"), .done = N_("Task given back"),
    .roles = EVERYBODY, .arguments = task_arguments, .inverse = "take-task",
    .writes = "task", .worklists = "the function's" },
  { .name = "finish-task",
    .label = N_("Finish task"), .done = N_("Task done"),
    .roles = EVERYBODY, .arguments = finish_task_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "task", .worklists = "the function's: the task leaves it" },
  { .name = "cancel-task",
    .label = N_("Cancel task"), .done = N_("Task cancelled"),
    .roles = EVERYBODY, .arguments = finish_task_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "task", .worklists = "the function's: the task leaves it" },
  { .name = "resolve-conflict",
    .label = N_("Resolve conflict"), .done = N_("Conflict resolved"),
    .roles = EVERYBODY, .arguments = resolve_conflict_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "conflict", .worklists = "nobody's; writes what the act that met another one writes" },
  { .name = NULL },
};
