"""Visits as pages and phones read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.models import User
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.ledgers.queries.holding import ledger_names
from wangge.registry.people.models import Person
from wangge.registry.people.queries import label_of

from ..enums import VisitResult
from ..models import Visit
from .scripts import Script

SPAN = timedelta(days=60)  # further apart no visit is compared with another


def same_door(visit: Visit) -> list[Visit]:
    """The other visits to the door around that time, the oldest first."""
    door = {name: getattr(visit, name) for name in ("room_id", "organisation_id", "person_id")}
    held = {name: key for name, key in door.items() if key}
    rows = Visit._base_manager.filter(at__gte=visit.at - SPAN, **held).exclude(pk=visit.pk)
    return list(rows.order_by("at", "op"))


def ledger_words(visit: Visit) -> list[str]:
    """本次更新的台账, by name."""
    return ledger_names(visit.ledgers)


def refused_words(visit: Visit) -> list[str]:
    """What forms said and the register did not take, with the reason; no values."""
    return [_("%(fact)s：%(why)s") % {"fact": label_of(fact), "why": why} for fact, why in visit.refused]


def still_due(script: Script) -> list[str]:
    """What is still due at a door, in words without anything personal."""
    found = []
    for block in script.blocks:
        left = sum(key in script.questions for key in block.needs)
        words = _("%(part)s（还有 %(count)d 题）") % {"part": block.title, "count": left}
        found.append(words if left else block.title)
    return found


def worker_names(usernames: Iterable[str]) -> dict[str, str]:
    """Account -> the name colleagues know."""
    return dict(User.objects.filter(username__in=set(usernames)).values_list("username", "name"))


def odds_words(visit: Visit, other: Visit) -> str:
    """In what two visits differ: 与 张某 11-26 10:20 的走访不一致：联系电话、住户人数。"""
    keys = visit.at_odds.get("keys", [])
    named = worker_names([other.worker]).get(other.worker, other.worker)
    said = {
        "who": named,
        "at": f"{timezone.localtime(other.at):%m-%d %H:%M}",
        "what": "、".join(_asked(keys)),
    }
    return _("与 %(who)s %(at)s 的走访不一致：%(what)s。") % said


def _asked(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(question_word(key) for key in keys))


def question_word(key: str) -> str:
    """What a question is about, without its answer or anybody's name."""
    if key == "result":
        return _("走访结果")
    about, fact = key.partition(":")[0], key.rpartition(":")[2]
    if about in ("person", "room", "organisation"):
        return label_of(fact)
    named = {"care": _("关爱探访"), "form": _("表单"), "discrepancy": _("矛盾"), "duty": _("复核")}
    return named.get(about, key)


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of the list of visits."""

    area: str = ""
    result: str = ""
    worker: str = ""
    since: date | None = None
    until: date | None = None
    topic: str = ""
    at_odds: bool = False


def visits(wanted: Wanted) -> QuerySet[Visit]:
    """Visits in reach, the newest first."""
    rows = Visit.objects.filter(prefix_filter("area_code", prefix_of(wanted.area)))
    for name in ("result", "worker"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.since:
        rows = rows.filter(at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(at__date__lte=wanted.until)
    if wanted.at_odds:
        rows = open_odds(rows)
    return rows.select_related("room__building", "organisation", "person").order_by("-at", "-pk")


def open_odds(rows: QuerySet[Visit] | None = None) -> QuerySet[Visit]:
    """Visits at odds with another that nobody settled; of a pair the later one."""
    every = Visit.objects.all() if rows is None else rows
    return every.filter(~Q(at_odds={}), holds=None)


@dataclass(frozen=True)
class Difference:
    """One question two visits answered differently."""

    label: str
    mine: str
    other: str


@dataclass(frozen=True)
class Pair:
    """Two visits at odds."""

    visit: Visit
    other: Visit
    names: dict[str, str]
    differences: list[Difference]

    @property
    def both(self) -> tuple[Visit, Visit]:
        return self.visit, self.other


def pairs(rows: Iterable[Visit], answers: Any, shown: Any) -> list[Pair]:
    """Each pair once. ``answers(visit)`` gives what a visit said, ``shown(fact, value)`` the masked words."""
    listed = list(rows)
    others = Visit._base_manager.filter(pk__in=[row.at_odds["visit"] for row in listed]).select_related(
        "room__building", "organisation", "person"
    )
    by_key = {row.pk: row for row in others}
    found, seen = [], set[frozenset[int]]()
    names = worker_names({row.worker for row in [*listed, *by_key.values()]})
    for row in listed:
        other = by_key.get(row.at_odds["visit"])
        if other is None or frozenset((row.pk, other.pk)) in seen:
            continue
        seen.add(frozenset((row.pk, other.pk)))
        said, beside = answers(row), answers(other)
        found.append(Pair(row, other, names, [_difference(key, row, other, said, beside, shown)
                                              for key in row.at_odds["keys"]]))  # fmt: skip
    return found


def _difference(
    key: str, row: Visit, other: Visit, said: dict[str, Any], beside: dict[str, Any], shown: Any
) -> Difference:
    if key == "result":
        return Difference(_("走访结果"), row.get_result_display(), other.get_result_display())
    about, subject, fact = [*key.split(":", 2), "", ""][:3]
    label = question_word(key)
    if about == "person":
        label = (
            f"{Person._base_manager.filter(pk=int(subject)).values_list('name', flat=True).first()} · {label}"
        )
    return Difference(label, shown(fact, said[key]), shown(fact, beside[key]))


def topic_counts(wanted: Wanted) -> list[tuple[str, int]]:
    """宣传 (S35): how many visits told what, the most frequent first."""
    counted: Counter[str] = Counter()
    for topics in visits(wanted).order_by().values_list("topics", flat=True).iterator():
        counted.update(topics)
    return counted.most_common()


def result_counts(rows: QuerySet[Visit]) -> list[tuple[str, str, int]]:
    """Results with their names and how many visits ended so."""
    counted = Counter(rows.order_by().values_list("result", flat=True).iterator())
    return [(value, str(label), counted[value]) for value, label in VisitResult.choices]
