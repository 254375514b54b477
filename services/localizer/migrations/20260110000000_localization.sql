-- migrate:up

CREATE TABLE localization (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    image_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    asset_scope text NOT NULL CHECK (asset_scope IN ('project', 'global')),
    project_id uuid NOT NULL,
    branch_id uuid NOT NULL,
    asset_type text NOT NULL CHECK (asset_type IN ('character', 'location', 'prop')),
    asset_name text NOT NULL,
    asset_version bigint NOT NULL,
    look text NOT NULL,
    source text NOT NULL,
    source_sha256 text,
    key text NOT NULL,
    thumbnail_key text NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'localized', 'failed', 'removed')),
    claim_token uuid,
    sha256 text,
    bytes bigint,
    width integer,
    height integer,
    content_type text,
    attempts integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    failure_stage text,
    error_class text,
    message text,
    objects_removed_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (workspace_id, image_id, asset_id, look),
    -- Two localizations never share an object.
    UNIQUE (workspace_id, key),
    UNIQUE (workspace_id, thumbnail_key),
    -- A copy is known exactly while there is one.
    CHECK ((state = 'localized') = (num_nonnulls(sha256, bytes, width, height, content_type) = 5)),
    CHECK (state = 'localized' OR num_nonnulls(sha256, bytes, width, height, content_type) = 0)
);
CREATE INDEX localization_by_workspace ON localization (workspace_id, id);
CREATE INDEX localization_by_project ON localization (workspace_id, project_id, id);
CREATE INDEX localization_by_branch ON localization (workspace_id, branch_id, id);
CREATE INDEX localization_by_asset ON localization (workspace_id, asset_id, id);

-- What is deleted stays deleted, even when an older selection arrives later. The id is an asset's, branch's or project's.
CREATE TABLE tombstone (
    workspace_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workspace_id, id)
);

ALTER TABLE localization ENABLE ROW LEVEL SECURITY;
ALTER TABLE localization FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON localization
    USING (workspace_id = (SELECT current_setting('app.workspace_id')::uuid))
    WITH CHECK (workspace_id = (SELECT current_setting('app.workspace_id')::uuid));

ALTER TABLE tombstone ENABLE ROW LEVEL SECURITY;
ALTER TABLE tombstone FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON tombstone
    USING (workspace_id = (SELECT current_setting('app.workspace_id')::uuid))
    WITH CHECK (workspace_id = (SELECT current_setting('app.workspace_id')::uuid));

GRANT SELECT, INSERT, UPDATE ON localization TO localizer_app;
GRANT SELECT, INSERT ON tombstone TO localizer_app;

-- migrate:down
