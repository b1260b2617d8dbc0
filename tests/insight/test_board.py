"""The board: what it shows to whom, what it is asked for, what it says of what cannot be."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape

import openpyxl
import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import handled, opened, step
from tests.insight.insight_cast import made, settled
from wangge.engines.cases.actions.tallies import add, recount
from wangge.insight.indicators.board import board_of, ordered
from wangge.lib.figures import Period

pytestmark = pytest.mark.django_db
DECEMBER = Period(date(2016, 12, 1), date(2016, 12, 31))


def shown(client, **asked) -> str:
    answer = client.get(reverse("insight:board"), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def links_of(page: str, to: str) -> list[str]:
    return re.findall(rf'href="([^"]*{to}[^"]*)"', page)


def test_an_empty_district_has_no_figures_and_no_rows(logged_in):
    page = shown(logged_in(cast.secretary()))
    assert page.count("—") > 10 and not links_of(page, "insight/rows/closing")


def test_a_count_follows_at_once(logged_in):
    client = logged_in(cast.secretary())
    case = handled(opened())
    step(case, "verify", photos=(("a" * 64, "after"),))
    page = shown(client)
    (link,) = {link for link in links_of(page, "received/part") if "area=" not in link}
    rows = client.get(link).content.decode()
    assert case.number in rows and "这个数里有 1 件事项" in rows


def test_areas_are_drilled_down_to_the_grid(logged_in):
    opened()
    opened(area=cast.OTHER_GRID)
    client = logged_in(cast.district_user())
    names = ("甲街道", "甲一社区", "甲一网格")
    for area, name in zip(("", cast.TOWN, cast.COMMUNITY), names, strict=True):
        page = shown(client, area=area)
        assert name in page
    links = links_of(shown(client), f"area={cast.TOWN}")
    assert any("/console/insight/?" in link for link in links)
    grid = shown(client, area=cast.GRID)
    assert "甲一网格" in grid and "乙一网格" not in grid


def test_what_lies_on_a_community_itself_has_a_line_and_rows_of_its_own(logged_in):
    opened(area=cast.COMMUNITY)
    inside = opened()
    client = logged_in(cast.secretary())
    page = shown(client, area=cast.COMMUNITY)
    assert "甲一社区（未分下级）" in page
    (link,) = [link for link in links_of(page, "received/part") if "only=1" in link]
    rows = client.get(link).content.decode()
    assert "这个数里有 1 件事项" in rows and inside.number not in rows


def test_a_leader_sees_numbers_and_opens_no_rows(logged_in):
    opened()
    client = logged_in(cast.leader())
    page = shown(client)
    assert "自主发现率" in page and "100.00%" in page and not links_of(page, "/rows/")
    assert client.get(reverse("insight:rows", args=["received", "part"])).status_code == 403
    assert client.get(reverse("insight:file")).status_code == 200


def test_a_secretary_counts_her_community_only(logged_in):
    opened()
    for _number in range(3):
        opened(area=cast.OTHER_GRID)
    page = shown(logged_in(cast.secretary()))
    assert "乙" not in page
    board = shown(logged_in(cast.district_user()))
    assert "乙街道" in board


@pytest.mark.parametrize(
    "area", ["440703003000", "440799000000", "abc", "4407030020019", "４４０７０３００２０００"]
)
def test_an_area_outside_or_nowhere_does_not_exist(logged_in, area):
    client = logged_in(cast.officer())
    for name in ("board", "late", "file"):
        assert client.get(reverse(f"insight:{name}"), {"area": area}).status_code == 404
    assert client.get(reverse("insight:rows", args=["received", "part"]), {"area": area}).status_code == 404


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"since": "2026-05-09", "until": "2026-05-01"}, "已经对调"),
        ({"since": "gestern", "until": "2026-05-01"}, "开始日期不是一个日期"),
        ({"since": "2026-02-31"}, "开始日期不是一个日期"),
        ({"until": "9999-01-01"}, "结束日期不是一个日期"),
        ({"since": "2010-01-01", "until": "2019-12-31"}, "一次最多看 366 天"),
        ({"system": "nobody"}, "没有这一类来源"),
        ({"kind": "<b>"}, "没有这个类别"),
    ],
    ids=["reversed", "no-day", "no-such-day", "beyond", "ten-years", "no-system", "no-kind"],
)
def test_what_cannot_be_is_told_and_something_is_shown(logged_in, asked, says):
    assert says in shown(logged_in(cast.secretary()), **asked)


@pytest.mark.parametrize("since", ["1900-01-01", "1900-12-31"])
def test_the_year_1900_is_empty(logged_in, since):
    page = shown(logged_in(cast.secretary()), since=since, until="1900-12-31")
    assert "alert-warning" not in page and "—" in page


@pytest.mark.parametrize("span", ["month", "last", "quarter", "year", "twelve", "nonsense"])
@pytest.mark.parametrize("group", ["matters", "requests", "hazards", "whistles", "nonsense"])
def test_every_group_and_span_answers(logged_in, span, group):
    opened()
    assert "统计到" in shown(logged_in(cast.secretary()), span=span, group=group)


def test_this_month_knows_what_is_due_until_today_only(logged_in):
    made(2, timezone.localdate(), close_due=timezone.now() + timedelta(days=2), closed_at=None, state="sent")
    made(1, timezone.localdate(), close_due=timezone.now(), closed_at=timezone.now())
    settled()
    month = Period(timezone.localdate(), timezone.localdate() + timedelta(days=9))
    closing = {c.code: c.total for c in board_of("", month).columns}["closing"]
    assert (closing.part, closing.whole) == (1, 1)


def test_lines_are_ordered_by_the_exact_value_those_without_one_last():
    kept = {cast.COMMUNITY: (3, 3), cast.OTHER_COMMUNITY: (20_001, 20_002)}
    for area, (filed, valid) in kept.items():
        key = (date(2016, 12, 5), area, "tried", "rubbish")
        add({(*key, "valid_filed"): filed, (*key, "valid"): valid})
    board = board_of("", DECEMBER)
    rising, falling = (ordered(board, "filing", down) for down in (False, True))
    assert [line.area.code for line in falling] == [cast.TOWN, cast.OTHER_TOWN]
    assert [line.area.code for line in rising] == [cast.OTHER_TOWN, cast.TOWN]
    at = [column.code for column in board.columns].index("filing")
    assert [str(line.figures[at]) for line in falling] == ["100.00%", "100.00%"]
    assert [line.area.code for line in ordered(board, "closing", True)] == [cast.TOWN, cast.OTHER_TOWN]


def test_the_number_of_queries_does_not_grow(logged_in, django_assert_max_num_queries):
    from django.db import connection

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            board_of("", DECEMBER)
        return len(found)

    before = queries()
    for _number in range(5):
        opened(area=cast.OTHER_GRID)
        opened()
    assert queries() == before <= 12


def test_the_workbook_has_every_group_with_its_meanings(logged_in):
    opened()
    answer = logged_in(cast.leader()).get(reverse("insight:file"), {"span": "year"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    own = ["事项办理", "诉求和满意度", "隐患", "巡查走访", "吹哨报到", "矛盾纠纷"]
    assert book.sheetnames == [*own, "报备", "宣传教育"]
    rows = list(book["事项办理"].iter_rows(values_only=True))
    heads, total = list(rows[1]), list(rows[2])
    assert total[heads.index("收到")] == 1 and total[heads.index("自主发现率%")] == 100
    assert total[heads.index("结案率%")] == "—" and total[heads.index("结案率分母")] == 0
    assert "看板" in rows[0][0] and any(row[0] and "结案率：" in str(row[0]) for row in rows)


ASKED = [
    *(
        f"group={group}"
        for group in (
            "matters",
            "requests",
            "hazards",
            "field",
            "whistles",
            "disputes",
            "declarations",
            "education",
        )
    ),
    "since=x&until=y&system=z&kind=k",
    "since=2026-05-09&until=2015-01-01",
]
NUMBERS = ["received/part", "filing/whole", "closing/part", "hazards-fixed/whole"]


@pytest.mark.parametrize(
    "address", [*(f"?{asked}" for asked in ASKED), "late/", *(f"rows/{number}/" for number in NUMBERS)]
)
def test_the_pages_speak_english(logged_in, address):
    opened(title="one", area=cast.TOWN)
    client = logged_in(cast.officer())
    client.cookies["django_language"] = "en"
    page = _main(client.get(f"/console/insight/{address}").content.decode())
    told = re.sub("甲街道|甲一社区|甲一网格|蓬江区|试用|垃圾|噪声", "", page)  # names are not translated
    assert re.findall("[\u4e00-\u9fff]+", told) == []


def _main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_counts_of_the_board_are_true_after_all_this():
    assert recount() == {}
