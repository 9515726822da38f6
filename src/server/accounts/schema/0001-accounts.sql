-- SPDX-License-Identifier: EUPL-1.2
-- Who may sign in to one municipality. Nothing here says what somebody may see: that follows from the
-- log. Tokens are kept as SHA-256 only. Ids are UUIDs in 16 bytes, instants milliseconds since 1970 UTC.

CREATE TABLE account (
  user_id BLOB PRIMARY KEY CHECK (length (user_id) = 16),
  name TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  one_time_until INTEGER,
  state TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id BLOB PRIMARY KEY CHECK (length (id) = 16),
  user_id BLOB NOT NULL REFERENCES account (user_id),
  device_id BLOB NOT NULL,
  access_hash BLOB NOT NULL UNIQUE CHECK (length (access_hash) = 32),
  access_until INTEGER NOT NULL,
  refresh_hash BLOB NOT NULL UNIQUE CHECK (length (refresh_hash) = 32),
  previous_hash BLOB,
  limited INTEGER NOT NULL,
  confirmed INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user_id);
CREATE INDEX session_device ON session (device_id);

-- Refresh tokens that were exchanged. Whoever shows one again ends the session.
CREATE TABLE used_token (
  hash BLOB PRIMARY KEY CHECK (length (hash) = 32),
  session_id BLOB NOT NULL REFERENCES session (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX used_token_session ON used_token (session_id);

-- What the list of devices says beside what the log knows.
CREATE TABLE device_name (
  device_id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  registered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong passwords, by a hash of what is counted.
CREATE TABLE sign_in_count (
  hash BLOB PRIMARY KEY CHECK (length (hash) = 32),
  n INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who a provider of sign-ins says somebody is.
CREATE TABLE identity (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id BLOB NOT NULL REFERENCES account (user_id),
  linked_at INTEGER NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_of_user ON identity (user_id);

-- Sign-ins that have left for the browser. Each is taken out once.
CREATE TABLE browser_sign_in (
  hash BLOB PRIMARY KEY CHECK (length (hash) = 32),
  state TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Systems that send measurements or read: suppliers' platforms, the record system. Each has one token.
CREATE TABLE system_key (
  hash BLOB PRIMARY KEY CHECK (length (hash) = 32),
  name TEXT NOT NULL UNIQUE,
  unit_id BLOB NOT NULL CHECK (length (unit_id) = 16),
  sends INTEGER NOT NULL,
  reads INTEGER NOT NULL,
  made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What goes out through the message gateway: about no citizen, to a unit's shift phone. next_at: not tried
-- again before then. A test message is sent once, and has failed until it is sent.
CREATE TABLE gateway_message (
  id BLOB PRIMARY KEY CHECK (length (id) = 16),
  address TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  n_attempts INTEGER NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'sent', 'not_needed', 'no_address', 'test_sent', 'test_failed'))
) STRICT, WITHOUT ROWID;
CREATE INDEX gateway_message_waiting ON gateway_message (next_at) WHERE state = 'waiting';

-- Without a result: it was begun, and its end is not known.
CREATE TABLE gateway_attempt (
  message_id BLOB NOT NULL,
  n INTEGER NOT NULL,
  at INTEGER NOT NULL,
  result TEXT,
  PRIMARY KEY (message_id, n)
) STRICT, WITHOUT ROWID;

-- Cases with a red alert that has waited too long, since when, and the message that told of it.
CREATE TABLE escalation (
  case_id BLOB NOT NULL CHECK (length (case_id) = 16),
  since INTEGER NOT NULL,
  message_id BLOB,
  ended_at INTEGER,
  PRIMARY KEY (case_id, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX escalation_open ON escalation (case_id) WHERE ended_at IS NULL;
CREATE INDEX escalation_message ON escalation (message_id);
