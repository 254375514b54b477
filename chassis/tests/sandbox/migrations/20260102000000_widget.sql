-- migrate:up

CREATE TABLE widget (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL,
    name text NOT NULL,
    state text NOT NULL DEFAULT 'new',
    version bigint NOT NULL DEFAULT 1,
    effects integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    claim uuid
);
ALTER TABLE widget ENABLE ROW LEVEL SECURITY;
ALTER TABLE widget FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON widget
    USING (workspace_id = (SELECT current_setting('app.workspace_id')::uuid))
    WITH CHECK (workspace_id = (SELECT current_setting('app.workspace_id')::uuid));
GRANT SELECT, INSERT, UPDATE, DELETE ON widget TO sandbox_app;

-- migrate:down
