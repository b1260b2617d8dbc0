"""Whose data left the house, as these people can see it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from wangge.foundation.access.enums import What
from wangge.foundation.access.models import Reading
from wangge.foundation.journal import actions as journal
from wangge.lib.bulk import write_rows
from wangge.registry.ledgers.outgoing.lines import Line

AT_ONCE = 50_000  # readings written together


class Readings:
    """Everybody whose data leaves in clear may see that it did (PIPL 44-45)."""

    def __init__(self) -> None:
        self.people: list[str] = []
        self.areas: list[str] = []

    def add(self, line: Line) -> None:
        self.add_person(line.person.pk, line.tie.area_code)

    def add_person(self, pk: int, area_code: str) -> None:
        self.people.append(str(pk))
        self.areas.append(area_code)

    def note(self, actor: Any, reason: str) -> None:
        """Write them, in the caller's transaction."""
        name = journal.account_of(actor)
        shown = "" if isinstance(actor, str) else actor.name
        for start in range(0, len(self.people), AT_ONCE):
            people = self.people[start : start + AT_ONCE]
            many = len(people)
            write_rows(
                Reading,
                {
                    "at": [timezone.now()] * many,
                    "actor": [name] * many,
                    "actor_name": [shown] * many,
                    "subject_type": ["people.person"] * many,
                    "subject_id": people,
                    "what": [What.EXPORT.value] * many,
                    "field": [""] * many,
                    "reason": [journal.without_personal(reason)[:500]] * many,
                    "area_code": self.areas[start : start + AT_ONCE],
                },
            )
