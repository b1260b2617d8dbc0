"""Hazards of the demo community: checks of rooms, houses and firms, notices, repairs, an action."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Case, Q, Value, When
from django.utils import timezone
from PIL import Image

from wangge.engines.cases.actions import Wish, take_step
from wangge.engines.cases.actions.photos import keep_photo
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case as Hazard
from wangge.engines.cases.models import Unit, UnitMember
from wangge.engines.forms.models import Form
from wangge.foundation.access.models import User
from wangge.foundation.access.queries import may
from wangge.lib.scoping import EVERYWHERE, prefix_filter, within
from wangge.registry.people.models import Building, Organisation, Room
from wangge.systems.hazards.actions.drives import Wanted, start_drive
from wangge.systems.hazards.actions.firms import Signed, check_self, issue_link, sign_pledge
from wangge.systems.hazards.actions.inspecting import Answer, Said, record_inspection
from wangge.systems.hazards.actions.notices import Told, issue_notice
from wangge.systems.hazards.actions.pack import load_checklists
from wangge.systems.hazards.actions.profiles import keep_profile
from wangge.systems.hazards.enums import SYSTEM, By, Kind
from wangge.systems.hazards.models import Drive, FireProfile, Inspection, Link, Pledge
from wangge.systems.hazards.queries.about import About
from wangge.systems.hazards.queries.checklists import checklist

ACTOR, WORKER, SECRETARY = "cli", "wangge", "shuji"
ROOMS, HOUSES, CODES = 8, 6, 12
FOUND = (  # of a checklist: item, level or fixed, words
    (("exit", "larger", "示例：过道堆了旧家具"), ("smoke", "fixed", "示例：换了电池")),
    (("e_bike", "larger", "示例：客厅给电动车充电"), ("extinguisher", "fixed", "示例：补放一具")),
    (("partition", "larger", "示例：木板隔断"), ("mixed", "major", "示例：一楼作坊楼上住人")),
)
Bad = Sequence[tuple[str, str, str]]


def make_hazards(areas: dict[str, str]) -> dict[str, int]:
    """All of it; returns how many of each.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    load_checklists(actor=ACTOR, area_code=areas["district"])
    today = timezone.localdate()  # limits run by the clock, whatever day the rest of the demo is of
    with within(EVERYWHERE):
        _authority(areas["district"])
        photo = _photo(areas["community"])
        _rooms(areas["community"], photo)
        _houses(areas, today)
        _firms(areas["grid"], today)
        _go_on(photo, today)
    return {
        "hazards": Hazard._base_manager.filter(system=SYSTEM).count(),
        "checks": Inspection._base_manager.count(),
    }


def _authority(district: str) -> None:
    """The department that hears of major hazards."""
    unit, _new = Unit._base_manager.get_or_create(
        key="demo-fire",
        defaults={"name": "消防救援大队（示例）", "kind": "department", "area_code": district,
                  "example": True,
                  "classes": [kind for kind in Kind.values if kind != Kind.GAS]},
    )  # fmt: skip
    user = User.objects.filter(username="bumen").first()
    if user is not None:
        UnitMember.objects.get_or_create(unit=unit, user=user, since=timezone.localdate())


def _photo(area: str) -> str:
    """A plain picture: nobody's home."""
    stream = io.BytesIO()
    Image.new("RGB", (320, 240), "#4a7c59").save(stream, "JPEG")
    return keep_photo(actor=ACTOR, content=stream.getvalue(), area_code=area)


def _check(key: str, about: About, bad: Bad, photo: str, drive: Drive | None = None) -> Inspection | None:
    listed = checklist(key)
    if listed is None:
        return None
    user = _inspector(about.area_code)
    answers = {item.name: Answer("good") for item in listed.items}
    answers |= {name: Answer(value, words, (photo,)) for name, value, words in bad if name in answers}
    op = uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{key}:{about.what}:{about.row.pk}")
    return record_inspection(actor=user, said=Said(op, listed, about, answers, drive=drive))


def _inspector(area: str) -> User | str:
    """The grid's worker in her grid, else the secretary."""
    users = User.objects.filter(username__in=(WORKER, SECRETARY)).order_by("-username")
    return next((user for user in users if may(user, "case.open", area)), ACTOR)


