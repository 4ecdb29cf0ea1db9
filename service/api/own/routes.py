"""Every operation that Stripe does not have, and the handler that answers it."""

from typing import Final

from service.api.operation import Group, Operation
from service.api.own import log
from service.wire.params import log as log_params

_LOG: Final = Group("/seti/v1/log", log.KIND, "log")

OWN_OPERATIONS: Final[tuple[Operation, ...]] = (_LOG.lines("", log.read, log_params.LogParams),)
