"""A noted value is found in any run of bytes, by its digest alone; others are not."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import zipfile

import pytest

from wangge.foundation.orders.queries.remains import Report, make_needles, read_needles
from wangge.foundation.orders.queries.remains.files import search_files
from wangge.lib.sealing import seal
from wangge.lib.sealing.envelope import new_data_key, opened

VALUE = "自述发热三日曾到虚构市场"


@pytest.mark.parametrize(
    "written",
    [VALUE.encode(), json.dumps(VALUE).encode(), VALUE.encode("gb18030"), VALUE.encode("utf-16-le")],
    ids=["utf-8", "json", "gb18030", "utf-16"],
)
@pytest.mark.parametrize("place", [0, 1, 7, 4099])
def test_a_value_is_found_wherever_and_however_it_stands(written, place):
    needles = make_needles([VALUE, "另一个虚构的值"])
    assert needles.count(os.urandom(place) + written + b"tail") == 1


def test_random_bytes_and_near_values_are_not_taken_for_it():
    needles = make_needles([VALUE])
    assert needles.count(os.urandom(3_000_000)) == 0
    assert needles.count(VALUE[:-1].encode() + b"....") == 0
    assert needles.count(("假" + VALUE[1:]).encode()) == 0


def test_short_values_are_not_noted():
    assert make_needles(["是", "低风险", "36.6"]).values == 1  # 低风险 has nine bytes in UTF-8


def test_what_is_stored_finds_the_same_and_tells_nothing():
    needles = make_needles([VALUE])
    packed = needles.packed()
    assert read_needles(needles.key, packed).count(b"xx" + VALUE.encode()) == 1
    assert read_needles(os.urandom(32), packed).count(b"xx" + VALUE.encode()) == 0
    assert VALUE.encode() not in packed


def test_files_are_looked_into_also_packed_ones_and_over_the_edge_of_a_piece(home, monkeypatch):
    from wangge.foundation.orders.queries.remains import files

    monkeypatch.setattr(files, "PIECE", 4096)
    (home / "plain.log").write_bytes(b"x" * 4090 + VALUE.encode() + b"y" * 9000)
    with zipfile.ZipFile(home / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", f"<t>{VALUE}</t>" * 3)
    (home / "old.gz").write_bytes(gzip.compress(b"some words before " * 40 + VALUE.encode()))
    (home / "clean.txt").write_text("没有")
    report = Report()
    search_files(make_needles([VALUE]), report, {home / "nothing"})
    assert report.found == {"plain.log": 1, "book.xlsx": 3, "old.gz": 1}
    assert report.looked["files"] == 4


def test_an_upload_under_the_house_key_is_opened_one_under_another_key_is_counted(home):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", f"<t>{VALUE}</t>" * 2)
    (home / "upload").write_text(seal(base64.b64encode(packed.getvalue()).decode()) + "\n", encoding="ascii")
    other = opened(new_data_key()).seal_many([base64.b64encode(VALUE.encode()).decode()], "file")[0]
    (home / "other").write_text(other + "\n", encoding="ascii")
    report = Report()
    search_files(make_needles([VALUE]), report, set())
    assert report.found == {"upload": 2}
    assert (report.looked["sealed_files_opened"], report.looked["sealed_files_unopened"]) == (1, 1)


def test_a_broken_archive_is_said_and_does_not_stop_the_search(home):
    (home / "a.zip").write_bytes(b"PK\x03\x04" + os.urandom(50))
    (home / "b.gz").write_bytes(b"\x1f\x8b" + os.urandom(50))
    (home / "c.txt").write_text(VALUE, encoding="utf-8")
    report = Report()
    search_files(make_needles([VALUE]), report, set())
    assert report.found == {"c.txt": 1} and report.limits == {"packed_unreadable"}
