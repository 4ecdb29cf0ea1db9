"""
Stripe's search query language: what a query says, and whether an object is what it says.

`clauses` are what a query is made of, `reading` makes them of text, `matching` holds an
object against them. A clause is a field, an operator and a value; clauses are joined by AND,
which a space says as well, or by OR, and never by both. A `-` before a clause turns it round.

What Stripe's pages leave open is decided so: texts are compared without regard to case, `:`
with the whole text and `~` with any part of it; a text stands in quotes, unless it is all
digits; a backslash in quotes takes the next character as it is; `null` without quotes means
that there is no value.
"""
