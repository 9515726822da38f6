/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-acts-private.h"

static const ForlopField change_citizen_arguments[] = {
  ON_CITIZEN,
  TAKE ("citizen", "id_number", 0),
  TAKE ("citizen", "birth_date", 0),
  TAKE ("citizen", "sex", 0),
  TAKE ("citizen", "given_name", 0),
  TAKE ("citizen", "family_name", 0),
  TAKE ("citizen", "address", 0),
  TAKE ("citizen", "postal_code", 0),
  TAKE ("citizen", "postal_place", 0),
  TAKE ("citizen", "phone", 0),
  TAKE ("citizen", "gp", 0),
  TAKE ("citizen", "unit_id", 0),
  TAKE ("citizen", "address_protection", 0),
  TAKE ("citizen", "interpreter", 0),
  TAKE ("citizen", "written_language", 0),
  TAKE ("citizen", "lives_alone", 0),
  TAKE ("citizen", "condition", 0),
  END_FIELDS,
};

static const ForlopField merge_citizens_arguments[] = {
  ON_CITIZEN,
  REF ("other_id", N_("The other record of the same person"), REQ, "citizen"),
  END_FIELDS,
};

static const ForlopField register_death_arguments[] = {
  ON_CITIZEN,
  TAKE ("citizen", "died_on", REQ),
  END_FIELDS,
};

static const ForlopField register_move_arguments[] = {
  ON_CITIZEN,
  TAKE ("citizen", "moved_on", REQ),
  END_FIELDS,
};

static const ForlopField write_note_arguments[] = {
  ON_CITIZEN,
  REF ("case_id", N_("Case"), 0, "case"),
  TAKE ("note", "text", REQ),
  TAKE ("note", "corrects_id", 0),
  END_FIELDS,
};

static const ForlopField attach_document_arguments[] = {
  ON_CITIZEN,
  REF ("case_id", N_("Case"), 0, "case"),
  TAKE ("document", "kind", REQ),
  TAKE ("document", "title", REQ),
  TAKE ("document", "content", REQ),
  TAKE ("document", "media_type", REQ),
  END_FIELDS,
};

/* The finished page, which stands as it was given to the GP. */
static const ForlopField record_gp_summary_arguments[] = {
  ON_CASE,
  TAKE ("document", "title", REQ),
  TAKE ("document", "content", REQ),
  TAKE ("document", "covers_until", REQ),
  END_FIELDS,
};

static const ForlopField block_record_arguments[] = {
  ON_CITIZEN,
  TAKE ("block", "user_id", 0),
  TAKE ("block", "unit_id", 0),
  TAKE ("block", "reason", REQ),
  END_FIELDS,
};

static const ForlopField lift_block_arguments[] = {
  ON ("block_id", N_("Blocking"), "block"),
  TAKE ("block", "lifted_reason", REQ),
  END_FIELDS,
};

static const ForlopField block_note_arguments[] = {
  ON ("note_id", N_("The note"), "note"),
  TAKE ("block", "user_id", 0),
  TAKE ("block", "unit_id", 0),
  TAKE ("block", "reason", REQ),
  END_FIELDS,
};

static const ForlopField close_deviation_arguments[] = {
  ON ("deviation_id", N_("Deviation"), "deviation"),
  TAKE ("deviation", "measure", REQ),
  END_FIELDS,
};

static const ForlopField carry_over_arguments[] = {
  ON_CITIZEN,
  TAKE ("carry_over", "target", REQ),
  TAKE ("carry_over", "subject_type", REQ),
  TAKE ("carry_over", "subject_id", REQ),
  END_FIELDS,
};

static const ForlopField undo_arguments[] = {
  TEXT ("op_id", N_("What is taken back"), REQ),
  END_FIELDS,
};

