-- migrate:up

-- `made_by`: the finding that a script's reading made it from; null for what a person has made. `same_as`: the asset that
-- a reading says it is, when people have worked on it. No foreign key: that one may be deleted.
ALTER TABLE project_asset
    ADD COLUMN made_by uuid,
    ADD COLUMN same_as uuid;

-- Findings that are others: told late, they make no asset.
CREATE TABLE merged_finding (
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    id uuid NOT NULL,
    branch_id uuid NOT NULL REFERENCES branch (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (workspace_id, id)
);
CREATE INDEX merged_finding_branch ON merged_finding (branch_id);

ALTER TABLE merged_finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE merged_finding FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON merged_finding
    USING (workspace_id = (SELECT current_setting('app.workspace_id')::uuid))
    WITH CHECK (workspace_id = (SELECT current_setting('app.workspace_id')::uuid));
GRANT SELECT, INSERT ON merged_finding TO assets_app;

-- migrate:down
