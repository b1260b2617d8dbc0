"""What may not be done to the register, as small named sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..enums import PersonStatus
from ..models import Person


class Declined(ValueError):
    """A change the register refuses. ``code`` is stable for programs, the text is for people."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(message)


def ids_disagree(one: Person, other: Person) -> bool:
    """Two different identity numbers are two people, whatever else agrees (spec 5.5)."""
    return bool(one.id_index and other.id_index and one.id_index != other.id_index)


def check_mergeable(keep: Person, absorb: Person) -> None:
    """Raises Declined when the two rows may not become one person."""
    if keep.pk == absorb.pk:
        raise Declined("same_row", _("这是同一条人员记录，无需合并。"))
    if PersonStatus.MERGED in (keep.status, absorb.status):
        raise Declined("already_merged", _("其中一条记录已并入他人；请先打开合并后的记录再试。"))
    if ids_disagree(keep, absorb):
        raise Declined("two_ids", _("两条记录各有不同的证件号码，不能合并；如其中一个号码有误，请先更正。"))
