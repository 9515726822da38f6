-- SPDX-License-Identifier: EUPL-1.2
-- What the store keeps besides the declared records. Ids are UUIDs in 16 bytes, instants are
-- milliseconds since 1970 UTC, dates are ISO text.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT
) STRICT, WITHOUT ROWID;

-- The history of this machine: one row for each act, in the order they were committed.
CREATE TABLE changeset (
  op_no INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id BLOB NOT NULL UNIQUE,
  act TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  user_id BLOB,
  role TEXT,
  unit_id BLOB,
  citizen_id BLOB,
  case_id BLOB,
  body TEXT NOT NULL,
  before TEXT NOT NULL,
  undone_by BLOB
) STRICT;

-- What follows until the measurements is empty as long as the store is not paired with a server.

-- The server, and how far this mirror of it has come. One row, or none.
CREATE TABLE sync_state (
  n INTEGER PRIMARY KEY CHECK (n = 1),
  server TEXT NOT NULL,
  ca_file TEXT,
  tenant TEXT,
  account TEXT,
  user_id BLOB,
  device_id BLOB,
  epoch TEXT,
  cursor INTEGER NOT NULL DEFAULT 0,
  pos INTEGER NOT NULL DEFAULT 0,
  pos_hash TEXT NOT NULL DEFAULT '',
  head_seen INTEGER NOT NULL DEFAULT 0,
  safe_seq INTEGER NOT NULL DEFAULT 0,
  last_ok_at INTEGER,
  skew_ms INTEGER NOT NULL DEFAULT 0,
  lease_hours INTEGER NOT NULL DEFAULT 0,
  seen_at INTEGER,
  mismatches INTEGER NOT NULL DEFAULT 0,
  access_acked INTEGER NOT NULL DEFAULT 0,
  checkpoint_n INTEGER NOT NULL DEFAULT 0,
  checkpoint_hash TEXT,
  checkpoint_key TEXT,
  checkpoint_seen INTEGER NOT NULL DEFAULT 0,
  log_differs INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What was deleted because its grant ended, until the server has been told.
CREATE TABLE purged_scope (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  scope TEXT NOT NULL
) STRICT;

-- This machine's changesets on their way: waiting, answered (the mirror has not reached it yet), then
-- retained (not yet known to be in a backup) or refused (kept until a person has dealt with it).
CREATE TABLE outbox (
  op_no INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id BLOB NOT NULL UNIQUE REFERENCES changeset (op_id),
  state TEXT NOT NULL,
  status TEXT,
  acked_seq INTEGER,
  result TEXT,
  depends_on TEXT,
  resolves BLOB
) STRICT;
CREATE INDEX outbox_state ON outbox (state, op_no);

-- The records that unconfirmed changesets wrote.
CREATE TABLE pending_row (
  id BLOB NOT NULL,
  type TEXT NOT NULL,
  op_no INTEGER NOT NULL,
  made INTEGER NOT NULL,
  PRIMARY KEY (id, type, op_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX pending_row_op_no ON pending_row (op_no);

-- What the server has of a pending record: the working table shows it with the own changes.
CREATE TABLE server_row (
  id BLOB NOT NULL,
  type TEXT NOT NULL,
  scope TEXT NOT NULL,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  body TEXT,
  PRIMARY KEY (id, type)
) STRICT, WITHOUT ROWID;

-- What the server has deleted.
CREATE TABLE tombstone (
  id BLOB NOT NULL,
  type TEXT NOT NULL,
  scope TEXT NOT NULL,
  vtag BLOB NOT NULL,
  PRIMARY KEY (id, type)
) STRICT, WITHOUT ROWID;
CREATE INDEX tombstone_scope ON tombstone (scope);

-- The scopes that the user is granted. One is shown, or not yet; fill is none, wanted, filling or staged.
CREATE TABLE scope_have (
  scope TEXT PRIMARY KEY,
  gen INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  fill TEXT NOT NULL,
  after_seq INTEGER,
  after_type TEXT,
  after_id BLOB,
  fill_head INTEGER NOT NULL DEFAULT 0,
  repairs INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX scope_have_fill ON scope_have (fill);

-- Rows that have come and are not shown: of this turn, of a scope that is being filled, or shown
-- already and kept until that scope is whole.
CREATE TABLE stage (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  type TEXT NOT NULL,
  scope TEXT NOT NULL,
  seq INTEGER NOT NULL,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  body TEXT,
  part TEXT NOT NULL,
  UNIQUE (id, type)
) STRICT;

CREATE TABLE stage_grant (
  scope TEXT PRIMARY KEY,
  gen INTEGER NOT NULL,
  active INTEGER NOT NULL,
  from_start INTEGER NOT NULL,
  gone TEXT
) STRICT, WITHOUT ROWID;

-- Attachments of what was deleted with its scope, until their files are gone.
CREATE TABLE purged_blob (
  hash TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Attachments that wait to be sent, after the changes that name them.
CREATE TABLE upload (
  id BLOB NOT NULL,
  type TEXT NOT NULL,
  field TEXT NOT NULL,
  hash TEXT NOT NULL,
  scope TEXT NOT NULL,
  PRIMARY KEY (id, type, field, hash)
) STRICT, WITHOUT ROWID;

-- What the server says the scopes of this turn add up to.
CREATE TABLE stage_sum (
  scope TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Measurements are many: a narrow table in the order they are read, one citizen after the other.
CREATE TABLE measurement (
  citizen_id BLOB NOT NULL,
  measured_at INTEGER NOT NULL,
  id BLOB NOT NULL,
  code TEXT NOT NULL,
  value REAL,
  received_at INTEGER NOT NULL,
  source TEXT NOT NULL,
  quality TEXT,
  item_id BLOB,
  entered_by BLOB,
  note TEXT,
  sender TEXT,
  codings TEXT,
  invalid INTEGER NOT NULL DEFAULT 0,
  severity TEXT,
  plan_version INTEGER,
  reason TEXT,
  vtag BLOB NOT NULL,
  PRIMARY KEY (citizen_id, measured_at, id)
) STRICT, WITHOUT ROWID;

-- Derived from the records and rebuilt with them; never sent anywhere.

CREATE TABLE duty (
  n INTEGER PRIMARY KEY,
  source_id BLOB NOT NULL,
  rule TEXT NOT NULL,
  act TEXT,
  subject_type TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  severity INTEGER NOT NULL,
  citizen_id BLOB,
  case_id BLOB,
  role TEXT NOT NULL,
  unit_id BLOB,
  visible_from INTEGER NOT NULL,
  due_at INTEGER,
  since INTEGER,
  arguments TEXT,
  taken_by BLOB
) STRICT;
CREATE INDEX duty_source ON duty (source_id);
-- Holds what a worklist counts and orders by, so that it reads the rows of one page alone.
CREATE INDEX duty_role ON duty (role, unit_id, visible_from, severity, due_at, since, rule);
CREATE INDEX duty_due ON duty (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX duty_missing ON duty (visible_from) WHERE rule >= 'missing' AND rule < 'missinh';
CREATE INDEX duty_form ON duty (due_at) WHERE rule = 'answer-form';

-- Who was registered more than once: every record of such a person, and the one that stands. Worked out from
-- citizen.merged_into_id.
CREATE TABLE person (
  id BLOB PRIMARY KEY,
  stands_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX person_stands ON person (stands_id);

-- One row for each citizen as the list shows it. A record that was merged into another has the other's name and
-- an empty sort_name, and is in no list.
CREATE TABLE citizen_row (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  sort_name TEXT NOT NULL,
  name TEXT NOT NULL,
  birth_date TEXT,
  unit_id BLOB,
  case_id BLOB,
  case_status TEXT,
  step TEXT
) STRICT;
CREATE INDEX citizen_row_name ON citizen_row (sort_name, n);
CREATE INDEX citizen_row_id ON citizen_row (id);
CREATE INDEX citizen_row_status ON citizen_row (case_status, sort_name, n);
CREATE INDEX citizen_row_unit ON citizen_row (unit_id, sort_name, n);

-- What can be found: one row for each record with searchable fields.
CREATE TABLE search_entry (
  n INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  id BLOB NOT NULL,
  citizen_id BLOB,
  UNIQUE (id, type)
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = "unicode61 remove_diacritics 2", prefix = '2 3');
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);

-- A form that was left: what was typed, kept until it is saved or thrown away.
CREATE TABLE draft (
  key TEXT PRIMARY KEY,
  user_id BLOB,
  saved_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every opening of a citizen's record, in a chain of hashes.
CREATE TABLE access_log (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  user_id BLOB,
  role TEXT,
  unit_id BLOB,
  citizen_id BLOB,
  action TEXT NOT NULL,
  kinds TEXT,
  reason TEXT,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX access_log_citizen_id ON access_log (citizen_id);

-- The declared records. One line here for each line in the declarations.

CREATE TABLE "unit" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  kind TEXT,
  organisation_number TEXT,
  parent_id BLOB,
  postal_address TEXT,
  phone TEXT,
  shift_phone TEXT,
  opens_at INTEGER,
  closes_at INTEGER,
  open_weekdays TEXT,
  open_holidays TEXT,
  active INTEGER
) STRICT;

CREATE TABLE "user" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  short_name TEXT,
  hpr_number TEXT,
  email TEXT,
  phone TEXT,
  active INTEGER
) STRICT;
CREATE INDEX "claim_user_short_name" ON "user" (short_name) WHERE deleted = 0;

CREATE TABLE "membership" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  user_id BLOB,
  role TEXT,
  unit_id BLOB,
  valid_from TEXT,
  valid_to TEXT
) STRICT;
CREATE INDEX "membership_user_id" ON "membership" (user_id);
CREATE INDEX "claim_membership" ON "membership" (user_id, role, unit_id) WHERE deleted = 0 AND valid_to IS NULL;

CREATE TABLE "profile" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  municipality_number TEXT,
  written_language TEXT,
  decision_required INTEGER,
  legal_basis TEXT,
  trial_days INTEGER,
  evaluation_months INTEGER,
  hand_over INTEGER,
  follow_up_unit_id BLOB,
  prepared_by TEXT,
  limits_owned_by TEXT,
  escalate_minutes INTEGER,
  active INTEGER
) STRICT;

CREATE TABLE "responsibility" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  profile_id BLOB,
  activity TEXT,
  role TEXT,
  unit_id BLOB
) STRICT;
CREATE INDEX "responsibility_profile_id" ON "responsibility" (profile_id);
CREATE INDEX "claim_responsibility" ON "responsibility" (profile_id, activity) WHERE deleted = 0;

CREATE TABLE "template" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  code TEXT,
  kind TEXT,
  title TEXT,
  body TEXT,
  language TEXT,
  proposal INTEGER,
  active INTEGER
) STRICT;

CREATE TABLE "legal_reference" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  code TEXT,
  citation TEXT,
  version TEXT,
  summary TEXT,
  valid_from TEXT,
  valid_to TEXT
) STRICT;
CREATE INDEX "claim_legal_reference" ON "legal_reference" (code, version) WHERE deleted = 0;

CREATE TABLE "conflict" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  user_id BLOB,
  citizen_id BLOB,
  kind TEXT,
  op_id TEXT,
  act TEXT,
  record_type TEXT,
  record_id TEXT,
  field TEXT,
  condition TEXT,
  theirs TEXT,
  mine TEXT,
  their_op_id TEXT,
  at INTEGER,
  status TEXT,
  resolution TEXT,
  resolved_at INTEGER
) STRICT;
CREATE INDEX "conflict_citizen_id" ON "conflict" (citizen_id);
CREATE INDEX "conflict_status" ON "conflict" (status);

CREATE TABLE "task" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  unit_id BLOB,
  role TEXT,
  citizen_id BLOB,
  case_id BLOB,
  meeting_item_id BLOB,
  kind TEXT,
  title TEXT,
  text TEXT,
  due_on TEXT,
  status TEXT,
  taken_by BLOB,
  taken_at INTEGER,
  done_by BLOB,
  done_at INTEGER,
  result TEXT
) STRICT;
CREATE INDEX "task_citizen_id" ON "task" (citizen_id);
CREATE INDEX "task_case_id" ON "task" (case_id);

