"""Large exports are written by the worker, for who asked and nobody else, and erased after a day."""

from __future__ import annotations

import csv
import io
import os
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import COMMUNITY, GRID, OTHER_COMMUNITY, OTHER_GRID, TOWN, officer, secretary, worker
from tests.registry.ledgers.ledger_cast import a_person, ago, lives, select, town_of
from wangge import flows
from wangge.foundation.access.models import Grant, Reading, User
from wangge.foundation.journal.models import Delivery, Entry
from wangge.registry.ledgers.actions import export as exporting
from wangge.registry.ledgers.actions.export import NoReason, export_home
from wangge.registry.ledgers.actions.export_later import erase_old_exports, request_export, selection_of
from wangge.registry.ledgers.console import exports as pages
from wangge.registry.ledgers.enums import ExportState
from wangge.registry.ledgers.models import Export
from wangge.registry.people.actions import reseal_all
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas", "small")]
Enter = Callable[..., Client]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: Path) -> Iterator[None]:
    """Two rows are many; files lie in a folder of the test."""
    monkeypatch.setattr(pages, "AT_ONCE", 2)
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    yield


def _people(number: int, grid: str = GRID) -> list[Person]:
    people = [a_person(f"甲{at}") for at in range(number)]
    for person in people:
        lives(person, grid)
    return people


def _ask(browser: Client, query: str = f"?area={COMMUNITY}", **posted: str):  # type: ignore[no-untyped-def]
    return browser.post(reverse("ledgers:export", args=["resident"]) + query, {"form": "csv"} | posted)


def _page(export: Export) -> str:
    return reverse("ledgers:export_waiting", args=[export.pk])


def _file(export: Export) -> str:
    return reverse("ledgers:export_file", args=[export.pk])


def _rows(browser: Client, export: Export) -> list[list[str]]:
    answer = browser.get(_file(export))
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_few_rows_come_at_once_and_many_wait_for_the_worker(logged_in: Enter) -> None:
    _people(2)
    browser = logged_in(secretary())
    assert _ask(browser).status_code == 200 and not Export.objects.exists()
    _people(1)
    answer = _ask(browser)
    export = Export.objects.get()
    assert answer.headers["Location"] == _page(export) and export.state == ExportState.WAITING
    assert "hx-get" in browser.get(_page(export)).content.decode()
    flows.drain()
    text = browser.get(_page(export), headers={"HX-Request": "true"}).content.decode()
    assert "共 3 行" in text and _file(export) in text and "hx-get" not in text
    assert len(_rows(browser, export)) == 2 + 3


def test_what_the_worker_writes_is_masked_marked_and_keeps_the_conditions(logged_in: Enter) -> None:
    for number in range(3):
        lives(a_person("欧阳一", sex="2", phone=f"1000000456{number}"))
    _people(3)
    user = secretary()
    browser = logged_in(user)
    _ask(browser, query=f"?area={COMMUNITY}&sex=2")
    flows.drain()
    rows = _rows(browser, Export.objects.get())
    assert "苏记书" in rows[0][0] and "共 3 行" in rows[0][0]
    assert [row[0] for row in rows[2:]] == ["欧*一"] * 3
    assert "10000004560" not in str(rows) and "100****4560" in str(rows)
    entry = Entry.objects.get(kind="ledger.exported")
    assert entry.actor == user.username and entry.data["rows"] == 3 and entry.data["filters"] == ["sex"]


def test_a_name_looked_for_is_sealed_while_it_waits() -> None:
    export = request_export(actor=secretary(), selection=select(name="欧阳一", since=ago(5)), form="csv")
    assert "欧" not in export.asked_sealed
    asked = selection_of(export)
    assert (asked.filters.name, asked.filters.since) == ("欧阳一", ago(5))
    assert "欧" not in str(list(Entry.objects.values_list("data", "changes")))


