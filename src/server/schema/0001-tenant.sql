-- SPDX-License-Identifier: EUPL-1.2
-- One municipality's log. Ids are UUIDs in 16 bytes, instants milliseconds since 1970 UTC.

CREATE TABLE tenant_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch BLOB NOT NULL CHECK (length (epoch) = 16),
  head INTEGER NOT NULL,
  log_hash BLOB NOT NULL CHECK (length (log_hash) = 32),
  safe_seq INTEGER NOT NULL,
  access_n INTEGER NOT NULL,
  access_hash BLOB NOT NULL CHECK (length (access_hash) = 32)
) STRICT;

CREATE TABLE commit_mark (
  seq INTEGER PRIMARY KEY,
  log_hash BLOB NOT NULL CHECK (length (log_hash) = 32),
  at INTEGER NOT NULL
) STRICT;

-- One row for each record, moved to the position that wrote it last.
CREATE TABLE record (
  n INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  id BLOB NOT NULL CHECK (length (id) = 16),
  scope TEXT NOT NULL,
  seq INTEGER NOT NULL,
  vtag BLOB NOT NULL,
  deleted INTEGER NOT NULL,
  field_vtags TEXT,
  body TEXT,
  UNIQUE (type, id)
) STRICT;
CREATE INDEX record_seq ON record (seq, scope);
CREATE INDEX record_scope ON record (scope, seq, type);
CREATE INDEX record_function ON record (body ->> '$.user_id') WHERE type = 'membership' AND deleted = 0;
-- A list of three values or more after IN is made a table for every row that is written; OR and CASE are not.
CREATE INDEX record_untaken ON record (id) WHERE type = 'alert' AND deleted = 0
  AND body ->> '$.severity' = 'red' AND body ->> '$.status' IN ('new', 'snoozed');
CREATE INDEX record_waiting ON record (id) WHERE (type = 'alert' OR type = 'task' OR type = 'case') AND deleted = 0
  AND CASE body ->> '$.status' WHEN 'new' THEN 1 WHEN 'taken' THEN 1 WHEN 'snoozed' THEN 1 WHEN 'open' THEN 1
    WHEN 'running' THEN 1 WHEN 'ended' THEN 1 END;
CREATE INDEX record_platform ON record (body ->> '$.platform', body ->> '$.citizen_id')
  WHERE type = 'case' AND deleted = 0 AND body ->> '$.platform' IS NOT NULL;
CREATE INDEX record_follow_up ON record (body ->> '$.follow_up_unit_id', body ->> '$.citizen_id')
  WHERE type = 'case' AND deleted = 0 AND body ->> '$.follow_up_unit_id' IS NOT NULL;

-- Measurements are many: a narrow table of their own, one column for each declared field.
CREATE TABLE measurement (
  n INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE CHECK (length (id) = 16),
  scope TEXT NOT NULL,
  seq INTEGER NOT NULL,
  vtag BLOB NOT NULL,
  deleted INTEGER NOT NULL,
  field_vtags TEXT,
  citizen_id BLOB,
  code TEXT,
  value REAL,
  measured_at INTEGER,
  received_at INTEGER,
  source TEXT,
  quality TEXT,
  item_id BLOB,
  entered_by BLOB,
  note TEXT,
  sender TEXT,
  codings TEXT
) STRICT;
CREATE INDEX measurement_seq ON measurement (seq, scope);
CREATE INDEX measurement_scope ON measurement (scope, seq);
CREATE INDEX measurement_time ON measurement (scope, measured_at);

-- What a citizen is found by; who is never found is not here.
CREATE TABLE person (
  id BLOB PRIMARY KEY CHECK (length (id) = 16),
  words TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE scope_sum (
  scope TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  sum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
  key TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  id BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_holder ON claim (id, type);

CREATE TABLE device (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL,
  last_op_no INTEGER NOT NULL,
  state TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  last_access_n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- That a device uses a number once is held by its row above, which only goes forward: an index over device and
-- number would have each change of a commit write a page of its own.
CREATE TABLE receipt (
  seq INTEGER PRIMARY KEY,
  op_id BLOB NOT NULL UNIQUE,
  device_id BLOB NOT NULL,
  op_no INTEGER NOT NULL,
  user_id BLOB NOT NULL,
  hash TEXT NOT NULL,
  status TEXT NOT NULL,
  result TEXT NOT NULL
) STRICT;

-- The history: of each position the text whose receipt is above.
CREATE TABLE changeset (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE alias (
  id BLOB NOT NULL,
  type TEXT NOT NULL,
  field TEXT NOT NULL,
  tag BLOB NOT NULL,
  present BLOB NOT NULL,
  PRIMARY KEY (id, type, field, tag, present)
) STRICT, WITHOUT ROWID;

-- Who may see what: a rule for a function, and what follows from it for a user. An empty unit is any.
CREATE TABLE access_rule (
  scope TEXT NOT NULL,
  role TEXT NOT NULL,
  unit_id BLOB NOT NULL,
  basis TEXT NOT NULL,
  valid_to INTEGER,
  PRIMARY KEY (scope, role, unit_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_rule_end ON access_rule (valid_to) WHERE valid_to IS NOT NULL;
CREATE INDEX access_rule_function ON access_rule (role, unit_id);

CREATE TABLE access_grant (
  user_id BLOB NOT NULL,
  scope TEXT NOT NULL,
  gen INTEGER NOT NULL,
  active INTEGER NOT NULL,
  basis TEXT NOT NULL,
  valid_to INTEGER,
  seq INTEGER NOT NULL,
  PRIMARY KEY (user_id, scope)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_grant_seq ON access_grant (user_id, seq);
CREATE INDEX access_grant_end ON access_grant (valid_to) WHERE active = 1 AND valid_to IS NOT NULL;

-- Every opening, delivery and change, in a chain of hashes.
CREATE TABLE access_log (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  client_at INTEGER,
  user_id BLOB,
  role TEXT,
  unit_id BLOB,
  device_id BLOB,
  scope TEXT,
  kinds TEXT,
  action TEXT NOT NULL,
  reason TEXT,
  request_id TEXT,
  result TEXT,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
CREATE INDEX access_log_scope ON access_log (scope, n);

-- The chain's end at a moment, signed, so that a shorter or another chain is found out later.
CREATE TABLE access_checkpoint (
  n INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length (hash) = 32),
  signature BLOB NOT NULL CHECK (length (signature) = 64)
) STRICT;

CREATE TABLE tray (
  op_id BLOB PRIMARY KEY,
  seq INTEGER NOT NULL,
  user_id BLOB NOT NULL,
  unit_id BLOB,
  body TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Attachments, in parts of one megabyte. They belong to the record that names them.
CREATE TABLE contents (
  n INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  id BLOB NOT NULL CHECK (length (id) = 16),
  field TEXT NOT NULL,
  hash TEXT NOT NULL,
  part_offset INTEGER NOT NULL,
  total INTEGER NOT NULL,
  part BLOB NOT NULL,
  UNIQUE (id, type, field, hash, part_offset)
) STRICT;
