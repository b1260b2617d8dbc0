"""The rows behind a number: what she may see, and how many she may not."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import a_unit, handled, opened, step
from tests.insight.insight_cast import made, settled
from wangge.foundation.access.enums import Role

pytestmark = pytest.mark.django_db


def rows(client, code: str = "received", side: str = "part", **asked) -> str:
    answer = client.get(reverse("insight:rows", args=[code, side]), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_department_sees_its_own_and_is_told_how_many_others_there_are(logged_in):
    hand = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    mine, other = handled(opened(title="给环卫的"), a_unit("环卫", hand)), opened(title="别人的")
    page = rows(logged_in(hand))
    assert mine.title in page and other.title not in page
    assert "这个数里有 2 件事项" in page and "其中 1 件您不能看" in page


def test_who_sees_everything_is_told_of_nothing_hidden(logged_in):
    opened()
    assert "您不能看" not in rows(logged_in(cast.officer()))


def test_a_case_that_counts_twice_says_so(logged_in):
    case = handled(opened())
    photo = (("a" * 64, "after"),)
    for _time in range(2):
        step(case, "rework", words="还有", photos=photo)
        step(case, "answer", words="清了", photos=photo)
    page = rows(logged_in(cast.secretary()), "rework")
    assert "返工率 · 分子 · 2" in page and "这个数里有 1 件事项" in page
    assert re.search(r'class="number"><span class="insight-word">计 </span>2</td>', page)


def test_pages_go_on_by_cursor_and_miss_none(logged_in):
    now = timezone.localdate()
    made(120, now - timedelta(days=1))
    settled()
    client, found, asked = logged_in(cast.secretary()), set(), {"span": "twelve"}
    for _page in range(3):
        page = rows(client, **asked)
        found |= set(re.findall(r"/console/cases/(\d{11})/", page))
        after = re.search(r'rel="next" href="\?[^"]*after=([^"&]+)', page)
        asked = asked | {"after": after[1]} if after else {}
    assert len(found) == 120 and not after


@pytest.mark.parametrize(
    ("code", "side"), [("none", "part"), ("closing", "middle"), ("received", "whole"), ("on_site", "part")]
)
def test_no_such_number(logged_in, code, side):
    answer = logged_in(cast.secretary()).get(reverse("insight:rows", args=[code, side]))
    assert answer.status_code == 404


def test_a_broken_cursor_begins_anew(logged_in):
    case = opened()
    assert case.number in rows(logged_in(cast.secretary()), after="%%%")


def test_a_case_of_another_area_is_never_among_them(logged_in):
    opened(title="自己的")
    opened(title="隔壁的", area=cast.OTHER_GRID)
    page = rows(logged_in(cast.secretary()))
    assert "自己的" in page and "隔壁的" not in page and "这个数里有 1 件事项" in page


def test_where_she_only_reads_numbers_the_rows_are_counted_not_listed(logged_in):
    both = cast.person_with((Role.LEADER, cast.DISTRICT), (Role.COMMUNITY_SECRETARY, cast.COMMUNITY))
    opened(title="自己的")
    opened(title="隔壁的", area=cast.OTHER_GRID)
    page = rows(logged_in(both), area=cast.DISTRICT)
    assert "自己的" in page and "隔壁的" not in page
    assert "这个数里有 2 件事项" in page and "其中 1 件您不能看" in page
