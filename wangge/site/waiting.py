"""What the home page counts. Every number has the address of its rows, or none is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.foundation.access import queries as access
from wangge.foundation.orders.queries import orders_waiting
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import Reach, prefix_of, within
from wangge.registry.ledgers.dictionary import english
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Batch, Case, LedgerCount
from wangge.registry.ledgers.queries.waiting import imports_failed_lately, imports_waiting
from wangge.registry.linkage.queries.pairs import open_pairs
from wangge.registry.people.models import Contradiction, Person
from wangge.registry.people.queries import discrepancies_open, stale_people
from wangge.registry.rights.queries.requests import requests_for_desk
from wangge.registry.tables.queries.admission import waiting_columns
from wangge.systems.declarations.queries.residence import overdue as residence_overdue
from wangge.systems.declarations.queries.worklist import Asked, declarations, overdue
from wangge.systems.whistles.queries.alerts import newest_alerts

MOST = 1000  # counting stops here; "1000+" says enough and costs the same on any register


@dataclass(frozen=True)
class Tile:
    """One card: what is counted for whom, where the rows are; level waiting|alarm colours it."""

    label: str | Promise
    hint: str | Promise
    icon: str
    permission: str
    route: str
    rows: Callable[[], QuerySet]
    level: str = "waiting"
    query: str = ""


@dataclass(frozen=True)
class Counted:
    """A card as shown."""

    tile: Tile
    number: str
    address: str

    @property
    def level(self) -> str:
        return "good" if self.number == "0" else self.tile.level


# The registry of tiles: a new app adds its lines here.
TILES = (
    Tile(
        _("超时未核实的报备"),
        _("先核实这些"),
        icon="clock-exclamation",
        permission="declaration.verify",
        route="declarations:list",
        rows=overdue,
        level="alarm",
        query="?view=overdue",
    ),
    Tile(
        _("待核实的报备"),
        _("按剩余时间排好了"),
        icon="checks",
        permission="declaration.verify",
        route="declarations:list",
        rows=lambda: declarations(Asked("open")),
        query="?view=open",
    ),
    Tile(
        _("粤居码超期"),
        _("到达已满法定工作日，还没有确认的码"),
        icon="user-check",
        permission="declaration.verify",
        route="declarations:residence",
        rows=residence_overdue,
        query="?view=overdue",
    ),
    Tile(
        _("待裁定"),
        _("可能是同一人，等您看一眼"),
        icon="git-compare",
        permission="person.merge",
        route="ledgers:adjudications",
        rows=lambda: Case.objects.filter(state=CaseState.OPEN),
    ),
    Tile(
        _("等人核对的同一人"),
        _("登记册里像是同一个人的两条记录"),
        icon="users-minus",
        permission="person.merge",
        route="linkage:list",
        rows=open_pairs,
    ),
    Tile(
        _("待确认的导入"),
        _("试算完成或有列要问"),
        icon="file-import",
        permission="ledger.import",
        route="ledgers:imports",
        rows=imports_waiting,
        query="?state=waiting",
    ),
    Tile(
        _("失败的导入"),
        _("最近 7 天"),
        icon="file-alert",
        permission="ledger.import",
        route="ledgers:imports",
        rows=imports_failed_lately,
        level="alarm",
        query="?state=failed_lately",
    ),
    Tile(
        _("待准入的列"),
        _("部门表里登记册不知道的列"),
        icon="rubber-stamp",
        permission="field.admit",
        route="tables:admissions",
        rows=waiting_columns,
    ),
    Tile(
        _("要处理的应急指令"),
        _("即将到期、待销毁，或销毁停了下来"),
        icon="urgent",
        permission="order.issue",
        route="orders:list",
        rows=orders_waiting,
        level="alarm",
        query="?view=waiting",
    ),
    Tile(
        _("说法不一"),
        _("两个来源说得不一样"),
        icon="alert-triangle",
        permission="person.edit",
        route="people:contradictions",
        rows=lambda: Contradiction.objects.filter(state="open"),
    ),
    Tile(
        _("矛盾清单"),
        _("记录自相矛盾，有建议的改法"),
        icon="clipboard-check",
        permission="person.edit",
        route="people:discrepancies",
        rows=discrepancies_open,
    ),
    Tile(
        _("个人信息请求"),
        _("居民要求更正、删除或解释，限期答复"),
        icon="shield-lock",
        permission="rights.answer",
        route="rights:list",
        rows=lambda: requests_for_desk("open"),
    ),
    Tile(
        _("逾期的个人信息请求"),
        _("超过答复期限"),
        icon="clock-exclamation",
        permission="rights.answer",
        route="rights:list",
        rows=lambda: requests_for_desk("overdue"),
        level="alarm",
        query="?view=overdue",
    ),
    Tile(
        _("吹哨率预警"),
        _("上个月吹得偏多、偏少，或部门经常迟到"),
        icon="speakerphone",
        permission="campaign.manage",
        route="whistles:rates",
        rows=newest_alerts,
        level="alarm",
    ),
    Tile(
        _("久未核实的人"),
        _("超过 180 天没有确认"),
        icon="clock-exclamation",
        permission="person.edit",
        route="people:list",
        rows=stale_people,
        query="?stale=1",
    ),
)


def _capped(rows: QuerySet) -> str:
    count = rows.order_by()[: MOST + 1].count()
    return f"{MOST}+" if count > MOST else str(count)


def _address(tile: Tile) -> str:
    try:
        return reverse(tile.route) + tile.query
    except NoReverseMatch:
        return ""


def _held(actor: Any, permission: str) -> Reach:
    return access.reach_for(actor, permission)


def tiles_for(actor: Any) -> list[Counted]:
    """The cards of this user, each counted only where the user holds its permission."""
    counted = []
    for tile in TILES:
        reach = _held(actor, tile.permission)
        if reach.prefixes:
            with within(reach):
                counted.append(Counted(tile, _capped(tile.rows()), _address(tile)))
    return counted


def recent_imports(actor: Any) -> list[Batch]:
    """The five latest imports in the user's areas."""
    with within(_held(actor, "ledger.import")):
        return list(Batch.objects.order_by("-id")[:5])


