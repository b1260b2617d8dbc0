"""Ledgers and counts as of a day, as known on another: on pages and on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_GRID
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, hukou, lives, works
from wangge.foundation.territory.models import Area, AreaChange
from wangge.lib.identifiers import make_demo_id
from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Selection, asked_moment
from wangge.registry.ledgers.queries.counts import counts_at
from wangge.registry.ledgers.queries.lines import number_of
from wangge.registry.people import actions
from wangge.registry.people.models import BuildingGrid, Departure, Person, Tie
from wangge.registry.people.queries import counts_then
from wangge.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture
def moved() -> Person:
    """Known here since 500 days, moved to the other community 50 days ago, which was learned 20 days ago."""
    person = a_person("宋一")
    lives(person, since=ago(600), known_from=_moment(500))
    actions.move_person(actor="cli", person=person, on=ago(50), room=a_room(OTHER_GRID))
    _learned(20)
    return person


def _moment(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def _learned(days: int) -> None:
    now, then = _moment(1), _moment(days)
    Tie._base_manager.filter(known_from__gt=now).update(known_from=then)
    Tie._base_manager.filter(known_to__gt=now).update(known_to=then)
    Departure._base_manager.filter(known_from__gt=now).update(known_from=then)
    BuildingGrid._base_manager.filter(known_from__gt=now).update(known_from=then)
    BuildingGrid._base_manager.filter(known_to__gt=now).update(known_to=then)


@pytest.fixture
def officer(logged_in: Callable[..., Client]) -> Client:
    return logged_in(cast.district_user())


def ask(browser: Client, name: str, *args: str, **query: str) -> str:
    answer = browser.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


class TestLedger:
    def test_the_page_says_in_words_what_it_shows(self, moved: Person, officer: Client) -> None:
        asked = {"area": COMMUNITY, "day": str(ago(40)), "known": str(ago(30))}
        text = ask(officer, "ledgers:ledger", "outside", **asked)
        assert f"截至 {ago(40)}，按 {ago(30)} 所知。" in text and "现在登记的内容" in text and "宋一" in text
        assert "回到今天" in text and f'href="?area={COMMUNITY}"' in text
        later = ask(officer, "ledgers:ledger", "outside", **asked | {"known": str(ago(10))})
        assert "宋一" not in later and "那一天这里没有登记的人" in later

    def test_today_says_nothing_of_moments(self, moved: Person, officer: Client) -> None:
        for asked in ({}, {"day": str(ago(0))}, {"known": str(ago(0))}):
            assert "回到今天" not in ask(officer, "ledgers:ledger", "outside", area=COMMUNITY, **asked)

    def test_links_stay_on_the_day(self, moved: Person, officer: Client) -> None:
        text = ask(officer, "ledgers:ledger", "outside", area=COMMUNITY, day=str(ago(40)))
        assert f"{reverse('ledgers:ledger', args=['staff'])}?area={COMMUNITY}&amp;day={ago(40)}" in text

    @pytest.mark.parametrize(("name", "days"), [("day", -1), ("known", -1), ("known", 501)])
    def test_days_nobody_can_answer_for_are_refused_in_words(
        self, moved: Person, officer: Client, name: str, days: int
    ) -> None:
        said = "不能晚于今天" if days < 0 else "登记册从"
        for page in (("ledgers:ledger", "outside"), ("ledgers:list",), ("people:area", COMMUNITY)):
            text = ask(officer, *page, area=COMMUNITY, **{name: str(ago(days))})
            assert said in text and "回到今天" not in text, page

    def test_the_export_is_of_that_moment_and_says_so(self, moved: Person, officer: Client) -> None:
        query = f"?area={COMMUNITY}&day={ago(40)}&known={ago(30)}"
        address = reverse("ledgers:export", args=["outside"]) + query
        assert f"截至 {ago(40)}，按 {ago(30)} 所知" in officer.get(address).content.decode()
        answer = officer.post(address, {"form": "csv"})
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
        assert "共 1 行" in text and f"{ago(30):%Y%m%d}" in answer.headers["Content-Disposition"]


class TestCounts:
    def test_the_table_counts_that_day(self, moved: Person, officer: Client) -> None:
        then = ask(officer, "ledgers:list", area=COMMUNITY, day=str(ago(51)))
        now = ask(officer, "ledgers:list", area=COMMUNITY, day=str(ago(49)))
        assert f"?area={GRID}&amp;day={ago(51)}" in then
        assert '<div class="tile-number">1</div>' in then and '<div class="tile-number">1</div>' not in now

    def test_a_district_is_counted_when_the_page_asks_again(self, moved: Person, officer: Client) -> None:
        first = ask(officer, "ledgers:list", area=DISTRICT, day=str(ago(51)))
        assert "正在按那一天数人" in first and "hx-get" in first
        assert '<div class="tile-number">1</div>' in ask(
            officer, "ledgers:list", area=DISTRICT, day=str(ago(51)), part="1"
        )

    def test_the_area_page_counts_that_day(self, moved: Person, officer: Client) -> None:
        text = ask(officer, "people:area", COMMUNITY, day=str(ago(51)))
        assert "没有留历史" in text and "宋一" not in text
        assert '<div class="tile-number">1</div>' in text


class TestGrids:
    """A building's grid was another one until 100 days ago."""

    @pytest.fixture
    def divided(self) -> str:
        new = f"{COMMUNITY}002"
        Area.objects.create(
            code=new, level="grid", kind="general", name="甲二网格", parent_id=COMMUNITY, valid_from=ago(100)
        )
        AreaChange.objects.create(
            area_code=COMMUNITY, kind="split", on=ago(100), from_codes=[GRID], to_codes=[new], actor="cli"
        )
        Area.objects.filter(code=GRID).update(valid_to=ago(100))
        person = a_person("宋一")
        room = a_room()
        lives(person, since=ago(600), room=room)
        hukou(person, room=room)
        actions.assign_grid(actor="cli", building=room.building, grid=new, on=ago(100))
        _learned(90)
        return new

    def count(self, ledger: str, area: str, day: int, known: int | None = None) -> int:
        moment = asked_moment(ago(day), ago(known) if known is not None else None)
        return number_of(Selection(ledger_named(ledger), area, moment, limits_on(moment.day)))

    @pytest.mark.parametrize("ledger", ["outside", "hukou"])
    def test_whoever_answered_then_has_the_people(self, divided: str, ledger: str) -> None:
        for day, known, old, new in (
            (101, None, 1, 0),
            (100, None, 0, 1),
            (0, None, 0, 1),
            (95, 91, 1, 0),
            (95, 89, 0, 1),
        ):
            got = self.count(ledger, GRID, day, known), self.count(ledger, divided, day, known)
            assert got == (old, new), (day, known)
            assert self.count(ledger, COMMUNITY, day, known) == 1

    def test_a_grid_on_a_day_before_it_was_says_who_was_there(self, divided: str, officer: Client) -> None:
        text = ask(officer, "ledgers:ledger", "outside", area=divided, day=str(ago(150)))
        assert f"从 {ago(100)} 起才有" in text and "甲一网格" in text

    def test_the_old_grid_can_be_chosen_on_its_days(self, divided: str, officer: Client) -> None:
        text = ask(officer, "ledgers:list", area=COMMUNITY, day=str(ago(150)))
        assert f'<option value="{GRID}"' in text and f'<option value="{divided}"' not in text

    def test_a_building_that_went_to_another_community_counts_where_it_stood(self) -> None:
        room = a_room(OTHER_GRID)
        lives(a_person("宋三"), OTHER_GRID, since=ago(600), room=room)
        lives(a_person("宋四"), OTHER_GRID, since=ago(600), room=a_room(OTHER_GRID, "102"))
        rows = {"building": room.building, "known_from": _moment(90)}
        BuildingGrid.objects.create(area_code=GRID, valid_to=ago(100), **rows)
        BuildingGrid.objects.create(area_code=OTHER_GRID, valid_from=ago(100), **rows)
        for day, here, there in ((101, 2, 0), (100, 0, 2), (0, 0, 2)):
            for one, other in ((GRID, OTHER_GRID), (COMMUNITY, OTHER_GRID[:12])):
                got = self.count("outside", one, day), self.count("outside", other, day)
                assert got == (here, there), (day, one)
            moment = asked_moment(ago(day))
            counted = counts_at(COMMUNITY, moment, [ledger_named("outside")])["outside"]
            assert (counted[COMMUNITY], counted[GRID]) == (here, here)
            assert counts_then(COMMUNITY, ago(day))["ties"]["lives"] == here

    def test_a_building_whose_grid_was_not_known_was_in_none_then(self) -> None:
        person, room = a_person("宋二"), a_room(COMMUNITY)
        lives(person, COMMUNITY, since=ago(600), room=room)
        actions.assign_grid(actor="cli", building=room.building, grid=GRID)
        _learned(20)
        assert (self.count("outside", GRID, 300), self.count("outside", GRID, 300, 30)) == (1, 0)
        assert self.count("outside", COMMUNITY, 300, 30) == 1


