"""Pieces of pages written at once: escaped like everything else."""

from __future__ import annotations

from datetime import date

from wangge.lib.markup import cells, options


def test_an_option_is_escaped_and_the_chosen_one_is_marked() -> None:
    text = options([("", "不限"), ("1", "男"), ('2"', "<女>")], "1")
    assert text == (
        '<option value="">不限</option><option value="1" selected>男</option>'
        '<option value="2&quot;">&lt;女&gt;</option>'
    )


def test_nothing_chosen_marks_the_empty_choice_and_several_may_be_chosen() -> None:
    assert options([("", "不限")]) == '<option value="" selected>不限</option>'
    assert options([(None, "不限"), (2, "二"), (3, "三")], [2, 3]).count(" selected") == 2


def test_cells_are_escaped_and_the_first_leads_on() -> None:
    text = cells(["<甲>", date(2026, 1, 2), 0, "", None], '/people/1/?a="b"')
    assert text == (
        '<td><a href="/people/1/?a=&quot;b&quot;">&lt;甲&gt;</a></td><td>2026-01-02</td><td>0</td>'
        "<td>—</td><td>—</td>"
    )


def test_without_an_address_nothing_leads_anywhere() -> None:
    assert cells(["甲"]) == "<td>甲</td>" and cells([]) == ""