CREATE TABLE "meeting" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  unit_id BLOB,
  title TEXT,
  held_on TEXT,
  participants TEXT,
  closed_at INTEGER
) STRICT;

CREATE TABLE "citizen" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  id_number TEXT,
  birth_date TEXT,
  sex TEXT,
  given_name TEXT,
  family_name TEXT,
  address TEXT,
  postal_code TEXT,
  postal_place TEXT,
  phone TEXT,
  gp TEXT,
  unit_id BLOB,
  address_protection TEXT,
  interpreter TEXT,
  written_language TEXT,
  lives_alone INTEGER,
  condition TEXT,
  died_on TEXT,
  moved_on TEXT,
  merged_into_id BLOB
) STRICT;
CREATE INDEX "citizen_id_number" ON "citizen" (id_number);
CREATE INDEX "citizen_merged_into" ON "citizen" (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX "claim_citizen_id_number" ON "citizen" (id_number) WHERE deleted = 0 AND merged_into_id IS NULL;

CREATE TABLE "citizen_alias" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  id_number TEXT,
  record_id BLOB
) STRICT;
CREATE INDEX "citizen_alias_citizen_id" ON "citizen_alias" (citizen_id);
CREATE INDEX "citizen_alias_id_number" ON "citizen_alias" (id_number);

