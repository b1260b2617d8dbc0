"""The field work of the demo community: forms, scenes, a campaign under way, and who is looked after."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Q
from django.utils import timezone

from wangge.engines.forms.models import Form
from wangge.foundation.access.models import User
from wangge.lib.scoping import prefix_filter
from wangge.lib.serials import new_code_number
from wangge.registry.people.models import Person, Room, Tie
from wangge.systems.fieldwork.actions.campaigns import Said, draft_campaign, start_campaign
from wangge.systems.fieldwork.actions.campaigns_pack import load_forms
from wangge.systems.fieldwork.enums import CampaignKind, TargetKind
from wangge.systems.fieldwork.models import (
    CallBack,
    Campaign,
    CampaignTarget,
    Captain,
    CarePerson,
    Commuter,
    Draw,
    Duty,
    Finding,
    Visit,
)

from .fieldwork_people import make_care, make_neighbours
from .fieldwork_works import make_duties, make_findings

ACTOR = "cli"
BEGAN, ENDS = 9, 5  # days ago, days to come
VISITED = 0.66  # of the doors by now
RESULTS = {"done": 0.78, "partly": 0.05, "nobody": 0.09, "vacant": 0.04, "refused": 0.03, "wrong": 0.01}
TOPICS = ("主动报备", "消防安全", "燃气安全", "反诈宣传")
SHIFTS = ((9, 12), (14, 18), (19, 21))  # hours at which somebody is at the door
WORKERS = ("wangge", "wangge2")
EARLIER = 0.5  # of the doors were visited in the months before, too


def make_fieldwork(areas: dict[str, str], rng: np.random.Generator, *, today: date) -> dict[str, int]:
    """All of it; returns how many of each.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    load_forms(actor=ACTOR, area_code=areas["district"])
    users = list(User.objects.filter(username__in=WORKERS).order_by("username"))
    campaign = _campaign(areas["community"], today)
    visits = _visit(campaign, rng, today) + _visit_earlier(campaign, rng, today)
    made = {"campaigns": 2, "targets": campaign.targets.count(), "visits": visits}
    _check(areas, today)
    made |= make_care(areas["community"], users, rng, today)
    made |= make_neighbours(areas["community"], rng, today)
    made |= make_duties(areas, users, rng, today)
    made["findings"] = make_findings(areas["grid"], users, today)
    return made


def _campaign(community: str, today: date) -> Campaign:
    """三问一完善, at every door of the community that is lived in."""
    said = Said(
        "三问一完善走访月（示例）", Form._base_manager.get(key="three_asks_home"),
        today - timedelta(days=BEGAN), today + timedelta(days=ENDS), [community],
        kind=CampaignKind.THREE_ASKS, filters={"doors": "occupied"},
    )  # fmt: skip
    campaign = draft_campaign(actor=ACTOR, area_code=community, said=said, demo=True)
    start_campaign(actor=ACTOR, campaign=campaign)
    Campaign._base_manager.filter(pk=campaign.pk).update(started_at=_moment(said.begins_on, 8, 0))
    campaign.refresh_from_db()
    return campaign


def _check(areas: dict[str, str], today: date) -> None:
    """The street's fire check of firms, still a draft."""
    said = Said(
        "秋冬消防专项检查（示例）", Form._base_manager.get(key="fire_check"), today + timedelta(days=2),
        today + timedelta(days=30), [areas["community"]], target=TargetKind.ORGANISATIONS,
        filters={"categories": []},
    )  # fmt: skip
    draft_campaign(actor=ACTOR, area_code=areas["town"], said=said, demo=True)


def _visit(campaign: Campaign, rng: np.random.Generator, today: date) -> int:
    """Visits at two doors of three, more on some days than on others."""
    doors = list(CampaignTarget._base_manager.filter(campaign=campaign).order_by("pk"))
    seen = [door for door, chance in zip(doors, rng.random(len(doors)), strict=True) if chance < VISITED]
    results = rng.choice(list(RESULTS), len(seen), p=list(RESULTS.values()))
    days = rng.choice(BEGAN, len(seen), p=_weights(BEGAN))
    visits = [
        _at_door(door, str(result), _hour(rng, today - timedelta(days=int(day) + 1)), rng)
        for door, result, day in zip(seen, results, days, strict=True)
    ]
    Visit._base_manager.bulk_create(visits, batch_size=1_000)
    for door, visit in zip(seen, visits, strict=True):
        door.state, door.state_at, door.visit = visit.result, visit.at, visit
    CampaignTarget._base_manager.bulk_update(seen, ["state", "state_at", "visit"], batch_size=500)
    _cards([visit for visit in visits if visit.result == "nobody"])
    _confirm(visits)
    return len(visits)


