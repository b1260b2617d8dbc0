"""粤居码 and the duty to register, per resident: who is due, who is late, who may apply for the permit.

The code is the police's (product decision 9); this reads the status that the register keeps as one fact, and
the dated marks beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.queries import add_workdays
from wangge.lib.figures import Indicator, Period
from wangge.registry.people.enums import PersonStatus, TieKind
from wangge.registry.people.models import Tie

from ..enums import HAS_CODE, LIVE, CodeStatus, Kind, ListSays
from ..models import Declaration, ResidenceCode
from .indicators_register import homes
from .profile import profile_on

PRESENT = (PersonStatus.ACTIVE, PersonStatus.PENDING)
DAY = timedelta(days=1)
WAITS = (Kind.COMING, Kind.RETURNING, Kind.STAYING)


def due() -> QuerySet[Tie]:
    """The home of everybody in reach who is due: floating people who live here now, one home each."""
    held = homes().filter(valid_to=None, person__status__in=PRESENT)
    held = held.exclude(person__residence_code_status=CodeStatus.NOT_NEEDED)
    newer = Tie._base_manager.filter(
        kind=TieKind.LIVES, known_to=None, valid_to=None, person=OuterRef("person"), pk__gt=OuterRef("pk")
    )
    return held.exclude(Exists(newer))


def confirmed() -> QuerySet[Tie]:
    """Of those: whose code is confirmed, or who holds the permit."""
    return due().filter(person__residence_code_status__in=HAS_CODE)


def missing() -> QuerySet[Tie]:
    """Of those: whose code is not."""
    return due().exclude(person__residence_code_status__in=HAS_CODE)


def last_day_overdue(today: date | None = None) -> date:
    """Whoever arrived on this day or before is late today: the working days of the law have run out."""
    today = today or timezone.localdate()
    workdays = profile_on(today).register_workdays
    day = today - DAY * (workdays + 1)
    while add_workdays(day, workdays) >= today:
        day -= DAY
    return day


def overdue(today: date | None = None) -> QuerySet[Tie]:
    """Newly come, without a confirmed code although the working days since arrival have run out (spec 2.3,
    3.7). Whoever has been here so long that the permit can be had is no newcomer: see ``may_get_permit``."""
    today = today or timezone.localdate()
    came = today - DAY * profile_on(today).permit_days
    return missing().filter(valid_from__gt=came, valid_from__lte=last_day_overdue(today))


def in_time(today: date | None = None) -> QuerySet[Tie]:
    """Without a confirmed code, and the days still run."""
    return missing().filter(valid_from__gt=last_day_overdue(today))


def may_get_permit(today: date | None = None) -> QuerySet[Tie]:
    """Has lived here long enough to apply for the e-residence permit, and has none (spec 2.3: 183 days)."""
    today = today or timezone.localdate()
    since = today - DAY * profile_on(today).permit_days
    return due().filter(valid_from__lte=since).exclude(person__residence_code_status=CodeStatus.PERMIT)


def list_differs() -> QuerySet[Tie]:
    """A list of the police says something else than the register: to be asked, not taken over."""
    marks = ResidenceCode._base_manager.filter(person=OuterRef("person"), list_says__gt="").order_by("-pk")
    told = due().annotate(told=Subquery(marks.values("list_says")[:1]))
    return told.filter(told__in=[ListSays.DIFFERS, ListSays.ABSENT])


def flagged(exchange: int, says: str) -> QuerySet[Tie]:
    """Whom this list flagged so. A later list takes the flag away, and with it the row."""
    marks = ResidenceCode._base_manager.filter(person=OuterRef("person"), exchange=exchange, list_says=says)
    return due().filter(Exists(marks))


def unregistered(today: date | None = None) -> QuerySet[Declaration]:
    """Declared to have come and in nobody's register although the working days have run out."""
    before = last_day_overdue(today) + DAY
    came = Q(arrive_at__date__lt=before) | Q(arrive_at=None, received_at__date__lt=before)
    return Declaration.objects.filter(came, state__in=LIVE, person=None, kind__in=WAITS).order_by("pk")


VIEWS: dict[str, Any] = {
    "overdue": overdue,
    "in_time": in_time,
    "missing": missing,
    "permit": may_get_permit,
    "differs": list_differs,
    "confirmed": confirmed,
    "all": due,
}

RATE = Indicator(
    "code",
    _("粤居码率"),
    (lambda period: confirmed(),),
    (lambda period: due(),),
    _("粤居码已确认或已领居住证的 ÷ 应申领的：现住本区的外地户籍人员，登记为“不需要”的除外（示例）。"),
)
BY_CODE = {RATE.code: RATE}


def now_only() -> Period:
    """The rate is of today: a status has no history of its own here."""
    return Period(timezone.localdate(), timezone.localdate())


@dataclass(frozen=True)
class CodeLine:
    """One resident in the list: when registering is due, the status with its day, the latest marks."""

    tie: Tie
    due_on: date | None
    late: bool
    status: str
    told_on: str
    guided_by: str
    agrees: bool | None
    list_says: str


def lines_of(ties: Iterable[Tie], today: date | None = None) -> list[CodeLine]:
    """What the list shows; one query for the marks, one for the calendar a day of arrival."""
    ties, today = list(ties), today or timezone.localdate()
    marks = _marks(tie.person_id for tie in ties)
    workdays = profile_on(today).register_workdays
    days = {tie.valid_from for tie in ties if tie.valid_from}
    ends = {day: add_workdays(day, workdays) for day in days}
    return [
        _line(tie, ends[tie.valid_from] if tie.valid_from else None, marks.get(tie.person_id, []), today)
        for tie in ties
    ]


def _line(tie: Tie, due_on: date | None, marks: list[ResidenceCode], today: date) -> CodeLine:
    status = tie.person.residence_code_status
    has = status in HAS_CODE
    return CodeLine(
        tie=tie,
        due_on=None if has else due_on,
        late=bool(due_on and due_on < today and not has),
        status=str(dict(CodeStatus.choices).get(status, status)),
        told_on=tie.person.told_by("residence_code_status")[1] if status else "",
        guided_by=next((mark.guided_by for mark in marks if mark.guided_by), ""),
        agrees=next((mark.address_agrees for mark in marks if mark.address_agrees is not None), None),
        list_says=next((str(mark.get_list_says_display()) for mark in marks if mark.list_says), ""),
    )


def _marks(people: Iterable[int]) -> dict[int, list[ResidenceCode]]:
    """The marks of each, the latest first."""
    found: dict[int, list[ResidenceCode]] = {}
    for mark in ResidenceCode.objects.filter(person__in=list(people)).order_by("-pk"):
        found.setdefault(mark.person_id, []).append(mark)
    return found
