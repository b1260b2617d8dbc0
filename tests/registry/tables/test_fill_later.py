"""Fillings asked for on a page: for who asked and nobody else, fetched once, erased after a day."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from openpyxl import load_workbook

from tests.cast import COMMUNITY, secretary
from tests.registry.ledgers.ledger_cast import a_person, ago, lives
from tests.registry.tables.blanks import received
from wangge import flows
from wangge.foundation.access.models import Grant
from wangge.foundation.journal.models import Delivery, Entry
from wangge.registry.tables.actions import erase_old_fills, keeping, open_fill, request_fill, write_requested
from wangge.registry.tables.models import Fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


@pytest.fixture
def fill() -> Fill:
    """One resident, and a filling a secretary asked for."""
    lives(a_person("欧阳一", phone="10000004567"), since=ago(400))
    return request_fill(actor=secretary(), request=received(COMMUNITY))


def _kept() -> set[str]:
    return {path.name for path in (Path(settings.HOME) / "tables").glob("*") if path.is_file()}


def test_the_worker_fills_and_keeps_the_file_sealed(fill: Fill) -> None:
    flows.drain()
    fill.refresh_from_db()
    assert (fill.state, fill.rows, fill.cells_masked) == ("done", 1, 2)
    held = (Path(settings.HOME) / "tables" / fill.stored).read_bytes()
    assert not held.startswith(b"PK") and "欧阳".encode() not in held


def test_a_file_is_fetched_once_and_then_gone(fill: Fill) -> None:
    write_requested(fill)
    kept = fill.stored
    content = open_fill(actor=fill.created_by, fill=fill)
    assert content and load_workbook(io.BytesIO(content)).worksheets[0]["B2"].value == "欧阳一"
    assert open_fill(actor=fill.created_by, fill=fill) is None and kept not in _kept()
    fill.refresh_from_db()
    assert fill.fetched_by == fill.created_by.username and fill.state == "expired"  # type: ignore[union-attr]
    assert Entry.objects.filter(kind="table.fetched").count() == 1


def test_written_twice_it_stays_as_it_is(fill: Fill) -> None:
    write_requested(fill)
    flows.drain()
    assert Entry.objects.filter(kind="table.filled").count() == 1


def test_a_right_taken_back_meanwhile_counts(fill: Fill) -> None:
    Grant.objects.filter(user=fill.created_by).delete()
    flows.drain()
    fill.refresh_from_db()
    assert fill.state == "failed" and fill.stored == "" and "权限" in fill.message
    assert not Delivery.objects.exclude(state="done").exists()


def test_a_failure_leaves_no_file_and_says_so(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _kept()

    def broken(*_args: object, **_how: object) -> None:
        raise RuntimeError("欧阳一")

    monkeypatch.setattr("wangge.registry.tables.actions.later.record", broken)
    with pytest.raises(RuntimeError):
        write_requested(fill)
    fill.refresh_from_db()
    assert fill.state == "failed" and "欧阳" not in fill.message and _kept() == before


def test_after_a_day_the_file_goes_and_the_blank_stays(fill: Fill) -> None:
    write_requested(fill)
    Fill.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert erase_old_fills() == 1
    assert _kept() == {fill.request.stored}
    assert open_fill(actor=fill.created_by, fill=Fill.objects.get()) is None


def test_files_nobody_names_are_swept(fill: Fill) -> None:
    import os
    import time

    stray = Path(settings.HOME) / "tables" / keeping.keep(io.BytesIO(b"x"))
    os.utime(stray, (time.time() - 90_000,) * 2)
    assert keeping.sweep_files() == 1 and not stray.exists() and fill.request.stored in _kept()
