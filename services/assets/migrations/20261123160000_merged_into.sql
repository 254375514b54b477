-- migrate:up

-- The finding that it is, and the name under which that one was told; null where they were not kept.
ALTER TABLE merged_finding
    ADD COLUMN into_id uuid,
    ADD COLUMN into_name text;

-- migrate:down
