-- What brings an older ledger up to date, each part from the schema before it. They are loaded
-- by `statements.MIGRATIONS`, and run in one transaction, before `schema.sql`.

-- :from_1
-- Endpoints were told of their owners alone.
ALTER TABLE endpoints ADD COLUMN connect INTEGER NOT NULL DEFAULT 0;

-- :from_2
-- Endpoints had neither order nor headers, secrets were never rolled, and how endpoints fare
-- was read from their attempts.
ALTER TABLE endpoints ADD COLUMN ordered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE endpoints ADD COLUMN headers TEXT NOT NULL DEFAULT '{}';
ALTER TABLE endpoints ADD COLUMN secrets TEXT NOT NULL DEFAULT '[]';
ALTER TABLE endpoints ADD COLUMN tried_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE endpoints ADD COLUMN parked_upto INTEGER NOT NULL DEFAULT 0;
