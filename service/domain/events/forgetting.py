"""What has happened to the personal data in a stream, of whatever kind it is."""

from service.domain.values import Value


class PersonalDataForgotten(Value, frozen=True, kw_only=True):
    """
    What is personal in this stream can be read by nobody any more.

    *subject_id* is the stream. *customer* is who asked to be forgotten, and had it in what was
    theirs. The keys to it are destroyed in the transaction that appends this.
    """

    subject_id: str
    at: int
    customer: str
