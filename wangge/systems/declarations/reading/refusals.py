"""What a submission is refused with: a sentence for each place in it."""

from __future__ import annotations


class Refused(Exception):
    """The declaration cannot be taken; ``errors`` says where (``people.0.id_no``) and what to do."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(", ".join(errors))  # the places only: sentences may quote nothing, but stay out too


class TooMany(Refused):
    """Too many in a short time; the same declaration is welcome in ``retry_after`` seconds."""

    def __init__(self, errors: dict[str, str], retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(errors)
