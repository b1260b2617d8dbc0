"""The worklist of records at odds: shown masked, decided one by one or together, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.cast import COMMUNITY, GRID, OTHER_GRID
from tests.registry.people.people_cast import demo_id
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people import actions
from wangge.registry.people.models import Building, Discrepancy, Household, Person, Room, Tie

pytestmark = pytest.mark.django_db
LIST = "people:discrepancies"


@pytest.fixture
def room(ground: None, everywhere: object) -> Room:
    """甲栋 101, in the community of the cast."""
    building = Building.objects.create(area_code=GRID, community=COMMUNITY, key="甲栋", name="甲栋")
    return Room.objects.create(area_code=GRID, building=building, key="-1-101", floor="1", door="101")


def spoiled(room: Room, *names: str) -> list[Person]:
    """People whose birth dates disagree with their numbers, found."""
    people = []
    for number, name in enumerate(names, 1):
        facts = {"name": name, "id_no": demo_id(number, date(1980, 5, 6)), "birth": date(1981, 5, 6)}
        person = actions.register_person(actor="cli", facts=facts, room=room, answer="new").person
        assert person is not None
        people.append(person)
    actions.check_people([person.pk for person in people])
    return people


@pytest.fixture
def secretary(logged_in: Callable[..., Client]) -> Client:
    return logged_in(cast.secretary())


def page(browser: Client, **query: str) -> str:
    answer = browser.get(reverse(LIST), query)
    assert answer.status_code == 200
    return answer.content.decode()


def post(browser: Client, *rows: Discrepancy, **sent: str) -> str:
    """Decide these together; returns the page that follows."""
    answer = browser.post(
        reverse("people:decide_several"), {"row": [row.pk for row in rows], **sent}, follow=True
    )
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_list_shows_as_many_lines_as_wait(room: Room, secretary: Client, number: int) -> None:
    spoiled(room, *[f"宋{n}" for n in range(number)])
    text = page(secretary)
    assert text.count(">按建议改</button>") == number
    assert ("没有自相矛盾的记录" in text) == (number == 0)


def test_birth_dates_are_shown_by_month_and_numbers_not_at_all(room: Room, secretary: Client) -> None:
    spoiled(room, "宋一")
    text = page(secretary)
    assert "1980-05" in text and "1980-05-06" not in text and demo_id(1, date(1980, 5, 6)) not in text


def test_the_number_of_queries_does_not_grow_with_the_rows(
    room: Room, secretary: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    spoiled(room, *[f"宋{n}" for n in range(12)])
    with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
        page(secretary)


def test_one_is_repaired_and_taken_back(room: Room, secretary: Client) -> None:
    (person,) = spoiled(room, "宋一")
    row = Discrepancy.objects.get()
    secretary.post(reverse("people:decide", args=[row.pk]), {"what": "repair"})
    person.refresh_from_db()
    assert person.birth == date(1980, 5, 6)
    assert "宋一" in page(secretary, state="repaired") and "宋一" not in page(secretary)
    secretary.post(reverse("people:decide", args=[row.pk]), {"what": "reopen"})
    person.refresh_from_db()
    assert person.birth == date(1981, 5, 6) and "宋一" in page(secretary)


def test_several_are_repaired_and_what_cannot_be_is_said(room: Room, secretary: Client) -> None:
    spoiled(room, "宋一", "宋二")
    young = actions.register_person(
        actor="cli", room=room, answer="new",
        facts={"name": "宋三", "marriage": "20", "birth": timezone.localdate() - timedelta(days=18 * 366)},
    ).person  # fmt: skip
    assert young is not None
    actions.check_people([young.pk])
    text = post(secretary, *Discrepancy.objects.all(), what="repair")
    assert "已处理 2 条" in text and "1 条没有处理" in text
    assert Discrepancy.objects.filter(state="repaired").count() == 2


def test_dismissing_wants_a_reason_and_remembers_it(room: Room, secretary: Client) -> None:
    spoiled(room, "宋一")
    row = Discrepancy.objects.get()
    assert "请写明为什么不是问题" in post(secretary, row, what="dismiss", reason="")
    assert "已处理 1 条" in post(secretary, row, what="dismiss", reason="证件换过")
    assert "证件换过" in page(secretary, state="dismissed")


@pytest.mark.parametrize("sent", [{}, {"what": "explode"}, {"what": "repair", "row": "x"}])
def test_nothing_ticked_or_nothing_meant_changes_nothing(
    room: Room, secretary: Client, sent: dict[str, str]
) -> None:
    spoiled(room, "宋一")
    answer = secretary.post(reverse("people:decide_several"), sent, follow=True)
    assert "请先勾选" in answer.content.decode() and Discrepancy.objects.get().state == "open"


def test_the_way_back_leads_nowhere_else(room: Room, secretary: Client) -> None:
    spoiled(room, "宋一")
    answer = secretary.post(
        reverse("people:decide", args=[Discrepancy.objects.get().pk]),
        {"what": "repair", "back": "//elsewhere.invalid/"},
    )
    assert answer.url == reverse(LIST)  # type: ignore[attr-defined]


def test_another_area_sees_and_decides_nothing(room: Room, logged_in: Callable[..., Client]) -> None:
    spoiled(room, "宋一")
    row = Discrepancy.objects.get()
    stranger = logged_in(cast.secretary(cast.OTHER_COMMUNITY))
    assert "宋一" not in page(stranger)
    assert stranger.post(reverse("people:decide", args=[row.pk]), {"what": "repair"}).status_code == 404
    post(stranger, row, what="repair")
    assert Discrepancy.objects.get().state == "open"


def test_a_home_out_of_reach_is_not_named(room: Room, secretary: Client) -> None:
    with within(EVERYWHERE):
        person = actions.register_person(actor="cli", facts={"name": "宋一"}, room=room, answer="new").person
        assert person is not None
        far = Building.objects.create(
            area_code=OTHER_GRID, community=OTHER_GRID[:12], key="远栋", name="远栋"
        )
        flat = Room.objects.create(area_code=OTHER_GRID, building=far, key="101", door="101")
        Tie.objects.update(valid_from=date(2026, 3, 1))
        actions.begin_tie(actor="cli", person=person, kind="lives", room=flat, on=date(2020, 1, 1))
        actions.check_people([person.pk])
    text = page(secretary)
    assert "宋一" in text and "远栋" not in text and "辖区外的一处关系" in text


def test_the_filter_by_kind_and_the_page_of_a_person(room: Room, secretary: Client) -> None:
    (person,) = spoiled(room, "宋一")
    assert "宋一" in page(secretary, rule="birth_not_of_id") and "宋一" not in page(
        secretary, rule="two_heads"
    )
    text = secretary.get(reverse("people:person", args=[person.pk])).content.decode()
    assert "这条记录自己说不通" in text and "去处理" in text


def test_home_shows_the_number(room: Room, secretary: Client) -> None:
    spoiled(room, "宋一", "宋二")
    text = secretary.get(reverse("home")).content.decode()
    tile = text[text.index(f'href="{reverse(LIST)}"', text.index('class="tiles"')) :]
    assert '<div class="tile-number">2</div>' in tile[:800]


def test_a_household_is_named(room: Room, secretary: Client) -> None:
    home = Household.objects.create(area_code=GRID, room=room)
    for name in ("宋一", "宋二"):
        actions.register_person(
            actor="cli", facts={"name": name}, room=room, household=home, relation="02", answer="new"
        )
    actions.check_people(Person.objects.values_list("pk", flat=True))
    text = page(secretary)
    assert "一户两个户主" in text and reverse("people:household", args=[home.pk]) in text
