"""Taking a declaration: a receipt, the rows, the trail line, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_GRID
from tests.systems.declarations.intake import a_code, a_payload, id_number, somebody, token_of
from wangge.foundation.journal.models import Entry
from wangge.foundation.orders.queries import orders
from wangge.lib import signing
from wangge.lib.sealing import unseal
from wangge.lib.serials import receipt_text
from wangge.systems.declarations.actions import submit_statement
from wangge.systems.declarations.actions.submit import Client, Refused, submit
from wangge.systems.declarations.models import Declaration, ReportCode

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
CLIENT = Client(address="192.0.2.1", device="telephone")


def sent(payload: dict[str, Any], **how: Any) -> Any:
    return submit(payload, channel=how.get("channel", "scan"), client=how.get("client", CLIENT))


def refused(payload: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(Refused) as caught:
        sent(payload)
    return caught.value.errors


def test_the_row_stands_in_the_area_of_the_code() -> None:
    receipt = sent(a_payload(token_of(a_code())))
    row = Declaration.objects.get()
    assert (row.area_code, row.receipt, receipt.lines) == (GRID, receipt.number, 1)
    assert (row.state, row.matched, row.channel) == ("submitted", "waiting", "scan")
    assert unseal(row.id_sealed) == id_number()
    assert "2026-11" in unseal(row.raw_sealed)


def test_a_family_gets_one_receipt() -> None:
    family = [somebody(1), somebody(2, name="林小雨", phone=""), somebody(3, name="阿不都拉·买买提")]
    receipt = sent(a_payload(a_code().number, people=family))
    rows = list(Declaration.objects.order_by("line"))
    assert receipt.lines == len(rows) == 3
    assert {row.receipt for row in rows} == {receipt.number}
    assert [bool(row.raw_sealed) for row in rows] == [True, False, False]


def test_the_receipt_token_says_the_number_and_is_signed() -> None:
    receipt = sent(a_payload())
    token = signing.read(receipt.token)
    assert (token.kind, receipt_text(token.number)) == ("R", receipt.number)


def test_the_trail_says_that_it_came_and_nothing_personal() -> None:
    sent(a_payload(a_code().number))
    line = Entry.objects.get(kind="declaration.submitted")
    assert line.area_code == GRID
    assert line.data == {"lines": 1, "kind": "returning", "channel": "scan", "reported_by": "self"}


def test_a_repeat_gets_the_first_receipt_whatever_it_says_now() -> None:
    code = a_code()
    payload = a_payload(code.number)
    first = sent(payload)
    ReportCode.objects.update(revoked_at=timezone.now())
    again = sent(payload | {"people": [somebody(9), somebody(8, name="别人")]})
    assert again.repeated and not first.repeated
    assert (again.number, again.token, again.lines) == (first.number, first.token, first.lines)
    assert Declaration.objects.count() == 1


def test_without_a_code_the_address_tells_the_community() -> None:
    assert sent(a_payload()).area_code == COMMUNITY


def test_without_code_and_known_address_the_district_takes_it() -> None:
    assert sent(a_payload(stay={"address": "某处不知名的地方"})).area_code == DISTRICT


def test_unknown_forged_revoked_ended_and_renewed_codes_get_one_answer() -> None:
    day = timezone.localdate()
    live, revoked = a_code(), a_code(revoked_at=timezone.now())
    ended, coming = a_code(valid_to=day - timedelta(days=1)), a_code(valid_from=day + timedelta(days=1))
    renewed = token_of(live, round=2)
    expired = token_of(live, ends=timezone.now() - timedelta(days=1))
    good = token_of(live)
    forged = good[:-4] + ("AAAA" if good[-4:] != "AAAA" else "BBBB")
    wrong_digit = live.number[:-1] + str((int(live.number[-1]) + 1) % 10)
    texts = [revoked.number, ended.number, coming.number, renewed, expired, forged, wrong_digit, "乱写"]
    answers = {str(refused(a_payload(text))) for text in texts}
    assert len(answers) == 1
    assert sent(a_payload(good)).area_code == GRID


def test_a_code_revoked_after_this_process_learned_it_is_refused() -> None:
    code = a_code()
    sent(a_payload(code.number))
    ReportCode.objects.update(revoked_at=timezone.now())
    assert list(refused(a_payload(code.number))) == ["code"]


def test_a_code_that_moved_takes_its_declarations_along() -> None:
    code = a_code()
    sent(a_payload(code.number))
    ReportCode.objects.update(area_code=OTHER_GRID)
    assert sent(a_payload(code.number)).area_code == OTHER_GRID


def test_who_declares_for_somebody_else_says_who_she_is() -> None:
    old = somebody(phone="")
    missing = refused(a_payload(reported_by="relative", people=[old]))
    assert list(missing) == ["reporter.name", "reporter.phone"]
    sent(a_payload(reported_by="relative", reporter={"name": "林明", "phone": "10000004321"}, people=[old]))
    row = Declaration.objects.get()
    assert (row.reported_by, row.reporter_name, unseal(row.reporter_phone_sealed)) == (
        "relative", "林明", "10000004321",
    )  # fmt: skip


def test_a_field_of_no_order_is_refused() -> None:
    errors = refused(a_payload(people=[somebody(emergency={"test_result": "negative"})]))
    assert list(errors) == ["people.0.emergency.test_result"]


def test_the_place_itself_is_the_address_where_the_code_hangs_on_a_house() -> None:
    assert sent(a_payload(a_code(scope="rental").number, stay={})).area_code == GRID
    assert list(refused(a_payload(a_code().number, stay={}))) == ["stay.address"]


def test_a_receipt_number_given_before_is_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = sent(a_payload()).number
    numbers = iter([taken, "0000000001Y"])
    monkeypatch.setattr(
        "wangge.systems.declarations.actions.submit_rows.new_receipt_number", lambda: next(numbers)
    )
    monkeypatch.setattr(
        "wangge.systems.declarations.actions.submit_write.new_receipt_number", lambda: next(numbers)
    )
    assert sent(a_payload(people=[somebody(1), somebody(2, name="林小雨")])).number == "0000000001Y"
    assert Declaration.objects.filter(receipt="0000000001Y").count() == 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no round trips")
@pytest.mark.parametrize("persons", [1, 5])
def test_one_round_trip_takes_a_declaration(persons: int, monkeypatch: pytest.MonkeyPatch) -> None:
    code, asked = a_code().number, []
    monkeypatch.setattr(orders, "HELD", 60.0)
    orders.forget()
    sent(a_payload(code), client=Client())  # the code and the orders in force are known to this process now
    ask = submit_statement._ask
    monkeypatch.setattr(submit_statement, "_ask", lambda *args: (asked.append(1), ask(*args))[1])
    people = [somebody(serial + 10, name="林" + "甲乙丙丁戊"[serial]) for serial in range(persons)]
    with CaptureQueriesContext(connection) as others:
        sent(a_payload(code, people=people), client=Client())
    orders.forget()
    assert [query["sql"] for query in others if "SAVEPOINT" not in query["sql"]] == []
    assert len(asked) == 1
