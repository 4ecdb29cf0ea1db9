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
INSERT INTO answers (digest, fingerprint, request, status, body, at)
VALUES (?, ?, ?, ?, ?, ?);

-- :settle
INSERT OR REPLACE INTO settled VALUES (?, ?);

-- :settled_up_to
UPDATE meta SET value = ? WHERE name = 'settled_up_to';

-- :unsettled
SELECT digest, number FROM answers
WHERE number > (SELECT value FROM meta WHERE name = 'settled_up_to')
ORDER BY number;

-- :answers_numbered
-- With the places of many: see `statements.select_answers`.
SELECT digest, fingerprint, request, status, body, at FROM answers WHERE number IN (?);

-- :answers_under
SELECT digest, fingerprint, request, status, body, at
FROM settled JOIN answers USING (digest, number)
WHERE digest IN (?);

-- :load
SELECT rowid, originator_id, originator_version, topic, state
FROM stored_events
WHERE originator_id = ? AND originator_version <= ?
ORDER BY originator_version;

-- :streams
-- The names from one up to another.
SELECT DISTINCT originator_id FROM stored_events
WHERE originator_id >= ? AND originator_id < ?
ORDER BY originator_id;

-- :notifications
SELECT rowid, originator_id, originator_version, topic, state
FROM stored_events
WHERE rowid > ? AND rowid <= ?
ORDER BY rowid
LIMIT ?;

-- :notifications_of_share
-- The streams are dealt out by the last character of their names.
SELECT rowid, originator_id, originator_version, topic, state
FROM stored_events
WHERE rowid > ? AND rowid <= ? AND unicode(substr(originator_id, -1)) % ? = ?
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

-- :purge_answers
DELETE FROM answers
WHERE number IN (SELECT number FROM answers WHERE at < ? ORDER BY at LIMIT ?);

-- :sweep_settled
-- Forgets where purged answers were, from one digest to another.
DELETE FROM settled
WHERE digest >= ? AND digest < ? AND number < (SELECT coalesce(min(number), ?) FROM answers);

-- :log_id
SELECT value FROM meta WHERE name = 'log_id';
