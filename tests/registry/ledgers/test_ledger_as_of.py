"""As of day X, as known on day Y: what was true then, and what the register said of it then."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_COMMUNITY, OTHER_GRID
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, lives, names_in, select
from wangge.registry.ledgers.actions.export import export_ledger
from wangge.registry.ledgers.queries.lines import number_of
from wangge.registry.people.actions.ties import correct_tie, end_tie, move_person
from wangge.registry.people.models import Person, Tie
from wangge.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


@pytest.fixture
def settled() -> Person:
    """Somebody who lives here since 600 days, as the register says since 500 days."""
    person = a_person("甲一")
    lives(person, since=ago(600), known_from=_moment(500))
    return person


def _moment(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _learned(days: int) -> None:
    """What the register learned just now it learned so many days ago."""
    now, then = _moment(1), _moment(days)
    Tie._base_manager.filter(known_from__gt=now).update(known_from=then)
    Tie._base_manager.filter(known_to__gt=now).update(known_to=then)


def _on(days: int, known: int | None = None, area: str = COMMUNITY) -> list[str]:
    return names_in("outside", area, day=ago(days), known_at=_moment(known) if known is not None else None)


def test_who_left_is_here_before_that_day_and_not_from_it_on(settled: Person) -> None:
    end_tie(actor="cli", tie=settled.ties.get(), on=ago(50))
    _learned(20)
    assert _on(51) == ["甲一"] and _on(50) == [] and _on(0) == []


def test_until_somebody_said_so_the_register_thought_they_were_still_here(settled: Person) -> None:
    end_tie(actor="cli", tie=settled.ties.get(), on=ago(50))
    _learned(20)
    assert _on(40, known=30) == ["甲一"] and _on(40, known=10) == []
    assert _on(60, known=30) == _on(60, known=10) == ["甲一"]


def test_before_the_register_knew_them_they_were_in_no_ledger(settled: Person) -> None:
    assert _on(550, known=501) == [] and _on(550, known=499) == ["甲一"] and _on(601, known=0) == []


def test_who_moved_is_at_one_place_on_every_day(settled: Person) -> None:
    move_person(actor="cli", person=settled, on=ago(50), room=a_room(OTHER_GRID))
    _learned(20)
    for days, here, there in ((51, ["甲一"], []), (50, [], ["甲一"]), (0, [], ["甲一"])):
        assert (_on(days), _on(days, area=OTHER_COMMUNITY)) == (here, there), days
        assert _on(days, area=DISTRICT) == ["甲一"]
    assert (_on(40, known=30), _on(40, known=30, area=OTHER_COMMUNITY)) == (["甲一"], [])


def test_a_corrected_first_day_changes_the_past_and_not_what_was_said_of_it(settled: Person) -> None:
    correct_tie(actor="cli", tie=settled.ties.get(), reason="登记有误", valid_from=ago(100))
    _learned(20)
    assert _on(200) == [] and _on(200, known=30) == ["甲一"] and _on(99) == _on(99, known=30) == ["甲一"]


def test_counts_and_rows_agree_on_every_day_and_moment(settled: Person) -> None:
    other = a_person("甲二")
    lives(other, OTHER_GRID, since=ago(300), known_from=_moment(300))
    move_person(actor="cli", person=settled, on=ago(50), room=a_room(OTHER_GRID))
    end_tie(actor="cli", tie=other.ties.get(), on=ago(70))
    _learned(20)
    for ledger in ("resident", "outside", "floating"):
        for area in (COMMUNITY, OTHER_COMMUNITY, DISTRICT):
            for days in (0, 50, 51, 70, 71, 290, 550):
                for known in (None, 10, 30, 400):
                    at = {"day": ago(days), "known_at": _moment(known) if known else None}
                    assert number_of(select(ledger, area, **at)) == len(names_in(ledger, area, **at)), (
                        at,
                        area,
                    )


def _exported(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))[2:]


def test_an_export_holds_the_same_day_as_the_page(settled: Person, tmp_path: Path) -> None:
    end_tie(actor="cli", tie=settled.ties.get(), on=ago(50))
    _learned(20)
    asked = [(51, None, 1), (50, None, 0), (40, 30, 1), (40, 10, 0)]
    for number, (days, known, rows) in enumerate(asked):
        selection = select("outside", day=ago(days), known_at=_moment(known) if known else None)
        made = export_ledger(actor="cli", selection=selection, path=tmp_path / f"{number}.csv", form="csv")
        assert made.rows == rows == len(_exported(made.path)), (days, known)


def test_the_command_line_exports_a_former_day(settled: Person, tmp_path: Path) -> None:
    move_person(actor="cli", person=settled, on=ago(50), room=a_room(OTHER_GRID))

    def rows(area: str, day: date) -> int:
        out = tmp_path / f"{area}{day}.csv"
        asked = [
            "ledger",
            "export",
            "--ledger",
            "外来",
            "--area",
            area,
            "--out",
            str(out),
            "--as-of",
            str(day),
        ]
        assert main(asked) == 0
        return len(_exported(out))

    assert [rows(COMMUNITY, ago(51)), rows(COMMUNITY, ago(49))] == [1, 0]
    assert [rows(OTHER_COMMUNITY, ago(51)), rows(OTHER_COMMUNITY, ago(49))] == [0, 1]


def test_dividing_a_grid_moves_nobody_out_of_the_community_s_past(settled: Person) -> None:
    new = f"{GRID[:12]}002"
    before = [number_of(select("outside", day=ago(days))) for days in (0, 51, 300)]
    Tie._base_manager.filter(area_code=GRID).update(
        area_code=new
    )  # what follows a division, see Tie.area_code
    assert [number_of(select("outside", day=ago(days))) for days in (0, 51, 300)] == before == [1, 1, 1]
