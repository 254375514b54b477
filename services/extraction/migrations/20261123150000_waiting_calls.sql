-- migrate:up

-- `is_parked`: it waits for room under the price cap of its run, and no message names it until a call has ended.
-- `unbilled_micro_usd`: what its calls may still cost that were under way when the run was cancelled.
ALTER TABLE chunk
    ADD COLUMN is_parked boolean NOT NULL DEFAULT false,
    ADD COLUMN unbilled_micro_usd bigint NOT NULL DEFAULT 0;

-- migrate:down
