-- The deliveries ledger. Instants are in Unix milliseconds, modes are 1 for live.
-- Streams of ids rise with time, so rows are appended near the right edge of their trees.

-- How far a follower has read which log.
CREATE TABLE IF NOT EXISTS tracking (
    follower TEXT PRIMARY KEY,
    log_id TEXT NOT NULL,
    position INTEGER NOT NULL
) WITHOUT ROWID;

-- The latest instant at which deliveries were made. A clock that is set back between two
-- starts shows by it, and would hold up all that were due already.
CREATE TABLE IF NOT EXISTS clock (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    told_at INTEGER NOT NULL
) WITHOUT ROWID;

-- The last standstill of ours, when nothing was tried, and for how long that was, together with
-- those shortly before: by so much longer is kept what was made before it ended.
CREATE TABLE IF NOT EXISTS standstill (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    ended_at INTEGER NOT NULL,
    lasted_ms INTEGER NOT NULL
) WITHOUT ROWID;

-- Whom events are fanned out to: folded from the log by the follower itself, so that it
-- always agrees with the position.
CREATE TABLE IF NOT EXISTS endpoints (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    livemode INTEGER NOT NULL,
    url TEXT NOT NULL,
    enabled_events TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    api_version TEXT,
    since INTEGER NOT NULL,
    connect INTEGER NOT NULL DEFAULT 0,
    ordered INTEGER NOT NULL DEFAULT 0,
    headers TEXT NOT NULL DEFAULT '{}',
    secrets TEXT NOT NULL DEFAULT '[]',
    tried_from INTEGER NOT NULL DEFAULT 0,
    parked_upto INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Whose an endpoint is, or was: what was sent to one that is deleted is still its owner's to see.
CREATE TABLE IF NOT EXISTS owners (
    endpoint_id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    livemode INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS endpoints_of_owner ON owners (account, livemode);

-- How an endpoint fares: see `service.domain.endpoint_health`. Lists are in JSON.
CREATE TABLE IF NOT EXISTS health (
    endpoint_id TEXT PRIMARY KEY,
    last_success_at INTEGER,
    last_failure_at INTEGER,
    last_outcome TEXT,
    last_status INTEGER,
    failing_since INTEGER,
    failures INTEGER NOT NULL,
    failed TEXT NOT NULL,
    gone TEXT NOT NULL,
    failing_ms INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- One event to one endpoint, from one origin: live, a replay's id or a resend's. `attempt` is
-- the number of the attempt that comes next, or came last where no other will. `subscribers`
-- is how many endpoints the event went to.
CREATE TABLE IF NOT EXISTS deliveries (
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

-- What is still to be closed for endpoints that were disabled or deleted at a position: those up
-- to `last_seq` that waited then, which come to be in `state`. See `closing`.
CREATE TABLE IF NOT EXISTS closings (
    endpoint_id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    state TEXT NOT NULL,
    last_seq INTEGER NOT NULL
) WITHOUT ROWID;

-- The whole queue, endpoint by endpoint: none has to wait for another's to be read. What is
-- replayed is a queue of its own.
CREATE INDEX IF NOT EXISTS deliveries_due
ON deliveries (endpoint_id, substr(origin, 1, 4) = 'rpl_', due_at, event_id, origin)
WHERE state = 'open';

-- All that is listed: a list of every state merges six stretches of this.
CREATE INDEX IF NOT EXISTS deliveries_of_endpoint ON deliveries (endpoint_id, state, created_at);

-- What was sent again, as it is listed; and how much of it is under way.
CREATE INDEX IF NOT EXISTS deliveries_of_origin
ON deliveries (origin, state, created_at) WHERE origin <> 'live';
CREATE INDEX IF NOT EXISTS deliveries_sent_again
ON deliveries (origin, due_at) WHERE origin <> 'live' AND state = 'open';

-- What happened, appended and never changed.
CREATE TABLE IF NOT EXISTS attempts (
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

CREATE INDEX IF NOT EXISTS attempts_of_delivery ON attempts (event_id, endpoint_id, origin);
CREATE INDEX IF NOT EXISTS attempts_of_endpoint ON attempts (endpoint_id);

-- Jobs that send a part of the log again: see `service.domain.replays`. Up to `reached`, events
-- were looked at. Where `url` is set, they go there instead.
CREATE TABLE IF NOT EXISTS replays (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    livemode INTEGER NOT NULL,
    endpoint_id TEXT NOT NULL,
    url TEXT,
    dry_run INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    since INTEGER,
    until INTEGER,
    after_position INTEGER NOT NULL,
    until_position INTEGER NOT NULL,
    types TEXT NOT NULL,
    states TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('running', 'paused', 'completed', 'canceled')),
    reason TEXT,
    ended_at INTEGER,
    reached INTEGER NOT NULL,
    matched INTEGER NOT NULL,
    enqueued INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    failed INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS replays_of_owner ON replays (account, livemode, id);
CREATE INDEX IF NOT EXISTS replays_to_endpoint ON replays (endpoint_id, id);
CREATE INDEX IF NOT EXISTS replays_unfinished
ON replays (endpoint_id) WHERE status IN ('running', 'paused');

-- A replay's counts move with its deliveries, whatever moves those. What is parked while it is
-- paused has not failed.
CREATE TRIGGER IF NOT EXISTS replayed_more AFTER INSERT ON deliveries
WHEN new.origin <> 'live'
BEGIN
    UPDATE replays SET enqueued = enqueued + 1 WHERE id = new.origin;
END;

CREATE TRIGGER IF NOT EXISTS replayed_further AFTER UPDATE OF state ON deliveries
WHEN new.origin <> 'live' AND new.state <> old.state
BEGIN
    UPDATE replays SET
        delivered = delivered + (new.state = 'delivered') - (old.state = 'delivered'),
        failed = failed + (new.state IN ('exhausted', 'blocked', 'cancelled'))
            - (old.state IN ('exhausted', 'blocked', 'cancelled'))
    WHERE id = new.origin;
END;
