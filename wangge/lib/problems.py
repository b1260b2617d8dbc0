"""A refusal of the API in one shape (RFC 9457 problem details): what happened, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field

MEDIA_TYPE = "application/problem+json"


@dataclass
class Problem(Exception):
    """Raised by an endpoint, answered by the door.

    Args:
        status: the HTTP status.
        code: a stable word for programs, such as ``scope_missing``.
        title: what happened, for people.
        detail: what to do next, for people.
        errors: path of a value -> what is wrong with it; never the value.
        retry_after: seconds after which the same request may be asked again.
    """

    status: int
    code: str
    title: str
    detail: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    retry_after: int = 0

    def __str__(self) -> str:
        return f"{self.status} {self.code}"

    def body(self) -> dict[str, object]:
        """The members of the answer; empty ones are there too, so that every answer looks alike."""
        return {
            "type": "about:blank",
            "status": self.status,
            "code": self.code,
            "title": self.title,
            "detail": self.detail,
            "errors": self.errors,
        }
