"""Who looked at somebody's data and why, as she may see it: the role and unit, not the worker's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wangge.foundation.access.models import Reading
from wangge.foundation.access.queries import named, offices_of
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people import queries as people
from wangge.registry.people.models import Person

from ..sections import Section

MOST = 200
CLIENT = "client:"


@dataclass(frozen=True)
class Look:
    """One reading."""

    at: datetime
    who: str
    what: str | Promise
    field: str
    why: str


def looks_at(person: Person, sections: Iterable[Section] = ()) -> list[Look]:
    """The newest readings of the person, of rows merged into hers, and of what ``sections`` hold of her."""
    with within(EVERYWHERE):
        kind, pk = named(person)
        wanted = Q(subject_type=kind, subject_id__in=[pk, *map(str, people.former_rows(person))])
        for section in sections:
            for what, which in section.subjects:
                wanted |= Q(subject_type=what, subject_id=which)
        rows = list(Reading.objects.filter(wanted)[:MOST])
        offices = offices_of(row.actor for row in rows)
    return [
        Look(row.at, _who(row, offices), row.get_what_display(),
             people.label_of(row.field) if row.field else "", row.reason)
        for row in rows
    ]  # fmt: skip


def _who(row: Reading, offices: dict[str, str]) -> str:
    if row.actor.startswith(CLIENT):  # a program: the unit that answers for it
        return _("%(unit)s 的系统") % {"unit": row.actor_name or row.actor.removeprefix(CLIENT)}
    return offices.get(row.actor, _("本系统的工作人员"))
