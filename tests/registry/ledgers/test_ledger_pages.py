"""The pages that show ledgers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import COMMUNITY, GRID, OTHER_COMMUNITY, OTHER_GRID, TOWN, leader, nobody, officer, secretary
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, hukou, lives, works
from wangge.registry.ledgers.actions.counts import recount
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]
Enter = Callable[..., Client]


def page(code: str = "resident", **query: object) -> str:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("ledgers:ledger", args=[code]) + (f"?{asked}" if asked else "")


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_overview_shows_the_four_ledgers_and_opens_their_rows(logged_in: Enter) -> None:
    lives(a_person("甲一"))
    recount(COMMUNITY)
    text = text_of(logged_in(secretary()), reverse("ledgers:list"))
    for name in ("常住人口", "流动人口", "外来人口", "企业人员"):
        assert name in text
    assert page("resident", area=COMMUNITY) in text.replace("&amp;", "&")


@pytest.mark.parametrize("code", [ledger.code for ledger in LEDGERS])
def test_every_ledger_opens_and_masks_ids_and_phones(logged_in: Enter, code: str) -> None:
    person = a_person("甲一", nationality="USA", phone="10000000123")
    hukou(person, room=a_room())
    lives(person, since=ago(400), room=a_room(), planned_until=ago(395))
    works(person)
    text = text_of(logged_in(secretary()), page(code))
    assert "10000000123" not in text and person.id_no not in text
    if code not in ("lodging", "absent"):
        assert "100****0123" in text


def test_a_ledger_of_another_area_does_not_exist(logged_in: Enter) -> None:
    browser = logged_in(secretary(COMMUNITY))
    assert browser.get(page(area=OTHER_COMMUNITY)).status_code == 404
    assert browser.get(page(area=TOWN)).status_code == 404
    assert browser.get(page(area=COMMUNITY)).status_code == 200


def test_nobody_of_another_area_is_named_or_counted(logged_in: Enter) -> None:
    lives(a_person("甲内"), GRID)
    lives(a_person("乙外"), OTHER_GRID)
    browser = logged_in(secretary(COMMUNITY))
    assert "乙外" not in text_of(browser, page())
    assert browser.get(reverse("ledgers:count", args=["resident"])).content.decode() == "1"


def test_a_person_with_a_job_elsewhere_shows_no_employer_outside_the_reach(logged_in: Enter) -> None:
    person = a_person("甲一")
    lives(person)
    works(person, OTHER_GRID)
    text = text_of(logged_in(secretary(COMMUNITY)), page(employer="示范厂"))
    assert "甲一" not in text
    assert "甲一" in text_of(logged_in(officer("440703000000")), page(employer="示范厂"))


def test_without_the_right_ledgers_are_refused_and_strangers_go_to_the_login(
    logged_in: Enter, client: Client
) -> None:
    assert logged_in(leader()).get(page()).status_code == 403
    assert logged_in(nobody()).get(page()).status_code == 403
    assert client.get(page()).status_code == 302


def test_an_unknown_ledger_is_not_found(logged_in: Enter) -> None:
    assert logged_in(secretary()).get(page("secret")).status_code == 404


def _queries(browser: Client, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        text_of(browser, address)
    return len(caught)


@pytest.mark.parametrize("code", ["resident", "floating", "outside", "staff"])
def test_a_page_with_three_rows_asks_as_often_as_one_with_one(logged_in: Enter, code: str) -> None:
    browser = logged_in(secretary())
    numbers = []
    for many in (1, 2):
        for _ in range(many):
            person = a_person()
            hukou(person, room=a_room(door=f"h{person.pk}"))
            lives(person, since=ago(300), room=a_room(door=f"d{person.pk}"))
            works(person)
        numbers.append(_queries(browser, page(code)))
    assert numbers[0] == numbers[1]


def test_the_overview_asks_as_often_for_three_areas_as_for_one(logged_in: Enter) -> None:
    from wangge.foundation.territory.models import Area

    browser = logged_in(officer())
    before = _queries(browser, reverse("ledgers:list"))
    for number in (2, 3):
        Area.objects.create(
            code=f"44070300200{number}", level="community", name=f"丙{number}社区", parent_id=TOWN
        )
    assert _queries(browser, reverse("ledgers:list")) == before


def test_a_name_is_searched_by_post_and_never_stands_in_an_address(logged_in: Enter) -> None:
    lives(a_person("欧一"))
    lives(a_person("甲二"))
    browser = logged_in(secretary())
    answer = browser.post(
        reverse("ledgers:search", args=["resident"]), {"name": "欧", "query": f"area={COMMUNITY}"}
    )
    assert answer.status_code == 302 and answer.headers["Location"] == page(area=COMMUNITY)
    text = text_of(browser, page(area=COMMUNITY))
    assert "欧一" in text and "甲二" not in text
    assert "欧" not in str(dict(browser.session.items()))
    browser.post(reverse("ledgers:search", args=["resident"]), {"name": ""})
    assert "甲二" in text_of(browser, page())


def test_old_confirmations_are_red_and_fresh_ones_green(logged_in: Enter) -> None:
    lives(a_person("甲新", confirmed_at=ago(10)))
    lives(a_person("甲半", confirmed_at=ago(60)))
    lives(a_person("甲旧", confirmed_at=ago(200)))
    lives(a_person("甲无"))
    text = text_of(logged_in(secretary()), page())
    body = text[text.index("<tbody>") : text.index("</tbody>")]
    rows = [row for row in body.split("<tr>") if "甲" in row]
    tones = ["green" if "bg-green" in row else "yellow" if "bg-yellow" in row else "red" for row in rows]
    assert tones == ["green", "yellow", "red", "red"]


def test_an_empty_ledger_says_what_to_do_next(logged_in: Enter) -> None:
    text = text_of(logged_in(secretary()), page())
    assert "导入表格" in text and reverse("ledgers:upload") in text


def test_a_day_to_come_is_refused_in_words(logged_in: Enter) -> None:
    assert "不能晚于今天" in text_of(logged_in(secretary()), page(day=ago(-2).isoformat()))


def test_pages_go_on_and_back_without_losing_anybody(logged_in: Enter) -> None:
    from tests.registry.ledgers.ledger_cast import select
    from wangge.registry.ledgers.queries.ledgers import page_of

    for number in range(7):
        person = a_person(f"甲{number}", hukou_region="440703")
        hukou(person) if number % 2 else lives(person, since=ago(400))
        if number % 2:
            lives(person, since=ago(10))
    for sort in ("place", "newest", "name", "oldest"):
        asked = select(sort=sort)
        whole = [line.person.pk for line in page_of(asked, size=100).lines]
        assert len(whole) == 7
        met, after, pages = [], None, []
        while True:
            found = page_of(asked, after=after, size=3)
            met += [line.person.pk for line in found.lines]
            pages.append([line.person.pk for line in found.lines])
            if found.next is None:
                break
            after = found.next
        assert met == whole
        assert found.previous is not None
        assert [line.person.pk for line in page_of(asked, before=found.previous, size=3).lines] == pages[-2]
