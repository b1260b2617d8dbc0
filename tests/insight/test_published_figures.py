"""The published figures of spec 4.2, from rows to the page: Tianmen 2016-12, Panyu 39 of 72."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.insight.insight_cast import made, noon, settled
from tests.systems.hazards.hazard_cast import AFTER, a_hazard
from wangge.engines.cases import kinds
from wangge.engines.cases.models import Case
from wangge.insight.indicators.board import Board, board_of
from wangge.insight.queries.asked import Asked
from wangge.lib.figures import Period

pytestmark = pytest.mark.django_db
DECEMBER = Period(date(2016, 12, 1), date(2016, 12, 31))
CITY = kinds.System("city", "城管", "cases:show", {"event": "事件", "part": "部件"}, {"": "incident"})


@pytest.fixture
def tianmen():
    """1,054 received, 996 of them filed; 972 due in December: 956 events, 16 parts; closed 902 and 9, 737 of
    them in time."""
    kinds.register(CITY)
    day, filed = date(2016, 12, 5), {"system": "city", "filed": True, "filed_at": noon(date(2016, 12, 5), 1)}
    due = filed | {"close_due": noon(date(2016, 12, 20))}
    early, late = {"closed_at": noon(date(2016, 12, 19))}, {"closed_at": noon(date(2016, 12, 21))}
    made(730, day, kind="event", **due, **early)
    made(172, day, kind="event", **due, **late)
    made(54, day, kind="event", state="handling", **due)
    made(7, day, kind="part", **due, **early)
    made(2, day, kind="part", **due, **late)
    made(7, day, kind="part", state="handling", **due)
    made(24, day, kind="event", **filed, close_due=noon(date(2017, 1, 4)), state="handling")
    made(58, day, kind="event", system="city", filed=False, filed_at=noon(day, 1), state="refused")
    settled()
    yield
    kinds.forget("city")


def figures(board: Board) -> dict[str, str]:
    return {column.code: str(column.total) for column in board.columns}


def parts(board: Board, code: str) -> tuple[int, int]:
    (total,) = (column.total for column in board.columns if column.code == code)
    return int(total.part), int(total.whole)


def test_tianmen_in_december_2016(tianmen):
    board = board_of(cast.DISTRICT, DECEMBER)
    assert figures(board)["received"] == "1,054"
    assert parts(board, "filing") == (996, 1054)
    assert parts(board, "closing") == (911, 972) and figures(board)["closing"] == "93.72%"
    assert parts(board, "closing_in_time") == (737, 972) and figures(board)["closing_in_time"] == "75.82%"


def test_tianmen_by_type_of_matter(tianmen):
    events, things = (board_of("", DECEMBER, system="city", kind=kind) for kind in ("event", "part"))
    assert parts(events, "closing") == (902, 956) and figures(events)["closing"] == "94.35%"
    assert parts(things, "closing") == (9, 16) and figures(things)["closing"] == "56.25%"


def test_tianmen_from_its_rows(tianmen):
    asked = Asked(DECEMBER, cast.DISTRICT)
    told = {c.code: str(c.of.of_rows(asked)) for c in board_of(cast.DISTRICT, DECEMBER).columns}
    assert (told["received"], told["closing"], told["closing_in_time"]) == ("1,054", "93.72%", "75.82%")


def test_the_page_shows_tianmen_and_each_number_opens_as_many_rows(tianmen, logged_in):
    client = logged_in(cast.district_user())
    asked = {"area": cast.DISTRICT, "since": "2016-12-01", "until": "2016-12-31"}
    page = client.get(reverse("insight:board"), asked).content.decode()
    for told in ("1,054", "996", "972", "911", "93.72%", "737", "75.82%"):
        assert told in page, told
    for side, told in (("part", "911"), ("whole", "972")):
        rows = client.get(reverse("insight:rows", args=["closing", side]), asked).content.decode()
        assert re.search(rf"结案率 · 分. · {told}\s*<", rows) and f"这个数里有 {told} 件事项" in rows
    page = client.get(reverse("insight:board"), asked | {"system": "city", "kind": "event"}).content.decode()
    assert "94.35%" in page and "902" in page and "956" in page
    page = client.get(reverse("insight:board"), asked | {"system": "city", "kind": "part"}).content.decode()
    assert "56.25%" in page


def test_panyu_39_of_72_stand_on_the_board(logged_in):
    for number in range(72):
        a_hazard(fixed=number < 39, photos=(AFTER,) if number < 39 else ())
    assert Case._base_manager.count() == 72
    client = logged_in(cast.secretary())
    page = client.get(reverse("insight:board"), {"group": "hazards"}).content.decode()
    assert "54.17%" in page
    link = re.search(r'href="([^"]+on_site/part[^"]+)">39<', page)
    assert link
    rows = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert "现场整改率 · 分子 · 39" in rows and "这个数里有 39 件事项" in rows
    board = board_of("", Period(timezone.localdate(), timezone.localdate()), "hazards")
    assert figures(board)["hazards-on_site"] == "54.17%"
