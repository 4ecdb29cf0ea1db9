"""
What the API is, told to those who call it: `/openapi.json`, `/docs`, and the README's table.

Nothing is declared here. What an operation takes and gives is said once, in the table of
operations (`api.routes`) and in the declarations of `wire`, and only put into other words.

Read in this order: `schemas` (declarations to JSON Schema), `operations` (the table to
paths), `document` (the whole), `serving` (the two addresses), `page` (the document as
something to read), `table` (the same for the README).
"""