def _weights(days: int) -> np.ndarray:
    """How much is done on each day before today: a little less the longer ago."""
    shares = np.linspace(1.3, 0.7, days)
    return shares / shares.sum()


def _at_door(door: CampaignTarget, result: str, at: datetime, rng: np.random.Generator) -> Visit:
    asked = int(rng.integers(3, 8)) if result in ("done", "partly") else 0
    topics = [TOPICS[int(n)] for n in rng.choice(len(TOPICS), 2, replace=False)] if asked else []
    return Visit(
        op=uuid.UUID(bytes=rng.bytes(16)), area_code=door.area_code, room_id=door.room_id, at=at,
        worker=WORKERS[int(rng.integers(2))], result=result, topics=topics, in_grid=True,
        blocks=["campaign", "facts"] if asked else [], asked=asked, separate=asked + int(rng.integers(9, 16)),
        ledgers=["resident"] if result == "done" else [],
    )  # fmt: skip


def _cards(visits: list[Visit]) -> None:
    """A card lies at every door where nobody was at home; some households have answered."""
    day = timedelta(days=7)
    CallBack._base_manager.bulk_create(
        CallBack(
            number=new_code_number(), area_code=visit.area_code, visit=visit, tries=1,
            until=timezone.localdate(visit.at) + day,
        )
        for visit in visits
    )  # fmt: skip


def _confirm(visits: list[Visit]) -> None:
    """Whoever lives behind a door that was done stands confirmed that day."""
    day_of = {visit.room_id: timezone.localdate(visit.at) for visit in visits if visit.result == "done"}
    homes = list(
        Tie._base_manager.filter(room__in=list(day_of), kind="lives", known_to=None, valid_to=None)
        .exclude(person__confirmed_at=None)
        .only("pk", "room_id", "person_id", "confirmed_at")
    )
    for home in homes:
        home.confirmed_at = day_of[home.room_id]
    Tie._base_manager.bulk_update(homes, ["confirmed_at"], batch_size=500)
    people = {home.person_id: day_of[home.room_id] for home in homes}
    rows = list(Person._base_manager.filter(pk__in=list(people)).only("pk", "confirmed_at"))
    for row in rows:
        row.confirmed_at = max(row.confirmed_at or people[row.pk], people[row.pk])
    Person._base_manager.bulk_update(rows, ["confirmed_at"], batch_size=500)


def _visit_earlier(campaign: Campaign, rng: np.random.Generator, today: date) -> int:
    """Visits of the months before, so that some doors were not seen for long and others never."""
    inside = prefix_filter("area_code", campaign.area_code)
    rooms = list(Room._base_manager.filter(inside).order_by("pk").values_list("pk", "area_code"))
    chosen = rng.random(len(rooms)) < EARLIER
    visits = [
        Visit(
            op=uuid.UUID(bytes=rng.bytes(16)), area_code=area, room_id=pk, result="done", in_grid=True,
            at=_hour(rng, today - timedelta(days=int(rng.integers(30, 240)))), worker=WORKERS[pk % 2],
        )
        for (pk, area), wanted in zip(rooms, chosen, strict=True) if wanted
    ]  # fmt: skip
    Visit._base_manager.bulk_create(visits, batch_size=1_000)
    return len(visits)


def _hour(rng: np.random.Generator, day: date) -> datetime:
    first, last = SHIFTS[int(rng.integers(len(SHIFTS)))]
    return _moment(day, int(rng.integers(first, last)), int(rng.integers(60)))


def _moment(day: date, hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def remove_fieldwork() -> None:
    """Take what the demo wrote out again, before the rooms and people it names go."""
    of_demo = Q(room__demo=True) | Q(organisation__demo=True) | Q(person__demo=True)
    Duty._base_manager.filter(of_demo | Q(care__demo=True)).delete()
    Finding._base_manager.filter(worker__in=WORKERS).delete()
    Campaign._base_manager.filter(demo=True).delete()
    Draw._base_manager.filter(demo=True).delete()
    Visit._base_manager.filter(of_demo).delete()
    for model in (CarePerson, Captain):
        model._base_manager.filter(demo=True).delete()
    Commuter._base_manager.filter(person__demo=True).delete()
