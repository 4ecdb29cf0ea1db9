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

COMMIT;
