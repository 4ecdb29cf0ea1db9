PRAGMA application_id = 1399157836;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
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
INSERT INTO "attempts" VALUES(1,'evt_c0NjbWZ2R000AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',1,1790000000005,12.5,NULL,1.5,11.0,'127.0.0.1','delivered',200,NULL,X'6F6B');
INSERT INTO "attempts" VALUES(2,'evt_c0NjbWZ2R001AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',1,1790000001005,12.5,NULL,1.5,11.0,'127.0.0.1','status',500,NULL,X'6F6B');
INSERT INTO "attempts" VALUES(3,'evt_c0NjbWZ2R002AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',1,1790000002005,12.5,NULL,1.5,11.0,'127.0.0.1','timeout',NULL,NULL,X'');
INSERT INTO "attempts" VALUES(4,'evt_c0NjbWZ2R002AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',2,1790000002010,12.5,NULL,1.5,11.0,'127.0.0.1','status',503,NULL,X'6F6B');
CREATE TABLE deliveries (
    event_id TEXT NOT NULL,
    endpoint_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('open', 'delivered', 'exhausted', 'parked', 'cancelled', 'blocked')
    ),
    attempt INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    subscribers INTEGER NOT NULL,
    first_at INTEGER,
    last_at INTEGER,
    last_status INTEGER,
    origin TEXT NOT NULL,
    PRIMARY KEY (event_id, endpoint_id)
) WITHOUT ROWID;
INSERT INTO "deliveries" VALUES('evt_c0NjbWZ2R000AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',10,'delivered',1,1790000000000,1,1790000000005,1790000000005,200,'live');
INSERT INTO "deliveries" VALUES('evt_c0NjbWZ2R001AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',11,'open',2,1790000009000,1,1790000001005,1790000001005,500,'live');
INSERT INTO "deliveries" VALUES('evt_c0NjbWZ2R001AbCdEfGhIjKlM1','we_0NjbWZ2R000bbbbbbbbbbbbb',11,'parked',1,1790000001000,1,NULL,NULL,NULL,'live');
INSERT INTO "deliveries" VALUES('evt_c0NjbWZ2R002AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',12,'exhausted',2,1790000002010,1,1790000002005,1790000002010,503,'live');
INSERT INTO "deliveries" VALUES('evt_c0NjbWZ2R003AbCdEfGhIjKlM1','we_0NjbWZ2R000aaaaaaaaaaaaa',13,'open',1,1790000003000,1,NULL,NULL,NULL,'live');
CREATE TABLE endpoints (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    livemode INTEGER NOT NULL,
    url TEXT NOT NULL,
    enabled_events TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    api_version TEXT,
    since INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "endpoints" VALUES('we_0NjbWZ2R000aaaaaaaaaaaaa','acct_1',0,'http://127.0.0.1:9/hook','["*"]',1,NULL,1);
INSERT INTO "endpoints" VALUES('we_0NjbWZ2R000bbbbbbbbbbbbb','acct_1',0,'http://127.0.0.1:9/hook','["customer.created"]',0,NULL,1);
CREATE TABLE tracking (
    follower TEXT PRIMARY KEY,
    log_id TEXT NOT NULL,
    position INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO "tracking" VALUES('fan-out','log-1',20);
CREATE INDEX deliveries_due
ON deliveries (due_at, event_id, endpoint_id) WHERE state = 'open';
CREATE INDEX deliveries_of_endpoint ON deliveries (endpoint_id, position);
CREATE INDEX attempts_of_delivery ON attempts (event_id, endpoint_id, id);
CREATE INDEX attempts_of_endpoint ON attempts (endpoint_id, id);
COMMIT;