CREATE TABLE "next_of_kin" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  name TEXT,
  relation TEXT,
  phone TEXT,
  email TEXT,
  closest INTEGER,
  helps_measure INTEGER,
  removed_on TEXT
) STRICT;
CREATE INDEX "next_of_kin_citizen_id" ON "next_of_kin" (citizen_id);

CREATE TABLE "block" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  apart_id BLOB,
  user_id BLOB,
  unit_id BLOB,
  reason TEXT,
  blocked_on TEXT,
  lifted_on TEXT,
  lifted_reason TEXT
) STRICT;
CREATE INDEX "block_citizen_id" ON "block" (citizen_id);
CREATE INDEX "block_apart_id" ON "block" (apart_id) WHERE apart_id IS NOT NULL;

CREATE TABLE "contact" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  kind TEXT,
  name TEXT,
  organisation TEXT,
  phone TEXT,
  email TEXT,
  note TEXT,
  removed_on TEXT
) STRICT;
CREATE INDEX "contact_citizen_id" ON "contact" (citizen_id);

CREATE TABLE "medical_responsibility" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  holder TEXT,
  name TEXT,
  from_date TEXT,
  to_date TEXT
) STRICT;
CREATE INDEX "medical_responsibility_citizen_id" ON "medical_responsibility" (citizen_id);
CREATE INDEX "medical_responsibility_case_id" ON "medical_responsibility" (case_id);

