-- migrate:up

-- `scenes`: the scenes that a chunk is about, in its order, with the key, the tokens and the numbers of the lines of each;
-- null where a chunk was planned before this: its scenes are those from the first to the last. `key` and its index are for
-- the last release, nothing writes them any more.
ALTER TABLE chunk
    ADD COLUMN scenes integer[],
    ADD COLUMN scene_keys text[] NOT NULL DEFAULT '{}',
    ADD COLUMN scene_tokens integer[] NOT NULL DEFAULT '{}',
    ADD COLUMN scene_lines jsonb NOT NULL DEFAULT '[]',
    -- lint: allow ban-drop-not-null the last release only compares it, and without one it asks the model
    ALTER COLUMN key DROP NOT NULL;

CREATE FUNCTION scenes_of(shown chunk) RETURNS integer[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(shown.scenes, ARRAY(SELECT generate_series(shown.first_scene, shown.last_scene)))
$$;

-- Which chunk a scene, or a part of a long one, was read in last, by what reads and how it asks. `server` is empty for the
-- provider's own address.
CREATE TABLE reading (
    workspace_id uuid NOT NULL DEFAULT current_setting('app.workspace_id')::uuid,
    key text NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    prompt_version text NOT NULL,
    server text NOT NULL,
    chunk_id uuid NOT NULL REFERENCES chunk (id) ON DELETE CASCADE,
    PRIMARY KEY (workspace_id, key, provider, model, prompt_version, server)
);
CREATE INDEX reading_of_chunk ON reading (chunk_id);
ALTER TABLE reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE reading FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON reading
    USING (workspace_id = (SELECT current_setting('app.workspace_id')::uuid))
    WITH CHECK (workspace_id = (SELECT current_setting('app.workspace_id')::uuid));
GRANT SELECT, INSERT, UPDATE ON reading TO extraction_app;

-- What a run by a language model has to answer for: how far its chunks have come, what was mended, lost and dropped on
-- the way, and what was taken over from earlier readings. The caller's row-level security holds inside.
CREATE OR REPLACE FUNCTION run_report(run uuid) RETURNS json LANGUAGE sql STABLE AS $$
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
                       'number', number, 'first_scene', first_scene, 'last_scene', last_scene,
                       'scenes', scenes_of(chunk), 'part', part,
                       'status', state, 'tier', tier, 'error_class', error_class,
                       'is_reused', reused_from IS NOT NULL, 'reply', reply_path(chunk)) ORDER BY number), '[]')
              FROM chunk WHERE run_id = run AND number <= 200),
        'reused', (
            SELECT json_build_object(
                       'chunks', count(*),
                       'scenes', (
                           SELECT count(*)
                             FROM (SELECT FROM chunk AS piece, unnest(scenes_of(piece)) AS scene
                                    WHERE run_id = run
                                    GROUP BY scene
                                   HAVING bool_and(reused_from IS NOT NULL AND state = 'completed')) AS whole),
                       'input_tokens', coalesce(sum(saved_input_tokens), 0),
                       'output_tokens', coalesce(sum(saved_output_tokens), 0),
                       'cost_micro_usd', coalesce(sum(saved_micro_usd), 0))
              FROM chunk WHERE run_id = run AND reused_from IS NOT NULL AND state = 'completed'),
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
CREATE OR REPLACE FUNCTION chunk_document(shown chunk) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT json_build_object(
        'number', shown.number, 'first_scene', shown.first_scene, 'last_scene', shown.last_scene,
        'scenes', scenes_of(shown), 'part', shown.part,
        'status', shown.state, 'provider', shown.provider, 'model', shown.model,
        'prompt_version', shown.prompt_version, 'attempts', shown.attempts, 'failures', shown.failures,
        'tier', shown.tier, 'repairs', shown.repairs, 'losses', shown.losses, 'dropped', shown.dropped,
        'found', jsonb_array_length(shown.finds), 'input_tokens', shown.input_tokens,
        'output_tokens', shown.output_tokens, 'cost_micro_usd', shown.cost_micro_usd,
        'reused_from', shown.reused_from, 'saved_micro_usd', shown.saved_micro_usd,
        'failure_stage', shown.failure_stage, 'error_class', shown.error_class, 'message', shown.message,
        'reply', reply_path(shown),
        'replies', (
            SELECT coalesce(json_agg(json_build_object(
                       'attempt', attempt, 'model', model, 'tier', tier, 'is_finished', is_finished,
                       'is_kept', object_key IS NOT NULL,
                       'reply', CASE WHEN object_key IS NOT NULL THEN
                           '/v1/runs/' || shown.run_id || '/chunks/' || shown.number || '/reply?attempt=' || attempt END,
                       'input_tokens', input_tokens,
                       'output_tokens', output_tokens, 'cost_micro_usd', cost_micro_usd) ORDER BY attempt), '[]')
              FROM reply WHERE chunk_id = shown.id))
$$;

-- migrate:down
