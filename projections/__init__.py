"""
The read side: what has happened, as it is shown, and the copies of it that Redis holds.

Read in this order: `setup_intent` and its siblings (an event sets these fields), `fold` (the
same for any stream), `announcement` (an event as subscribers see it), `documents` (what
Redis is told), `views` (the only Redis commands of the house), `runner` (catches up),
`rebuild` (makes everything again). Nothing here decides anything, and nothing that Redis
holds is missed when it is gone.
"""
