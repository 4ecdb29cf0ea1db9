"""
HTTP out: telling subscribers what has happened.

Follow an event: `fanout` reads it in the log, `bodies` renders it, `addressing` finds in the
`registry` whom it goes to, and one delivery for each is written to the `ledger`. The `dispatcher`
has a queue for each endpoint that it owns (`leases`, `agenda`, filled by `refill`) and lets
endpoints take turns (`lanes`, which are made of `lane`s before `gate`s, `turns` and `slots`),
each as far as its `condition` allows. `delivering` takes one delivery through: `ordering` says
whether another goes first, the `sender` makes one `attempt`, through the hostile-by-default
`client` with its `routes`, its `pool` of `connection`s, `resolver` and `guard`, and the
`exchange` on one of them; `settlement` decides what follows for the delivery and `care` for its
endpoint, `recorder` writes it down, and only then is it forgotten. `disabling` finds who has
failed for too long, `gauges` tell where all that stands.
`replaying` sends parts of the log again, behind all else (`courtesy` says how far), and
`sending_again` is what the API asks. `running` puts the room together; `urls` says which
URLs may be subscribed.

A receiver's misbehaviour is an outcome, never an exception. This is the only room that
opens connections to URLs which somebody else chose.
"""