CREATE TABLE "event" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  at INTEGER,
  act TEXT,
  subject_type TEXT,
  subject_id TEXT,
  arguments TEXT,
  user_id BLOB,
  role TEXT,
  unit_id BLOB,
  undoes TEXT,
  apart_id BLOB
) STRICT;
CREATE INDEX "event_citizen_id" ON "event" (citizen_id, at, id);
CREATE INDEX "event_apart_id" ON "event" (apart_id) WHERE apart_id IS NOT NULL;
CREATE INDEX "event_case_id" ON "event" (case_id);

CREATE TABLE "note" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  text TEXT,
  written_at INTEGER,
  user_id BLOB,
  corrects_id BLOB,
  apart_id BLOB
) STRICT;
CREATE INDEX "note_citizen_id" ON "note" (citizen_id);
CREATE INDEX "note_apart_id" ON "note" (apart_id) WHERE apart_id IS NOT NULL;
CREATE INDEX "note_case_id" ON "note" (case_id);

CREATE TABLE "contested_value" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  record_type TEXT,
  record_id TEXT,
  mine TEXT,
  user_id BLOB,
  at INTEGER
) STRICT;
CREATE INDEX "contested_value_citizen_id" ON "contested_value" (citizen_id);

CREATE TABLE "case" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  number TEXT,
  status TEXT,
  profile_id BLOB,
  office_unit_id BLOB,
  unit_id BLOB,
  follow_up_unit_id BLOB,
  opened_on TEXT,
  started_on TEXT,
  trial_ends_on TEXT,
  trial_reviewed_on TEXT,
  next_evaluation_on TEXT,
  ended_on TEXT,
  closed_on TEXT,
  platform TEXT,
  platform_person TEXT,
  resumes_case_id BLOB
) STRICT;
CREATE INDEX "case_citizen_id" ON "case" (citizen_id);
CREATE INDEX "case_profile_id" ON "case" (profile_id);
CREATE INDEX "case_next_evaluation_on" ON "case" (status, next_evaluation_on);
CREATE INDEX "case_running" ON "case" (coalesce (follow_up_unit_id, unit_id))
  WHERE status = 'running' AND deleted = 0;
CREATE INDEX "claim_case_number" ON "case" (number) WHERE deleted = 0;

CREATE TABLE "referral" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  source TEXT,
  channel TEXT,
  received_on TEXT,
  reason TEXT,
  registered_by BLOB,
  dho_considered TEXT,
  plan_exists TEXT,
  limits_set TEXT,
  provisional_answer_on TEXT,
  scan TEXT
) STRICT;
CREATE INDEX "referral_citizen_id" ON "referral" (citizen_id);
CREATE INDEX "referral_case_id" ON "referral" (case_id);

CREATE TABLE "assessment" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  started_on TEXT,
  what_matters TEXT,
  need TEXT,
  other_equipment TEXT,
  gp_contacted_on TEXT,
  gp_answer TEXT,
  office_done_on TEXT,
  office_done_by BLOB,
  completed_on TEXT,
  completed_by BLOB,
  conclusion TEXT,
  conclusion_reason TEXT
) STRICT;
CREATE INDEX "assessment_citizen_id" ON "assessment" (citizen_id);
CREATE INDEX "assessment_case_id" ON "assessment" (case_id);

CREATE TABLE "criterion" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  assessment_id BLOB,
  criterion TEXT,
  answer TEXT,
  reason TEXT
) STRICT;
CREATE INDEX "criterion_citizen_id" ON "criterion" (citizen_id);
CREATE INDEX "criterion_case_id" ON "criterion" (case_id);
CREATE INDEX "criterion_assessment_id" ON "criterion" (assessment_id);
CREATE INDEX "claim_criterion" ON "criterion" (assessment_id, criterion) WHERE deleted = 0;

CREATE TABLE "risk" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  assessment_id BLOB,
  risk TEXT,
  likelihood INTEGER,
  consequence INTEGER,
  measure TEXT
) STRICT;
CREATE INDEX "risk_citizen_id" ON "risk" (citizen_id);
CREATE INDEX "risk_case_id" ON "risk" (case_id);
CREATE INDEX "risk_assessment_id" ON "risk" (assessment_id);

CREATE TABLE "goal" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  goal TEXT,
  status TEXT,
  note TEXT
) STRICT;
CREATE INDEX "goal_citizen_id" ON "goal" (citizen_id);
CREATE INDEX "goal_case_id" ON "goal" (case_id);

CREATE TABLE "consent" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  kind TEXT,
  given INTEGER,
  assessed_on TEXT,
  capacity TEXT,
  given_by TEXT,
  reason TEXT,
  assessed_by BLOB,
  withdrawn_on TEXT,
  withdrawn_reason TEXT
) STRICT;
CREATE INDEX "consent_citizen_id" ON "consent" (citizen_id);
CREATE INDEX "consent_case_id" ON "consent" (case_id);

CREATE TABLE "baseline" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  period TEXT,
  from_date TEXT,
  to_date TEXT,
  visits REAL,
  visit_minutes REAL,
  driving_minutes REAL,
  driving_km REAL,
  skilled_visits REAL,
  unskilled_visits REAL,
  hospital_admissions INTEGER,
  municipal_admissions INTEGER,
  gp_contacts INTEGER,
  emergency_contacts INTEGER,
  origin TEXT,
  missing_reason TEXT
) STRICT;
CREATE INDEX "baseline_citizen_id" ON "baseline" (citizen_id);
CREATE INDEX "baseline_case_id" ON "baseline" (case_id);

