"""A file made to harm, or by mistake, is not opened further than needed, and gets clear words."""

import struct
import tracemalloc
import warnings
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lib.evidence.bundle_cast import bundle, content_of, patient
from wangge.lib.evidence import layout, verify
from wangge.lib.evidence.words import UNUSABLE

WHOLE = bundle()


def zipped(*files: tuple[str, bytes], how: int = zipfile.ZIP_STORED, comment: bytes = b"") -> bytes:
    """A zip as any program makes it."""
    held = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", how) as archive:
        warnings.simplefilter("ignore")  # a name twice
        for name, content in files:
            archive.writestr(name, content)
        archive.comment = comment
    return held.getvalue()


def code(raw: bytes) -> str:
    """What is said first; words are there for it."""
    report = verify(raw)
    assert not report.ok and str(report.problems[0])
    return report.problems[0].code


ZEROS = bytes(50 * 2**20)
MANIFEST = ("manifest.json", b"{}")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not_a_zip"), (b"PK", "not_a_zip"), (b"%PDF-1.7 ...", "not_a_zip"), (b"PK\x03\x04", "cut_off"),
        (WHOLE[:-1], "cut_off"), (WHOLE[: len(WHOLE) // 2], "cut_off"), (WHOLE + b"x", "cut_off"),
        (zipped(*content_of(WHOLE).items(), comment=b"hello"), "cut_off"),
        (zipped(("photos/" + "0" * 64 + ".jpg", ZEROS), how=zipfile.ZIP_DEFLATED), "compressed"),
        (zipped(*content_of(WHOLE).items(), how=zipfile.ZIP_DEFLATED), "compressed"),
        (zipped(*content_of(WHOLE).items()), "wrapping"),
        (zipped(MANIFEST, ("../../etc/cron.d/x", b"x")), "path"),
        (zipped(MANIFEST, ("/etc/passwd", b"x")), "path"),
        (zipped(MANIFEST, ("C:\\x", b"x")), "path"), (zipped(MANIFEST, ("photos/..\\x", b"x")), "path"),
        (zipped(MANIFEST, MANIFEST), "doubled"), (zipped(("case.json", b"{}")), "no_manifest"),
        (zipped(("manifest.json", ZEROS[: 9 * 2**20])), "file_too_large"),
        (zipped(MANIFEST, ("steps/0001.json", ZEROS[: 2 * 2**20])), "file_too_large"),
        (zipped(("manifest.json", b'{"format":"wangge-evidence","version":2}')), "version"),
        (zipped(*((f"x{at}", b"") for at in range(layout.MOST_FILES + 1))), "too_many"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_it_is_said_what_is_wrong(raw, said):
    assert code(raw) == said
    assert verify(raw).usable == (said not in UNUSABLE)


@pytest.mark.parametrize("depth", [10, 100_000])
def test_a_manifest_of_lists_in_lists_is_a_changed_manifest(depth):
    report = verify(zipped(("manifest.json", b"[" * depth + b"]" * depth)))
    assert "manifest" in [problem.code for problem in report.problems]


def test_a_strangers_file_name_cannot_write_on_the_screen():
    problem = verify(zipped(("manifest.json", b"{}"), ("\x1b[2J" + "长" * 9, b""))).problems[0]
    assert problem.code == "foreign" and "\x1b" not in str(problem) and "\\x1b" in str(problem)


def test_more_claimed_than_there_is_is_a_bomb():
    """Many entries of the list point at the same bytes."""
    photo = bytes(10_000)
    raw = bytearray(zipped(*((f"photos/{at:064x}.jpg", photo) for at in range(50))))
    entries = raw[raw.index(b"PK\x01\x02") : -22]
    one = len(entries) // 50
    for at in range(50):
        entries[at * one + 42 : at * one + 46] = bytes(4)
    start = 30 + 75 + len(photo)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(entries), start, 0)
    assert code(bytes(raw[:start] + entries) + end) == "bomb"


def test_a_list_of_files_without_end_is_not_read():
    entry = zipped(("a", b""))
    listed = entry[entry.index(b"PK\x01\x02") : -22] * 500_000
    raw = (
        entry[:31] + listed + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, len(listed), 31, 0)
    )
    tracemalloc.start()
    try:
        assert code(raw) == "too_many" and tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_a_second_list_behind_the_first_is_not_read():
    """The larger form of the list (zip64) would say other numbers than were looked at."""
    raw = WHOLE[:-42] + b"PK\x06\x07" + WHOLE[-38:]
    assert code(raw) == "cut_off"


def test_a_file_too_large_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(layout, "LARGEST", 1000)
    file = tmp_path / "large"
    file.write_bytes(b"PK\x03\x04" + bytes(5000))
    assert verify(file).problems[0].code == "too_large"


def test_a_file_that_is_not_there_is_a_report(tmp_path):
    for file in (tmp_path / "none.zip", tmp_path):
        report = verify(file)
        assert not report.usable and report.problems[0].code == "unreadable"


@patient
@given(st.binary(max_size=300), st.integers(0, len(WHOLE)), st.integers(0, 60))
def test_no_bytes_at_all_make_it_fall(noise, at, gone):
    assert not verify(noise).ok
    assert not verify(b"PK\x03\x04" + noise + WHOLE[-22:]).ok
    if WHOLE[:at] + noise + WHOLE[at + gone :] != WHOLE:
        assert not verify(WHOLE[:at] + noise + WHOLE[at + gone :]).ok
