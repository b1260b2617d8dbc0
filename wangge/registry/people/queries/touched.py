"""Whose record was touched since a moment: by a tie learned or given up, or by a line of the trail."""

from __future__ import annotations

from datetime import datetime

from wangge.foundation.journal.models import Entry

from ..models import Tie

READINGS = ("person.revealed", "person.viewed")


def people_touched_since(moment: datetime) -> set[int]:
    """Keys of people; three queries, each answered by an index on the time. Whom an import or its
    adjudication touched is told by those themselves: their rows live upstairs, and they are many."""
    ties = Tie._base_manager.filter(batch=None)
    people = set(ties.filter(known_from__gte=moment).values_list("person_id", flat=True))
    people.update(ties.filter(known_to__gte=moment).values_list("person_id", flat=True))
    lines = Entry._base_manager.filter(at__gte=moment, subject_type="people.person").exclude(
        kind__in=READINGS
    )
    return people | {int(pk) for pk in lines.values_list("subject_id", flat=True).distinct()}