def test_an_earlier_day_stays_that_day(logged_in: Enter) -> None:
    export = request_export(
        actor=secretary(), selection=select(day=ago(90), known_at=timezone.now()), form="csv"
    )
    asked = selection_of(export)
    assert asked.moment.day == ago(90) and asked.moment.known_at == export.known_at


def test_only_who_asked_sees_and_fetches_the_file(logged_in: Enter) -> None:
    _people(3)
    _ask(logged_in(secretary()))
    flows.drain()
    export = Export.objects.get()
    for other in (secretary(), officer()):  # both may export this area themselves
        browser = logged_in(other)
        assert browser.get(_page(export)).status_code == 404
        assert browser.get(_file(export)).status_code == 404
        assert "常住人口" not in browser.get(reverse("ledgers:exports")).content.decode().split("<main")[-1]
    assert logged_in(worker()).get(_file(export)).status_code in (403, 404)


def test_the_file_is_for_its_owner_s_eyes_on_the_disk_too() -> None:
    _people(3)
    request_export(actor=secretary(), selection=select(), form="xlsx")
    flows.drain()
    path = export_home() / Export.objects.get().stored
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "甲" not in path.name and "常住" not in path.name


def test_every_fetch_is_in_the_trail(logged_in: Enter) -> None:
    _people(3)
    browser = logged_in(secretary())
    _ask(browser)
    flows.drain()
    _rows(browser, Export.objects.get())
    _rows(browser, Export.objects.get())
    assert Entry.objects.filter(kind="ledger.export_fetched").count() == 2


def test_clear_values_need_the_right_and_a_reason_and_the_persons_can_see_it(logged_in: Enter) -> None:
    people = _people(3)
    with pytest.raises(NoReason):
        request_export(actor=officer(), selection=select(), form="csv", unmasked=True)
    with pytest.raises(PermissionDenied):
        request_export(actor=secretary(), selection=select(), form="csv", unmasked=True, reason="人口核查")
    assert (
        not Export.objects.exists() and not Delivery.objects.filter(entry__kind__contains="export").exists()
    )
    browser = logged_in(officer())
    _ask(browser, unmasked="on", reason="人口核查")
    flows.drain()
    assert people[0].id_no in str(_rows(browser, Export.objects.get()))
    assert set(Reading.objects.values_list("subject_id", "what")) == {(str(p.pk), "export") for p in people}


def test_who_lost_the_right_meanwhile_gets_no_file(logged_in: Enter) -> None:
    _people(3)
    user = secretary()
    request_export(actor=user, selection=select(), form="csv")
    Grant.objects.filter(user=user).update(valid_to=ago(0))
    flows.drain()
    export = Export.objects.get()
    assert export.state == ExportState.FAILED and "权限" in export.message and not export.stored
    assert not list(export_home().iterdir()) and not Entry.objects.filter(kind="ledger.exported").exists()


def test_who_was_shut_out_meanwhile_gets_no_file() -> None:
    _people(3)
    user = secretary()
    request_export(actor=user, selection=select(), form="csv")
    User.objects.filter(pk=user.pk).update(is_active=False)
    flows.drain()
    assert Export.objects.get().state == ExportState.FAILED and not list(export_home().iterdir())


def test_nobody_beyond_the_owner_s_reach_stands_in_the_file(logged_in: Enter) -> None:
    _people(3)
    _people(3, OTHER_GRID)
    browser = logged_in(secretary(COMMUNITY))
    assert _ask(browser, query=f"?area={OTHER_COMMUNITY}").status_code == 404
    with pytest.raises(PermissionDenied):
        request_export(actor=secretary(COMMUNITY), selection=select(area=TOWN), form="csv")
    _ask(browser)
    flows.drain()
    assert len(_rows(browser, Export.objects.get())) == 2 + 3


