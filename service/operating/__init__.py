"""
What an operator asks of a house: accounts, and the keys that open them.

A running server answers on a Unix socket in its data directory (`door`), where whoever may
read its files may ask. Where no server runs, the same `Desk` is put before the log itself.
`protocol` is all that passes between the two, `asking` the side of whoever asks.
"""
