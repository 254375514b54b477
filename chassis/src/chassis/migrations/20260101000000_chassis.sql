-- migrate:up

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    subject text NOT NULL,
    headers jsonb NOT NULL,
    payload bytea NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    available_at timestamptz NOT NULL DEFAULT '-infinity',
    last_error text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received_at ON inbox USING brin (received_at);

CREATE TABLE idempotency (
    workspace_id uuid NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    headers jsonb,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, key)
);
CREATE INDEX idempotency_created_at ON idempotency USING brin (created_at);

ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox FORCE ROW LEVEL SECURITY;
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;

-- The relay publishes, and the sweeper forgets, for all workspaces: they take the role <database>_relay.
DO $$
DECLARE
    app name := current_database() || '_app';
    relay name := current_database() || '_relay';
    chassis_table text;
BEGIN
    FOREACH chassis_table IN ARRAY ARRAY['outbox', 'inbox', 'idempotency'] LOOP
        EXECUTE format(
            'CREATE POLICY tenant ON %I TO %I'
            ' USING (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))'
            ' WITH CHECK (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))',
            chassis_table, app);
        -- lint: allow row-security only for the role of the relay
        EXECUTE format('CREATE POLICY relay ON %I TO %I USING (true) WITH CHECK (true)', chassis_table, relay);
        EXECUTE format('GRANT SELECT, UPDATE, DELETE ON %I TO %I', chassis_table, relay);
    END LOOP;
    EXECUTE format('GRANT SELECT, INSERT ON outbox TO %I', app);
    EXECUTE format('GRANT SELECT, INSERT ON inbox TO %I', app);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON idempotency TO %I', app);
END $$;

-- migrate:down
