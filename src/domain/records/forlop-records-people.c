/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-records-private.h"

static const ForlopChoice sexes[] = {
  { "female", N_("Woman") },
  { "male", N_("Man") },
  { "unknown", N_("Not known") },
  END_CHOICES,
};

static const ForlopChoice protections[] = {
  { "none", N_("Not protected") },
  { "confidential", N_("Confidential address") },
  { "strictly_confidential", N_("Strictly confidential address") },
  END_CHOICES,
};

static const ForlopField citizen_fields[] = {
  FIELD (ID_NUMBER, "id_number", N_("Identity number"), FIND | HIDE),
  DATE ("birth_date", N_("Born"), 0),
  CHOICE ("sex", N_("Sex"), 0, sexes),
  TEXT ("given_name", N_("Given name"), REQ | FIND, GROUP ("name")),
  TEXT ("family_name", N_("Family name"), REQ | FIND, GROUP ("name")),
  TEXT ("address", N_("Address"), FIND, GROUP ("address")),
  TEXT ("postal_code", N_("Postal code"), 0, GROUP ("address")),
  TEXT ("postal_place", N_("Place"), FIND, GROUP ("address")),
  PHONE ("phone", N_("Telephone"), FIND),
  TEXT ("gp", N_("GP"), 0),
  REF ("unit_id", N_("Unit"), 0, "unit"),
  CHOICE ("address_protection", N_("Address protection"), CARE, protections),
  TEXT ("interpreter", N_("Interpreter, language"), 0),
  CHOICE ("written_language", N_("Language of letters"), 0, forlop_choices_written_language),
  BOOL ("lives_alone", N_("Lives alone"), 0),
  NOTE ("condition", N_("Long-term conditions"), 0),
  DATE ("died_on", N_("Died"), 0),
  DATE ("moved_on", N_("Moved away"), 0),
  REF ("merged_into_id", N_("Registered twice; see"), 0, "citizen"),
  END_FIELDS,
};

static const ForlopClaim citizen_claims[] = {
  { "citizen_id_number", { "id_number" }, "merged_into_id" },
  { NULL },
};

/* By what else the citizen is known: a number that was replaced, or another record of the same person, which
 * was merged into this one. */
static const ForlopField citizen_alias_fields[] = {
  OF_CITIZEN,
  FIELD (ID_NUMBER, "id_number", N_("Earlier identity number"), FIND | HIDE | IMM),
  REF ("record_id", N_("Other record of the same person"), IMM, "citizen"),
  END_FIELDS,
};

static const ForlopClaim citizen_alias_claims[] = {
  { "citizen_alias_id_number", { "id_number" }, NULL },
  { NULL },
};

static const ForlopField next_of_kin_fields[] = {
  OF_CITIZEN,
  TEXT ("name", N_("Name"), REQ),
  TEXT ("relation", N_("Relation"), REQ),
  PHONE ("phone", N_("Telephone"), 0),
  TEXT ("email", N_("E-mail"), 0),
  BOOL ("closest", N_("Closest next of kin"), 0),
  BOOL ("helps_measure", N_("Can help with measuring"), 0),
  DATE ("removed_on", N_("No longer"), 0),
  END_FIELDS,
};

static const ForlopChoice contact_kinds[] = {
  { "gp", N_("GP") },
  { "hospital", N_("Hospital") },
  { "guardian", N_("Guardian") },
  { "proxy", N_("Proxy") },
  { "parent", N_("Parent") },
  { "other", N_("Other") },
  END_CHOICES,
};

static const ForlopField contact_fields[] = {
  OF_CITIZEN,
  CHOICE ("kind", N_("Kind"), REQ, contact_kinds),
  TEXT ("name", N_("Name"), REQ),
  TEXT ("organisation", N_("Organisation"), 0),
  PHONE ("phone", N_("Telephone"), 0),
  TEXT ("email", N_("E-mail"), 0),
  NOTE ("note", N_("Note"), 0),
  DATE ("removed_on", N_("No longer"), 0),
  END_FIELDS,
};

static const ForlopChoice medical_holders[] = {
  { "gp", N_("GP") },
  { "hospital", N_("Hospital") },
  END_CHOICES,
};

static const ForlopField medical_responsibility_fields[] = {
  OF_CITIZEN,
  MAYBE_CASE,
  CHOICE ("holder", N_("Who"), REQ, medical_holders),
  TEXT ("name", N_("Name"), 0),
  DATE ("from_date", N_("From"), REQ),
  DATE ("to_date", N_("To"), 0),
  END_FIELDS,
};

