-- Each query follows a line `-- :name`. They are loaded by `statements.NAMED`.

-- :begin_tracking
INSERT OR IGNORE INTO tracking VALUES (?, ?, 0);

-- :tracked
SELECT log_id, position FROM tracking WHERE follower = ?;

-- :move_tracking
-- Changes no row where somebody else has moved it before.
UPDATE tracking SET position = :upto WHERE follower = :follower AND position = :after;

-- :tell_clock
INSERT INTO clock VALUES (1, ?)
ON CONFLICT DO UPDATE SET told_at = max(told_at, excluded.told_at);

-- :told_at
SELECT coalesce(max(told_at), 0) FROM clock;

-- :alive_at
-- The latest instant at which something is known to have been done, by a clock that is not ahead.
SELECT max(
    (SELECT coalesce(max(told_at), 0) FROM clock),
    coalesce((SELECT started_at FROM attempts WHERE started_at <= :at ORDER BY id DESC LIMIT 1), 0)
);

-- :stand_still
INSERT INTO standstill VALUES (1, :at, :lasted_ms)
ON CONFLICT DO UPDATE SET
    lasted_ms = excluded.lasted_ms + iif(ended_at > :before, lasted_ms, 0),
    ended_at = excluded.ended_at;

-- :standstill
SELECT ended_at, lasted_ms FROM standstill;

-- :set_standstill_back
UPDATE standstill SET ended_at = min(ended_at, :at);

-- :set_due_back
UPDATE deliveries SET due_at = due_at - :by WHERE state = 'open';

-- :set_clock_back
UPDATE clock SET told_at = told_at - :by;

-- :put_endpoint
INSERT OR REPLACE INTO endpoints VALUES (
    :id, :account, :livemode, :url, :enabled_events, :enabled, :api_version, :since, :connect,
    :ordered, :headers, :secrets, :tried_from, :parked_upto
);

-- :put_owner
INSERT OR IGNORE INTO owners VALUES (:id, :account, :livemode);

-- :drop_endpoint
DELETE FROM endpoints WHERE id = :id;

-- :drop_health
DELETE FROM health WHERE endpoint_id = :id;

-- :endpoints
SELECT id, account, livemode, url, enabled_events, enabled, api_version, since, connect,
    ordered, headers, secrets, tried_from, parked_upto
FROM endpoints;

-- :begin_anew
-- Failures from before an endpoint was enabled, or was given another URL, count no longer.
UPDATE health
SET failing_since = NULL, failures = 0, failing_ms = 0, failed = '[]', gone = '[]'
WHERE endpoint_id = :id;

-- :health_before
-- The endpoints' ids are a JSON array.
SELECT endpoints.id, tried_from, parked_upto, last_success_at, last_failure_at, last_outcome,
    last_status, failing_since, failures, failing_ms, failed, gone
FROM json_each(?) AS asked
JOIN endpoints ON endpoints.id = asked.value
LEFT JOIN health ON health.endpoint_id = endpoints.id;

-- :health
-- The endpoints' ids are a JSON array.
SELECT endpoint_id, last_success_at, last_failure_at, last_outcome, last_status, failing_since,
    failures, failing_ms, failed, gone
FROM health WHERE endpoint_id IN (SELECT value FROM json_each(?));

