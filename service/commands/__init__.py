"""
The command path: load, decide, append, project.

Read `path` first: it is the one straight line that every write goes along. `unit` is what
one command loads and decides; `folds` keeps what was folded before. The other modules say,
one for each resource, which decisions a request leads to and in which order; no rule is in
them, rules are in `service.domain`.
"""
