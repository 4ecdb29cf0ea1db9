"""
What a SetupIntent is and what may happen to it. No I/O, no clock, no randomness.

Read in this order: `events` (what has happened), `commands` (what is asked), `facts` and
`verdicts` (what a decision is told of others), `setup_intent` (the decider: which events a
command leads to), `errors` (how a command is refused), `announcements` (which events are
news to subscribers).
Everything here is a frozen value or a pure function, so a stream of events always
folds to the same state, today and in ten years.

Every aggregate has one stream, named by its id, and one decider of three functions:
`decide(command, state)`, `evolve(state, event)` and `fold(history)`.

This package imports nothing but the standard library, and in `values` the Struct that its
values are made of. `make check` enforces it.
"""
