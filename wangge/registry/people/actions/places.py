"""Places are registered once: a building per address, a room per door, a firm per number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import grid_at
from wangge.lib.addresses import Address, DoorKey, door_key
from wangge.lib.sealing import seal

from ..enums import Source
from ..models import Building, Estate, Household, Organisation, Room
from ..rules import Declined

Row = TypeVar("Row", bound=models.Model)


def _once(find: Callable[[], Row | None], make: Callable[[], Row]) -> tuple[Row, bool]:
    """The row, made when missing; who comes second at the same moment gets the first one's."""
    if (row := find()) is not None:
        return row, False
    try:
        with transaction.atomic():
            return make(), True
    except IntegrityError:
        row = find()
        if row is None:
            raise
        return row, False


@transaction.atomic
def find_or_register_room(
    *,
    actor: Any,
    community: str,
    address: Address,
    area: str = "",
    lon: float | None = None,
    lat: float | None = None,
    demo: bool = False,
) -> Room | None:
    """The room an address names inside a community, registered with its building when new.

    Args:
        community: 12 digits. area: the grid a new building without a point stands in, if known.
        lon, lat: WGS-84 degrees of the building, which tell its grid.

    Returns:
        None when the address names no door; the caller then knows the community only.
    """
    key = door_key(address)
    if key is None:
        return None
    building = _building(
        actor, community, address, key, _grid_of(community, area, lon, lat), (lon, lat), demo
    )
    room, made = _once(
        lambda: Room._base_manager.filter(building=building, key=key.room[:60]).first(),
        lambda: Room._base_manager.create(
            area_code=building.area_code, building=building, key=key.room[:60], unit=key.unit[:20],
            floor=key.floor[:10], door=key.door[:30], demo=demo,
        ),
    )  # fmt: skip
    if made:
        journal.record("room.registered", actor=actor, area=room.area_code, subject=room)
    return room


def _grid_of(community: str, area: str, lon: float | None, lat: float | None) -> str:
    grid = grid_at(lon, lat) if lon is not None and lat is not None else area
    return grid if grid.startswith(community) else community


def _building(
    actor: Any,
    community: str,
    address: Address,
    key: DoorKey,
    area: str,
    point: tuple[float | None, float | None],
    demo: bool,
) -> Building:
    estate = find_or_register_estate(community=community, name=address.estate, demo=demo)
    named = {"key": key.building[:120], "name": key.name[:120], "address": key.name[:120]}
    building, made = _once(
        lambda: _standing(community, named["key"]),
        lambda: Building._base_manager.create(
            area_code=area, community=community, estate=estate, lon=point[0], lat=point[1], demo=demo, **named
        ),
    )
    if made:
        journal.record("building.registered", actor=actor, area=building.area_code, subject=building)
    return building


def _standing(community: str, key: str) -> Building | None:
    """The building of this key: the community's own, else one whose ground came to it from a neighbour."""
    own = Building._base_manager.filter(community=community, key=key).first()
    return own or Building._base_manager.filter(area_code__startswith=community, key=key).first()


def find_or_register_estate(*, community: str, name: str, demo: bool = False) -> Estate | None:
    """The estate of this name in the community; None for an empty name."""
    if not name:
        return None
    return _once(
        lambda: Estate._base_manager.filter(area_code__startswith=community, name=name[:80]).first(),
        lambda: Estate._base_manager.create(area_code=community, name=name[:80], demo=demo),
    )[0]


@transaction.atomic
def find_or_register_household(
    *, actor: Any, room: Room, number: str = "", kind: str = "", demo: bool = False
) -> Household:
    """The household with this number in the room ("" is the only one there)."""
    Room._base_manager.select_for_update().get(pk=room.pk)  # no constraint tells two apart, the lock does
    found = Household._base_manager.filter(room=room, number=number[:40]).order_by("pk").first()
    if found is not None:
        return found
    row = Household._base_manager.create(
        area_code=room.area_code, room=room, number=number[:40], kind=kind, demo=demo
    )
    journal.record("household.registered", actor=actor, area=row.area_code, subject=row)
    return row


@transaction.atomic
def find_or_register_organisation(
    *,
    actor: Any,
    community: str,
    name: str,
    uscc: str = "",
    room: Room | None = None,
    phone: str = "",
    source: int = Source.VISIT,
    demo: bool = False,
    **facts: Any,
) -> Organisation:
    """The organisation with this 统一社会信用代码, or without one of this name in the community.

    ``facts``: category, industry, address, legal_person, staff_number, scope, status.

    Raises:
        Declined: no name.
    """
    if not name:
        raise Declined("no_name", _("请填写单位名称。"))
    known = Organisation._base_manager.filter(uscc=uscc) if uscc else Organisation._base_manager.filter(
        uscc=None, community=community, name=name[:120]
    )  # fmt: skip
    row, made = _once(
        lambda: known.first(),
        lambda: Organisation._base_manager.create(
            area_code=room.area_code if room else community,
            community=community,
            uscc=uscc or None,
            name=name[:120],
            room=room,
            phone_sealed=seal(phone) if phone else "",
            source=source,
            demo=demo,
            **facts,
        ),
    )
    if made:
        journal.record("organisation.registered", actor=actor, area=row.area_code, subject=row)
    return row
