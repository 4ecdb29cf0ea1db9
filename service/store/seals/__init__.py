"""
Proof that nobody has touched the log: a chain of SHA-256 over it, and seals on the chain.

For each event, in the order of positions, integers big-endian:

    leaf  = SHA-256(00, version: 8 bytes, lengths of stream, topic and state: 4 bytes each,
                    stream, topic, state)
    chain = SHA-256(01, position: 8 bytes, chain before it, leaf)

Stream and topic are UTF-8, the state is the bytes that are stored. The chain begins with
SHA-256("seti log 1", a newline, and the log's id). It depends on the log alone, wherever seals are.

A *seal* tells the chain's digest at a position, and by its statement (`Seal.statement`), which
may be signed, the seal before it. Its *trail*, the first eight bytes of each leaf since that
seal, in base64, is what names the position of a change; the statement has its digest.

Seals stand in a file of their own, a line of JSON each, only ever added to. What is taken from
the end of both log and seals can only be told by who has kept a later seal elsewhere; so each
seal is told in the service's output too. `chain`, `seal` and `differences` are pure; `sealer`
makes seals when `follower` bids it, `verifying` checks them, and `exporting` writes log and seals
where no database is.
"""