const ForlopAct forlop_acts_people[] = {
  { .name = "register-citizen",
    .label = N_("Register citizen"), .done = N_("Citizen registered"),
    .roles = EVERYBODY, .saves = "citizen", .undo = FORLOP_UNDO_REVERT,
    .writes = "citizen", .worklists = "nobody's" },
  { .name = "change-citizen",
    .label = N_("Change citizen"), .done = N_("Citizen changed"),
    .roles = CLINICAL | ADMIN, .arguments = change_citizen_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "citizen citizen_alias delivery", .worklists = "nobody's" },
  { .name = "merge-citizens",
    .label = N_("Merge with another record of the same person"), .done = N_("Two records merged"),
    .roles = CLINICAL, .arguments = merge_citizens_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "citizen citizen_alias delivery task",
    .worklists = "the caseworker's: two cases are open" },
  { .name = "save-next-of-kin",
    .label = N_("Add next of kin"), .change = N_("Change next of kin"),
    .done = N_("Next of kin saved"),
    .roles = CLINICAL, .saves = "next_of_kin", .undo = FORLOP_UNDO_REVERT,
    .writes = "next_of_kin", .worklists = "nobody's" },
  { .name = "save-contact",
    .label = N_("Add contact"), .change = N_("Change contact"),
    .done = N_("Contact saved"),
    .roles = CLINICAL, .saves = "contact", .undo = FORLOP_UNDO_REVERT,
    .writes = "contact", .worklists = "nobody's" },
  { .name = "save-medical-responsibility",
    .label = N_("Add medical responsibility"), .change = N_("Change medical responsibility"),
    .done = N_("Medical responsibility saved"),
    .roles = CLINICAL, .saves = "medical_responsibility", .undo = FORLOP_UNDO_REVERT,
    .writes = "medical_responsibility", .worklists = "nobody's" },
  { .name = "register-death",
    .label = N_("Register death"), .done = N_("Death registered"),
    .roles = CLINICAL, .arguments = register_death_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "citizen", .worklists = "the caseworker's: the service must be ended" },
  { .name = "register-move",
    .label = N_("Register move"), .done = N_("Move registered"),
    .roles = CLINICAL, .arguments = register_move_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "citizen", .worklists = "the caseworker's: the service must be ended" },
  { .name = "write-note",
    .label = N_("Write note"), .done = N_("Note written"),
    .roles = CLINICAL, .arguments = write_note_arguments, .undo = FORLOP_UNDO_NONE,
    .looks_at_nothing = TRUE, .writes = "note", .worklists = "nobody's; shown as not yet carried to the EPJ" },
  { .name = "attach-document",
    .label = N_("Attach document"), .done = N_("Document attached"),
    .roles = CLINICAL, .arguments = attach_document_arguments, .undo = FORLOP_UNDO_REVERT,
    .looks_at_nothing = TRUE, .writes = "document", .worklists = "nobody's" },
  { .name = "record-gp-summary",
    .label = N_("Trend summary for the GP"), .done = N_("Trend summary for the GP made"),
    .roles = CLINICAL, .arguments = record_gp_summary_arguments, .undo = FORLOP_UNDO_REVERT,
    .looks_at_nothing = TRUE, .writes = "document",
    .worklists = "nobody's; the next one tells of the time after it" },
  { .name = "block-record",
    .label = N_("Block the record"), .done = N_("Record blocked"),
    .roles = CLINICAL, .arguments = block_record_arguments, .undo = FORLOP_UNDO_REVERT,
    .looks_at_nothing = TRUE, .writes = "block", .worklists = "nobody's; who is blocked no longer gets the record" },
  { .name = "lift-block",
    .label = N_("Lift blocking"), .done = N_("Blocking lifted"),
    .roles = CLINICAL, .arguments = lift_block_arguments, .undo = FORLOP_UNDO_REVERT,
    .looks_at_nothing = TRUE, .writes = "block", .worklists = "nobody's; who was blocked gets the record again" },
  { .name = "block-note",
    .label = N_("Block the note"), .done = N_("Note blocked"),
    .roles = CLINICAL, .arguments = block_note_arguments, .undo = FORLOP_UNDO_REVERT, .is_discreet = TRUE,
    .looks_at_nothing = TRUE, .writes = "block",
    .worklists = "nobody's; who is blocked no longer gets the note and its corrections" },
  { .name = "lift-note-block",
    .label = N_("Lift blocking of the note"), .done = N_("Blocking of a note lifted"),
    .roles = CLINICAL, .arguments = lift_block_arguments, .undo = FORLOP_UNDO_REVERT, .is_discreet = TRUE,
    .looks_at_nothing = TRUE, .writes = "block", .worklists = "nobody's; who was blocked gets the note again" },
  { .name = "report-deviation",
    .label = N_("Report deviation"), .done = N_("Deviation reported"),
    .roles = EVERYBODY, .saves = "deviation", .undo = FORLOP_UNDO_REVERT,
    .writes = "deviation", .worklists = "the manager's" },
  { .name = "close-deviation",
    .label = N_("Close deviation"), .done = N_("Deviation closed"),
    .roles = CLINICAL | MANAGER, .arguments = close_deviation_arguments,
    .undo = FORLOP_UNDO_REVERT, .writes = "deviation", .worklists = "the manager's" },
  { .name = "mark-carried-over",
    .label = N_("Mark as carried over"), .done = N_("Marked as carried over"),
    .roles = CLINICAL, .arguments = carry_over_arguments, .undo = FORLOP_UNDO_REVERT,
    .writes = "carry_over", .worklists = "nobody's; leaves the list of what is not carried over" },
  { .name = "undo",
    .label = N_("Take back"), .done = N_("Taken back"),
    .roles = EVERYBODY, .arguments = undo_arguments, .undo = FORLOP_UNDO_NONE,
    .writes = "what the act wrote", .worklists = "the same as the act's" },
  { .name = NULL },
};
