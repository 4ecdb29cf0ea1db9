"""
Stripe's shapes, declared once. No I/O.

Read in this order: `form` (bytes to a tree of names), `params` (what each operation takes,
as declarations), `declarations` (a tree to params, as its declaration says), `bad_param`
(every way to refuse one), `versions` and `expand` (what a caller may ask of the answer),
`resources` (what the answer looks like), `problems` (the body of an error).

What is derived from the declarations is never written twice: how a form is read, which
names are unknown, what `param` says, what the compatibility table of the README shows.
"""