def register_is_empty(actor: Any) -> bool:
    """Whether nobody is registered yet where the user may look."""
    with within(_held(actor, "person.view")):
        return bool(_held(actor, "person.view").prefixes) and not Person.objects.exists()


@dataclass(frozen=True)
class AreaLine:
    """An area below the user's own, with what lies in it."""

    code: str
    name: str
    grids: int
    people: int | None
    as_of: datetime | None = None


def area_overview(actor: Any) -> list[AreaLine]:
    """The next level below the user's own areas, with its grids and the residents last counted there."""
    reach = _held(actor, "area.view")
    with within(reach):
        today = timezone.localdate()
        current = Area.objects.filter(valid_from__lte=today).filter(Q(valid_to=None) | Q(valid_to__gt=today))
        own = list(current.filter(_is_own(reach)).order_by("code")[:20])
        lines = list(current.filter(parent__in=[area.pk for area in own]).order_by("code")[:60]) or own
        grids = dict(current.filter(level="grid").values_list("parent_id").annotate(Count("pk")))
        counts = LedgerCount.objects.filter(ledger="resident", area_code__in=[line.pk for line in lines])
        people = {row.area_code: row for row in counts}
    return [_line(area, grids, people) for area in lines]


def _is_own(reach: Reach) -> Q:
    if reach.everywhere:
        return Q(level="district")
    codes = [prefix.ljust(12, "0") for prefix in reach.prefixes]
    return Q(code__in=codes)


def _line(area: Area, grids: dict[str, int], people: dict[str, LedgerCount]) -> AreaLine:
    inside = prefix_of(area.code)
    counted = people.get(area.code)
    number = (
        1 if area.level == "grid" else sum(n for code, n in grids.items() if code and code.startswith(inside))
    )
    if counted is None:
        return AreaLine(area.code, area.name, number, None)
    return AreaLine(area.code, area.name, number, counted.count, counted.as_of)


def glossary() -> list[tuple[str, str, str]]:
    """The words of docs/words.md as the page speaks: word, beside English the Chinese, meaning."""
    rows = _table("words.md")
    if not english():
        return [(row[0], "", row[3]) for row in rows if len(row) >= 4]
    meanings = {row[0]: row[1] for row in _table("words.en.md")}
    return [(row[1], row[0], meanings.get(row[1], "")) for row in rows if len(row) >= 4]


@lru_cache(maxsize=2)
def _table(name: str) -> list[list[str]]:
    """The cells of the table in a page of docs/, without its head."""
    path = settings.ROOT / "docs" / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[2:]
