"""
What a person sees: pages that a browser is sent to, and the forms on them.

Read `setup` first: the page on which a customer takes the step that an attempt waits for.
`step` is what the log tells of it, `wording` how it is spoken of. A page decides nothing
itself: what its form says goes along the command path, and what is shown afterwards is read
from the log, so that a second click, another tab and a lost race all see the outcome that
stands. No page runs scripts, or loads anything from elsewhere.
"""