CREATE TABLE "decision" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  kind TEXT,
  decided_on TEXT,
  valid_from TEXT,
  valid_to TEXT,
  service_code TEXT,
  hours_per_week REAL,
  granted TEXT,
  reasons TEXT,
  legal_references TEXT,
  unit_id BLOB,
  decided_by BLOB,
  replaces_id BLOB,
  letter_sent_on TEXT,
  received_on TEXT
) STRICT;
CREATE INDEX "decision_citizen_id" ON "decision" (citizen_id);
CREATE INDEX "decision_case_id" ON "decision" (case_id);
CREATE INDEX "claim_decision_successor" ON "decision" (replaces_id) WHERE deleted = 0;

CREATE TABLE "appeal" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  decision_id BLOB,
  received_on TEXT,
  grounds TEXT,
  late INTEGER,
  status TEXT,
  reassessed_on TEXT,
  reassessment TEXT,
  forwarded_on TEXT,
  ruled_on TEXT,
  ruling TEXT
) STRICT;
CREATE INDEX "appeal_citizen_id" ON "appeal" (citizen_id);
CREATE INDEX "appeal_case_id" ON "appeal" (case_id);
CREATE INDEX "appeal_decision_id" ON "appeal" (decision_id);

CREATE TABLE "document" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  kind TEXT,
  title TEXT,
  content TEXT,
  media_type TEXT,
  added_at INTEGER,
  added_by BLOB,
  covers_until INTEGER
) STRICT;
CREATE INDEX "document_citizen_id" ON "document" (citizen_id);
CREATE INDEX "document_case_id" ON "document" (case_id);

CREATE TABLE "training" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  status TEXT,
  planned_at INTEGER,
  place TEXT,
  held_on TEXT,
  held_by BLOB,
  participants TEXT,
  devices_tested INTEGER,
  network_tested INTEGER,
  device_use INTEGER,
  plan_explained INTEGER,
  teach_back INTEGER,
  documentation TEXT
) STRICT;
CREATE INDEX "training_citizen_id" ON "training" (citizen_id);
CREATE INDEX "training_case_id" ON "training" (case_id);

CREATE TABLE "handover" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  from_unit_id BLOB,
  to_unit_id BLOB,
  status TEXT,
  offered_at INTEGER,
  offered_by BLOB,
  message TEXT,
  answered_at INTEGER,
  answered_by BLOB,
  answer TEXT
) STRICT;
CREATE INDEX "handover_citizen_id" ON "handover" (citizen_id);
CREATE INDEX "handover_case_id" ON "handover" (case_id);

CREATE TABLE "evaluation" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  number INTEGER,
  due_on TEXT,
  held_on TEXT,
  held_by BLOB,
  participants TEXT,
  appropriate INTEGER,
  gained TEXT,
  changes TEXT,
  outcome TEXT,
  reason TEXT,
  next_on TEXT,
  final INTEGER
) STRICT;
CREATE INDEX "evaluation_citizen_id" ON "evaluation" (citizen_id);
CREATE INDEX "evaluation_case_id" ON "evaluation" (case_id);
CREATE INDEX "evaluation_held_on" ON "evaluation" (held_on);
CREATE INDEX "claim_evaluation_number" ON "evaluation" (case_id, number) WHERE deleted = 0;

CREATE TABLE "closure" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  reason TEXT,
  note TEXT,
  ended_on TEXT,
  treatment_to TEXT,
  coordination_to TEXT,
  may_resume INTEGER,
  not_returned_reason TEXT,
  letter_sent_on TEXT,
  closed_on TEXT
) STRICT;
CREATE INDEX "closure_citizen_id" ON "closure" (citizen_id);
CREATE INDEX "closure_case_id" ON "closure" (case_id);

CREATE TABLE "deviation" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  happened_at INTEGER,
  description TEXT,
  consequence TEXT,
  measure TEXT,
  status TEXT,
  reported_by BLOB,
  closed_on TEXT
) STRICT;
CREATE INDEX "deviation_citizen_id" ON "deviation" (citizen_id);
CREATE INDEX "deviation_case_id" ON "deviation" (case_id);

CREATE TABLE "meeting_item" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  meeting_id BLOB,
  question TEXT,
  decision TEXT,
  decided_at INTEGER
) STRICT;
CREATE INDEX "meeting_item_citizen_id" ON "meeting_item" (citizen_id);
CREATE INDEX "meeting_item_case_id" ON "meeting_item" (case_id);

