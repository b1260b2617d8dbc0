"""The rows of a ledger for benches and tours."""

import numpy as np

from wangge.lib.identifiers import check_resident_id
from wangge.site.demo.ledgers import HEADER, messy_rows


def test_as_many_rows_as_asked_with_fifteen_cells() -> None:
    rows = list(messy_rows(500, 1))
    assert len(rows) == 500 and len(HEADER) == 15
    assert {len(row) for row in rows} == {15}
    assert [row[0] for row in rows] == list(range(1, 501))


def test_equal_seeds_make_equal_rows() -> None:
    assert list(messy_rows(200, 4)) == list(messy_rows(200, 4))
    assert list(messy_rows(200, 4)) != list(messy_rows(200, 5))


def test_about_five_percent_of_the_rows_are_spoilt() -> None:
    spoilt = sum(a != b for a, b in zip(messy_rows(4000, 2), messy_rows(4000, 2, errors=0), strict=True))
    assert 120 < spoilt < 280


def test_ids_that_are_not_spoilt_can_be_read() -> None:
    ids = [row[4] for row in messy_rows(1000, 3, errors=0) if row[4]]
    readable = [
        check_resident_id(number, demo=True) for number in ids if len(str(number).strip("' \u00a0")) >= 18
    ]
    assert len(readable) > 900
    assert {checked.error for checked in readable} == {""}


def test_dates_come_in_five_spellings_and_phones_with_prefixes() -> None:
    rows = list(messy_rows(1000, 3))
    shapes = {str(np.char.translate(str(row[3]), str.maketrans("0123456789", "9" * 10))) for row in rows}
    assert {"9999-99-99", "99999999", "9999-99-99 99:99:99"} <= shapes
    assert any("年" in shape for shape in shapes) and any("/" in shape for shape in shapes)
    assert any(str(row[5]).startswith("+86") for row in rows)


def test_some_people_are_named_twice() -> None:
    ids = [
        row[4] for row in messy_rows(1000, 3, errors=0) if str(row[4]).isascii() and len(str(row[4])) == 18
    ]
    assert 3 < len(ids) - len(set(ids)) < 25
