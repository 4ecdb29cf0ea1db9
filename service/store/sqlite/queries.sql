-- Each query follows a line `-- :name`. They are loaded by `statements.NAMED`.

-- :heads
-- The versions at which the streams of a JSON array stand, in one row, so in one step.
SELECT json_group_object(
    asked.value,
    (SELECT max(originator_version) FROM stored_events WHERE originator_id = asked.value)
)
FROM json_each(?) AS asked;

-- :insert_events
-- Repeated for many rows: see `statements.of_many`.
INSERT INTO stored_events VALUES (?, ?, ?, ?);

-- :insert_answers
-- In place of those they outlived.
INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?);

-- :load
SELECT rowid, originator_id, originator_version, topic, state
FROM stored_events
WHERE originator_id = ? AND originator_version <= ?
ORDER BY originator_version;

-- :notifications
SELECT rowid, originator_id, originator_version, topic, state
FROM stored_events
WHERE rowid > ? AND rowid <= ?
ORDER BY rowid
LIMIT ?;

-- :notifications_of
-- The topics are a JSON array.
SELECT rowid, originator_id, originator_version, topic, state
FROM stored_events
WHERE rowid > ? AND topic IN (SELECT value FROM json_each(?))
ORDER BY rowid
LIMIT ?;

-- :head
SELECT coalesce(max(rowid), 0) FROM stored_events;

-- :answer
SELECT digest, fingerprint, request, status, body, reveals, at FROM answers WHERE digest = ?;

-- :purge_answers
DELETE FROM answers
WHERE rowid IN (SELECT rowid FROM answers WHERE at < ? ORDER BY at LIMIT ?);

-- :log_id
SELECT value FROM meta WHERE name = 'log_id';
