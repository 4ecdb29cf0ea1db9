"""What the operations on Mandates take."""

from service.wire.params.lists import Expandable


class MandateRetrieveParams(Expandable, frozen=True, kw_only=True):
    pass
