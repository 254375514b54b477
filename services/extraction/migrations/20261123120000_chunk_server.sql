-- migrate:up

-- Address of the API that was asked, empty for its provider's own. Null where it was not recorded: such readings are taken
-- over by nobody.
ALTER TABLE chunk ADD COLUMN server text;

-- migrate:down
