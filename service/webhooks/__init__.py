"""
HTTP out: telling subscribers what has happened.

Follow an event: `fanout` reads it in the log, `bodies` renders it, `addressing` finds in the
`registry` whom it goes to, and one delivery for each is written to the `ledger`. The
`dispatcher` takes what is due (`agenda`, `refill`), lets endpoints take turns (`lanes`) and
has the `sender` make one `attempt`, through the hostile-by-default `client` with its
`connection`s, `resolver` and `guard`. `settlement` decides what follows, `recorder` writes it
down, and only then is the delivery forgotten; `disabling` finds who has failed for too long.
`running` puts the room together; `urls` says which URLs may be subscribed.

A receiver's misbehaviour is an outcome, never an exception. This is the only room that
opens connections to URLs which somebody else chose.
"""
