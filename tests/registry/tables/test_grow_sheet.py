"""Rows are put into a table: what speaks of it follows."""

from __future__ import annotations

import pytest

from wangge.registry.tables.workbook import Growth, letters, number_of, place
from wangge.registry.tables.workbook.growth import moved

FIVE_MORE = Growth("表 一", first=4, last=10, by=5)
ONE_ROW = Growth("表 一", first=4, last=4, by=5)
NO_ROW = Growth("表 一", first=4, last=3, by=5)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(D4:D10)", "SUM(D4:D15)"),
        ("SUM(D4:D9)", "SUM(D4:D9)"),
        ("SUM($D$4:$D$10)/LOG10(B12)", "SUM($D$4:$D$15)/LOG10(B17)"),
        ("COUNTIF('表 一'!D4:D10,\"A11:A12\")", "COUNTIF('表 一'!D4:D15,\"A11:A12\")"),
        ("Sheet2!A11+A11", "Sheet2!A11+A16"),
        ("$1:$3", "$1:$3"),
        ("12:12", "17:17"),
        ("D10", "D10"),
        ("A:A", "A:A"),
        ("Tab_1[列]", "Tab_1[列]"),
    ],
)
def test_formulas_follow(before: str, after: str) -> None:
    assert FIVE_MORE.formula(before, "表 一") == after


def test_a_formula_of_another_sheet_follows_only_where_it_names_this_one() -> None:
    assert FIVE_MORE.formula("A11+'表 一'!A11", "汇总") == "A11+'表 一'!A16"


@pytest.mark.parametrize(
    ("growth", "before", "after"),
    [
        (FIVE_MORE, "A1:F12", "A1:F17"),
        (FIVE_MORE, "C4:C10 E12", "C4:C15 E17"),
        (FIVE_MORE, "C10", "C10"),
        (ONE_ROW, "C4:C4", "C4:C9"),
        (ONE_ROW, "C4", "C4:C9"),
        (ONE_ROW, "C5", "C10"),
        (NO_ROW, "A1:F3", "A1:F8"),
        (NO_ROW, "A4", "A9"),
    ],
)
def test_ranges_that_reach_over_the_table_grow_with_it(growth: Growth, before: str, after: str) -> None:
    assert growth.ref(before) == after


def test_a_formula_filled_down_keeps_what_is_fixed() -> None:
    assert moved('DATEDIF(F5,$B$1,"Y5")+$A5*B$1', 3) == 'DATEDIF(F8,$B$1,"Y5")+$A8*B$1'


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    assert (letters(column), number_of(name)) == (name, column)
    assert place(f"${name}$7") == (7, column)
