"""
The log in one SQLite file, for one process.

`opening` makes or finds the file and takes its lock; `writer` is the one hand that
writes; `batch` says, before anything is written, which commands of a batch may be;
`recorder` writes them in one transaction, the answers among them through `answers`;
`refusing` knows why writes are refused, where they are; `reads` reads on threads of its own;
`log` puts them together behind `store.protocol`.

Python's sqlite3 gives the interpreter lock away at every step of a statement, and may wait
a switch interval to get it back while the event loop is busy. So what counts on the hot
path is the number of statements and of rows returned, not the work in them.
"""

from service.store.sqlite.log import SqliteLog
from service.store.sqlite.opening import open_log, open_log_for_reading
from service.store.sqlite.raw import RawLog
from service.store.sqlite.reads import SqliteReads

__all__ = ["RawLog", "SqliteLog", "SqliteReads", "open_log", "open_log_for_reading"]
