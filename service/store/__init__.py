"""
The log. What it promises is in `protocol`; the rest of this room keeps the promise.

This is the only room that knows `eventsourcing` or speaks SQL to the log's database.
`sqlite` is the log in a file, for one process: `open_log`.
"""