CREATE TABLE "care_plan" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  version INTEGER,
  status TEXT,
  goal TEXT,
  green_signs TEXT,
  green_actions TEXT,
  yellow_signs TEXT,
  yellow_actions TEXT,
  red_signs TEXT,
  red_actions TEXT,
  contacts TEXT,
  observation_until TEXT,
  repeat_minutes INTEGER,
  sent_on TEXT,
  approved_on TEXT,
  approved_by TEXT,
  approved_how TEXT,
  valid_from INTEGER,
  superseded_at INTEGER,
  informed_by BLOB,
  informed_on TEXT,
  template_id BLOB
) STRICT;
CREATE INDEX "care_plan_citizen_id" ON "care_plan" (citizen_id);
CREATE INDEX "care_plan_case_id" ON "care_plan" (case_id);
CREATE INDEX "care_plan_template_id" ON "care_plan" (template_id);
CREATE INDEX "claim_plan_version" ON "care_plan" (case_id, version) WHERE deleted = 0;

CREATE TABLE "limit" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  care_plan_id BLOB,
  code TEXT,
  red_low REAL,
  yellow_low REAL,
  yellow_high REAL,
  red_high REAL
) STRICT;
CREATE INDEX "limit_citizen_id" ON "limit" (citizen_id);
CREATE INDEX "limit_case_id" ON "limit" (case_id);
CREATE INDEX "limit_care_plan_id" ON "limit" (care_plan_id);
CREATE INDEX "claim_limit" ON "limit" (care_plan_id, code) WHERE deleted = 0;

CREATE TABLE "plan_rule" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  care_plan_id BLOB,
  kind TEXT,
  code TEXT,
  amount REAL,
  percent INTEGER,
  either_way INTEGER,
  days INTEGER,
  min_count INTEGER,
  severity TEXT
) STRICT;
CREATE INDEX "plan_rule_citizen_id" ON "plan_rule" (citizen_id);
CREATE INDEX "plan_rule_case_id" ON "plan_rule" (case_id);
CREATE INDEX "plan_rule_care_plan_id" ON "plan_rule" (care_plan_id);

CREATE TABLE "schedule" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  care_plan_id BLOB,
  code TEXT,
  form_id BLOB,
  cadence TEXT,
  times TEXT,
  weekdays TEXT,
  every_days INTEGER,
  starts_on TEXT,
  grace_minutes INTEGER
) STRICT;
CREATE INDEX "schedule_citizen_id" ON "schedule" (citizen_id);
CREATE INDEX "schedule_case_id" ON "schedule" (case_id);
CREATE INDEX "schedule_care_plan_id" ON "schedule" (care_plan_id);
CREATE INDEX "schedule_form_id" ON "schedule" (form_id);

CREATE TABLE "pause" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  reason TEXT,
  from_time INTEGER,
  to_time INTEGER,
  note TEXT
) STRICT;
CREATE INDEX "pause_citizen_id" ON "pause" (citizen_id);
CREATE INDEX "pause_case_id" ON "pause" (case_id);

CREATE TABLE "form" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  code TEXT,
  title TEXT,
  version INTEGER,
  proposal INTEGER,
  active INTEGER
) STRICT;

CREATE TABLE "form_question" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  form_id BLOB,
  position INTEGER,
  question TEXT,
  answers TEXT
) STRICT;
CREATE INDEX "form_question_form_id" ON "form_question" (form_id);

CREATE TABLE "form_answer" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  form_id BLOB,
  answered_at INTEGER,
  answered_by TEXT,
  answers TEXT,
  severity TEXT,
  score INTEGER,
  reason TEXT,
  entered_by BLOB
) STRICT;
CREATE INDEX "form_answer_citizen_id" ON "form_answer" (citizen_id);
CREATE INDEX "form_answer_case_id" ON "form_answer" (case_id);
CREATE INDEX "form_answer_form_id" ON "form_answer" (form_id);

CREATE TABLE "invalidation" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  measurement_id BLOB,
  invalid INTEGER,
  reason TEXT,
  at INTEGER,
  user_id BLOB
) STRICT;
CREATE INDEX "invalidation_citizen_id" ON "invalidation" (citizen_id);

CREATE TABLE "unknown_measurement" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  unit_id BLOB,
  sender TEXT,
  reason TEXT,
  detail TEXT,
  person TEXT,
  citizen_id BLOB,
  code TEXT,
  codings TEXT,
  value REAL,
  value2 REAL,
  unit TEXT,
  measured_at INTEGER,
  received_at INTEGER,
  body TEXT,
  status TEXT,
  placed_citizen_id BLOB,
  aside_reason TEXT,
  handled_by BLOB,
  handled_at INTEGER
) STRICT;
CREATE INDEX "unknown_measurement_new" ON "unknown_measurement" (unit_id, received_at)
  WHERE status = 'new' AND deleted = 0;

CREATE TABLE "alert" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  kind TEXT,
  measurement_id BLOB,
  form_answer_id BLOB,
  rule TEXT,
  severity TEXT,
  reason TEXT,
  waits_until INTEGER,
  raised_at INTEGER,
  status TEXT,
  taken_by BLOB,
  taken_at INTEGER,
  snoozed_until INTEGER,
  handled_by BLOB,
  handled_at INTEGER,
  outcome TEXT,
  ignored_reason TEXT
) STRICT;
CREATE INDEX "alert_citizen_id" ON "alert" (citizen_id);
CREATE INDEX "alert_case_id" ON "alert" (case_id);
CREATE INDEX "alert_measurement_id" ON "alert" (measurement_id) WHERE measurement_id IS NOT NULL;
CREATE INDEX "alert_open" ON "alert" (raised_at)
  WHERE status IN ('new', 'taken', 'snoozed') AND deleted = 0;

