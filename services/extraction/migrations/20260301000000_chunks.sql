-- migrate:up

-- What reads, and on which terms; a run by a language model is planned once, and then read in chunks.
ALTER TABLE run
    ADD COLUMN provider text,
    ADD COLUMN model text,
    ADD COLUMN prompt_version text,
    ADD COLUMN incremental boolean NOT NULL DEFAULT true,
    ADD COLUMN price_cap_micro_usd bigint,
    ADD COLUMN planned_at timestamptz,
    ADD COLUMN witness jsonb,
    ADD COLUMN cast_names text[] NOT NULL DEFAULT '{}',
    ADD COLUMN told_chunks integer NOT NULL DEFAULT 0;

-- A finding is told again, at its next version, when a later chunk adds to it; one that turns out to be another stands
-- for itself no longer.
ALTER TABLE extracted_asset
    ADD COLUMN version bigint NOT NULL DEFAULT 1,
    ADD COLUMN merged_into uuid;

CREATE TABLE chunk (
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    number integer NOT NULL,
    first_scene integer NOT NULL,
    last_scene integer NOT NULL,
    part integer NOT NULL,
    key text NOT NULL,
    content text NOT NULL,
    tokens integer NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    prompt_version text NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    -- Names the one queued message that may start this chunk; every queueing has a new one.
    ticket uuid NOT NULL DEFAULT gen_random_uuid(),
    claim_token uuid,
    attempts integer NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    -- Replies that were made use of since a person last asked for it: 1 = what is missing may be asked for once more.
    rounds integer NOT NULL DEFAULT 0,
    tier text,
    repairs text[] NOT NULL DEFAULT '{}',
    losses text[] NOT NULL DEFAULT '{}',
    dropped jsonb NOT NULL DEFAULT '{}',
    items jsonb NOT NULL DEFAULT '[]',
    finds jsonb NOT NULL DEFAULT '[]',
    reserved_micro_usd bigint NOT NULL DEFAULT 0,
    input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    cost_micro_usd bigint NOT NULL DEFAULT 0,
    reused_from uuid,
    saved_input_tokens bigint NOT NULL DEFAULT 0,
    saved_output_tokens bigint NOT NULL DEFAULT 0,
    saved_micro_usd bigint NOT NULL DEFAULT 0,
    failure_stage text,
    error_class text,
    message text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT chunk_number UNIQUE (run_id, number),
    CHECK ((state = 'running') = (claim_token IS NOT NULL)),
    CHECK ((state IN ('completed', 'failed', 'cancelled')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX chunk_ticket ON chunk (ticket);
CREATE INDEX chunk_cached ON chunk (workspace_id, key) WHERE state = 'completed';

CREATE TABLE reply (
    -- The claim token of the try that asked.
    id uuid PRIMARY KEY,
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    run_id uuid NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    chunk_id uuid NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,
    attempt integer NOT NULL,
    object_key text,
    provider text NOT NULL,
    model text NOT NULL,
    tier text,
    is_finished boolean NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cost_micro_usd bigint NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX reply_of_chunk ON reply (chunk_id, attempt);
CREATE INDEX reply_of_run ON reply (run_id);

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['chunk', 'reply'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', owned);
        EXECUTE format(
            'CREATE POLICY tenant ON %I'
            ' USING (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))'
            ' WITH CHECK (workspace_id = (SELECT current_setting(''app.workspace_id'')::uuid))',
            owned);
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE ON chunk TO extraction_app;
GRANT SELECT, INSERT ON reply TO extraction_app;
GRANT UPDATE ON extracted_asset TO extraction_app;

-- What a run by a language model has to answer for: how far its chunks have come, what was mended, lost and dropped on
-- the way, and what was taken over from earlier readings. The caller's row-level security holds inside.
CREATE FUNCTION run_report(run uuid) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'chunks', (
            SELECT json_build_object(
                       'total', count(*),
                       'queued', count(*) FILTER (WHERE state = 'queued'),
                       'running', count(*) FILTER (WHERE state = 'running'),
                       'completed', count(*) FILTER (WHERE state = 'completed'),
                       'failed', count(*) FILTER (WHERE state = 'failed'),
                       'cancelled', count(*) FILTER (WHERE state = 'cancelled'))
              FROM chunk WHERE run_id = run),
        'outcomes', (
            SELECT coalesce(json_agg(json_build_object(
                       'number', number, 'first_scene', first_scene, 'last_scene', last_scene, 'part', part,
                       'status', state, 'tier', tier, 'error_class', error_class,
                       'is_reused', reused_from IS NOT NULL) ORDER BY number), '[]')
              FROM chunk WHERE run_id = run AND number <= 200),
        'reused', (
            SELECT json_build_object(
                       'chunks', count(*),
                       'scenes', coalesce(sum(last_scene - first_scene + 1) FILTER (WHERE part = 0), 0)
                                 + count(DISTINCT first_scene) FILTER (WHERE part > 0),
                       'input_tokens', coalesce(sum(saved_input_tokens), 0),
                       'output_tokens', coalesce(sum(saved_output_tokens), 0),
                       'cost_micro_usd', coalesce(sum(saved_micro_usd), 0))
              FROM chunk WHERE run_id = run AND reused_from IS NOT NULL),
        'tiers', (
            SELECT coalesce(json_object_agg(tier, chunks ORDER BY tier), '{}')
              FROM (SELECT tier, count(*) AS chunks FROM chunk
                     WHERE run_id = run AND tier IS NOT NULL GROUP BY tier) AS counted),
        'asked_again', (SELECT count(*) FROM chunk WHERE run_id = run AND rounds > 1),
        'repairs', (
            SELECT coalesce(json_object_agg(repair, chunks ORDER BY repair), '{}')
              FROM (SELECT repair, count(*) AS chunks FROM chunk, unnest(repairs) AS repair
                     WHERE run_id = run GROUP BY repair) AS counted),
        'losses', (
            SELECT coalesce(json_agg(json_build_object('chunk', number, 'loss', loss) ORDER BY number, place), '[]')
              FROM (SELECT number, loss, place FROM chunk, unnest(losses) WITH ORDINALITY AS lost (loss, place)
                     WHERE run_id = run ORDER BY number, place LIMIT 200) AS said),
        'dropped', (
            SELECT coalesce(json_object_agg(reason, times ORDER BY reason), '{}')
              FROM (SELECT reason, sum(times::bigint) AS times FROM chunk, jsonb_each_text(dropped) AS d (reason, times)
                     WHERE run_id = run GROUP BY reason) AS counted))
$$;

-- One chunk as it is shown, with the replies about it.
CREATE FUNCTION chunk_document(shown chunk) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'number', shown.number, 'first_scene', shown.first_scene, 'last_scene', shown.last_scene, 'part', shown.part,
        'status', shown.state, 'provider', shown.provider, 'model', shown.model,
        'prompt_version', shown.prompt_version, 'attempts', shown.attempts, 'failures', shown.failures,
        'tier', shown.tier, 'repairs', shown.repairs, 'losses', shown.losses, 'dropped', shown.dropped,
        'found', jsonb_array_length(shown.finds), 'input_tokens', shown.input_tokens,
        'output_tokens', shown.output_tokens, 'cost_micro_usd', shown.cost_micro_usd,
        'reused_from', shown.reused_from, 'saved_micro_usd', shown.saved_micro_usd,
        'failure_stage', shown.failure_stage, 'error_class', shown.error_class, 'message', shown.message,
        'replies', (
            SELECT coalesce(json_agg(json_build_object(
                       'attempt', attempt, 'model', model, 'tier', tier, 'is_finished', is_finished,
                       'is_kept', object_key IS NOT NULL, 'input_tokens', input_tokens,
                       'output_tokens', output_tokens, 'cost_micro_usd', cost_micro_usd) ORDER BY attempt), '[]')
              FROM reply WHERE chunk_id = shown.id))
$$;

-- migrate:down