def _rooms(community: str, photo: str) -> None:
    """Rented rooms first; every other one has something bad."""
    rows = Room._base_manager.filter(prefix_filter("area_code", community), demo=True)
    rented = Case(When(state="rented", then=Value(0)), default=Value(1))
    for number, room in enumerate(
        rows.select_related("building").order_by(rented, "area_code", "pk")[:ROOMS]
    ):
        bad = FOUND[number % len(FOUND)] if number % 2 == 0 else ()
        _check("hazard_rental", About("rooms", room), bad, photo)


def _houses(areas: dict[str, str], today: date) -> None:
    """High-rises with a fire profile, and a special action that has looked at some."""
    drive = _drive(areas["community"], today)
    inside = prefix_filter("area_code", areas["community"])
    rows = list(
        Building._base_manager.filter(inside, demo=True).order_by("-high_rise", "area_code", "pk")[:HOUSES]
    )
    for number, house in enumerate(rows):
        facts = {"floors": house.floors, "stairs": 2, "lifts": 2, "hydrants": 2 * (house.floors or 6),
                 "alarm": True, "control_room": number % 2 == 0, "lane_clear": True,
                 "limited": {"2": 1, "3": 2}}  # fmt: skip
        keep_profile(actor=ACTOR, building=house, facts=facts)
        if number < 3:
            bad = (("stairs", "larger", "示例：楼梯间停了自行车"),) if number == 0 else ()
            _check("hazard_high_rise", About("buildings", house), bad, "", drive)


def _drive(community: str, today: date) -> Drive:
    wanted = Wanted(
        uuid.uuid5(uuid.NAMESPACE_URL, f"demo:drive:{today}"), "高层住宅消防专项行动（示例）",
        Form._base_manager.get(key="hazard_high_rise"), "buildings", [community], today,
        today + timedelta(days=20),
    )  # fmt: skip
    return start_drive(actor=ACTOR, area_code=community, wanted=wanted, demo=True)


def _firms(grid: str, today: date) -> None:
    """Firms with codes; half of them pledged and checked themselves this month."""
    rows = Organisation._base_manager.filter(demo=True, closed_on=None, area_code__startswith=grid[:12])
    listed = checklist("hazard_firm")
    for number, firm in enumerate(rows.select_related("room__building").order_by("area_code", "pk")[:CODES]):
        link = issue_link(actor=ACTOR, organisation=firm)
        if number % 2 or listed is None:
            continue
        op = uuid.uuid5(uuid.NAMESPACE_URL, f"demo:self:{firm.pk}")
        sign_pledge(link=link, signed=Signed(op, "示例", "店长"))
        answers = {item.name: Answer("good") for item in listed.items}
        if number % 4 == 0:
            answers["facilities"] = Answer("larger", "示例：两具灭火器过期")
        about = About("organisations", firm)
        check_self(link=link, said=Said(op, listed, about, answers, by=By.SELF, month=today.replace(day=1)))


def _go_on(photo: str, today: date) -> None:
    """Some are told, some put right, one is closed."""
    secretary = User.objects.filter(username=SECRETARY).first()
    rows = Hazard._base_manager.filter(system=SYSTEM, state="found").exclude(level="major").order_by("pk")
    if secretary is None:
        return
    for number, case in enumerate(rows[:4]):
        op = uuid.uuid5(case.op, "demo")
        told = Told(op, case.address or "住户", case.title, case.data.get("standard", "恢复原状"),
                    today + timedelta(days=7))  # fmt: skip
        issue_notice(actor=secretary, case=case, told=told)
        if number > 1:
            fixed = Wish("fixed", uuid.uuid5(op, "fixed"), words="示例：已清走", photos=((photo, "after"),))
            take_step(actor=ACTOR, case=case, wish=fixed)
        if number > 2:
            take_step(
                actor=secretary,
                case=case,
                wish=Wish("close", uuid.uuid5(op, "close"), photos=((photo, "after"),)),
            )


def remove_hazards() -> None:
    """Take what the demo wrote out again, before the rooms and firms it names go."""
    of_demo = Q(room__demo=True) | Q(organisation__demo=True) | Q(building__demo=True)
    Inspection._base_manager.filter(of_demo).delete()
    mine = Q(launcher__username__in=(WORKER, "wangge2", SECRETARY))
    Hazard._base_manager.filter(of_demo | mine, system=SYSTEM).delete()
    recount(repair=True)
    Drive._base_manager.filter(demo=True).delete()
    FireProfile._base_manager.filter(building__demo=True).delete()
    for model in (Pledge, Link):
        model._base_manager.filter(organisation__demo=True).delete()
    Unit._base_manager.filter(key="demo-fire", cases=None).delete()
