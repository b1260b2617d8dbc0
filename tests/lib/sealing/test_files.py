"""A sealed file: nothing of it in clear, whole or not at all, sealed anew by a newer key."""

from __future__ import annotations

import pytest

from wangge.lib.sealing import UnknownKey
from wangge.lib.sealing.files import read_sealed, reseal_file, write_sealed

ONE, TWO = "1:" + "11" * 32, "2:" + "22" * 32
CONTENT = bytes(range(256)) * 40


@pytest.fixture
def path(settings, tmp_path):
    settings.FIELD_KEYS = ONE
    path = tmp_path / "deep" / "a.sealed"
    write_sealed(path, CONTENT)
    return path


def test_it_is_read_back_and_nothing_lies_in_clear(path):
    assert read_sealed(path) == CONTENT and CONTENT[:64] not in path.read_bytes()
    assert [each.name for each in path.parent.iterdir()] == ["a.sealed"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_newer_key_takes_over_once_and_then_the_old_one_may_go(path, settings):
    settings.FIELD_KEYS = f"{ONE},{TWO}"
    assert reseal_file(path) and not reseal_file(path)
    settings.FIELD_KEYS = TWO
    assert read_sealed(path) == CONTENT


def test_without_its_key_the_file_stays_as_it_is(path, settings):
    before, settings.FIELD_KEYS = path.read_bytes(), TWO
    with pytest.raises(UnknownKey):
        reseal_file(path)
    assert path.read_bytes() == before and len(list(path.parent.iterdir())) == 1
