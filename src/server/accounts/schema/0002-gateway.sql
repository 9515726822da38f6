-- SPDX-License-Identifier: EUPL-1.2
-- unit_id: whom the message is for; none when several units share the telephone. no_gateway: it waited when the
-- municipality's gateway was taken away.
CREATE TABLE gateway_message_new (
  id BLOB PRIMARY KEY CHECK (length (id) = 16),
  address TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  n_attempts INTEGER NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('waiting', 'sent', 'not_needed', 'no_address', 'no_gateway', 'test_sent', 'test_failed')),
  unit_id BLOB CHECK (length (unit_id) = 16)
) STRICT, WITHOUT ROWID;
INSERT INTO gateway_message_new (id, address, made_at, next_at, n_attempts, state)
  SELECT id, address, made_at, next_at, n_attempts, state FROM gateway_message;
DROP TABLE gateway_message;
ALTER TABLE gateway_message_new RENAME TO gateway_message;
CREATE INDEX gateway_message_waiting ON gateway_message (next_at) WHERE state = 'waiting';
