-- SPDX-License-Identifier: EUPL-1.2
-- Every municipality's log. The municipality is first in every key and fills itself in from the
-- transaction's setting; without the setting every statement fails. The role that runs the server owns
-- nothing, and row security holds for the owner as well.

CREATE TABLE schema_version (version integer PRIMARY KEY);
INSERT INTO schema_version VALUES (1);

-- The municipalities of this database. One that is being moved here is not served yet. Names of
-- municipalities are no secret: the server reads them all. The municipality's own key, which signs the
-- access log, is wrapped by the server's key, which is not in the database.
CREATE TABLE tenant (
  id uuid PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  is_served boolean NOT NULL,
  wrapping text NOT NULL
);

CREATE TABLE tenant_head (
  tenant_id uuid PRIMARY KEY DEFAULT current_setting('forlop.tenant')::uuid,
  epoch bytea NOT NULL CHECK (length (epoch) = 16),
  head bigint NOT NULL,
  log_hash bytea NOT NULL CHECK (length (log_hash) = 32),
  safe_seq bigint NOT NULL,
  access_n bigint NOT NULL,
  access_hash bytea NOT NULL CHECK (length (access_hash) = 32)
);

CREATE TABLE commit_mark (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  seq bigint,
  log_hash bytea NOT NULL CHECK (length (log_hash) = 32),
  at bigint NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);

-- One row for each record, moved to the position that wrote it last.
CREATE TABLE record (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  type text COLLATE "C",
  id uuid,
  scope text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  vtag uuid NOT NULL,
  deleted boolean NOT NULL,
  field_vtags text,
  body text,
  PRIMARY KEY (tenant_id, type, id)
);
CREATE INDEX record_seq ON record (tenant_id, seq, type, id);
CREATE INDEX record_scope ON record (tenant_id, scope, seq, type, id);
CREATE INDEX record_function ON record (tenant_id, (body::json ->> 'user_id'))
  WHERE type = 'membership' AND NOT deleted;
CREATE INDEX record_untaken ON record (tenant_id, id)
  WHERE type = 'alert' AND NOT deleted AND body::json ->> 'severity' = 'red'
    AND body::json ->> 'status' IN ('new', 'snoozed');
-- As text: a body may hold what json cannot be asked about, and must be kept all the same.
CREATE INDEX record_waiting ON record (tenant_id, id)
  WHERE type IN ('alert', 'task', 'case') AND NOT deleted
    AND body ~ '"status":"(new|taken|snoozed|open|running|ended)"';
CREATE INDEX record_followed ON record (tenant_id, id)
  WHERE type = 'case' AND NOT deleted AND body ~ '"(platform|follow_up_unit_id)":';

-- Measurements are many: a narrow table of their own, one column for each declared field.
CREATE TABLE measurement (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  id uuid,
  scope text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  vtag uuid NOT NULL,
  deleted boolean NOT NULL,
  field_vtags text,
  citizen_id uuid,
  code text COLLATE "C",
  value double precision,
  measured_at bigint,
  received_at bigint,
  source text COLLATE "C",
  quality text COLLATE "C",
  item_id uuid,
  entered_by uuid,
  note text,
  sender text,
  codings text,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX measurement_seq ON measurement (tenant_id, seq, id);
CREATE INDEX measurement_scope ON measurement (tenant_id, scope, seq, id);
CREATE INDEX measurement_time ON measurement (tenant_id, scope, measured_at);

-- What a citizen is found by; who is never found is not here.
CREATE TABLE person (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  id uuid,
  words text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE scope_sum (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  scope text COLLATE "C",
  count bigint NOT NULL,
  sum bigint NOT NULL,
  PRIMARY KEY (tenant_id, scope)
);

CREATE TABLE claim (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  key text COLLATE "C",
  type text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX claim_holder ON claim (tenant_id, id, type);

CREATE TABLE device (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  id uuid,
  user_id uuid NOT NULL,
  last_op_no bigint NOT NULL,
  state text NOT NULL,
  seen_at bigint NOT NULL,
  last_access_n bigint NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE receipt (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  op_id uuid,
  device_id uuid NOT NULL,
  op_no bigint NOT NULL,
  user_id uuid NOT NULL,
  hash text NOT NULL,
  status text NOT NULL,
  result text NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, op_id)
);
CREATE UNIQUE INDEX receipt_seq ON receipt (tenant_id, seq);
CREATE UNIQUE INDEX receipt_device ON receipt (tenant_id, device_id, op_no);

-- The history: of each position the text whose receipt is above.
CREATE TABLE changeset (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  seq bigint,
  body text NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);

CREATE TABLE alias (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  id uuid,
  type text COLLATE "C",
  field text COLLATE "C",
  tag uuid,
  present uuid,
  PRIMARY KEY (tenant_id, id, type, field, tag, present)
);

-- Who may see what: a rule for a function, and what follows from it for a user. No unit is any.
CREATE TABLE access_rule (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  scope text COLLATE "C",
  role text COLLATE "C",
  unit_id text COLLATE "C",
  basis text NOT NULL,
  valid_to bigint,
  PRIMARY KEY (tenant_id, scope, role, unit_id)
);
CREATE INDEX access_rule_end ON access_rule (tenant_id, valid_to) WHERE valid_to IS NOT NULL;
CREATE INDEX access_rule_function ON access_rule (tenant_id, role, unit_id);

CREATE TABLE access_grant (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  user_id uuid,
  scope text COLLATE "C",
  gen bigint NOT NULL,
  active boolean NOT NULL,
  basis text NOT NULL,
  valid_to bigint,
  seq bigint NOT NULL,
  PRIMARY KEY (tenant_id, user_id, scope)
);
CREATE INDEX access_grant_seq ON access_grant (tenant_id, user_id, seq);
CREATE INDEX access_grant_end ON access_grant (tenant_id, valid_to) WHERE active AND valid_to IS NOT NULL;

-- Every opening, delivery and change, in a chain of hashes.
CREATE TABLE access_log (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  n bigint,
  at bigint NOT NULL,
  client_at bigint,
  user_id uuid,
  role text,
  unit_id uuid,
  device_id uuid,
  scope text COLLATE "C",
  kinds text,
  action text NOT NULL,
  reason text,
  request_id text,
  result text,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, n)
);
CREATE INDEX access_log_scope ON access_log (tenant_id, scope, n);

-- The chain's end at a moment, signed, so that a shorter or another chain is found out later.
CREATE TABLE access_checkpoint (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  n bigint,
  at bigint NOT NULL,
  hash bytea NOT NULL CHECK (length (hash) = 32),
  signature bytea NOT NULL CHECK (length (signature) = 64),
  PRIMARY KEY (tenant_id, n)
);

CREATE TABLE tray (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  op_id uuid,
  seq bigint NOT NULL,
  user_id uuid NOT NULL,
  unit_id uuid,
  body text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (tenant_id, op_id)
);

-- Attachments, in parts of one megabyte. They belong to the record that names them.
CREATE TABLE contents (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  type text COLLATE "C",
  id uuid,
  field text COLLATE "C",
  hash text COLLATE "C",
  part_offset bigint,
  total bigint NOT NULL,
  part bytea NOT NULL,
  PRIMARY KEY (tenant_id, id, type, field, hash, part_offset)
);

-- Who may sign in, as in the accounts' file.
CREATE TABLE account (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  user_id uuid,
  name text COLLATE "C" NOT NULL,
  password text NOT NULL,
  one_time_until bigint,
  state text NOT NULL,
  changed_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);
CREATE UNIQUE INDEX account_name ON account (tenant_id, name);

CREATE TABLE session (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  id uuid,
  user_id uuid NOT NULL,
  device_id uuid NOT NULL,
  access_hash bytea NOT NULL CHECK (length (access_hash) = 32),
  access_until bigint NOT NULL,
  refresh_hash bytea NOT NULL CHECK (length (refresh_hash) = 32),
  previous_hash bytea,
  limited bigint NOT NULL,
  confirmed bigint NOT NULL,
  started_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES account
);
CREATE UNIQUE INDEX session_access ON session (tenant_id, access_hash);
CREATE UNIQUE INDEX session_refresh ON session (tenant_id, refresh_hash);
CREATE INDEX session_of_user ON session (tenant_id, user_id);

CREATE TABLE used_token (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  hash bytea CHECK (length (hash) = 32),
  session_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, hash),
  FOREIGN KEY (tenant_id, session_id) REFERENCES session ON DELETE CASCADE
);
CREATE INDEX used_token_session ON used_token (tenant_id, session_id);

CREATE TABLE device_name (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  device_id uuid,
  name text NOT NULL,
  registered_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, device_id)
);

