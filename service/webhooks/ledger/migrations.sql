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
CREATE TABLE health (
    endpoint_id TEXT PRIMARY KEY,
    last_success_at INTEGER,
    last_failure_at INTEGER,
    last_outcome TEXT,
    last_status INTEGER,
    failing_since INTEGER,
    failures INTEGER NOT NULL,
    failed TEXT NOT NULL,
    gone TEXT NOT NULL
) WITHOUT ROWID;

-- :from_3
-- A delivery was named by its event and its endpoint: nothing was ever sent again. When one was
-- made is told by its first attempt, or by when that is due.
CREATE TABLE owners (
    endpoint_id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    livemode INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO owners SELECT id, account, livemode FROM endpoints;

DROP INDEX deliveries_due;
DROP INDEX IF EXISTS deliveries_parked;
DROP INDEX deliveries_of_endpoint;
ALTER TABLE deliveries RENAME TO old_deliveries;
CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    origin TEXT NOT NULL,
    position INTEGER NOT NULL,
    type TEXT,
    state TEXT NOT NULL CHECK (
        state IN ('open', 'delivered', 'exhausted', 'parked', 'cancelled', 'blocked')
    ),
    attempt INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    subscribers INTEGER NOT NULL,
    first_at INTEGER,
    last_at INTEGER,
    last_status INTEGER,
    last_kind TEXT,
    UNIQUE (event_id, endpoint_id, origin)
);
INSERT INTO deliveries
SELECT
    NULL, event_id, endpoint_id, 'live', position, NULL,
    state, attempt, coalesce(first_at, due_at), due_at,
    subscribers, first_at, last_at, last_status,
    (
        SELECT kind FROM attempts
        WHERE attempts.event_id = old_deliveries.event_id
        AND attempts.endpoint_id = old_deliveries.endpoint_id
        ORDER BY id DESC LIMIT 1
    )
FROM old_deliveries ORDER BY position, endpoint_id;
DROP TABLE old_deliveries;

DROP INDEX attempts_of_delivery;
DROP INDEX attempts_of_endpoint;
ALTER TABLE attempts RENAME TO old_attempts;
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    origin TEXT NOT NULL,
    number INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    took_ms REAL NOT NULL,
    dns_ms REAL,
    connect_ms REAL,
    first_byte_ms REAL,
    address TEXT,
    kind TEXT NOT NULL,
    status INTEGER,
    detail TEXT,
    excerpt BLOB NOT NULL
);
INSERT INTO attempts
SELECT
    id, event_id, endpoint_id, 'live', number, started_at, took_ms, dns_ms, connect_ms,
    first_byte_ms, address, kind, status, detail, excerpt
FROM old_attempts ORDER BY id;
DROP TABLE old_attempts;

-- :from_4
-- The queue was one for all endpoints, in the order of time.
DROP INDEX IF EXISTS deliveries_due;

-- :from_5
-- When what was sent again is due was not in its index.
DROP INDEX IF EXISTS deliveries_of_origin;

-- :from_6
-- What was sent again was listed by all that was sent, and parked ones of it counted as failed.
DROP INDEX IF EXISTS deliveries_of_origin;
DROP TRIGGER IF EXISTS replayed_further;

-- :from_7
-- All the time between the first failure of a run and the last counted, with nothing tried in
-- it or not. For how much it counts is told by the attempts of the run, as far as they are kept:
-- a gap counts for a day at most. What was replayed may have gone to another URL: left out, it
-- makes no run longer.
ALTER TABLE health ADD COLUMN failing_ms INTEGER NOT NULL DEFAULT 0;
UPDATE health SET failing_ms = (
    SELECT coalesce(sum(min(gap, 86400000)), 0) FROM (
        SELECT started_at - lag(started_at) OVER (ORDER BY started_at) AS gap FROM attempts
        WHERE attempts.endpoint_id = health.endpoint_id AND started_at >= health.failing_since
        AND kind NOT IN ('delivered', 'oversized')
        AND substr(origin, 1, 4) <> 'rpl_'
    )
)
WHERE failing_since IS NOT NULL;
