"""
HTTP out: telling subscribers what has happened.

Follow an event: `fanout` reads it in the log and writes one delivery for each subscribed
endpoint (`ledger`), `dispatcher` takes what is due (`agenda`, `lanes`), `attempt` POSTs it
once through the hostile-by-default `client` and its `guard`, `settlement` decides what
follows, `recorder` commits that. A delivery is forgotten only after its outcome is durable.

A receiver's misbehaviour is an outcome, never an exception. This is the only room that
opens connections to URLs which somebody else chose.
"""
