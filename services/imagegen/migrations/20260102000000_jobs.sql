-- migrate:up

-- The id is its asker's; with the workspace in the key, nobody can take another workspace's.
CREATE TABLE batch (
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    id uuid NOT NULL,
    project_id uuid,
    branch_id uuid,
    promised integer CHECK (promised >= 0),
    jobs integer NOT NULL DEFAULT 0,
    completed integer NOT NULL DEFAULT 0 CHECK (completed >= 0),
    failed integer NOT NULL DEFAULT 0 CHECK (failed >= 0),
    cancelled integer NOT NULL DEFAULT 0 CHECK (cancelled >= 0),
    cost_micro_usd bigint NOT NULL DEFAULT 0,
    version bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    completed_at timestamptz,
    PRIMARY KEY (workspace_id, id),
    CHECK (completed + failed + cancelled <= jobs)
);

CREATE TABLE job (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    request_id uuid NOT NULL,
    candidate integer NOT NULL,
    idempotency_key text NOT NULL,
    batch_id uuid,
    asset_id uuid NOT NULL,
    asset_scope text NOT NULL,
    project_id uuid,
    branch_id uuid,
    look text NOT NULL,
    request jsonb NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    -- Names the one queued message that may start this job; every queueing has a new one.
    ticket uuid NOT NULL DEFAULT gen_random_uuid(),
    claim_token uuid,
    attempts integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    failure_stage text,
    error_class text,
    vendor_message text,
    object_key text,
    content_type text,
    sha256 text,
    bytes bigint,
    width integer,
    height integer,
    cost_micro_usd bigint NOT NULL DEFAULT 0,
    seconds double precision,
    trace_id text,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    UNIQUE (workspace_id, idempotency_key),
    CHECK ((state = 'running') = (claim_token IS NOT NULL)),
    CHECK ((state = 'completed') = (object_key IS NOT NULL)),
    CHECK ((state IN ('completed', 'failed', 'cancelled')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX job_ticket ON job (ticket);
CREATE INDEX job_newest ON job (workspace_id, id);
CREATE INDEX job_of_batch ON job (workspace_id, batch_id, id) WHERE batch_id IS NOT NULL;
CREATE INDEX job_of_project ON job (workspace_id, project_id, id) WHERE project_id IS NOT NULL;
CREATE INDEX job_of_asset ON job (workspace_id, asset_id, id);
CREATE INDEX job_unfinished ON job (workspace_id, state, id) WHERE state IN ('queued', 'running', 'failed');
CREATE INDEX job_of_error ON job (workspace_id, error_class, id) WHERE error_class IS NOT NULL;

CREATE TABLE attempt (
    -- The claim token of the try.
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    job_id uuid NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    number integer NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    outcome text CHECK (outcome IN ('completed', 'failed', 'cancelled', 'lost')),
    failure_stage text,
    error_class text,
    vendor_message text,
    cost_micro_usd bigint NOT NULL DEFAULT 0,
    trace_id text,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    UNIQUE (job_id, number),
    CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE INDEX attempt_ended ON attempt (workspace_id, provider, ended_at) WHERE outcome IN ('completed', 'failed');

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['batch', 'job', 'attempt'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
        EXECUTE format(
            'CREATE POLICY tenant ON %I'
            ' USING (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))'
            ' WITH CHECK (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))',
            owned);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO imagegen_app', owned);
    END LOOP;
END $$;

-- migrate:down
