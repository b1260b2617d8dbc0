"""An admitted field and a ledger that carries it; invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.registry.ledgers.import_cast import FLAT
from wangge.lib.identifiers import make_demo_id
from wangge.registry.ledgers.actions.admission import admit_field
from wangge.registry.ledgers.models import AdmittedField

WATER = [("1", "自来水", "Tap water", ["市政"]), ("2", "井水", "Well", []), ("3", "其他", "Other", [])]
HEADERS = ("姓名", "身份证号", "现住址", "饮水来源")


def water(**more: Any) -> AdmittedField:
    """The field 饮水来源, admitted as given or with ``more``."""
    given: dict[str, Any] = {
        "actor": "test", "asked_by": "水务局", "name": "饮水来源", "kind": "code", "options": WATER,
        "purpose": "农村饮水安全改造", "basis": "《农村供水管理办法》", "retention": "改造完成满 1 年清除",
        "question": "家里平时喝的是什么水？", "synonyms": ["用水来源"],
    }  # fmt: skip
    return admit_field(**given | more)


def line(name: str = "张三", drinks: str = "井水") -> list[str]:
    """A row of a ledger with HEADERS."""
    number = make_demo_id("999703", date(1980, 1, 2), 1 + len(name) * 7 + ord(name[0]) % 500)
    return [name, number, FLAT, drinks]
