-- SPDX-License-Identifier: EUPL-1.2
-- Under row security the planner looks into an index by what is safe to ask of rows that are another
-- municipality's: a column that equals a value, and not what a function says of the text. So what a case says
-- of who follows it stands in columns, which the database keeps itself and fills for what is there.
ALTER TABLE record
  ADD COLUMN platform text COLLATE "C"
    GENERATED ALWAYS AS (CASE WHEN type = 'case' THEN substring (body from '"platform":"((?:[^"\\]|\\.)*)"') END) STORED,
  ADD COLUMN follow_up_unit_id text COLLATE "C"
    GENERATED ALWAYS AS (CASE WHEN type = 'case' THEN substring (body from '"follow_up_unit_id":"([^"]*)"') END) STORED,
  ADD COLUMN citizen_id text COLLATE "C"
    GENERATED ALWAYS AS (CASE WHEN type = 'case' THEN substring (body from '"citizen_id":"([^"]*)"') END) STORED;
DROP INDEX record_followed;
CREATE INDEX record_platform ON record (tenant_id, platform, citizen_id) WHERE platform IS NOT NULL;
CREATE INDEX record_follow_up ON record (tenant_id, follow_up_unit_id, citizen_id) WHERE follow_up_unit_id IS NOT NULL;

-- Whom a message is for, none when several units share the telephone; and one that waited when the municipality's
-- gateway was taken away.
ALTER TABLE gateway_message ADD COLUMN unit_id uuid;
ALTER TABLE gateway_message DROP CONSTRAINT gateway_message_state_check;
ALTER TABLE gateway_message ADD CONSTRAINT gateway_message_state_check
  CHECK (state IN ('waiting', 'sent', 'not_needed', 'no_address', 'no_gateway', 'test_sent', 'test_failed'));

INSERT INTO schema_version VALUES (2);
