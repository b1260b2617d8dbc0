# ruff: noqa: E501  (tables and long strings of the cases)
"""Names that are markup, and cells that are formulas: shown as text, everywhere, and run nowhere."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.registry.ledgers import ledger_cast as people
from tests.registry.ledgers.import_cast import books
from tests.walls.table import ROWS
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.models import Batch
from wangge.registry.ledgers.outgoing.neutral import neutral
from wangge.registry.ledgers.queries.batches import error_workbook_of
from wangge.registry.people.models import Building, Estate, Household

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
EVIL = "<script>alert(1)</script>"
QUOTED = '"><img src=x onerror=alert(2)>'
FORMULA = '=HYPERLINK("http://x.invalid","点我")'
STARTS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "＋1", " =1+1", "|calc")


@pytest.fixture
def marked() -> dict[str, int]:
    """A district in which whatever has a name has a bad one."""
    with within(EVERYWHERE):
        Area.objects.filter(level__in=["community", "grid"]).update(name=EVIL + QUOTED, note=EVIL)
        room = people.a_room(cast.GRID, EVIL[:16])
        Building.objects.update(name=EVIL + QUOTED, address=EVIL)
        estate = Estate.objects.create(area_code=cast.COMMUNITY, name=EVIL + QUOTED)
        Building.objects.update(estate=estate)
        person = people.a_person(EVIL + QUOTED, former_name=EVIL, school=QUOTED, hukou_address=EVIL + QUOTED)
        other = people.a_person(QUOTED + EVIL, guardian=EVIL, occupation=EVIL)
        firm = people.a_firm(cast.GRID, EVIL + QUOTED)
        for one in (person, other):
            people.lives(one, cast.GRID, room=room)
            people.works(one, cast.GRID, firm=firm, job=EVIL)
        household = Household.objects.create(area_code=cast.GRID, room=room, number=EVIL[:20], head=person)
        batch = actions.receive_file(
            actor="cli", area_code=cast.COMMUNITY, name=f"{QUOTED}.xlsx",
            content=books({"<b>表": [["姓名", EVIL, "现住址"], [EVIL, QUOTED, FORMULA], ["", QUOTED, EVIL]]}),
        )  # fmt: skip
    return {
        "person": person.pk, "other": other.pk, "room": room.pk, "estate": estate.pk, "firm": firm.pk,
        "building": Building._base_manager.get().pk, "household": household.pk, "batch": batch.pk,
    }  # fmt: skip


def addresses(made: dict[str, int]) -> list[str]:
    """Every page of the table that a GET can open, and those of the marked rows."""
    plain = [reverse(row.name) + row.query.format(area=cast.COMMUNITY) for row in ROWS
             if row.make is None and row.method == "GET"]  # fmt: skip
    of_rows = [
        reverse("people:person", args=[made["person"]]), reverse("people:edit", args=[made["person"]]),
        reverse("people:move", args=[made["person"]]), reverse("people:readings", args=[made["person"]]),
        reverse("people:choose_other", args=[made["person"]]), reverse("people:household", args=[made["household"]]),
        reverse("people:merge", args=[made["person"], made["other"]]), reverse("people:room", args=[made["room"]]),
        reverse("people:building", args=[made["building"]]), reverse("people:estate", args=[made["estate"]]),
        reverse("people:organisation", args=[made["firm"]]), reverse("people:area", args=[cast.COMMUNITY]),
        reverse("ledgers:import", args=[made["batch"]]), reverse("ledgers:columns", args=[made["batch"]]),
        reverse("ledgers:plan", args=[made["batch"]]), reverse("territory:area", args=[cast.COMMUNITY]),
        reverse("territory:area", args=[cast.GRID]), reverse("territory:children", args=[cast.COMMUNITY]),
        reverse("territory:describe", args=[cast.GRID]), reverse("territory:split", args=[cast.GRID]),
        *[reverse("ledgers:ledger", args=[code]) for code in ("resident", "floating", "staff")],
        reverse("home"),
    ]  # fmt: skip
    return plain + of_rows


def bad_markup(said: str) -> list[str]:
    return [word for word in (EVIL, "<img src=x", "<b>表", QUOTED) if word in said]


def test_no_page_takes_a_name_for_markup(logged_in, marked):
    client = logged_in(cast.district_user())
    seen = 0
    for address in addresses(marked):
        answer = client.get(address, follow=True)
        kind = answer.headers.get("Content-Type", "")
        if "html" in kind:
            said = answer.content.decode()
            seen += "&lt;script&gt;" in said
            assert not bad_markup(said), address
        elif not answer.streaming:
            assert "json" in kind or "spreadsheet" in kind or "plain" in kind, (address, kind)
    assert seen > 12


def test_what_is_typed_comes_back_as_text(logged_in, marked):
    client = logged_in(cast.district_user())
    posts = {
        reverse("people:search"): {"q": EVIL},
        reverse("people:register"): {
            "name": EVIL,
            "area": EVIL,
            "address": QUOTED,
            "id_no": QUOTED,
            "answer": QUOTED,
        },
        reverse("people:edit", args=[marked["person"]]): {"name": "", "phone": QUOTED, "reason": EVIL},
        reverse("people:reveal", args=[marked["person"], "phone"]): {"reason": ""},
        reverse("ledgers:search", args=["resident"]): {"name": QUOTED, "query": QUOTED},
        reverse("access:new_user"): {"username": QUOTED, "name": EVIL, "area_code": EVIL},
    }
    for address, form in posts.items():
        assert not bad_markup(client.post(address, form, follow=True).content.decode()), address
    for name in ("territory:areas", "people:households", "access:users", "journal:entries", "access:areas"):
        query = {"q": EVIL, "area": QUOTED, "actor": EVIL, "area_code": "<"}
        assert not bad_markup(client.get(reverse(name), query).content.decode()), name
    assert not bad_markup(Client().get(reverse("account_login"), {"next": QUOTED}).content.decode())


@pytest.mark.parametrize("text", STARTS[:9])
def test_a_formula_becomes_text(text):
    assert str(neutral(text)).startswith("'")


class TestExports:
    @pytest.fixture
    def formulas(self) -> None:
        with within(EVERYWHERE):
            for number, text in enumerate(STARTS):
                made = people.a_person(text, school=text, birth=date(1990, 1, 1 + number), hukou_address=text)
                people.lives(made, cast.GRID, room=people.a_room(cast.GRID, f"{text[:8]}{number}"))
                people.works(made, cast.GRID, firm=people.a_firm(cast.GRID, text + str(number)), job=text)

    @pytest.mark.parametrize("ledger", ["resident", "staff"])
    @pytest.mark.parametrize("masked", [True, False])
    def test_no_cell_of_an_export_is_a_formula(self, logged_in, formulas, ledger, masked):
        client = logged_in(cast.district_user())
        clear = {} if masked else {"unmasked": "on", "reason": "核对用途"}
        taken = {}
        for form in ("csv", "xlsx"):
            answer = client.post(reverse("ledgers:export", args=[ledger]), {"form": form, **clear})
            assert answer.status_code == 200
            taken[form] = b"".join(answer.streaming_content)
        cells = [cell for line in csv.reader(io.StringIO(taken["csv"].decode("utf-8-sig"))) for cell in line]
        assert len(cells) > 50
        assert [
            cell for cell in cells if cell.strip(" \ufeff").startswith(("=", "+", "-", "@", "＝", "\n", "\r"))
        ] == []
        book = openpyxl.load_workbook(io.BytesIO(taken["xlsx"]))
        found = [
            cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"
        ]
        assert found == []

    def test_neither_the_error_workbook_nor_the_template_holds_a_formula(self, logged_in):
        lines = [
            ["姓名", "身份证号", "备注"],
            ["=1+1", "坏号码", FORMULA],
            ["@x", "+坏", "-2+3"],
            ["", "", "＝1"],
        ]
        with within(EVERYWHERE):
            batch = actions.receive_file(
                actor="cli", area_code=cast.COMMUNITY, name="=cmd.xlsx", content=books({"=表": lines})
            )
            Batch.objects.filter(pk=batch.pk).update(state="received")
            batch.refresh_from_db()
            made = error_workbook_of(actions.plan_batch(actor="cli", batch=batch))
        assert made is not None
        files = [io.BytesIO(made[0].read_bytes())]
        made[0].unlink()
        client = logged_in(cast.district_user())
        files += [
            io.BytesIO(client.get(reverse("ledgers:template"), {"ledger": name}).content)
            for name in ("resident", "staff")
        ]
        for file in files:
            for sheet in openpyxl.load_workbook(file):
                for line in sheet.iter_rows():
                    assert [cell.value for cell in line if cell.data_type == "f"] == []
