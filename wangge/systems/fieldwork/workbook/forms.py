"""The example forms of the field work (``pack/*.toml``)."""

from __future__ import annotations

from pathlib import Path

from wangge.lib import xlsforms
from wangge.lib.xlsforms import PackForm as PackForm

PACK = Path(__file__).with_name("pack")
ORDER = ("three_asks_home", "three_asks_firm", "gas_check", "fire_check")


def pack_forms(folder: Path = PACK) -> list[PackForm]:
    """The forms of a folder, the usual ones first."""
    return xlsforms.pack_forms(folder, ORDER)
