-- What is kept beside the library's tables. The two numbers tell
-- Seti's files from other people's, and from those of a later Seti. All or nothing.

BEGIN IMMEDIATE;

PRAGMA application_id = {application_id};
PRAGMA user_version = {schema_version};

CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- The log's own name, by which a view can tell that it was made from another log.
INSERT OR IGNORE INTO meta VALUES ('log_id', lower(hex(randomblob(16))));

-- A table with rowids, so that bodies are appended at the right edge though digests are random.
CREATE TABLE IF NOT EXISTS answers (
    digest BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    request TEXT NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    reveals TEXT,
    at INTEGER NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS answers_by_digest ON answers (digest);

CREATE INDEX IF NOT EXISTS answers_by_at ON answers (at);

COMMIT;
