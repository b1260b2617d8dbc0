"""Pairs nobody is sure of, decided by a human."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import COMMUNITY, GRID, OTHER_COMMUNITY, secretary, worker
from tests.registry.ledgers.ledger_cast import a_person, a_room, lives
from wangge.lib.sealing import blind, seal
from wangge.registry.ledgers.enums import CaseState
from wangge.registry.ledgers.models import Batch, Case
from wangge.registry.ledgers.queries.adjudications import next_case, pair_of
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
Enter = Callable[..., Client]


def a_case(number: int = 1, score: float = 0.9, person: Person | None = None, **facts: Any) -> Case:
    """A row that may be a registered person of 甲栋 101."""
    held = person
    if held is None:
        held = a_person(f"疑{number}", id_no="", phone="10000000001", birth=None)
        lives(held, room=a_room())
    batch, _new = Batch.objects.get_or_create(
        area_code=COMMUNITY, file_hash="h", defaults={"file_name": "台账.csv"}
    )
    phone = facts.get("phone", "10000000002")
    given = {"name": held.name, "phone": phone, "phone_index": blind(phone)} | facts
    offered = {
        "facts": given,
        "ties": [{"kind": "lives", "area_code": GRID, "room": a_room().pk}],
        "day": "2022-11-28",
    }
    return Case.objects.create(
        area_code=COMMUNITY,
        batch=batch,
        sheet="表",
        number=number,
        key=f"k{number}",
        person=held,
        score=score,
        reasons=["same_name", "same_room"],
        offered_sealed=seal(json.dumps(offered)),
    )


def _settle(browser: Client, case: Case, same: str):  # type: ignore[no-untyped-def]
    return browser.post(reverse("ledgers:settle", args=[case.pk]), {"same": same})


def test_both_sides_stand_beside_each_other_and_differences_are_marked_and_masked() -> None:
    sides = {side.label: side for side in pair_of(a_case(sex="1"))}
    assert sides["姓名"].verdict == "same" and sides["现住"].verdict == "same"
    phone = sides["联系电话"]
    assert phone.verdict == "different" and phone.held == "100****0001" and phone.offered == "100****0002"


def test_values_that_look_alike_masked_and_differ_are_still_told_apart() -> None:
    person = a_person("疑一", phone="10012340001")
    lives(person)
    phone = next(
        side for side in pair_of(a_case(person=person, phone="10099990001")) if side.label == "联系电话"
    )
    assert phone.verdict == "different" and phone.offered != phone.held


def test_same_joins_the_row_to_the_person_and_the_next_pair_follows(logged_in: Enter) -> None:
    first, second = a_case(1, 0.95), a_case(2, 0.6)
    before = Person.objects.count()
    answer = _settle(logged_in(secretary()), first, "yes")
    first.refresh_from_db()
    assert first.state == CaseState.SAME and first.result_id == first.person_id
    assert Person.objects.count() == before
    following = reverse("ledgers:adjudication", args=[second.pk])
    assert answer.headers["Location"] == f"{following}?decided={first.pk}"


def test_different_registers_a_person_of_its_own(logged_in: Enter) -> None:
    case = a_case()
    before = Person.objects.count()
    answer = _settle(logged_in(secretary()), case, "no")
    case.refresh_from_db()
    assert case.state == CaseState.DIFFERENT and Person.objects.count() == before + 1
    assert answer.headers["Location"] == f"{reverse('ledgers:adjudications')}?decided={case.pk}"


def test_what_was_decided_stays_decided(logged_in: Enter) -> None:
    case = a_case()
    browser = logged_in(secretary())
    _settle(browser, case, "yes")
    _settle(browser, case, "no")
    case.refresh_from_db()
    assert case.state == CaseState.SAME


def test_an_answer_that_is_none_decides_nothing(logged_in: Enter) -> None:
    case = a_case()
    _settle(logged_in(secretary()), case, "perhaps")
    case.refresh_from_db()
    assert case.state == CaseState.OPEN


def test_the_likeliest_stands_first_and_skipping_comes_round() -> None:
    low, high = a_case(1, 0.5), a_case(2, 0.9)
    assert next_case(high) == low.pk and next_case(low) == high.pk
    low.delete()
    assert next_case(high) is None


def test_several_are_decided_at_once_and_none_of_another_area(logged_in: Enter) -> None:
    cases = [a_case(1), a_case(2)]
    other = a_case(3)
    Case.objects.filter(pk=other.pk).update(area_code=OTHER_COMMUNITY)
    logged_in(secretary(COMMUNITY)).post(
        reverse("ledgers:settle_many"), {"same": "yes", "case": [case.pk for case in [*cases, other]]}
    )
    states = dict(Case.objects.values_list("pk", "state"))
    assert [states[case.pk] for case in cases] == ["same", "same"] and states[other.pk] == "open"


def test_the_page_has_keys_and_shows_no_clear_phone(logged_in: Enter) -> None:
    case = a_case()
    text = logged_in(secretary()).get(reverse("ledgers:adjudication", args=[case.pk])).content.decode()
    assert all(f'data-press="{key}"' in text for key in "yn")
    assert "10000000001" not in text and "10000000002" not in text


def test_another_area_s_pair_does_not_exist_and_who_may_not_merge_is_refused(logged_in: Enter) -> None:
    case = a_case()
    other = logged_in(secretary(OTHER_COMMUNITY))
    assert other.get(reverse("ledgers:adjudication", args=[case.pk])).status_code == 404
    assert _settle(other, case, "yes").status_code == 404
    assert case.person.name not in other.get(reverse("ledgers:adjudications")).content.decode()
    assert logged_in(worker()).get(reverse("ledgers:adjudications")).status_code == 403


def test_the_list_asks_as_often_for_three_pairs_as_for_one(logged_in: Enter) -> None:
    browser = logged_in(secretary())

    def asked() -> int:
        browser.get(reverse("ledgers:adjudications"))
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(reverse("ledgers:adjudications")).status_code == 200
        return len(caught)

    a_case(1)
    before = asked()
    a_case(2)
    a_case(3)
    assert asked() == before


def _undo(browser: Client, *cases: Case):  # type: ignore[no-untyped-def]
    return browser.post(reverse("ledgers:undo"), {"case": [case.pk for case in cases]})


def test_right_after_a_decision_a_button_takes_it_back(logged_in: Enter) -> None:
    first, second = a_case(1, 0.95), a_case(2, 0.6)
    browser = logged_in(secretary())
    following = browser.get(_settle(browser, first, "yes").headers["Location"]).content.decode()
    assert f'action="{reverse("ledgers:undo")}"' in following and f'value="{first.pk}"' in following
    assert "上一对已记为“同一人”" in following
    answer = _undo(browser, first)
    assert answer.headers["Location"] == reverse("ledgers:adjudication", args=[first.pk])
    first.refresh_from_db()
    assert first.state == CaseState.OPEN
    assert (
        "上一对已记为" not in browser.get(f"{answer.headers['Location']}?decided={first.pk}").content.decode()
    )
    assert second.state == CaseState.OPEN


def test_several_decided_at_once_are_taken_back_at_once(logged_in: Enter) -> None:
    held = a_person("甲一", id_no="", birth=None)
    lives(held, room=a_room())
    cases = [a_case(number, person=held, education=f"{number}0") for number in (1, 2, 3)]
    browser = logged_in(secretary())
    answer = browser.post(
        reverse("ledgers:settle_many"), {"same": "yes", "case": [case.pk for case in cases]}
    )
    assert "已裁定 3 对" in browser.get(answer.headers["Location"]).content.decode()
    assert _undo(browser, *cases).headers["Location"] == reverse("ledgers:adjudications")
    assert set(Case.objects.values_list("state", flat=True)) == {CaseState.OPEN}
    held.refresh_from_db()
    assert held.education == ""


def test_the_list_of_decided_pairs_has_a_button_for_each_that_can_be_taken_back(logged_in: Enter) -> None:
    cases = [a_case(number) for number in (1, 2)]
    browser = logged_in(secretary())
    for case in cases:
        _settle(browser, case, "no")
    Case.objects.filter(pk=cases[0].pk).update(undo_sealed="")  # decided long ago
    text = browser.get(reverse("ledgers:adjudications") + "?state=decided").content.decode()
    assert text.count("formaction=") == 1 and f'value="{cases[1].pk}"' in text
    people = Person.objects.count()
    _undo(browser, cases[1])
    assert Person.objects.count() == people - 1


def test_where_there_is_no_step_back_it_is_said_why_and_what_else_to_do(logged_in: Enter) -> None:
    case = a_case()
    browser = logged_in(secretary())
    _settle(browser, case, "no")
    case.refresh_from_db()
    Person.objects.filter(pk=case.result_id).update(school="虚构小学")
    answer = _undo(browser, case)
    assert answer.headers["Location"] == reverse("people:merge", args=[case.person_id, case.result_id])
    assert "又有了别的记录" in browser.get(answer.headers["Location"]).content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.DIFFERENT


def test_nobody_takes_back_what_another_area_decided(logged_in: Enter) -> None:
    case = a_case()
    _settle(logged_in(secretary()), case, "yes")
    other = logged_in(secretary(OTHER_COMMUNITY), Client())
    assert _undo(other, case).status_code == 404
    case.refresh_from_db()
    assert case.state == CaseState.SAME
    assert logged_in(worker(), Client()).post(reverse("ledgers:undo"), {"case": case.pk}).status_code == 403


def test_the_list_of_decided_pairs_asks_as_often_for_three_as_for_one(logged_in: Enter) -> None:
    browser, numbers = logged_in(secretary()), []
    for amount in (1, 2):
        for _ in range(amount):
            _settle(browser, a_case(len(numbers) * 10 + _), "yes")
        keys = "-".join(str(pk) for pk in Case.objects.values_list("pk", flat=True))
        address = f"{reverse('ledgers:adjudications')}?state=decided&decided={keys}"
        browser.get(address)
        with CaptureQueriesContext(connection) as caught:
            browser.get(address)
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]
