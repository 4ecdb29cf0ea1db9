"""Whether seals are as they were made: numbered, linked, and signed by those who may."""

from collections.abc import Iterator

from service.store.seals.findings import Kind, Verified
from service.store.seals.seal import NOTHING_BEFORE, Seal
from service.store.seals.signing import PublicKeys, is_signed


class SealChecker:
    """
    Looks at one seal after another of the log *log_id*, and tells *verified* what is wrong.

    Signatures are checked where there are *keys*. Seals from before the first signature need
    none: it covers them. After it, one without is as bad as a wrong one.
    """

    def __init__(self, log_id: str, keys: PublicKeys, verified: Verified) -> None:
        self._log_id = log_id
        self._keys = keys
        self._verified = verified
        self._last: Seal | None = None

    def begin_after(self, seal: Seal) -> None:
        """Take *seal* for the first one, whatever came before it."""
        self._check_signature(seal)
        self._last = seal

    def check(self, seal: Seal) -> bool:
        """Say whether *seal* can be used to look at the log; tell what is wrong with it."""
        self._verified.seals += 1
        if seal.log != self._log_id:
            self._tell(Kind.SEAL_ALTERED, seal, "is of another log")
            return False
        after = self._last.position if self._last else 0
        if not (0 <= seal.after < seal.position) or seal.position <= after:
            self._tell(Kind.SEAL_ALTERED, seal, "does not come after the one before it")
            return False
        self._check_link(seal)
        self._check_signature(seal)
        self._last = seal
        return True

    def end(self) -> None:
        """Tell what is missing in all of them."""
        if self._keys and self._last and not self._verified.signed and not self._is_told():
            self._tell(Kind.SIGNATURE, self._last, "is not signed, and none before it is")

    def _is_told(self) -> bool:
        return any(each.kind is Kind.SIGNATURE for each in self._verified.findings)

    def _check_link(self, seal: Seal) -> None:
        last = self._last
        number = last.number + 1 if last else 1
        if seal.number != number:
            place = (last.position + 1 if last else 1, seal.position)
            says = f"before seal {seal.number} one or more are missing, from seal {number} on"
            self._verified.found(Kind.SEAL_REMOVED, place, says)
        elif seal.previous != (last.name() if last else NOTHING_BEFORE):
            self._tell(Kind.SEAL_ALTERED, last or seal, "is not the one that the next refers to")

    def _check_signature(self, seal: Seal) -> None:
        if not self._keys:
            return
        for wrong in self._wrong_with_signature(seal):
            self._tell(Kind.SIGNATURE, seal, wrong)

    def _wrong_with_signature(self, seal: Seal) -> Iterator[str]:
        if seal.key is None:
            if self._verified.signed:
                yield "is not signed, though earlier ones are"
        elif seal.key not in self._keys:
            yield f"is signed with the key {seal.key}, which is none of those given"
        elif not is_signed(seal, self._keys[seal.key]):
            yield "carries a wrong signature: it is not what was signed"
        else:
            self._verified.signed += 1

    def _tell(self, kind: Kind, seal: Seal, what: str) -> None:
        place = (seal.after + 1, seal.position)
        self._verified.found(
            kind, place, f"seal {seal.number}, at position {seal.position}, {what}"
        )