def test_a_file_that_lacks_rows_is_told_and_not_handed_out(
    logged_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    _people(3)
    user = secretary()
    request_export(actor=user, selection=select(), form="csv")
    monkeypatch.setattr(exporting, "_rows", lambda *_args: iter(()))
    flows.drain()
    export = Export.objects.get()
    assert export.state == ExportState.FAILED and not list(export_home().iterdir())
    assert "请再导出一次" in logged_in(user).get(_page(export)).content.decode()


def test_a_busy_database_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _people(3)
    request_export(actor=secretary(), selection=select(), form="csv")

    def busy(*_args: object) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(exporting, "_write", busy)
    flows.drain()
    assert Export.objects.get().state == ExportState.WRITING
    monkeypatch.undo()
    Delivery.objects.filter(entry__kind="ledger.export_requested").update(due_at=timezone.now())
    flows.drain()
    assert Export.objects.get().state == ExportState.DONE


def test_files_go_after_a_day_and_what_was_asked_with_them(logged_in: Enter) -> None:
    _people(3)
    user = secretary()
    browser = logged_in(user)
    for _time in range(2):
        request_export(actor=user, selection=select(), form="csv")
    flows.drain()
    new, old = Export.objects.all()
    Export.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    assert erase_old_exports() == 1
    assert [path.name for path in export_home().iterdir()] == [Export.objects.get(pk=new.pk).stored]
    old.refresh_from_db()
    assert old.state == ExportState.EXPIRED and not old.asked_sealed
    assert browser.get(_file(old)).headers["Location"] == _page(old)
    assert "24 小时后删除" in browser.get(_page(old)).content.decode()
    assert erase_old_exports() == 0


def test_what_a_killed_process_left_goes_after_a_day() -> None:
    left, fresh = export_home() / "left.xlsx.frame", export_home() / "fresh.xlsx"
    for path in (left, fresh):
        path.write_bytes(b"")
    long_ago = (timezone.now() - timedelta(hours=25)).timestamp()
    os.utime(left, (long_ago, long_ago))
    erase_old_exports()
    assert [path.name for path in export_home().iterdir()] == ["fresh.xlsx"]


def test_the_list_asks_as_often_for_three_exports_as_for_one(logged_in: Enter) -> None:
    user = secretary()
    browser = logged_in(user)
    counted = []
    for _more in range(2):
        request_export(actor=user, selection=select(), form="csv")
        browser.get(reverse("ledgers:exports"))
        with CaptureQueriesContext(connection) as caught:
            assert browser.get(reverse("ledgers:exports")).status_code == 200
        counted.append(len(caught))
        request_export(actor=user, selection=select("staff"), form="csv")
    assert counted[0] == counted[1]
    assert Export.objects.count() == 4


def test_twelve_thousand_rows_are_all_there_masked_and_harmless(
    logged_in: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    town_of(12_000)
    browser = logged_in(secretary())
    _ask(browser)
    flows.drain()
    export = Export.objects.get()
    rows = _rows(browser, export)
    assert export.rows == 12_000 == len(rows) - 2 and "共 12000 行" in rows[0][0]
    heads = rows[1]
    people = [dict(zip(heads, row, strict=True)) for row in rows[2:]]
    assert not [cell for row in rows[2:] for cell in row if cell[:1] in "=+-@" and cell]
    assert sum(person["工作单位"] == "示范厂" for person in people) == 4_000
    assert {person["姓名"][:1] for person in people} == {"甲", "'"}
    assert len({person["联系电话"] for person in people}) == 1
    (export_home() / export.stored).unlink()


def test_rotated_keys_still_open_what_was_asked(settings: object) -> None:
    _people(1)
    export = request_export(actor=secretary(COMMUNITY), selection=select(sex="1"), form="csv")
    settings.FIELD_KEYS += ",2:" + "c4" * 32  # type: ignore[attr-defined]
    reseal_all(actor="test")
    export.refresh_from_db()
    assert selection_of(export).filters.sex == "1"