/* The blocked note that the record belongs to: it has a scope of its own then. Written by the server alone. */
#define APART REF ("apart_id", N_("Blocked note"), IMM, "note")

/* What happened, for the time line: one for each act on a citizen, never changed. The sentence is
 * made from the act's name and @arguments in the reader's language. */
static const ForlopField event_fields[] = {
  OF_CITIZEN,
  REF ("case_id", N_("Case"), IMM, "case"),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  TEXT ("act", N_("Act"), REQ | IMM),
  TEXT ("subject_type", N_("Kind of record"), IMM),
  TEXT ("subject_id", N_("About"), IMM),
  NOTE ("arguments", N_("Details"), IMM),
  REF ("user_id", N_("By"), IMM, "user"),
  CHOICE ("role", N_("Role"), IMM, forlop_choices_role),
  REF ("unit_id", N_("Unit"), IMM, "unit"),
  TEXT ("undoes", N_("Takes back"), IMM),
  APART,
  END_FIELDS,
};

static const ForlopField note_fields[] = {
  OF_CITIZEN,
  REF ("case_id", N_("Case"), IMM, "case"),
  NOTE ("text", N_("Note"), REQ | IMM),
  INSTANT ("written_at", N_("Written"), REQ | IMM | PAST),
  REF ("user_id", N_("By"), REQ | IMM, "user"),
  REF ("corrects_id", N_("Corrects"), IMM, "note"),
  APART,
  END_FIELDS,
};

/* Who is kept from the record, or from one note of it, because the citizen asked for it (pasientjournalloven
 * § 17). It is the server that keeps them from it. */
static const ForlopField block_fields[] = {
  OF_CITIZEN,
  REF ("apart_id", N_("Only this note"), IMM, "note"),
  REF ("user_id", N_("Kept from it: user"), IMM, "user"),
  REF ("unit_id", N_("Kept from it: unit"), IMM, "unit"),
  NOTE ("reason", N_("Reason"), REQ | IMM),
  DATE ("blocked_on", N_("Blocked"), REQ | IMM),
  DATE ("lifted_on", N_("Lifted"), CARE, GROUP ("lift")),
  NOTE ("lifted_reason", N_("Why it was lifted"), CARE, GROUP ("lift")),
  END_FIELDS,
};

/* What somebody wrote of a value that is never merged, and another had changed meanwhile: the conflict is
 * its author's, and this is everybody's who sees the citizen. Until it is resolved the more careful of
 * the two applies. The server makes it and deletes it with the end of the conflict. */
static const ForlopField contested_value_fields[] = {
  OF_CITIZEN,
  TEXT ("record_type", N_("Kind of record"), REQ | IMM),
  TEXT ("record_id", N_("Record"), REQ | IMM),
  NOTE ("mine", N_("Mine"), REQ | IMM),
  REF ("user_id", N_("Whose change"), IMM, "user"),
  INSTANT ("at", N_("When"), REQ | IMM | PAST),
  END_FIELDS,
};

const ForlopRecordType forlop_records_people[] = {
  { "citizen", N_("Citizen"), N_("Citizens"), FORLOP_SCOPE_CITIZEN, FALSE, citizen_fields,
    citizen_claims },
  { "citizen_alias", N_("Earlier identity"), N_("Earlier identities"), FORLOP_SCOPE_CITIZEN, FALSE,
    citizen_alias_fields, citizen_alias_claims },
  { "next_of_kin", N_("Next of kin"), N_("Next of kin"), FORLOP_SCOPE_CITIZEN, FALSE,
    next_of_kin_fields, NULL },
  { "contact", N_("Contact"), N_("Contacts"), FORLOP_SCOPE_CITIZEN, FALSE, contact_fields, NULL },
  { "medical_responsibility", N_("Medical responsibility"), N_("Medical responsibilities"),
    FORLOP_SCOPE_CITIZEN, FALSE, medical_responsibility_fields, NULL },
  { "event", N_("Event"), N_("Events"), FORLOP_SCOPE_CITIZEN, TRUE, event_fields, NULL },
  { "note", N_("Note"), N_("Notes"), FORLOP_SCOPE_CITIZEN, TRUE, note_fields, NULL },
  { "block", N_("Blocking"), N_("Blockings"), FORLOP_SCOPE_CITIZEN, FALSE, block_fields, NULL },
  { "contested_value", N_("Value in conflict"), N_("Values in conflict"), FORLOP_SCOPE_CITIZEN, FALSE,
    contested_value_fields, NULL },
  { NULL },
};
