"""What somebody declared, for herself: by the reports her phone remembers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from wangge.lib.scoping import EVERYWHERE, within

from ..enums import State
from ..models import Declaration

OPEN = (State.SUBMITTED, State.TO_VERIFY, State.TRANSFERRED, State.WRONG, State.NOT_FOUND)


def own_lines(reports: Sequence[UUID]) -> list[Declaration]:
    """Every line of these reports, the newest report first; the phone's memory stands for a reach."""
    with within(EVERYWHERE):
        found = list(Declaration.objects.filter(report__in=reports).select_related("code"))
    return sorted(found, key=lambda line: (-line.received_at.timestamp(), str(line.report), line.line))


def own_line(reports: Sequence[UUID], report: UUID, line: int) -> Declaration | None:
    """One line, when its report is among those the phone remembers."""
    if report not in reports:
        return None
    with within(EVERYWHERE):
        return Declaration.objects.filter(report=report, line=line).select_related("code").first()


def is_open(declaration: Declaration) -> bool:
    """Whether she may still correct or withdraw it: nobody has confirmed it yet."""
    return declaration.state in OPEN