CREATE TABLE "contact_log" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  alert_id BLOB,
  way TEXT,
  at INTEGER,
  minutes INTEGER,
  text TEXT,
  user_id BLOB
) STRICT;
CREATE INDEX "contact_log_citizen_id" ON "contact_log" (citizen_id);
CREATE INDEX "contact_log_case_id" ON "contact_log" (case_id);
CREATE INDEX "contact_log_at" ON "contact_log" (case_id, at);
CREATE INDEX "contact_log_alert_id" ON "contact_log" (alert_id);

CREATE TABLE "carry_over" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  target TEXT,
  subject_type TEXT,
  subject_id TEXT,
  at INTEGER,
  user_id BLOB
) STRICT;
CREATE INDEX "carry_over_citizen_id" ON "carry_over" (citizen_id);
CREATE INDEX "carry_over_case_id" ON "carry_over" (case_id);
CREATE INDEX "claim_carry_over" ON "carry_over" (target, subject_id) WHERE deleted = 0;

CREATE TABLE "board_take" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  rule TEXT,
  status TEXT,
  taken_by BLOB,
  taken_at INTEGER
) STRICT;
CREATE INDEX "board_take_citizen_id" ON "board_take" (citizen_id);
CREATE INDEX "board_take_case_id" ON "board_take" (case_id);
CREATE INDEX "board_take_taken_at" ON "board_take" (taken_at);

CREATE TABLE "round" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  unit_id BLOB,
  date TEXT,
  part TEXT,
  started_by BLOB,
  started_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX "claim_round" ON "round" (unit_id, date, part) WHERE deleted = 0;

CREATE TABLE "round_tick" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  round_id BLOB,
  at INTEGER,
  user_id BLOB
) STRICT;
CREATE INDEX "round_tick_citizen_id" ON "round_tick" (citizen_id);
CREATE INDEX "round_tick_case_id" ON "round_tick" (case_id);
CREATE INDEX "round_tick_round_id" ON "round_tick" (round_id);
CREATE INDEX "claim_round_tick" ON "round_tick" (round_id, case_id) WHERE deleted = 0;

CREATE TABLE "shift_handover" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  unit_id BLOB,
  from_user_id BLOB,
  to_user_id BLOB,
  message TEXT,
  offered_at INTEGER,
  status TEXT,
  answered_at INTEGER
) STRICT;
CREATE INDEX "shift_handover_open" ON "shift_handover" (unit_id) WHERE status = 'offered' AND deleted = 0;

CREATE TABLE "shift_note" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  handover_id BLOB,
  note TEXT,
  at INTEGER,
  user_id BLOB
) STRICT;
CREATE INDEX "shift_note_citizen_id" ON "shift_note" (citizen_id);
CREATE INDEX "shift_note_case_id" ON "shift_note" (case_id);
CREATE INDEX "shift_note_handover_id" ON "shift_note" (handover_id);

CREATE TABLE "supplier" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  organisation_number TEXT,
  phone TEXT,
  email TEXT,
  support TEXT,
  active INTEGER
) STRICT;

CREATE TABLE "agreement" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  supplier_id BLOB,
  title TEXT,
  kind TEXT,
  from_date TEXT,
  to_date TEXT,
  response_hours INTEGER,
  warn_days INTEGER,
  contact TEXT
) STRICT;

CREATE TABLE "product" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  kind TEXT,
  supplier_id BLOB,
  gtin TEXT,
  article_number TEXT,
  iso_class TEXT,
  measures TEXT,
  lead_days INTEGER,
  active INTEGER
) STRICT;

CREATE TABLE "location" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  kind TEXT,
  parent_id BLOB,
  unit_id BLOB,
  active INTEGER
) STRICT;

CREATE TABLE "stock_level" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  location_id BLOB,
  product_id BLOB,
  minimum INTEGER
) STRICT;
CREATE INDEX "stock_level_location_id" ON "stock_level" (location_id);
CREATE INDEX "stock_level_product_id" ON "stock_level" (product_id);
CREATE INDEX "claim_stock_level" ON "stock_level" (location_id, product_id) WHERE deleted = 0;

CREATE TABLE "item" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  product_id BLOB,
  serial_number TEXT,
  asset_tag TEXT,
  lot TEXT,
  ownership TEXT,
  state TEXT,
  location_id BLOB,
  reserved_case_id BLOB,
  kit_id BLOB,
  received_on TEXT,
  expires_on TEXT,
  sim_number TEXT,
  next_calibration_on TEXT,
  price REAL,
  note TEXT
) STRICT;
CREATE INDEX "item_product_id" ON "item" (product_id);
CREATE INDEX "item_state" ON "item" (state);
CREATE INDEX "item_location_id" ON "item" (location_id);
CREATE INDEX "claim_item_serial" ON "item" (product_id, serial_number) WHERE deleted = 0;
CREATE INDEX "claim_item_asset_tag" ON "item" (asset_tag) WHERE deleted = 0;

