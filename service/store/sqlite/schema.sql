-- What is kept beside the library's tables. The two numbers tell
-- Seti's files from other people's, and from those of a later Seti. All or nothing.

BEGIN IMMEDIATE;

PRAGMA application_id = {application_id};
PRAGMA user_version = {schema_version};

CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

-- The log's own name, by which a view can tell that it was made from another log.
INSERT OR IGNORE INTO meta VALUES ('log_id', lower(hex(randomblob(16))));

-- Appended at the right edge. Numbers are never given twice, though answers are purged.
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    at INTEGER NOT NULL
);

CREATE INDEX IF NOT EXISTS answers_by_at ON answers (at);

-- Where the answers are, by their digests: see `answers.py`. It may name answers that are purged.
CREATE TABLE IF NOT EXISTS settled (
    digest BLOB PRIMARY KEY,
    number INTEGER NOT NULL
) WITHOUT ROWID;

INSERT OR IGNORE INTO meta VALUES ('settled_up_to', 0);

-- To what is hidden in the event at a position: see `service.hiding`. Rows are appended, and
-- overwritten with zeros, and never deleted.
CREATE TABLE IF NOT EXISTS seeds (
    position INTEGER PRIMARY KEY,
    seed BLOB NOT NULL
);

-- Which stream belongs to which: see `domain.belonging`.
CREATE TABLE IF NOT EXISTS belongings (
    owner TEXT NOT NULL,
    stream TEXT NOT NULL,
    PRIMARY KEY (owner, stream)
) WITHOUT ROWID;

-- The log as it is read: with the seed of each state that begins with `{{"~":`.
CREATE VIEW IF NOT EXISTS placed_events AS
SELECT
    rowid AS position, originator_id, originator_version, topic, state,
    CASE WHEN substr(state, 1, 5) = x'7b227e223a' THEN
        coalesce((SELECT seed FROM seeds WHERE seeds.position = stored_events.rowid), x'')
    END AS seed
FROM stored_events;

{upgrade}

COMMIT;
