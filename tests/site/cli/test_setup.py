"""``wangge setup`` writes keys once and keeps demo and production apart."""

import stat
from pathlib import Path

import pytest

from wangge.site.cli import Refused
from wangge.site.cli.setup import write_keys


def test_generates_keys_that_only_the_owner_reads(tmp_path: Path) -> None:
    write_keys(tmp_path, demo=True)
    path = tmp_path / "wangge.env"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "WANGGE_DEMO=1" in path.read_text()


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_keys(tmp_path / name, demo=True)
    assert (tmp_path / "one/wangge.env").read_text() != (tmp_path / "two/wangge.env").read_text()


def test_keeps_the_keys_that_are_there(tmp_path: Path) -> None:
    write_keys(tmp_path, demo=True)
    before = (tmp_path / "wangge.env").read_text()
    write_keys(tmp_path, demo=True)
    assert (tmp_path / "wangge.env").read_text() == before


@pytest.mark.parametrize("first", [True, False])
def test_refuses_to_mix_demo_and_production(
    tmp_path: Path, first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WANGGE_SECRET_KEY", raising=False)
    write_keys(tmp_path, demo=first)
    with pytest.raises(Refused, match="WANGGE_HOME"):
        write_keys(tmp_path, demo=not first)


def test_writes_no_file_where_the_environment_brings_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WANGGE_SECRET_KEY", "from outside")
    monkeypatch.setenv("WANGGE_FIELD_KEYS", "1:" + "ab" * 32)
    write_keys(tmp_path, demo=False)
    assert not (tmp_path / "wangge.env").exists()
