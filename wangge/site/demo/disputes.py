"""Disputes of the demo community: one without a handler, one mediated, one agreed on, one closed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Q
from django.utils import timezone

from wangge.engines.cases.actions import Matter, Wish, take_step
from wangge.engines.cases.enums import Source
from wangge.engines.cases.models import Case
from wangge.foundation.access.models import User
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.models import Person, Tie
from wangge.systems.disputes.actions import agreements, follow_ups, sessions
from wangge.systems.disputes.actions.opening import About, open_dispute
from wangge.systems.disputes.enums import SYSTEM, By, Kind, Result, Side, Way
from wangge.systems.disputes.queries.agreements import terms_in_force
from wangge.systems.disputes.reading.parties import ADULT, Told

WORKER, SECRETARY = "wangge", "shuji"
MATTERS = (
    (Kind.NEIGHBOURS, "楼上漏水（示例）", "示例：楼上卫生间漏水，泡坏楼下天花板。"),
    (Kind.ESTATE, "停车位纠纷（示例）", "示例：固定车位常被别的车占用。"),
    (Kind.DAMAGE, "电动车碰擦（示例）", "示例：小区门口两车碰擦，修车费谈不拢。"),
    (Kind.NEIGHBOURS, "噪声扰邻（示例）", "示例：晚上十点后跳绳，楼下睡不好。"),
)
PHOTO = "e" * 64  # of the signed paper; its file never comes


def make_disputes(areas: dict[str, str]) -> dict[str, int]:
    """All of it; returns how many. Parties are invented people of the demo register.

    Args:
        areas: codes of the demo grid, community, town and district, as ``demo_areas`` gives them.
    """
    with within(EVERYWHERE):
        secretary, worker = (User.objects.filter(username=name).first() for name in (SECRETARY, WORKER))
        people = _people(areas["grid"], 2 * len(MATTERS))
        if secretary is None or worker is None or len(people) < 2 * len(MATTERS):
            return {"disputes": 0}
        for number, (kind, title, words) in enumerate(MATTERS):
            case = _opened(secretary if number else worker, areas["grid"], number, kind, title, words, people)
            _carry(case, number, secretary)
        return {"disputes": Case._base_manager.filter(system=SYSTEM).count()}


def _people(grid: str, many: int) -> list[Person]:
    """Grown-ups who live in the grid."""
    today = timezone.localdate()
    ties = Tie._base_manager.filter(area_code=grid, kind="lives", known_to=None, valid_to=None)
    rows = Person._base_manager.filter(
        demo=True, pk__in=ties.values("person"), birth__lt=today - timedelta(days=366 * (ADULT + 2))
    )
    return list(rows.order_by("pk")[:many])


def _op(number: int, what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo:dispute:{number}:{what}")


def _opened(
    actor: User, grid: str, number: int, kind: str, title: str, words: str, people: list[Person]
) -> Case:
    pair = zip((Side.APPLICANT, Side.RESPONDENT), people[2 * number : 2 * number + 2], strict=True)
    parties = [
        Told(str(side), one.name, id_no=one.id_no, phone=one.phone, person=one.pk, birth=one.birth)
        for side, one in pair
    ]
    matter = Matter(
        op=_op(number, "open"), system=SYSTEM, kind=kind, area=grid, title=title, source=Source.OFFICE,
        words=words,
    )  # fmt: skip
    about = About(Way.PEOPLE, 2, "社区人民调解委员会（示例）", timezone.localdate())
    return open_dispute(actor=actor, matter=matter, about=about, parties=parties)


def _carry(case: Case, number: int, secretary: User) -> None:
    """As far as this one gets: nowhere, one sitting, an agreement, the end."""
    if not number:
        return
    take_step(actor=secretary, case=case, wish=Wish("accept", _op(number, "accept"), level="simple"))
    result = Result.GOES_ON if number == 1 else Result.NEARER
    told = sessions.Told(
        _op(number, "session"), timezone.localdate(), "社区调解室", Way.PEOPLE, result,
        "示例：双方各说了一遍，同意再谈。", [secretary], (),
        {1: "示例：希望尽快解决。", 2: "示例：愿意承担一部分。"},
    )  # fmt: skip
    sessions.record_session(actor=secretary, case=case, told=told)
    if number > 1:
        _agree(case, number, secretary, timezone.localdate())
    if number > 2:
        kept: dict[int, bool | None] = {term.pk: True for term in terms_in_force(case)}
        words = "示例：上门问过，都办好了。"
        closing = follow_ups.Told(
            _op(number, "close"), "close", timezone.localdate(), By.VISIT, words, kept, 3
        )
        follow_ups.follow_up(actor=secretary, case=case, told=closing)


def _agree(case: Case, number: int, secretary: User, today: date) -> None:
    case.refresh_from_db()
    terms = [
        agreements.TermTold("示例：一次付清修理费", today + timedelta(days=15), 2, Decimal("600")),
        agreements.TermTold("示例：今后互相提醒，不再发生", today + timedelta(days=30)),
    ]
    draft = agreements.Told(_op(number, "draft"), "示例：事情经过双方都认可。", terms)
    row = agreements.draft_agreement(actor=secretary, case=case, told=draft)
    signed = agreements.Signed(_op(number, "sign"), today, (PHOTO,))
    agreements.sign_agreement(actor=secretary, agreement=row, told=signed)


def remove_disputes() -> None:
    """Take what the demo wrote out again; ``remove_hazards`` counts cases anew afterwards."""
    mine = Q(launcher__username__in=(WORKER, SECRETARY))
    Case._base_manager.filter(mine, system=SYSTEM).delete()
