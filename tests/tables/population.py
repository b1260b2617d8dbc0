"""Two communities of one town with families, tenants, people who live alone, and firms; all invented."""

from __future__ import annotations

from datetime import date
from itertools import count

from tests.cast import COMMUNITY, GRID, OTHER_GRID, TOWN
from tests.registry.ledgers import ledger_cast
from tests.registry.ledgers.ledger_cast import GUANGXI, HERE, a_person, lives, make_areas, tie, works
from wangge.foundation.territory.models import Area
from wangge.lib.sealing import seal
from wangge.registry.people.models import Building, Household, Organisation, Person, Room

SECOND, SECOND_GRID = "440703002002", "440703002002001"
_numbers = count(1)


def settle() -> None:
    """COMMUNITY: 3 buildings, 24 rooms; SECOND: 1 building, 6 rooms; one person of another town."""
    ledger_cast._serial = count(1)  # invented ids have three digits to count with; each test begins anew
    make_areas()
    Area.objects.get_or_create(
        code=SECOND, defaults={"level": "community", "name": "丙社区居委会", "parent_id": TOWN}
    )
    Area.objects.get_or_create(
        code=SECOND_GRID,
        defaults={"level": "grid", "name": "丙一网格", "parent_id": SECOND, "kind": "general"},
    )
    for name in ("1栋", "2栋", "10栋"):
        _building(GRID, name, 8)
    _building(SECOND_GRID, "1栋", 6)
    lives(a_person("外镇甲", birth=date(1930, 1, 1)), OTHER_GRID)
    for number, name in enumerate(("示范厂", "=示范店", "示范学校")):
        _firm(name, number)


def _building(grid: str, name: str, rooms: int) -> None:
    building = Building.objects.create(
        community=grid[:12], key=f"样板花园{name}", area_code=grid, name=f"样板花园{name}",
        address=f"示范路{len(name)}号样板花园{name}", floors=8, units=2,
    )  # fmt: skip
    for number in range(rooms):
        door = f"{number // 2 + 1}0{number % 2 + 1}"
        room = Room.objects.create(
            building=building, key=f"{number % 2 + 1}-{door}", unit=str(number % 2 + 1), door=door,
            floor=door[0], area_code=grid, use="1", area_m2="88.50",
            state=("own", "own", "rented", "vacant")[number % 4],
        )  # fmt: skip
        _fill_room(grid, room, number)


def _fill_room(grid: str, room: Room, number: int) -> None:
    """By turns a family of four, somebody old alone, two tenants from Guangxi, nobody."""
    if number % 4 == 0:
        _household(
            grid, room, number, [("1", 1960, "02"), ("2", 1962, "10"), ("1", 1988, "20"), ("2", 2015, "40")]
        )
    elif number % 4 == 1:
        _household(grid, room, number, [("2", 1938 + number, "02")])
    elif number % 4 == 2:
        owner = a_person(f"房东{next(_numbers)}", birth=date(1970, 1, 1))
        tie(owner, "owns", grid, room=room)
        tenants = _household(
            grid, room, number, [("1", 1995, "02"), ("2", 1996, "10")], region=GUANGXI, way="2"
        )
        tie(tenants[0], "rents", grid, room=room)


def _household(
    grid: str,
    room: Room,
    number: int,
    members: list[tuple[str, int, str]],
    *,
    region: str = HERE,
    way: str = "1",
) -> list[Person]:
    house = Household.objects.create(area_code=grid, room=room, number=f"H{next(_numbers):04d}")
    people = []
    for sex, year, relation in members:
        person = a_person(
            f"样{next(_numbers)}", sex=sex, birth=date(year, 3, 9), hukou_region=region,
            education="20" if year > 1985 else "70",
            hukou_address=f"{'广西横县' if region == GUANGXI else '广东省江门市蓬江区'}示例村{number}号",
            marriage="20" if 1950 < year < 2000 else "30" if year <= 1950 else "10",
            employment="80" if year < 1965 else "24" if year < 2000 else "31", nationality="CHN",
            guardian="样监护" if year > 2008 else "", facts={"native_place": HERE},
            phone2_sealed=seal("0750-3000000"),
        )  # fmt: skip
        lives(
            person,
            grid,
            since=date(2015, 6, 1),
            room=room,
            household=house,
            relation=relation,
            way=way,
            reason="1",
        )
        people.append(person)
    Household.objects.filter(pk=house.pk).update(head=people[0])
    return people


def _firm(name: str, number: int) -> None:
    firm = Organisation.objects.create(
        community=COMMUNITY, name=name, area_code=GRID, uscc=f"9144070300000000{number}X",
        legal_person="样法人",
        phone_sealed=seal("0750-3111111"), address="示范路9号", staff_number=3 + number, scope="示例",
    )  # fmt: skip
    for at in range(2):
        works(a_person(f"工{number}{at}", birth=date(1990, 1, 1)), GRID, firm=firm, job="焊工")
