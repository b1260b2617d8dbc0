"""Disputes of the tests; everybody in them is invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests import cast
from wangge.engines.cases.actions import Matter, Wish, take_step
from wangge.engines.cases.models import Case, Step, Unit, UnitMember
from wangge.lib.identifiers import make_demo_id
from wangge.lib.sealing import blind
from wangge.lib.sealing import seal as sealed
from wangge.registry.people.models import Person, Tie
from wangge.systems.disputes.actions import agreements, follow_ups, sessions
from wangge.systems.disputes.actions.opening import About, open_dispute
from wangge.systems.disputes.enums import SYSTEM
from wangge.systems.disputes.models import Agreement, FollowUp, Session
from wangge.systems.disputes.reading.parties import Told

PHOTO = "c" * 64
ONE, OTHER = "欧阳试甲", "司徒试乙"
ID_ONE = make_demo_id("999703", date(1980, 5, 6), 901)
ID_OTHER = make_demo_id("999703", date(1979, 3, 4), 902)
ID_CHILD = make_demo_id("999703", date(date.today().year - 12, 1, 2), 903)
SECRET = "半夜漏水吵得睡不着"


def one(**more: Any) -> Told:
    """The applicant."""
    given: dict[str, Any] = {"side": "applicant", "name": ONE, "id_no": ID_ONE, "phone": "10011112222",
                             "address": "虚构路 1 号 301"}  # fmt: skip
    return Told(**(given | more))


def other(**more: Any) -> Told:
    """The respondent."""
    given: dict[str, Any] = {"side": "respondent", "name": OTHER, "id_no": ID_OTHER, "phone": "10033334444"}
    return Told(**(given | more))


def a_matter(**more: Any) -> Matter:
    """Water through a ceiling, in the grid of the small district."""
    given: dict[str, Any] = {
        "op": uuid4(), "system": SYSTEM, "kind": "neighbours", "area": cast.GRID, "title": "楼上漏水",
        "source": "office", "words": SECRET, "address": "虚构小区",
    }  # fmt: skip
    return Matter(**(given | more))


def a_dispute(actor: Any = "test", parties: Any = None, about: About | None = None, **more: Any) -> Case:
    """A dispute between two."""
    return open_dispute(
        actor=actor, matter=a_matter(**more), about=about or About("people", 2, "甲一社区人民调解委员会"),
        parties=[one(), other()] if parties is None else parties,
    )  # fmt: skip


def step(case: Case, key: str, actor: Any = "test", **more: Any) -> Step:
    """One step of it."""
    done = take_step(actor=actor, case=case, wish=Wish(key, more.pop("op", None) or uuid4(), **more))
    case.refresh_from_db()
    return done


def mediating(actor: Any = None, **more: Any) -> Case:
    """Opened and accepted by a secretary."""
    actor = actor or cast.secretary()
    case = a_dispute(actor, **more)
    step(case, "accept", actor, level="simple")
    return case


def said(actor: Any, **more: Any) -> sessions.Told:
    """A sitting of today."""
    given: dict[str, Any] = {
        "op": uuid4(), "held_on": timezone.localdate(), "place": "社区调解室", "way": "people",
        "result": "goes_on", "words": "双方都说了一遍", "mediators": [actor],
        "said": {1: "要求赔天花板", 2: "只愿出一半"},
    }  # fmt: skip
    return sessions.Told(**(given | more))


def a_session(case: Case, actor: Any, **more: Any) -> Session:
    """One sitting, written down."""
    made = sessions.record_session(actor=actor, case=case, told=said(actor, **more))
    case.refresh_from_db()
    return made


def drafted(case: Case, actor: Any, **more: Any) -> Agreement:
    """A draft: the respondent pays in ten days."""
    due = more.pop("due_on", timezone.localdate() + timedelta(days=10))
    terms = [agreements.TermTold("赔偿天花板修理费", due, 2, Decimal("1200.00")),
             agreements.TermTold("修好漏水的管子", due, 2)]  # fmt: skip
    given: dict[str, Any] = {"op": uuid4(), "facts": "楼上水管漏水，泡坏天花板。", "terms": terms}
    return agreements.draft_agreement(actor=actor, case=case, told=agreements.Told(**(given | more)))


def signed(case: Case, actor: Any, **more: Any) -> Agreement:
    """Drafted and signed."""
    row = drafted(case, actor, **more)
    told = agreements.Signed(uuid4(), timezone.localdate(), (PHOTO,))
    row = agreements.sign_agreement(actor=actor, agreement=row, told=told)
    case.refresh_from_db()
    return row


def followed(case: Case, actor: Any, do: str = "visit", kept: bool | None = None, **more: Any) -> FollowUp:
    """A follow-up that found every term so."""
    terms = {term.pk: kept for row in case.agreements.all() for term in row.terms.all()}
    given: dict[str, Any] = {"op": uuid4(), "do": do, "on": timezone.localdate(), "by": "visit",
                             "words": "上门问过", "kept": terms}  # fmt: skip
    made = follow_ups.follow_up(actor=actor, case=case, told=follow_ups.Told(**(given | more)))
    case.refresh_from_db()
    return made


def a_unit(*people: Any) -> Unit:
    """An office that helps, with its people."""
    unit = Unit._base_manager.create(
        key=f"help{uuid4().hex[:8]}", name="司法所", kind="department", area_code=cast.DISTRICT
    )
    for user in people:
        UnitMember.objects.create(unit=unit, user=user, since=timezone.localdate())
    return unit


def a_person(
    name: str = ONE, number: str = ID_ONE, phone: str = "10011112222", grid: str = cast.GRID
) -> Person:
    """Somebody of the register who lives there."""
    person = Person.objects.create(
        name=name, id_type="111", id_sealed=sealed(number), id_index=blind(number),
        phone_sealed=sealed(phone),
        phone_index=blind(phone), birth=date(1980, 5, 6),
    )  # fmt: skip
    Tie.objects.create(
        person=person, kind="lives", area_code=grid, valid_from=date(2024, 1, 1), known_from=timezone.now()
    )
    return person
