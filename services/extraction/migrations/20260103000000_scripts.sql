-- migrate:up

-- Projections of what the assets service tells. The ids are its own; with the workspace in the key, nobody can take
-- another workspace's. A row may begin with any event of its aggregate; `is_deleted` never goes back.
CREATE TABLE project (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    style_capsule_id uuid,
    version bigint NOT NULL,
    is_deleted boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE branch (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    project_id uuid NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL,
    is_deleted boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE style_capsule (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    version bigint NOT NULL,
    is_deleted boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

CREATE TABLE script_version (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    script_id uuid NOT NULL,
    project_id uuid NOT NULL,
    branch_id uuid NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    title text NOT NULL,
    format text NOT NULL,
    file_name text,
    encoding text NOT NULL,
    sha256 text NOT NULL,
    bytes bigint NOT NULL,
    original bytea NOT NULL,
    scene_count integer NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT script_version_of_branch UNIQUE (workspace_id, branch_id, version)
);

CREATE TABLE scene (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    script_version_id uuid NOT NULL REFERENCES script_version (id) ON DELETE CASCADE,
    number integer NOT NULL,
    label text,
    heading text NOT NULL,
    setting text,
    place text,
    time_of_day text,
    line integer NOT NULL,
    CONSTRAINT scene_number UNIQUE (script_version_id, number)
);

CREATE TABLE run (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    project_id uuid NOT NULL,
    branch_id uuid NOT NULL,
    script_id uuid NOT NULL,
    script_version_id uuid NOT NULL REFERENCES script_version (id),
    script_version integer NOT NULL,
    engine text NOT NULL CHECK (engine IN ('builtin', 'llm')),
    state text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    -- Names the one queued message that may start this run; every queueing has a new one.
    ticket uuid NOT NULL DEFAULT gen_random_uuid(),
    claim_token uuid,
    attempts integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    scenes_read integer NOT NULL DEFAULT 0,
    scenes_total integer NOT NULL,
    characters integer NOT NULL DEFAULT 0,
    locations integer NOT NULL DEFAULT 0,
    props integer NOT NULL DEFAULT 0,
    input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    cost_micro_usd bigint NOT NULL DEFAULT 0,
    seconds double precision,
    failure_stage text,
    error_class text,
    message text,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    CHECK ((state = 'running') = (claim_token IS NOT NULL)),
    CHECK ((state = 'completed') = (seconds IS NOT NULL)),
    CHECK ((state IN ('completed', 'failed', 'cancelled')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX run_ticket ON run (ticket);
CREATE INDEX run_of_branch ON run (workspace_id, branch_id, id);
CREATE INDEX run_of_script_version ON run (script_version_id);

CREATE TABLE extracted_asset (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    number integer NOT NULL,
    asset_type text NOT NULL CHECK (asset_type IN ('character', 'location', 'prop')),
    name text NOT NULL,
    aliases text[] NOT NULL,
    description text NOT NULL,
    attributes jsonb NOT NULL,
    scene_numbers integer[] NOT NULL,
    evidence jsonb NOT NULL,
    confidence double precision NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT extracted_asset_number UNIQUE (run_id, number)
);

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY[
        'project', 'branch', 'style_capsule', 'script_version', 'scene', 'run', 'extracted_asset'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
        EXECUTE format(
            'CREATE POLICY tenant ON %I'
            ' USING (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))'
            ' WITH CHECK (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))',
            owned);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON project, branch, style_capsule, run TO extraction_app;
GRANT SELECT, INSERT ON script_version, scene, extracted_asset TO extraction_app;

-- migrate:down