CREATE TABLE "kit" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  purpose TEXT,
  location_id BLOB,
  active INTEGER
) STRICT;
CREATE INDEX "kit_location_id" ON "kit" (location_id);

CREATE TABLE "equipment_order" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  supplier_id BLOB,
  product_id BLOB,
  location_id BLOB,
  quantity INTEGER,
  received_quantity INTEGER,
  status TEXT,
  ordered_on TEXT,
  expected_on TEXT,
  reference TEXT
) STRICT;
CREATE INDEX "equipment_order_product_id" ON "equipment_order" (product_id);
CREATE INDEX "equipment_order_location_id" ON "equipment_order" (location_id);

CREATE TABLE "service_plan" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  product_id BLOB,
  item_id BLOB,
  kind TEXT,
  interval_days INTEGER,
  done_by TEXT,
  active INTEGER
) STRICT;
CREATE INDEX "service_plan_product_id" ON "service_plan" (product_id);
CREATE INDEX "service_plan_item_id" ON "service_plan" (item_id);

CREATE TABLE "service_record" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  item_id BLOB,
  service_plan_id BLOB,
  kind TEXT,
  done_on TEXT,
  done_by BLOB,
  result TEXT,
  note TEXT,
  certificate TEXT
) STRICT;
CREATE INDEX "service_record_item_id" ON "service_record" (item_id);

CREATE TABLE "fault" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  item_id BLOB,
  description TEXT,
  reported_at INTEGER,
  reported_by BLOB,
  status TEXT,
  supplier_ticket TEXT,
  down_from TEXT,
  down_to TEXT,
  resolution TEXT
) STRICT;
CREATE INDEX "fault_item_id" ON "fault" (item_id);
CREATE INDEX "fault_open" ON "fault" (reported_at)
  WHERE status IN ('reported', 'at_supplier') AND deleted = 0;

CREATE TABLE "stock_count" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  location_id BLOB,
  counted_at INTEGER,
  counted_by BLOB,
  expected INTEGER,
  seen INTEGER,
  moved INTEGER,
  missing INTEGER,
  not_found TEXT,
  note TEXT
) STRICT;
CREATE INDEX "stock_count_location_id" ON "stock_count" (location_id);

CREATE TABLE "stock_move" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  item_id BLOB,
  at INTEGER,
  from_state TEXT,
  to_state TEXT,
  from_location_id BLOB,
  to_location_id BLOB,
  user_id BLOB,
  reason TEXT
) STRICT;
CREATE INDEX "stock_move_item_id" ON "stock_move" (item_id);

CREATE TABLE "delivery" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  case_id BLOB,
  citizen_id BLOB,
  name TEXT,
  address TEXT,
  phone TEXT,
  unit_id BLOB,
  wanted TEXT,
  wanted_on TEXT,
  staff_training INTEGER,
  status TEXT,
  note TEXT
) STRICT;
CREATE INDEX "delivery_case_id" ON "delivery" (case_id);
CREATE INDEX "delivery_citizen_id" ON "delivery" (citizen_id);

CREATE TABLE "loan" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  case_id BLOB,
  citizen_id BLOB,
  item_id BLOB,
  handed_out_on TEXT,
  handed_out_by BLOB,
  receipt TEXT,
  returned_on TEXT,
  returned_by BLOB,
  parts_complete INTEGER,
  cleaned INTEGER,
  factory_reset INTEGER,
  unpaired INTEGER,
  sim_stopped INTEGER,
  return_note TEXT,
  voided INTEGER,
  lost INTEGER
) STRICT;
CREATE INDEX "loan_case_id" ON "loan" (case_id);
CREATE INDEX "loan_citizen_id" ON "loan" (citizen_id);
CREATE INDEX "loan_item_id" ON "loan" (item_id);

CREATE TABLE "survey_answer" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  evaluation_id BLOB,
  answered_on TEXT,
  safety TEXT,
  admissions TEXT,
  plan_use TEXT,
  satisfaction TEXT,
  comment TEXT
) STRICT;
CREATE INDEX "survey_answer_citizen_id" ON "survey_answer" (citizen_id);
CREATE INDEX "survey_answer_case_id" ON "survey_answer" (case_id);

CREATE TABLE "indicator" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  name TEXT,
  source TEXT,
  measured_by TEXT,
  unit TEXT,
  note TEXT,
  active INTEGER
) STRICT;

CREATE TABLE "benefit_cost" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  citizen_id BLOB,
  case_id BLOB,
  period TEXT,
  kind TEXT,
  amount REAL,
  origin TEXT
) STRICT;
CREATE INDEX "benefit_cost_citizen_id" ON "benefit_cost" (citizen_id);
CREATE INDEX "benefit_cost_case_id" ON "benefit_cost" (case_id);

CREATE TABLE "figures" (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  vtag BLOB NOT NULL,
  field_vtags TEXT,
  deleted INTEGER NOT NULL DEFAULT 0,
  unit_id BLOB,
  made_on TEXT,
  contents TEXT
) STRICT;

