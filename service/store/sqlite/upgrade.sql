-- For a log of the first schema: what belongs to whom, as far as its events tell.

INSERT OR IGNORE INTO belongings
SELECT json_extract(state, '$.customer'), originator_id FROM stored_events
WHERE topic IN ('SetupIntentCreated', 'ConfirmationTokenCreated')
AND json_extract(state, '$.customer') IS NOT NULL;

INSERT OR IGNORE INTO belongings
SELECT json_extract(state, '$.changed.customer'), originator_id FROM stored_events
WHERE topic = 'SetupIntentUpdated' AND json_extract(state, '$.changed.customer') IS NOT NULL;

INSERT OR IGNORE INTO belongings
SELECT json_extract(state, '$.payment_method'), originator_id FROM stored_events
WHERE topic = 'MandateCreated';

INSERT OR IGNORE INTO belongings
SELECT json_extract(state, '$.setup_intent'), originator_id FROM stored_events
WHERE topic = 'ConfirmationTokenUsed';

INSERT OR IGNORE INTO belongings
SELECT json_extract(state, '$.used_by'), originator_id FROM stored_events
WHERE topic = 'TokenUsed';
