"""Estates: registered, changed, given buildings and losing them, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal

from ..enums import Source
from ..models import Building, Estate
from ..rules import Declined

FACTS = ("name", "property_firm", "owners_committee", "red_property")


@transaction.atomic
def register_estate(
    *,
    actor: Any,
    area: str,
    facts: Mapping[str, Any],
    source: int = Source.VISIT,
    on: date | None = None,
) -> Estate:
    """A new estate in a community (12 digits) or grid (15); ``facts`` by the names in ``FACTS``.

    Raises:
        Declined: no name, or the community has one of this name.
    """
    row = Estate(area_code=area, source=source, confirmed_at=on or timezone.localdate(), **_known(facts))
    _save(row)
    journal.record("estate.registered", actor=actor, area=row.area_code, subject=row)
    return row


@transaction.atomic
def update_estate(
    *,
    actor: Any,
    estate: Estate,
    facts: Mapping[str, Any],
    area: str = "",
    source: int = Source.VISIT,
    on: date | None = None,
    reason: str = "",
) -> list[str]:
    """Take over what ``source`` says; returns the names of what changed. Without a change it is confirmed.

    Raises:
        Declined: closed, the name is taken, a better source said otherwise, or its buildings lie elsewhere.
    """
    row = _open(estate)
    told = {name: value for name, value in _known(facts).items() if getattr(row, name) != value}
    if source < row.source and any(getattr(row, name) for name in told):
        raise Declined(
            "less_trusted",
            _(
                "已登记的内容来自更可信的来源（%(source)s），没有改动。确需更改，请在“谁说的”里选同样可信的来源。"
            )
            % {"source": row.get_source_display()},
        )
    if area and area != row.area_code:
        told["area_code"] = _moved_to(row, area)
    for name, value in told.items():
        setattr(row, name, value)
    row.source = max(source, row.source)
    row.confirmed_at = max(on or timezone.localdate(), row.confirmed_at or date.min)
    _save(row)
    kind = "estate.updated" if told else "estate.confirmed"
    changes = {"fields": sorted(told), "source": int(source)}
    journal.record(kind, actor=actor, area=row.area_code, subject=row, changes=changes, reason=reason)
    return sorted(told)


def _moved_to(row: Estate, area: str) -> str:
    if area[:12] != row.area_code[:12] and Building._base_manager.filter(estate=row).exists():
        raise Declined("has_buildings", _("小区的楼栋在原来的村（社区）；请先移出楼栋，再改村（社区）。"))
    return area


@transaction.atomic
def add_buildings(*, actor: Any, estate: Estate, buildings: Iterable[Building]) -> int:
    """These buildings of the estate's community belong to it from now on; returns how many are new.

    Raises:
        Declined: one lies in another community, or the estate is closed.
    """
    row = _open(estate)
    chosen = [building for building in buildings if building.estate_id != row.pk]
    if strangers := [building for building in chosen if building.area_code[:12] != row.area_code[:12]]:
        raise Declined(
            "elsewhere",
            _("%(building)s 在别的村（社区），不能归入这个小区。") % {"building": strangers[0].name},
        )
    return _assign(actor, "estate.buildings_added", row, row, chosen)


@transaction.atomic
def remove_buildings(*, actor: Any, estate: Estate, buildings: Iterable[Building]) -> int:
    """These buildings belong to the estate no more; returns how many did."""
    row = _locked(estate)
    chosen = [building for building in buildings if building.estate_id == row.pk]
    return _assign(actor, "estate.buildings_removed", row, None, chosen)


def _assign(actor: Any, kind: str, row: Estate, estate: Estate | None, buildings: list[Building]) -> int:
    if buildings:
        Building._base_manager.filter(pk__in=[b.pk for b in buildings]).update(estate=estate)
        changes = {"buildings": {str(b.pk): b.estate_id for b in buildings}}  # building → estate before
        journal.record(kind, actor=actor, area=row.area_code, subject=row, changes=changes)
    return len(buildings)


@transaction.atomic
def close_estate(*, actor: Any, estate: Estate, on: date, reason: str) -> None:
    """The estate is no more from ``on``.

    Raises:
        Declined: closed already, or it still has buildings.
    """
    row = _open(estate)
    if Building._base_manager.filter(estate=row).exists():
        raise Declined("has_buildings", _("小区里还有楼栋；请先移出楼栋，再撤销。"))
    row.closed_on = on
    row.save(update_fields=["closed_on"])
    changes = {"on": on.isoformat()}
    journal.record(
        "estate.closed", actor=actor, area=row.area_code, subject=row, changes=changes, reason=reason
    )


@transaction.atomic
def reopen_estate(*, actor: Any, estate: Estate, reason: str = "") -> None:
    """The estate is there after all.

    Raises:
        Declined: not closed.
    """
    row = _locked(estate)
    if row.closed_on is None:
        raise Declined("not_closed", _("这个小区没有撤销。"))
    row.closed_on = None
    row.save(update_fields=["closed_on"])
    journal.record("estate.reopened", actor=actor, area=row.area_code, subject=row, reason=reason)


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    if wrong := set(facts) - set(FACTS):
        raise KeyError(f"not facts of an estate: {sorted(wrong)}")
    return dict(facts)


def _locked(estate: Estate) -> Estate:
    return Estate._base_manager.select_for_update().get(pk=estate.pk)


def _open(estate: Estate) -> Estate:
    row = _locked(estate)
    if row.closed_on is not None:
        raise Declined("closed", _("这个小区已经撤销；如果弄错了，请先恢复。"))
    return row


def _save(row: Estate) -> None:
    if not row.name:
        raise Declined("no_name", _("请填写小区名称。"))
    community = row.area_code[:12]
    others = Estate._base_manager.filter(area_code__startswith=community, name=row.name).exclude(pk=row.pk)
    taken = Declined("name_taken", _("本村（社区）已有同名小区，请在那一条上修改。"))
    if others.exists():
        raise taken
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as race:
        raise taken from race
