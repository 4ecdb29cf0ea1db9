"""
Seti: a self-hosted SetupIntents service with a memory.

Read `domain` first, then `store.protocol`, `commands.path` and `api.door`: the straight line
that a request goes along. `webhooks` is the other one, on which an event goes out.
"""
