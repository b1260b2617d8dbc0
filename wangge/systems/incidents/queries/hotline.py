"""Orders of the hotline: what a file would change, and what is answered."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wangge.engines.cases.models import Case, Step
from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.enums import Level
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.lib.sealing import unseal

from ..enums import Outcome
from ..models import HotlineBatch, HotlineOrder
from ..reading.orders import Order
from ..reading.topics import kind_of

SEALED = "incidents.hotline"
ANSWERS = ("reply", "reply_now", "answer", "refuse", "close")


@dataclass(frozen=True)
class Planned:
    """What would become of a row: its outcome, where it would go and as what, or the case it is."""

    order: Order
    outcome: Outcome
    area: str = ""
    kind: str = ""
    why: str = ""
    case: Case | None = None


def rows_of(batch: HotlineBatch) -> list[Order]:
    """The rows of a file that was read and not written yet; none after."""
    if not batch.rows_sealed:
        return []
    return [Order(**row) for row in json.loads(unseal(batch.rows_sealed, SEALED))]


def planned(rows: Iterable[Order], top: str) -> list[Planned]:
    """What would become of the rows.

    Args:
        top: the area whose orders these are; what names no community in it goes there.
    """
    rows = list(rows)
    numbers = [row.number for row in rows]
    known = HotlineOrder._base_manager.select_related("case").filter(number__in=numbers)
    held = {order.number: order for order in known}
    names = _names(top)
    return [_planned(row, held.get(row.number), names, top) for row in rows]


def counted(plans: Iterable[Planned]) -> dict[str, int]:
    """How many of each outcome."""
    counts = Counter(plan.outcome for plan in plans)
    return {outcome.value: counts[outcome] for outcome in Outcome}


def _planned(row: Order, held: HotlineOrder | None, names: dict[str, str], top: str) -> Planned:
    if row.fault:
        return Planned(row, Outcome.FAULTY, why=row.fault)
    if held is not None:
        same = held.digest == row.digest()
        why = "" if same else _("编号早已登记，内容不同；原来的不动，请到事项里补记")
        return Planned(row, Outcome.SAME if same else Outcome.CHANGED, why=why, case=held.case)
    area = _area(row, names) or top
    return Planned(replace(row), Outcome.NEW, area=area, kind=kind_of(row.kind, row.title, row.words))


def _names(top: str) -> dict[str, str]:
    """Names of communities and towns inside the area -> code; a name that two share is left out."""
    rows = territory.areas_in_reach().filter(prefix_filter("code", prefix_of(top)))
    rows = rows.filter(level__in=(Level.COMMUNITY, Level.TOWN))
    found: dict[str, set[str]] = {}
    for code, name in rows.order_by("level", "code").values_list("code", "name"):
        found.setdefault(territory.short_name(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


def _area(row: Order, names: dict[str, str]) -> str:
    """The longest name that stands in what the row says of its place."""
    for text in (row.area, row.address):
        fitting = [name for name in names if name and name in text]
        if fitting:
            communities = [name for name in fitting if not names[name].endswith("000")]
            return names[max(communities or fitting, key=len)]
    return ""


def orders_of(since: str = "", until: str = "") -> QuerySet[HotlineOrder]:
    """Orders within reach, the newest first, by the day they were registered (ISO dates, "" for any)."""
    rows = HotlineOrder.objects.select_related("case__unit", "case__procedure").order_by("-at", "-pk")
    rows = rows.filter(at__date__gte=since) if since else rows
    return rows.filter(at__date__lte=until) if until else rows


def answers_of(cases: Iterable[int]) -> dict[int, Step]:
    """By case its last step that answers the caller: a reply before the mere closing."""
    found: dict[int, Step] = {}
    for step in Step.objects.filter(case__in=list(cases), key__in=ANSWERS).order_by("number"):
        before = found.get(step.case_id)
        if before is None or step.key != "close" or not before.words:
            found[step.case_id] = step
    return found