CREATE TABLE sign_in_count (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  hash bytea CHECK (length (hash) = 32),
  n bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, hash)
);

CREATE TABLE identity (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  issuer text COLLATE "C",
  subject text COLLATE "C",
  user_id uuid NOT NULL,
  linked_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, issuer, subject),
  FOREIGN KEY (tenant_id, user_id) REFERENCES account
);
CREATE INDEX identity_of_user ON identity (tenant_id, user_id);

CREATE TABLE system_key (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  hash bytea CHECK (length (hash) = 32),
  name text COLLATE "C" NOT NULL,
  unit_id uuid NOT NULL,
  sends bigint NOT NULL,
  reads bigint NOT NULL,
  made_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, hash)
);
CREATE UNIQUE INDEX system_key_name ON system_key (tenant_id, name);

CREATE TABLE gateway_message (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  id uuid,
  address text NOT NULL,
  made_at bigint NOT NULL,
  next_at bigint NOT NULL,
  n_attempts bigint NOT NULL,
  state text COLLATE "C" NOT NULL
    CHECK (state IN ('waiting', 'sent', 'not_needed', 'no_address', 'test_sent', 'test_failed')),
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX gateway_message_waiting ON gateway_message (tenant_id, next_at) WHERE state = 'waiting';

CREATE TABLE gateway_attempt (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  message_id uuid,
  n bigint,
  at bigint NOT NULL,
  result text,
  PRIMARY KEY (tenant_id, message_id, n)
);

CREATE TABLE escalation (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  case_id uuid,
  since bigint,
  message_id uuid,
  ended_at bigint,
  PRIMARY KEY (tenant_id, case_id, since)
);
CREATE INDEX escalation_open ON escalation (tenant_id, case_id) WHERE ended_at IS NULL;
CREATE INDEX escalation_message ON escalation (tenant_id, message_id);

CREATE TABLE browser_sign_in (
  tenant_id uuid DEFAULT current_setting('forlop.tenant')::uuid REFERENCES tenant_head,
  hash bytea CHECK (length (hash) = 32),
  state text NOT NULL,
  nonce text NOT NULL,
  verifier text NOT NULL,
  redirect_uri text NOT NULL,
  ends_at bigint NOT NULL,
  PRIMARY KEY (tenant_id, hash)
);

DO $$
DECLARE
  name text;
BEGIN
  FOR name IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'forlop'::regnamespace AND c.relkind = 'r' AND a.attname = 'tenant_id'
  LOOP
    EXECUTE format ('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format ('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format ('CREATE POLICY own_tenant ON %I '
                    'USING (tenant_id = current_setting(''forlop.tenant'')::uuid) '
                    'WITH CHECK (tenant_id = current_setting(''forlop.tenant'')::uuid)', name);
  END LOOP;
END
$$;
