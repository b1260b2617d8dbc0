"""A few groups in firms of the demo, the demo community's first, whose members are people of the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Case, Count, Value, When
from django.utils import timezone

from wangge.foundation.territory.models import Area
from wangge.lib.sealing import blind_many, seal_many
from wangge.registry.people.models import Organisation, Person, Tie
from wangge.systems.groups import actions
from wangge.systems.groups.models import Group, Member
from wangge.systems.groups.queries.terms import terms
from wangge.systems.groups.reading import StaffLine, StaffList

from .ground import HOME

ACTOR = "cli"
MANAGER = "10000001001"  # opens the first group under /groups/; nobody was issued it
SHARES = (0.9, 0.6, 1.0, 0.85, 0.3)  # of the staff who joined, a group each
MOST = 40
TYPES = {"firm": "firm", "self": "shop", "social": "social", "public": "office"}


def make_groups() -> int:
    """Groups in use with members, in one somebody wants to leave, and a draft; returns how many."""
    firms = _firms()
    for number, (firm, share) in enumerate(zip(firms, SHARES, strict=False)):
        _group(firm, number, share)
    if firms:
        _draft(firms[0])
    return Group._base_manager.filter(demo=True).count()


def _firms() -> list[Organisation]:
    """Firms where some work, those of the demo community first."""
    home = (
        Area.objects.filter(level="community", name__startswith=HOME).values_list("code", flat=True).first()
    )
    found = Organisation._base_manager.filter(
        demo=True, closed_on=None, ties__kind="works", ties__known_to=None
    )
    near = Case(When(community=home or "", then=Value(0)), default=Value(1))
    counted = found.annotate(staff=Count("ties"), near=near).filter(staff__gte=2, staff__lte=MOST)
    return list(counted.order_by("near", "-staff", "pk")[: len(SHARES)])


def _group(firm: Organisation, number: int, share: float) -> None:
    facts = {
        "name": firm.name, "type": TYPES.get(firm.category, "firm"), "area_code": firm.area_code,
        "address": firm.address or "示例路1号", "uscc": firm.uscc or "",
    }  # fmt: skip
    founder = actions.Founder("余管事", str(int(MANAGER) + number), proved=True)
    made = actions.create_group(actor=ACTOR, facts=facts, founder=founder, organisation=firm, demo=True)
    staff = _staff(firm)
    joined = staff[: max(1, round(len(staff) * share))]
    _join(made, joined, timezone.now())
    if number == 0:
        _ask_to_leave(made)
    if number != 1:  # the second firm has not sent its list yet
        _compare(made, staff)


def _staff(firm: Organisation) -> list[Person]:
    ties = Tie._base_manager.filter(organisation=firm, kind="works", known_to=None, valid_to=None)
    return [
        tie.person for tie in ties.select_related("person").exclude(person__phone_sealed="").order_by("pk")
    ]


def _join(made: Group, people: Sequence[Person], now: datetime) -> None:
    """Everybody at once, as joining would write them; the register knew before where they work."""
    phones = [person.phone for person in people]
    who = blind_many([f"{one.name}|{phone}" for one, phone in zip(people, phones, strict=True)], "group.who")
    rows = zip(people, seal_many(phones), who, range(2, len(people) + 2), strict=True)
    Member._base_manager.bulk_create(
        Member(
            group=made, person=person, name=person.name, phone_sealed=sealed, phone_index=person.phone_index,
            phone_proved=True, who=same, as_staff=True, seat=seat, notice_version=terms().notice,
            consented_at=now - timedelta(hours=seat * 5), joined_at=now - timedelta(hours=seat * 5),
            matching="done", demo=True,
        )
        for person, sealed, same, seat in rows
    )  # fmt: skip


def _ask_to_leave(made: Group) -> None:
    member = made.members.select_related("group").filter(role="member").order_by("-seat").first()
    if member is not None:
        actions.apply_to_leave(member=member, reason="换了工作")


def _compare(made: Group, staff: Sequence[Person]) -> None:
    lines = [StaffLine(row, person.name, phone=person.phone) for row, person in enumerate(staff, 3)]
    if lines:
        actions.compare_list(actor=ACTOR, group=made, staff=StaffList(lines, unreadable=0))


def _draft(firm: Organisation) -> None:
    facts = {
        "name": "示例小区二期", "type": "estate", "area_code": firm.community,
        "address": "示例路2号", "uscc": "",
    }  # fmt: skip
    founder = actions.Founder("余管事", str(int(MANAGER) + 90), proved=False)
    actions.create_group(actor=ACTOR, facts=facts, founder=founder, demo=True)
