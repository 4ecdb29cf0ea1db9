"""
What is to be delivered, and what came of it.

`protocol` says what may be asked, in terms of `values`; `schema.sql` is the shape; `sqlite`
keeps it in a file of its own beside the log's, and `opening` finds or makes that file. This
is the only room beside the store that speaks SQL.
"""

from service.webhooks.ledger.opening import open_ledger
from service.webhooks.ledger.protocol import Ledger, LedgerUnavailable, Overtaken
from service.webhooks.ledger.sqlite import SqliteLedger

__all__ = ["Ledger", "LedgerUnavailable", "Overtaken", "SqliteLedger", "open_ledger"]
