-- migrate:up

CREATE TABLE style_capsule (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    name text NOT NULL,
    prompt text NOT NULL,
    negative_prompt text NOT NULL,
    palette text[] NOT NULL,
    reference_images text[] NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX style_capsule_page ON style_capsule (workspace_id, id);

CREATE TABLE project (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    name text NOT NULL,
    style_capsule_id uuid REFERENCES style_capsule (id),
    metadata jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX project_page ON project (workspace_id, id);
CREATE INDEX project_style_capsule ON project (style_capsule_id);

CREATE TABLE branch (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    name text NOT NULL,
    name_key text NOT NULL,
    -- No foreign key: a branch outlives the one it was forked from.
    forked_from_branch_id uuid,
    metadata jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT branch_name UNIQUE (project_id, name_key)
);
CREATE INDEX branch_page ON branch (project_id, id);

CREATE TABLE global_asset (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    asset_type text NOT NULL CHECK (asset_type IN ('character', 'location', 'prop')),
    name text NOT NULL,
    aliases text[] NOT NULL,
    description text NOT NULL,
    attributes jsonb NOT NULL,
    tags text[] NOT NULL,
    -- Keys of name, aliases and tags: what `q` is looked for in.
    search text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX global_asset_page ON global_asset (workspace_id, id);
CREATE INDEX global_asset_type ON global_asset (workspace_id, asset_type, id);
CREATE INDEX global_asset_search ON global_asset USING gin (workspace_id, search gin_trgm_ops, tags);

CREATE TABLE project_asset (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    project_id uuid NOT NULL,
    branch_id uuid NOT NULL REFERENCES branch (id) ON DELETE CASCADE,
    asset_type text NOT NULL CHECK (asset_type IN ('character', 'location', 'prop')),
    name text NOT NULL,
    name_key text NOT NULL,
    -- Key of the first name: a script goes on calling the asset so after a person has renamed it.
    first_name_key text NOT NULL,
    aliases text[] NOT NULL,
    description text NOT NULL,
    attributes jsonb NOT NULL,
    scene_numbers integer[] NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'approved', 'archived')),
    edited_fields text[] NOT NULL,
    -- Keys of name and aliases: what `q` is looked for in.
    search text NOT NULL,
    metadata jsonb NOT NULL DEFAULT '{}',
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT project_asset_name UNIQUE (branch_id, asset_type, name_key)
);
CREATE INDEX project_asset_page ON project_asset (branch_id, id);
CREATE INDEX project_asset_first_name ON project_asset (branch_id, asset_type, first_name_key);

CREATE TABLE image_request (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    asset_id uuid NOT NULL REFERENCES project_asset (id) ON DELETE CASCADE,
    look text NOT NULL,
    batch_id uuid NOT NULL,
    candidates integer NOT NULL,
    -- Which of the candidates have been drawn, and which have failed.
    drawn integer[] NOT NULL DEFAULT '{}',
    failed integer[] NOT NULL DEFAULT '{}',
    state text NOT NULL CHECK (state IN ('requested', 'drawn', 'failed')),
    error text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX image_request_latest ON image_request (asset_id, look, id);

CREATE TABLE image_candidate (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    asset_id uuid NOT NULL REFERENCES project_asset (id) ON DELETE CASCADE,
    look text NOT NULL,
    -- No foreign keys: a fork's images were asked for in another branch.
    request_id uuid NOT NULL,
    job_id uuid NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    object_key text NOT NULL,
    content_type text NOT NULL,
    sha256 text NOT NULL,
    bytes bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    state text NOT NULL CHECK (state IN ('drawn', 'localized', 'failed')),
    selected boolean NOT NULL DEFAULT false,
    -- When it was last chosen and not undone: an undo goes back to the latest of the others.
    selected_at timestamptz,
    localized_key text,
    thumbnail_key text,
    localized_sha256 text,
    -- The news that `state` comes from; older news never overwrites newer.
    localization_id uuid,
    localization_version bigint,
    error text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT image_candidate_job UNIQUE (asset_id, job_id)
);
CREATE INDEX image_candidate_page ON image_candidate (asset_id, id);
CREATE UNIQUE INDEX image_candidate_selected ON image_candidate (asset_id, look) WHERE selected;

-- One extraction run's findings in a branch; the id is the run's.
CREATE TABLE change_set (
    id uuid NOT NULL,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    project_id uuid NOT NULL,
    branch_id uuid NOT NULL REFERENCES branch (id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('open', 'closed')),
    created_at timestamptz NOT NULL,
    closed_at timestamptz,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX change_set_branch ON change_set (branch_id);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'style_capsule', 'project', 'branch', 'global_asset', 'project_asset',
        'image_request', 'image_candidate', 'change_set'
    ] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY tenant ON %I'
            ' USING (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))'
            ' WITH CHECK (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))',
            tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO assets_app', tenant_table);
    END LOOP;
END $$;

-- Under row-level security neither LIKE nor @> may use an index, as they could leak what they look at. The library is
-- therefore searched by its owner, whom this policy lets past, in a function that reads the tenant itself.
-- lint: allow row-security only for the owner, as which nothing but the function below reads
CREATE POLICY searcher ON global_asset FOR SELECT TO assets_owner USING (true);

CREATE FUNCTION global_asset_page(
    wanted_type text, pattern text, wanted_tag text, after_id uuid, wanted integer
) RETURNS SETOF global_asset
-- lint: allow row-security it reads the tenant itself
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    workspace uuid := current_setting('app.workspace_id')::uuid;
BEGIN
    -- Two characters within their wildcards make no trigram; they are common enough to be met soon in order of id.
    IF wanted_tag IS NULL AND coalesce(length(pattern), 0) < 5 THEN
        RETURN QUERY
        SELECT asset.*
          FROM global_asset AS asset
         WHERE asset.workspace_id = workspace
           AND (wanted_type IS NULL OR asset.asset_type = wanted_type)
           AND (pattern IS NULL OR asset.search LIKE pattern)
           AND (after_id IS NULL OR asset.id > after_id)
         ORDER BY asset.id
         LIMIT wanted;
        RETURN;
    END IF;
    -- Materialized: a rare word would otherwise be looked for in order of id, through the whole library.
    RETURN QUERY
    WITH matching AS MATERIALIZED (
        SELECT asset.id
          FROM global_asset AS asset
         WHERE asset.workspace_id = workspace
           AND (wanted_type IS NULL OR asset.asset_type = wanted_type)
           AND (pattern IS NULL OR asset.search LIKE pattern)
           AND (wanted_tag IS NULL OR asset.tags @> ARRAY[wanted_tag])
           AND (after_id IS NULL OR asset.id > after_id)
    ), page AS (
        SELECT matching.id FROM matching ORDER BY matching.id LIMIT wanted
    )
    SELECT asset.*
      FROM global_asset AS asset
      JOIN page ON page.id = asset.id
     WHERE asset.workspace_id = workspace
     ORDER BY asset.id;
END $$;
REVOKE ALL ON FUNCTION global_asset_page FROM PUBLIC;
GRANT EXECUTE ON FUNCTION global_asset_page TO assets_app;

-- migrate:down
