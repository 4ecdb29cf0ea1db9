"""
Seti's own operations: what Stripe's API has no name for, below `/seti/v1/`.

They are operations like all others: the same door, keys and permissions, idempotency, errors
and lists. To add one: declare what it takes in `wire.params`, and what it gives in
`wire.resources` (and `RESOURCES`); write its handler in a module of this room, named as the
resource is; give it a row in `routes`. It is then routed, and shown in `/openapi.json`, in
`/docs` and, after `make readme`, in the README, and every test of all operations asks it.
What a restricted key needs for it stands in its `Group`: a resource of `domain.permissions`.

An operation that answers with a stream is declared with `Group.lines`, and its handler
replies with `Lines` (`api.lines`).
"""
