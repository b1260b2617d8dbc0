"""What an admitted field shows: exports of its ledgers, pages, and masks where it is sensitive."""

from __future__ import annotations

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import COMMUNITY, secretary
from tests.registry.ledgers.admit_cast import HEADERS, line, water
from tests.registry.ledgers.import_cast import imported
from wangge.registry.ledgers.actions.export import export_ledger
from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Selection, as_of
from wangge.registry.people.models import Person
from wangge.registry.people.queries import label_of, meaning_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def test_the_pages_of_a_person_speak_of_it():
    water()
    assert label_of("yin_shui_lai_yuan") == "饮水来源"
    assert meaning_of("yin_shui_lai_yuan", "2") == "井水"


def exported(tmp_path, **more):
    """The rows of the ledger of residents as a file, by header, and how many queries reading them took."""
    path = tmp_path / "out.csv"
    chosen = Selection(ledger_named("常住"), COMMUNITY, as_of(), limits_on(as_of().day))
    with CaptureQueriesContext(connection) as asked:
        export_ledger(actor="cli", selection=chosen, path=path, form="csv", **more)
    lines = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    head = next(number for number, cells in enumerate(lines) if "姓名" in cells)
    return [dict(zip(lines[head], cells, strict=True)) for cells in lines[head + 1 :]], len(asked)


def test_the_ledgers_it_is_meant_for_show_it(tmp_path):
    imported([line()[:3]], headers=HEADERS[:3])
    assert "饮水来源" not in exported(tmp_path)[0][0]
    water(ledgers=["resident"])
    imported([line(), line("李四", "市政")], headers=HEADERS, sheet="再来")
    rows, _asked = exported(tmp_path)
    assert sorted(row["饮水来源"] for row in rows) == ["井水", "自来水"]


def test_a_sensitive_one_leaves_only_in_clear_with_a_reason(tmp_path):
    water(ledgers=["resident"], level=4)
    imported([line()], headers=HEADERS)
    assert exported(tmp_path)[0][0]["饮水来源"] == "***"
    assert exported(tmp_path, unmasked=True, reason="改造公示核对")[0][0]["饮水来源"] == "井水"


def test_reading_it_takes_one_query_however_many_rows(tmp_path):
    water(ledgers=["resident"])
    imported([line()], headers=HEADERS)
    exported(tmp_path)
    _rows, one = exported(tmp_path)
    imported([line("李四"), line("王五")], headers=HEADERS)
    rows, three = exported(tmp_path)
    assert (len(rows), three) == (3, one)


def test_a_sensitive_one_is_shown_on_the_page_only_for_a_reason(logged_in):
    field = water(level=4)
    imported([line()], headers=HEADERS)
    person = Person.objects.get()
    browser = logged_in(secretary())
    assert "井水" not in browser.get(reverse("people:person", args=[person.pk])).content.decode()
    address = reverse("people:reveal", args=[person.pk, field.code])
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert "井水" in browser.post(address, {"reason": "改造核对"}).content.decode()


def test_nothing_else_can_be_asked_for_by_that_door(logged_in):
    field = water(level=3)
    imported([line()], headers=HEADERS)
    address = reverse("people:reveal", args=[Person.objects.get().pk, field.code])
    assert logged_in(secretary()).post(address, {"reason": "改造核对"}).status_code == 404
