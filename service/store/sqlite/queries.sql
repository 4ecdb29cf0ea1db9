-- Each query follows a line `-- :name`. They are loaded by `statements.NAMED`.

-- :heads
-- The versions at which the streams of a JSON array stand, in one row, so in one step.
SELECT json_group_object(
    asked.value,
    (SELECT max(originator_version) FROM stored_events WHERE originator_id = asked.value)
)
FROM json_each(?) AS asked;

-- :heads_at
-- The versions at which the streams of a JSON array stood at a position, in one row.
SELECT json_group_object(
    asked.value,
    (
        SELECT originator_version FROM stored_events
        WHERE originator_id = asked.value AND rowid <= ?2
        ORDER BY originator_version DESC LIMIT 1
    )
)
FROM json_each(?1) AS asked;

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
SELECT position, originator_id, originator_version, topic, state, seed
FROM placed_events
WHERE originator_id = ? AND originator_version <= ?
ORDER BY originator_version;

-- :streams
-- The names from one up to another.
SELECT DISTINCT originator_id FROM stored_events
WHERE originator_id >= ? AND originator_id < ?
ORDER BY originator_id;

-- :notifications
SELECT position, originator_id, originator_version, topic, state, seed
FROM placed_events
WHERE position > ? AND position <= ?
ORDER BY position
LIMIT ?;

-- :notifications_of_share
-- The streams are dealt out by the last character of their names.
SELECT position, originator_id, originator_version, topic, state, seed
FROM placed_events
WHERE position > ? AND position <= ? AND unicode(substr(originator_id, -1)) % ? = ?
ORDER BY position
LIMIT ?;

-- :notifications_of
-- The topics are a JSON array.
SELECT position, originator_id, originator_version, topic, state, seed
FROM placed_events
WHERE position > ? AND topic IN (SELECT value FROM json_each(?))
ORDER BY position
LIMIT ?;

-- :notifications_in
-- By the index of the stream, which has the positions too; its versions rise with them.
SELECT position, originator_id, originator_version, topic, state, seed
FROM placed_events
WHERE originator_id = ? AND position > ?
ORDER BY originator_version
LIMIT ?;

-- :raw
SELECT rowid, originator_id, originator_version, topic, state
FROM stored_events
WHERE rowid > ? AND rowid <= ?
ORDER BY rowid
LIMIT ?;

-- :head
SELECT coalesce(max(rowid), 0) FROM stored_events;

-- :seeded
-- The positions, from one to another, of what is hidden and can still be shown.
SELECT position FROM seeds
WHERE position BETWEEN ? AND ? AND seed <> zeroblob(length(seed));

-- :forgotten_at
SELECT coalesce(max(rowid), 0) FROM stored_events
WHERE originator_id = ? AND topic = 'PersonalDataForgotten';

-- :purge_answers
DELETE FROM answers
WHERE number IN (SELECT number FROM answers WHERE at < ? ORDER BY at LIMIT ?);

-- :sweep_settled
-- Forgets where purged answers were, from one digest to another.
DELETE FROM settled
WHERE digest >= ? AND digest < ? AND number < (SELECT coalesce(min(number), ?) FROM answers);

-- :log_id
SELECT value FROM meta WHERE name = 'log_id';

-- :insert_seeds
-- Repeated for many rows. A seed that is there already is of an event that was taken from the
-- log's end by hand: it must not keep every later one from being written.
INSERT OR REPLACE INTO seeds VALUES (?, ?);

-- :insert_belongings
-- Repeated for many rows.
INSERT OR IGNORE INTO belongings VALUES (?, ?);

-- :destroy_seeds
-- In place: rows never move, so no copy of a seed stays behind in another page.
UPDATE seeds SET seed = zeroblob(length(seed))
WHERE position IN (SELECT rowid FROM stored_events WHERE originator_id = ?);

-- :belonging
-- The owners are a JSON array.
SELECT stream FROM belongings WHERE owner IN (SELECT value FROM json_each(?));

-- :hidden
-- The streams, of a JSON array, in which something is hidden that can still be shown.
SELECT value FROM json_each(?) WHERE EXISTS (
    SELECT 1 FROM stored_events JOIN seeds ON seeds.position = stored_events.rowid
    WHERE stored_events.originator_id = value AND seed <> zeroblob(length(seed))
);

-- :answers_past
SELECT number, body FROM answers WHERE number > ? ORDER BY number LIMIT ?;

-- :wipe_answer
-- In place, as seeds are destroyed. It is outlived, so its key is as if it had not been used.
UPDATE answers SET body = zeroblob(length(body)), fingerprint = zeroblob(length(fingerprint)),
    at = at - ?
WHERE number = ?;

-- :write_in_vain
-- What is taken back is zeroed (`secure_delete`), and so has to be written as well.
BEGIN IMMEDIATE;
CREATE TABLE in_vain (bytes BLOB);
INSERT INTO in_vain VALUES (zeroblob({bytes}));
DROP TABLE in_vain;
COMMIT;
