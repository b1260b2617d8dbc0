"""The example checklists (``pack/*.toml``)."""

from __future__ import annotations

from pathlib import Path

from wangge.lib import xlsforms
from wangge.lib.xlsforms import PackForm as PackForm

PACK = Path(__file__).with_name("pack")
ORDER = ("hazard_rental", "hazard_gas", "hazard_high_rise", "hazard_nine_small", "hazard_firm")


def pack_forms(folder: Path = PACK) -> list[PackForm]:
    """The checklists of a folder, the usual ones first."""
    return xlsforms.pack_forms(folder, ORDER)
