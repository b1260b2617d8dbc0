"""The list, the month, the sums: every number opens its rows; who has not confirmed is reminded."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.education.education_cast import a_held_session, a_material, a_session, at
from wangge.foundation.territory.models import Setting
from wangge.lib import figures as offers
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period
from wangge.lib.scoping import EVERYWHERE, Reach, within
from wangge.site.waiting.home import tiles_for
from wangge.systems.education.indicators import BY_CODE
from wangge.systems.education.models import Session
from wangge.systems.education.queries.sessions import Asked, sessions, unconfirmed
from wangge.systems.education.queries.topics import topic_name, topics, topics_note
from wangge.systems.education.retention import NOTES, forget_old

pytestmark = pytest.mark.django_db
LATELY = (
    f"since={timezone.localdate() - timedelta(days=40)}&until={timezone.localdate() + timedelta(days=40)}"
)


def page(browser, name="list", query="", *given):
    answer = browser.get(reverse(f"education:{name}", args=given) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def numbers_of(told):
    """Each line of the tables: its name → its numbers."""
    lines = [re.findall(r"<td.*?</td>", row, re.S) for row in re.findall(r"<tr.*?</tr>", told, re.S)]
    plain = [[re.sub(r"<.*?>", "", cell).strip() for cell in cells] for cells in lines if cells]
    return {cells[0]: cells[1:] for cells in plain}


class TestList:
    def test_empty_it_says_how_to_begin(self, logged_in):
        assert "还没有宣教活动" in page(logged_in(cast.secretary()))
        assert reverse("education:new") not in page(logged_in(cast.worker()))

    @pytest.mark.parametrize("many", [1, 3])
    def test_filters_and_sums(self, logged_in, many):
        for number in range(many):
            a_held_session(title=f"消防{number}", attended=10)
        a_session(title="燃气以后", topic="gas", days=2)
        a_held_session(cast.OTHER_COMMUNITY, title="别处的")
        browser = logged_in(cast.secretary())
        everything, gas = page(browser), page(browser, query="?topic=gas")
        assert everything.count("edu-title") == many + 1 and "别处的" not in everything
        assert "燃气以后" in gas and "消防0" not in gas
        assert f'<td class="number">{60 * many}</td><td class="number">{10 * many}</td>' in everything
        assert "消防0" in page(browser, query=f"?month={timezone.localdate() - timedelta(days=1):%Y-%m}")
        assert "没有这样的活动" in page(browser, query="?month=2001-01")
        assert "消防0" not in page(browser, query="?state=planned")

    @pytest.mark.parametrize(
        "query", ["?month=x", "?topic=%00x", "?state=x", "?material=x", "?since=9999-99-99"]
    )
    def test_nonsense_is_no_error(self, logged_in, query):
        browser = logged_in(cast.secretary())
        page(browser, query=query)
        page(browser, "materials", query)
        page(browser, "figures", query)

    def test_an_area_outside_is_not_there(self, logged_in):
        address = reverse("education:list") + f"?area={cast.OTHER_COMMUNITY}"
        assert logged_in(cast.secretary()).get(address).status_code == 404

    def test_the_month(self, logged_in):
        row = a_session(days=0)
        told = page(logged_in(cast.secretary()), query="?view=month")
        assert row.title in told and "edu-today" in told
        assert row.title not in page(logged_in(cast.secretary()), query="?view=month&month=2001-12")
        assert "month=2002-01" in page(logged_in(cast.secretary()), query="?view=month&month=2001-12")

    def test_the_notice_says_when_and_where(self, logged_in):
        row = a_session(begins_at=at(3, 15), minutes=45)
        told = page(logged_in(cast.secretary()), "notice", "", row.pk)
        assert "15:00 — 15:45" in told and "社区广场" in told and "消防站宣传员" in told


class TestReminder:
    def test_three_days_after_its_day(self):
        rows = {days: a_session(days=-days) for days in (2, 3, 4)}
        with within(EVERYWHERE):
            assert set(unconfirmed()) == {rows[3], rows[4]}

    def test_it_stands_on_the_home_page_until_it_is_confirmed(self):
        a_held_session(days=-5)
        a_session(days=-5)
        a_session(cast.OTHER_COMMUNITY, days=-5)
        (tile,) = [each for each in tiles_for(cast.secretary()) if str(each.tile.label) == "要补记的宣教活动"]
        assert tile.number == "1" and tile.address.endswith("?state=due")
        assert not [each for each in tiles_for(cast.worker()) if "宣教" in str(each.tile.label)]

    def test_the_tile_opens_exactly_those(self, logged_in):
        a_session(title="补记我", days=-5)
        a_session(title="还早", days=-1)
        told = page(logged_in(cast.secretary()), query="?state=due")
        assert "补记我" in told and "还早" not in told


class TestFigures:
    def test_sums_by_area_topic_and_material(self, logged_in):
        leaflet = a_material("440703000000", title="反诈折页")
        a_held_session(attended=10, given=[(leaflet, 4)], topic="fraud")
        a_held_session(cast.OTHER_COMMUNITY, attended=7, given=[(leaflet, 6)])
        a_held_session(cast.DISTRICT, attended=100)
        a_session()  # not held: not counted
        told = page(logged_in(cast.district_user()), "figures", f"?{LATELY}")
        plain = numbers_of(told)
        assert plain["合计"] == ["3", "180", "117", "10"]
        assert plain["甲街道"] == ["1", "60", "10", "4"] and plain["乙街道"] == ["1", "60", "7", "6"]
        assert plain["蓬江区（本级举办）"][:3] == ["1", "60", "100"]
        assert plain["反诈"] == ["1", "60", "10", "4"] and plain["消防"][0] == "2"
        assert "反诈折页" in told and reverse("visits:topics") in told

    def test_every_number_opens_the_rows_it_counts(self, logged_in):
        a_held_session(title="社区的")
        a_held_session(cast.DISTRICT, title="区里的")
        browser = logged_in(cast.district_user())
        links = set(
            re.findall(
                r'href="(/console/education/\?state=held[^"]*)"', page(browser, "figures", f"?{LATELY}")
            )
        )
        own = [link.replace("&amp;", "&") for link in links if "own=1" in link]
        rows = browser.get(own[0]).content.decode()
        assert links and "区里的" in rows and "社区的" not in rows
        for link in links:
            assert browser.get(link.replace("&amp;", "&")).status_code == 200

    def test_a_leader_sees_sums_and_no_links(self, logged_in):
        a_held_session()
        told = page(logged_in(cast.leader()), "figures", f"?{LATELY}")
        assert "甲街道" in told and "state=held" not in told and reverse("visits:topics") not in told

    def test_nothing_held_says_so_and_divides_by_nothing(self, logged_in):
        told = page(logged_in(cast.leader()), "figures")
        assert "还没有举办宣教活动" in told and "—" in told

    def test_shares_are_rows_over_rows(self, logged_in):
        a_held_session(photos=("a" * 64,))
        a_held_session()
        a_session()
        a_session(days=5)
        cancelled = a_session()
        Session._base_manager.filter(pk=cancelled.pk).update(state="cancelled")
        today = timezone.localdate()
        period = Period(today - timedelta(days=30), today + timedelta(days=30))
        with within(EVERYWHERE):
            got = {code: shares_by_area([each], period, "", 9)[0][""] for code, each in BY_CODE.items()}
        assert (got["held"].part, got["held"].whole) == (2, 3)
        assert (got["shown"].part, got["shown"].whole) == (1, 2)
        browser = logged_in(cast.secretary())
        for code, side, many in (("held", "whole", 3), ("held", "part", 2), ("shown", "part", 1)):
            rows = browser.get(
                reverse("education:rates_rows", args=[code, side]) + f"?{LATELY}"
            ).content.decode()
            assert rows.count("edu-title") == many
        assert browser.get(reverse("education:rates_rows", args=["x", "part"])).status_code == 404

    def test_they_are_offered_to_whoever_shows_figures(self):
        (offer,) = [each for each in offers.offered() if each.key == "education"]
        assert offer.right == "duty.view" and len(offer.indicators) == 2


def test_a_communitys_reach_ends_at_its_border():
    a_session(cast.TOWN)
    row = a_session(cast.GRID)
    with within(Reach((cast.COMMUNITY,))):
        assert list(sessions(Asked())) == [row]


def test_a_grids_worker_sees_what_her_community_holds_and_not_what_the_next_one_holds(logged_in):
    row, other = a_held_session(title="社区讲座"), a_held_session(cast.OTHER_COMMUNITY)
    browser = logged_in(cast.worker())
    assert row.title in page(browser) and row.title in page(browser, "session", "", row.pk)
    assert browser.get(reverse("education:session", args=[other.pk])).status_code == 404
    told = page(browser, "figures", f"?{LATELY}")
    assert numbers_of(told)["甲一社区（本级举办）"] == ["1", "60", "30", "0"]
    links = set(re.findall(r'href="(/console/education/\?state=held[^"]*)"', told))
    assert links and {browser.get(link.replace("&amp;", "&")).status_code for link in links} == {200}


def test_a_districts_own_topics_take_the_place_of_those_shipped():
    assert topics()["drowning"] == "防溺水" and topics_note() == "示例"
    Setting.objects.create(
        key="education.topics", value={"fire": "消防安全", "quake": "防震"}, valid_from=timezone.localdate()
    )
    assert topics() == {"fire": "消防安全", "quake": "防震"} and not topics_note()
    assert (topic_name("gas"), topic_name("quake"), topic_name("x")) == ("燃气", "防震", "x")


def test_notes_go_after_five_years_and_numbers_stay():
    old, young = a_held_session(), a_held_session()
    Session._base_manager.update(notes="听说")
    Session._base_manager.filter(pk=old.pk).update(begins_at=timezone.now() - NOTES - timedelta(days=1))
    with within(EVERYWHERE):
        assert (forget_old(), forget_old()) == (1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.notes, young.notes, old.attended) == ("", "听说", 30)
