"""Cells that hold identity numbers, as ``Cell``; the rules are those of ``lib.identifiers``."""

from __future__ import annotations

import re
from datetime import date

from wangge.lib.identifiers import check_identity, check_uscc

from .results import EMPTY, Cell
from .text import UNKNOWN, plain

# 身份证：4407… as people paste it from chats
LABEL = re.compile(r"^(?:居民|公民)?(?:身份证|身份|证件|护照)(?:号码|号)?\s*[:：]?\s*(?=[\dA-Za-z])")


def clean_id(value: object, kind: str = "", demo: bool = False, today: date | None = None) -> Cell:
    """The canonical identity number; ``kind`` as in ``identifiers.IDENTITY_KINDS``."""
    if value is None or value != value:
        return EMPTY
    if isinstance(value, str):
        text = LABEL.sub("", plain(value))
        if not text or text in UNKNOWN:
            return EMPTY
        value = text if text != plain(value) else value
    checked = check_identity(value, kind, demo=demo, today=today)
    return Cell(checked.number or None, checked.error, checked.warning)


def clean_uscc(value: object, demo: bool = False) -> Cell:
    """The canonical 统一社会信用代码."""
    if value is None or (not isinstance(value, (int, float)) and not plain(value)) or value != value:
        return EMPTY
    checked = check_uscc(value, demo=demo)
    return Cell(checked.number or None, checked.error, checked.warning)
