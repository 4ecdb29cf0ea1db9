PRAGMA application_id = 1399157836;
PRAGMA user_version = 7;
BEGIN TRANSACTION;
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
INSERT INTO "attempts" VALUES(1,'evt_c0NjbWZ2R000AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',1,1790000000005,12.5,NULL,1.5,11.0,'127.0.0.1','delivered',200,NULL,X'6F6B');
INSERT INTO "attempts" VALUES(2,'evt_c0NjbWZ2R001AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',1,1790000001005,12.5,NULL,1.5,11.0,'127.0.0.1','status',500,NULL,X'6F6B');
INSERT INTO "attempts" VALUES(3,'evt_c0NjbWZ2R002AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',1,1790000002005,12.5,NULL,1.5,11.0,'127.0.0.1','timeout',NULL,NULL,X'');
INSERT INTO "attempts" VALUES(4,'evt_c0NjbWZ2R002AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',2,1790216002010,12.5,NULL,1.5,11.0,'127.0.0.1','status',503,NULL,X'6F6B');
INSERT INTO "attempts" VALUES(5,'evt_c0NjbWZ2R000AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','rpl_0NjbWZ2R000cccccccccccccc',1,1790100000000,12.5,NULL,1.5,11.0,'127.0.0.1','status',500,NULL,X'6F6B');
CREATE TABLE clock (
    only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
    told_at INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "clock" VALUES(1,1790000001000);
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
INSERT INTO "deliveries" VALUES(1,'evt_c0NjbWZ2R000AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',10,'customer.created','delivered',1,1790000000005,1790000000000,1,1790000000005,1790000000005,200,'delivered');
INSERT INTO "deliveries" VALUES(2,'evt_c0NjbWZ2R001AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',11,'customer.created','open',2,1790000001005,1790000009000,1,1790000001005,1790000001005,500,'status');
INSERT INTO "deliveries" VALUES(3,'evt_c0NjbWZ2R001AbCdEfGhIjKlM1','we_0NjbWZ2R000bbbbbbbbbbbbb','live',11,'customer.created','parked',1,1790000001000,1790000001000,1,NULL,NULL,NULL,NULL);
INSERT INTO "deliveries" VALUES(4,'evt_c0NjbWZ2R002AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',12,'customer.created','exhausted',2,1790000002005,1790216002010,1,1790000002005,1790216002010,503,'status');
INSERT INTO "deliveries" VALUES(5,'evt_c0NjbWZ2R003AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa','live',13,'customer.created','open',1,1790000003000,1790000003000,1,NULL,NULL,NULL,NULL);
CREATE TABLE endpoints (
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
INSERT INTO "endpoints" VALUES('we_0NjbWZ2R000aaaaaaaaaaaaa','acct_1',0,'http://127.0.0.1:9/hook','["*"]',1,NULL,1,0,0,'{}','[{"generation":0,"created":0,"expires_at":null,"sealed":null}]',0,0);
INSERT INTO "endpoints" VALUES('we_0NjbWZ2R000bbbbbbbbbbbbb','acct_1',0,'http://127.0.0.1:9/hook','["customer.created"]',0,NULL,1,0,0,'{}','[{"generation":0,"created":0,"expires_at":null,"sealed":null}]',0,0);
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
INSERT INTO "health" VALUES('we_0NjbWZ2R000aaaaaaaaaaaaa',1790000000005,1790216002010,'status',503,1790000001005,3,'["evt_c0NjbWZ2R001AbCdEfGhIjKlM1", "evt_c0NjbWZ2R002AbCdEfGhIjKlM1"]','[]');
CREATE TABLE owners (
    endpoint_id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    livemode INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "owners" VALUES('we_0NjbWZ2R000aaaaaaaaaaaaa','acct_1',0);
INSERT INTO "owners" VALUES('we_0NjbWZ2R000bbbbbbbbbbbbb','acct_1',0);
CREATE TABLE replays (
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
CREATE TABLE tracking (
    follower TEXT PRIMARY KEY,
    log_id TEXT NOT NULL,
    position INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "tracking" VALUES('fan-out','log-1',20);
CREATE INDEX endpoints_of_owner ON owners (account, livemode);
CREATE INDEX deliveries_due
ON deliveries (endpoint_id, substr(origin, 1, 4) = 'rpl_', due_at, event_id, origin)
WHERE state = 'open';
CREATE INDEX deliveries_of_endpoint ON deliveries (endpoint_id, state, created_at);
CREATE INDEX deliveries_of_origin
ON deliveries (origin, state, created_at) WHERE origin <> 'live';
CREATE INDEX deliveries_sent_again
ON deliveries (origin, due_at) WHERE origin <> 'live' AND state = 'open';
CREATE INDEX attempts_of_delivery ON attempts (event_id, endpoint_id, origin);
CREATE INDEX attempts_of_endpoint ON attempts (endpoint_id);
CREATE INDEX replays_of_owner ON replays (account, livemode, id);
CREATE INDEX replays_unfinished
ON replays (endpoint_id) WHERE status IN ('running', 'paused');
CREATE TRIGGER replayed_more AFTER INSERT ON deliveries
WHEN new.origin <> 'live'
BEGIN
    UPDATE replays SET enqueued = enqueued + 1 WHERE id = new.origin;
END;
CREATE TRIGGER replayed_further AFTER UPDATE OF state ON deliveries
WHEN new.origin <> 'live' AND new.state <> old.state
BEGIN
    UPDATE replays SET
        delivered = delivered + (new.state = 'delivered') - (old.state = 'delivered'),
        failed = failed + (new.state IN ('exhausted', 'blocked', 'cancelled'))
            - (old.state IN ('exhausted', 'blocked', 'cancelled'))
    WHERE id = new.origin;
END;
COMMIT;
