"""
What each operation takes: one frozen declaration per operation, named as the SDK names it.

What was not sent is `UNSET`; what was sent empty, to be unset, is `""`. Outside `wire` a
parameter is an attribute of one of these, never a string.
"""
