"""巡查完成率, 巡查覆盖率, 走访率 (spec 4.2): each is rows ÷ rows, and each number opens its rows."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from wangge.lib.figures import Counted, Indicator, Period
from wangge.registry.people.models import Building

from ..enums import DutyKind, DutyState, Level, Outcome
from ..models import Duty, ItemResult, Visit


def _of_kind(kind: DutyKind) -> QuerySet[Duty]:
    return Duty.objects.filter(kind=kind).exclude(state=DutyState.CANCELLED)


def visits() -> QuerySet[Duty]:
    """All visits that were not called off."""
    return _of_kind(DutyKind.VISIT)


def items() -> QuerySet[Duty]:
    """Every item of every patrol: one row an item (``item_id``, ``item_name``)."""
    patrols = _of_kind(DutyKind.PATROL).filter(scene__items__isnull=False)
    return patrols.annotate(item_id=F("scene__items"), item_name=F("scene__items__name"))


def looked_at() -> QuerySet[Duty]:
    """Of those: looked at by the day it was due, not outside the grid, an abnormal one with a photo."""
    seen = ItemResult._base_manager.annotate(day=TruncDate("at")).filter(
        duty=OuterRef("pk"), item__name=OuterRef("item_name"), day__lte=OuterRef("due_on")
    )
    valid = seen.exclude(in_grid=False).filter(Q(outcome=Outcome.NORMAL) | ~Q(photos=[]))
    return items().filter(Exists(valid))


IN_TIME = Q(state=DutyState.DONE, done_at__date__lte=F("due_on"))
due_visits = Counted(visits, "due_on")
visits_in_time = due_visits.but(IN_TIME)
due_key_visits = due_visits.but(care__level__in=[Level.RED, Level.YELLOW])
key_visits_in_time = due_key_visits.but(IN_TIME)
due_items = Counted(items, "due_on")
done_items = Counted(looked_at, "due_on")


def all_buildings(period: Period) -> QuerySet[Building]:
    """The buildings of the register."""
    return Building.objects.all()


def passed_buildings(period: Period) -> QuerySet[Building]:
    """Of those: somebody was at, by a visit to a door or an item looked at for it, in the period."""
    came = period.during("at")
    visits = Visit._base_manager.filter(came, room__isnull=False).values("room__building")
    items = ItemResult._base_manager.filter(came, duty__room__isnull=False).values("duty__room__building")
    near = ItemResult._base_manager.filter(
        came, lon__gte=OuterRef("lon") - NEAR, lon__lte=OuterRef("lon") + NEAR,
        lat__gte=OuterRef("lat") - NEAR, lat__lte=OuterRef("lat") + NEAR,
    )  # fmt: skip
    return Building.objects.filter(Q(pk__in=visits) | Q(pk__in=items) | Exists(near))


NEAR = 0.0004  # degrees, some 40 m: who recorded something there passed the building


INDICATORS = (
    Indicator(
        "patrol", _("巡查完成率"), (done_items,), (due_items,),
        _("按时巡查的事项 ÷ 应巡查的事项。在网格外记录的不算，不正常而没有照片的不算。"),
    ),
    Indicator(
        "passed", _("巡查覆盖率"), (passed_buildings,), (all_buildings,),
        _("这段时间到过的楼栋 ÷ 网格内的楼栋。上门走访过，或在楼栋 40 米内记录过巡查，算到过。"),
        monthly=False,  # every building is looked at anew for each month
    ),
    Indicator(
        "visits", _("走访率"), (visits_in_time,), (due_visits,), _("按时完成的走访 ÷ 应走访的。"),
    ),
    Indicator(
        "key_visits", _("重点人群走访率"), (key_visits_in_time,), (due_key_visits,),
        _("红、黄两级关爱对象按时完成的走访 ÷ 应走访的。"),
    ),
)  # fmt: skip
BY_CODE = {each.code: each for each in INDICATORS}