-- :put_health
INSERT OR REPLACE INTO health (
    endpoint_id, last_success_at, last_failure_at, last_outcome, last_status, failing_since,
    failures, failing_ms, failed, gone
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :waiting
-- The endpoints' ids are a JSON array.
SELECT endpoint_id, 'open', count(*) FROM deliveries INDEXED BY deliveries_due
WHERE state = 'open' AND endpoint_id IN (SELECT value FROM json_each(?1))
GROUP BY endpoint_id
UNION ALL
SELECT endpoint_id, 'parked', count(*) FROM deliveries INDEXED BY deliveries_of_endpoint
WHERE state = 'parked' AND endpoint_id IN (SELECT value FROM json_each(?1))
GROUP BY endpoint_id;

-- :begin_closing
-- What an earlier change put an end to, the later one does as well.
INSERT OR REPLACE INTO closings
SELECT ?1, ?2, ?3, coalesce(max(seq), 0) FROM deliveries;

-- :next_closing
SELECT endpoint_id, position, state, last_seq FROM closings LIMIT 1;

-- :closing
SELECT endpoint_id, position, state, last_seq FROM closings WHERE endpoint_id = ?;

-- :close_deliveries
-- Some of what was fanned out to an endpoint before it was disabled or deleted at a position. The
-- states that it leaves are a JSON array.
UPDATE deliveries SET state = :state WHERE seq IN (
    SELECT seq FROM deliveries INDEXED BY deliveries_of_endpoint
    WHERE endpoint_id = :id AND state IN (SELECT value FROM json_each(:from_states))
    AND position < :position AND seq <= :last LIMIT :limit
);

-- :end_closing
DELETE FROM closings WHERE endpoint_id = ?;

-- :insert_delivery
-- A position that was fanned out before, in another life of the log, is not fanned out again.
INSERT OR IGNORE INTO deliveries VALUES (
    NULL, ?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?7, ?8, NULL, NULL, NULL, NULL
);

-- :insert_attempt
INSERT INTO attempts VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- :settle_success
-- Never refused: what the receiver has acknowledged is delivered, whatever happened since.
UPDATE deliveries SET
    state = 'delivered', attempt = ?1, last_status = ?2, last_kind = ?3,
    first_at = coalesce(first_at, ?4), last_at = ?4
WHERE event_id = ?5 AND endpoint_id = ?6 AND origin = ?7;

-- :settle_live
-- What was sent again and is acknowledged by the endpoint itself, not at another URL.
UPDATE deliveries SET
    state = 'delivered', last_status = ?2, last_kind = ?3,
    first_at = coalesce(first_at, ?4), last_at = ?4
WHERE event_id = ?5 AND endpoint_id = ?6 AND origin = 'live' AND state <> 'delivered'
AND NOT EXISTS (SELECT 1 FROM replays WHERE id = ?7 AND url IS NOT NULL);

-- :settle_failure
-- Only the answer to the attempt that the row waits for counts.
UPDATE deliveries SET
    state = ?1, attempt = ?2, due_at = ?3, last_status = ?4, last_kind = ?5,
    first_at = coalesce(first_at, ?6), last_at = ?6
WHERE event_id = ?7 AND endpoint_id = ?8 AND origin = ?9
AND state = 'open' AND attempt = ?10;

-- :due
-- Of one endpoint. What replays send again is a queue of its own.
SELECT event_id, endpoint_id, attempt, due_at, subscribers, position, origin
FROM deliveries
WHERE state = 'open' AND endpoint_id = :endpoint_id AND (substr(origin, 1, 4) = 'rpl_') = :replay
AND (due_at, event_id, origin) >= (:due_at, :event_id, :origin)
ORDER BY due_at, event_id, origin
LIMIT :limit;

-- :earlier_open
-- When the latest of an object's open deliveries to an endpoint, of events before a position,
-- is due. The object's events are those whose ids lie between two: they are few, where what is
-- open for an endpoint may be very many.
SELECT max(due_at) FROM deliveries
WHERE event_id > :first AND event_id < :last AND +endpoint_id = :endpoint_id
AND origin = 'live' AND +state = 'open' AND position < :position;

-- :exhaust
-- What has waited for its turn for too long, while its endpoint did not answer.
UPDATE deliveries SET state = 'exhausted'
WHERE seq IN (
    SELECT seq FROM deliveries INDEXED BY deliveries_of_endpoint
    WHERE endpoint_id = :endpoint_id AND state = 'open' AND created_at < :before
    AND due_at <= :now AND (:origin IS NULL OR origin = :origin)
    LIMIT :limit
);

-- :count_open
-- It reads the whole queue.
SELECT count(*) FROM deliveries INDEXED BY deliveries_due WHERE state = 'open';

-- :counts
SELECT state, count(*) FROM deliveries GROUP BY state;

-- :pending
-- The event ids are a JSON array. What is sent again adds nobody who has to acknowledge.
SELECT event_id, count(*) FROM deliveries
WHERE event_id IN (SELECT value FROM json_each(?)) AND origin = 'live' AND state IN ('open', 'exhausted', 'blocked')
GROUP BY event_id;

-- :deliveries_of_event
SELECT event_id, endpoint_id, position, state, attempt, due_at, subscribers, first_at, last_at,
    last_status, origin
FROM deliveries WHERE event_id = ? ORDER BY endpoint_id, seq;

-- :deliveries_of_endpoint
-- Newest first, before a position.
SELECT event_id, endpoint_id, position, state, attempt, due_at, subscribers, first_at, last_at,
    last_status, origin
FROM deliveries
WHERE endpoint_id = ? AND position < ? AND origin = 'live' ORDER BY position DESC LIMIT ?;

-- :deliveries_of_events
-- The event ids are a JSON array.
SELECT event_id, endpoint_id, origin, state FROM deliveries
WHERE event_id IN (SELECT value FROM json_each(?)) ORDER BY endpoint_id, origin;

-- :tries_of_events
-- The event ids are a JSON array.
SELECT event_id, endpoint_id, origin, number, started_at, took_ms, kind, status, address, detail
FROM attempts WHERE event_id IN (SELECT value FROM json_each(?)) ORDER BY id;

-- :attempts_of_delivery
SELECT event_id, endpoint_id, number, started_at, took_ms, dns_ms, connect_ms, first_byte_ms,
    address, kind, status, detail, excerpt, origin
FROM attempts WHERE event_id = ? AND endpoint_id = ? AND origin = ? ORDER BY id;

-- :browse_attempts
SELECT id, number, started_at, took_ms, dns_ms, connect_ms, first_byte_ms, address, kind, status,
    detail, excerpt
FROM attempts WHERE event_id = ? AND endpoint_id = ? AND origin = ? ORDER BY id;

-- :last_attempts_of_endpoint
SELECT event_id, endpoint_id, number, started_at, took_ms, dns_ms, connect_ms, first_byte_ms,
    address, kind, status, detail, excerpt, origin
FROM attempts WHERE endpoint_id = ? ORDER BY id DESC LIMIT ?;

-- :purge_attempts
-- The last one stays, however old: else its number would be given again, and with it its name.
DELETE FROM attempts WHERE id IN (
    SELECT id FROM (SELECT id, started_at FROM attempts ORDER BY id LIMIT :limit)
    WHERE started_at < :before AND id < (SELECT max(id) FROM attempts)
);

-- :blank_excerpts
-- In place first, so that nothing of it stays behind where a shorter row is put.
UPDATE attempts SET
    excerpt = zeroblob(length(excerpt)),
    detail = substr(hex(zeroblob(length(detail))), 1, length(detail))
WHERE event_id IN (SELECT value FROM json_each(?)) AND (length(excerpt) > 0 OR length(detail) > 0);

-- :drop_excerpts
UPDATE attempts SET excerpt = x'', detail = NULL
WHERE event_id IN (SELECT value FROM json_each(?)) AND (length(excerpt) > 0 OR length(detail) > 0);

-- :browse
-- Newest first. Of each endpoint and state as much as the page may need, then the newest of it.
SELECT event_id, deliveries.endpoint_id, origin, seq, position, deliveries.type, state, attempt,
    created_at, due_at, subscribers, first_at, last_at, last_status, last_kind
FROM owners CROSS JOIN json_each(:states) AS asked JOIN deliveries ON seq IN (
    SELECT near.seq FROM deliveries AS near
    WHERE near.endpoint_id = owners.endpoint_id AND near.state = asked.value
    AND near.created_at >= :since AND near.created_at < :until
    AND (near.created_at, near.seq) < (:at, :seq)
    AND (:type IS NULL OR near.type = :type)
    AND (:origin IS NULL OR near.origin = :origin)
    AND (:kind IS NULL OR near.last_kind = :kind)
    AND (:least IS NULL OR near.last_status BETWEEN :least AND :most)
    ORDER BY near.created_at DESC, near.seq DESC LIMIT :limit
)
WHERE account = :account AND livemode = :livemode
AND (:endpoint IS NULL OR owners.endpoint_id = :endpoint)
ORDER BY created_at DESC, seq DESC LIMIT :limit;

-- :browse_origin
-- Of what was sent again, all of it to one endpoint.
SELECT event_id, deliveries.endpoint_id, origin, seq, position, deliveries.type, state, attempt,
    created_at, due_at, subscribers, first_at, last_at, last_status, last_kind
FROM json_each(:states) AS asked CROSS JOIN deliveries ON seq IN (
    SELECT near.seq FROM deliveries AS near
    WHERE near.origin = :origin AND near.origin <> 'live' AND near.state = asked.value
    AND near.created_at >= :since AND near.created_at < :until
    AND (near.created_at, near.seq) < (:at, :seq)
    AND (:type IS NULL OR near.type = :type)
    AND (:kind IS NULL OR near.last_kind = :kind)
    AND (:least IS NULL OR near.last_status BETWEEN :least AND :most)
    ORDER BY near.created_at DESC, near.seq DESC LIMIT :limit
)
CROSS JOIN owners ON owners.endpoint_id = deliveries.endpoint_id
WHERE account = :account AND livemode = :livemode
AND (:endpoint IS NULL OR owners.endpoint_id = :endpoint)
ORDER BY created_at DESC, seq DESC LIMIT :limit;

-- :browse_event
SELECT event_id, deliveries.endpoint_id, origin, seq, position, type, state, attempt, created_at,
    due_at, subscribers, first_at, last_at, last_status, last_kind
FROM deliveries JOIN owners ON owners.endpoint_id = deliveries.endpoint_id
WHERE event_id = :event AND account = :account AND livemode = :livemode
AND (:endpoint IS NULL OR owners.endpoint_id = :endpoint)
AND state IN (SELECT value FROM json_each(:states))
AND created_at >= :since AND created_at < :until AND (created_at, seq) < (:at, :seq)
AND (:type IS NULL OR type = :type) AND (:origin IS NULL OR origin = :origin)
AND (:kind IS NULL OR last_kind = :kind)
AND (:least IS NULL OR last_status BETWEEN :least AND :most)
ORDER BY created_at DESC, seq DESC LIMIT :limit;

-- :unheard
-- Events that some endpoint of the accounts has not acknowledged, newest first. Accounts and
-- types are JSON arrays. Of each endpoint and state as much as may be needed, then the newest.
SELECT near.event_id, near.created_at, min(near.seq) AS first, max(near.seq)
FROM json_each(:accounts) AS account CROSS JOIN owners
CROSS JOIN json_each('["open","exhausted","blocked"]') AS asked
JOIN deliveries AS near ON near.seq IN (
    SELECT one.seq FROM deliveries AS one
    WHERE one.endpoint_id = owners.endpoint_id AND one.state = asked.value
    AND one.created_at >= :since AND (one.created_at, one.seq) < (:at, :seq)
    AND one.origin = 'live'
    AND (:types IS NULL OR one.type IS NULL OR one.type IN (SELECT value FROM json_each(:types)))
    ORDER BY one.created_at DESC, one.seq DESC LIMIT :limit
)
WHERE owners.account = account.value AND owners.livemode = :livemode
GROUP BY near.event_id ORDER BY near.created_at DESC, first DESC LIMIT :limit;

-- :event_place
SELECT created_at, min(seq), max(seq) FROM deliveries
WHERE event_id = ? AND origin = 'live' GROUP BY event_id;

-- :place_below
-- It reads back until it finds one.
SELECT created_at, seq + 1, seq FROM deliveries
WHERE origin = 'live' AND position < ? ORDER BY seq DESC LIMIT 1;

-- :find_delivery
SELECT event_id, deliveries.endpoint_id, origin, seq, position, type, state, attempt, created_at,
    due_at, subscribers, first_at, last_at, last_status, last_kind
FROM deliveries JOIN owners ON owners.endpoint_id = deliveries.endpoint_id
WHERE event_id = ? AND deliveries.endpoint_id = ? AND origin = ?
AND account = ? AND livemode = ?;

-- :is_open
-- What a replay sends that was paused or canceled is on its way to be closed.
SELECT count(*) FROM deliveries
WHERE event_id = ?1 AND endpoint_id = ?2 AND origin = ?3 AND state = 'open'
AND NOT EXISTS (SELECT 1 FROM replays WHERE id = ?3 AND status <> 'running');

-- :standings
-- How the live deliveries of events to an endpoint stand. The event ids are a JSON array.
SELECT event_id, state, first_at IS NOT NULL, subscribers FROM deliveries
WHERE event_id IN (SELECT value FROM json_each(?)) AND endpoint_id = ? AND origin = 'live';

-- :put_replay
-- One at a time to an endpoint, and one that only counts.
INSERT INTO replays
SELECT :id, :account, :livemode, :endpoint_id, :url, :dry_run, :created_at, :since, :until,
    :after, :upto, :types, :states, :status, NULL, NULL, :reached, 0, 0, 0, 0
WHERE NOT EXISTS (
    SELECT 1 FROM replays
    WHERE endpoint_id = :endpoint_id AND status IN ('running', 'paused') AND dry_run = :dry_run
);

-- :replays
SELECT * FROM replays WHERE account = :account AND livemode = :livemode AND id < :before
AND (:status IS NULL OR status = :status) AND created_at >= :since AND created_at < :until
ORDER BY id DESC LIMIT :limit;

-- :replays_to_endpoint
SELECT * FROM replays INDEXED BY replays_to_endpoint
WHERE endpoint_id = :endpoint AND account = :account AND livemode = :livemode AND id < :before
AND (:status IS NULL OR status = :status) AND created_at >= :since AND created_at < :until
ORDER BY id DESC LIMIT :limit;

-- :replay
SELECT * FROM replays WHERE id = ?;

-- :replays_running
SELECT * FROM replays INDEXED BY replays_unfinished
WHERE status IN ('running', 'paused') AND status = 'running' ORDER BY id;

-- :elsewhere
-- What has ended has nothing left to send.
SELECT id, url FROM replays INDEXED BY replays_unfinished
WHERE status IN ('running', 'paused') AND url IS NOT NULL;

-- :sent_elsewhere
-- The ids of the replays are a JSON array.
SELECT id FROM replays WHERE id IN (SELECT value FROM json_each(?)) AND url IS NOT NULL;

-- :under_way
-- What waits for a far retry holds up nothing. `origin <> 'live'` leads to the index.
SELECT count(*) FROM deliveries INDEXED BY deliveries_sent_again
WHERE origin = ? AND origin <> 'live' AND state = 'open' AND due_at < ?;

-- :still_open
SELECT EXISTS (
    SELECT 1 FROM deliveries WHERE origin = ? AND origin <> 'live' AND state = 'open'
);

-- :still_parked
SELECT EXISTS (
    SELECT 1 FROM deliveries WHERE origin = ? AND origin <> 'live' AND state = 'parked'
);

-- :replays_unsettled
-- Those that are paused or canceled, and something of them is open still. Each replay that has
-- anything open is looked for behind the one before it: they are few, what is open may be much.
WITH RECURSIVE sending(id) AS (
    SELECT 'rpl_'
    UNION ALL
    SELECT (
        SELECT origin FROM deliveries INDEXED BY deliveries_sent_again
        WHERE origin > id AND origin < 'rpm' AND origin <> 'live' AND state = 'open'
        ORDER BY origin LIMIT 1
    ) FROM sending WHERE id IS NOT NULL
)
SELECT replays.id FROM sending CROSS JOIN replays ON replays.id = sending.id
WHERE status IN ('paused', 'canceled');

-- :advance_replay
UPDATE replays SET reached = :upto, matched = matched + :matched
WHERE id = :id AND status = 'running' AND reached = :after;

-- :set_replay
UPDATE replays SET status = :status, reason = :reason, ended_at = :ended_at
WHERE id = :id AND status IN ('running', 'paused');

-- :replay_status
SELECT status FROM replays WHERE id = ?;

-- :settle_replayed
-- The states that it leaves are a JSON array.
UPDATE deliveries SET state = :state, due_at = iif(:state = 'open', :now, due_at)
WHERE seq IN (
    SELECT seq FROM deliveries INDEXED BY deliveries_of_origin
    WHERE origin = :id AND origin <> 'live'
    AND state IN (SELECT value FROM json_each(:from_states)) LIMIT :limit
);