class TestGone:
    def test_who_left_with_a_job_is_staff_until_that_day_and_as_was_known(self) -> None:
        person = a_person("宋一")
        lives(person, since=ago(600))
        works(person, valid_from=ago(600))
        actions.record_leave(actor="cli", person=person, on=ago(50))
        _learned(20)
        count = TestGrids().count
        assert [count("staff", COMMUNITY, day) for day in (51, 50, 0)] == [1, 0, 0]
        assert [count("staff", COMMUNITY, day, 30) for day in (51, 50, 30)] == [1, 1, 1]

    def test_a_death_corrected_to_a_departure_leaves_one_story(self) -> None:
        person = a_person("宋一")
        lives(person, since=ago(600))
        actions.record_death(actor="cli", person=person, on=ago(50))
        actions.record_leave(actor="cli", person=person, on=ago(40))
        assert Departure.objects.filter(known_to=None).values_list("status", "valid_from").get() == (
            "left",
            ago(40),
        )


class TestCommandLine:
    def run(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
        code = main(["registry", "count", *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    def test_counts_as_of_a_day_as_known_on_another(
        self, moved: Person, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def lived(*words: str) -> int:
            code, told = self.run(capsys, "--area", COMMUNITY, *words)
            assert code == 0
            return int(told["ties"]["lives"])

        assert lived("--as-of", str(ago(51))) == 1 and lived("--as-of", str(ago(49))) == 0
        assert lived("--as-of", str(ago(40)), "--known-on", str(ago(30))) == 1
        assert lived("--as-of", str(ago(40)), "--known-on", str(ago(10))) == 0

    def test_grids_are_told_and_what_keeps_no_history_is_null(
        self, moved: Person, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _code, told = self.run(capsys, "--area", COMMUNITY, "--as-of", str(ago(51)))
        assert told["residents"] == {GRID: 1} and told["households"] is None
        assert told["as_of"] == str(ago(51)) and told["known_on"] is None

    @pytest.mark.parametrize("words", [("--as-of", -1), ("--known-on", -1), ("--known-on", 501)])
    def test_days_that_cannot_be_are_refused(
        self, moved: Person, capsys: pytest.CaptureFixture[str], words: tuple[str, int]
    ) -> None:
        code, told = self.run(capsys, "--area", COMMUNITY, words[0], str(ago(words[1])))
        assert code == 1 and words[0] in told["refused"][0]

    def test_a_day_that_is_none_is_a_wrong_call(self) -> None:
        with pytest.raises(SystemExit) as wrong:
            main(["registry", "count", "--area", COMMUNITY, "--as-of", "昨天"])
        assert wrong.value.code == 2

    def test_a_ledger_is_exported_as_it_was_known(
        self, moved: Person, tmp_path: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def rows(known: date) -> int:
            words = ["--ledger", "外来", "--area", COMMUNITY, "--out", str(tmp_path / "x.csv"), "--json"]
            assert main(["ledger", "export", *words, "--as-of", str(ago(40)), "--known-on", str(known)]) == 0
            return int(json.loads(capsys.readouterr().out)["rows"])

        assert (rows(ago(30)), rows(ago(10))) == (1, 0)

    def test_checking_an_area_tells_what_it_found(self, capsys: pytest.CaptureFixture[str]) -> None:
        person = a_person("宋一", birth=date(1980, 5, 6), id_no=make_demo_id("999703", date(1980, 5, 6), 1))
        lives(person)
        Person.objects.filter(pk=person.pk).update(birth=date(1981, 5, 6))
        for new in (1, 0):
            assert main(["registry", "check", "--area", COMMUNITY, "--json"]) == 0
            told = json.loads(capsys.readouterr().out)
            assert (told["people"], told["found"]["birth_not_of_id"], told["new"], told["open"]) == (
                1,
                1,
                new,
                1,
            )
        assert main(["registry", "check", "--area", "440703999999", "--json"]) == 1
