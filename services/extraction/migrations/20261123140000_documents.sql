-- migrate:up

-- A moment as every document writes it.
CREATE FUNCTION shown_time(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
$$;

-- One version of a script as it is shown. As one expression it is planned into its query, which then reads no file.
CREATE FUNCTION script_document(shown script_version) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'script_id', shown.script_id, 'project_id', shown.project_id, 'branch_id', shown.branch_id,
        'version', shown.version, 'title', shown.title, 'format', shown.format, 'file_name', shown.file_name,
        'encoding', shown.encoding, 'sha256', shown.sha256, 'bytes', shown.bytes, 'scene_count', shown.scene_count,
        'created_at', shown_time(shown.created_at))
$$;

-- One run as it is shown in a list.
CREATE FUNCTION run_document(shown run) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'id', shown.id, 'project_id', shown.project_id, 'branch_id', shown.branch_id, 'script_id', shown.script_id,
        'script_version', shown.script_version, 'engine', shown.engine, 'provider', shown.provider,
        'model', shown.model, 'prompt_version', shown.prompt_version, 'incremental', shown.incremental,
        'price_cap_micro_usd', shown.price_cap_micro_usd, 'status', shown.state, 'attempts', shown.attempts,
        'failures', shown.failures, 'scenes_read', shown.scenes_read, 'scenes_total', shown.scenes_total,
        'characters', shown.characters, 'locations', shown.locations, 'props', shown.props,
        'input_tokens', shown.input_tokens, 'output_tokens', shown.output_tokens,
        'cost_micro_usd', shown.cost_micro_usd, 'seconds', shown.seconds, 'failure_stage', shown.failure_stage,
        'error_class', shown.error_class, 'message', shown.message, 'version', shown.version,
        'created_at', shown_time(shown.created_at), 'updated_at', shown_time(shown.updated_at),
        'started_at', shown_time(shown.started_at), 'ended_at', shown_time(shown.ended_at))
$$;

-- migrate:down
