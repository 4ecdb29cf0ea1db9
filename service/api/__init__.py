"""
HTTP in: Stripe's operations, each a route, a parse, a command or a read, and an answer.

Read `routes` for what there is, `door` for what happens to every call before and after its
handler, `call` for what a handler is given. Handlers hold no rule of the domain and declare
no parameter; both have rooms of their own.
"""
