"""The certificate as PDF, set by typst. Always in Chinese: it is filed where the order was issued."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.foundation.territory import queries as territory

from ..enums import FileKind, Function
from ..models import Certificate, Closing
from ..queries.words import limits_in_words, searched_in_words

FONTS = (  # as in the template
    "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "SimSun", "Noto Sans CJK SC", "Microsoft YaHei"
)  # fmt: skip
TEMPLATE = Path(__file__).resolve().parents[1] / "templates" / "orders" / "certificate.typ"


def printed(certificate: Certificate, closing: Closing) -> bytes:
    """The PDF of a certificate; empty on a machine without a Chinese font, where it would be boxes."""
    if not set(FONTS) & set(typst.Fonts().families()):
        return b""
    with override("zh-hans"):
        told = json.dumps(_told(certificate, closing), ensure_ascii=False)
    return typst.compile(str(TEMPLATE), format="pdf", sys_inputs={"told": told})


def _told(certificate: Certificate, closing: Closing) -> dict[str, Any]:
    summary = json.loads(closing.summary)
    return {
        "title": _("应急数据销毁证明"),
        "number": certificate.number,
        "facts": [list(pair) for pair in _facts(certificate, closing, summary)],
        "counts": [list(pair) for pair in _counts(summary)],
        "counts_head": [_("类别"), _("销毁数量")],
        "proven": searched_in_words(closing),
        "held": limits_in_words(closing, certificate),
        "hashes": [["SHA-256", certificate.sha256], ["SM3", certificate.sm3]],
        "headings": [_("销毁数量"), _("核验"), _("未能直接清除、到期自行消失的副本"), _("汇总的摘要值")],
        "sample": _("示例：演示数据") if closing.order.demo else "",
        "foot": _("汇总原文可在系统内下载，摘要值按其 UTF-8 字节计算。"),
    }


def _facts(certificate: Certificate, closing: Closing, summary: dict[str, Any]) -> Iterable[tuple[str, str]]:
    names = territory.names_of(summary["areas"])
    yield _("应急指令文号"), summary["number"]
    yield _("事由"), summary["title"]
    yield _("依据"), summary["basis"]
    yield _("发布机关"), summary["issuer"]
    yield _("适用区域"), "、".join(names.get(code, code) for code in summary["areas"])
    yield _("起止时间"), f"{_at(closing.order.starts)} — {_at(closing.order.ends)}"
    yield _("冻结时间"), _at(closing.frozen_at)
    yield _("关闭人"), closing.asked_by
    yield _("出具时间"), _at(certificate.issued_at)


def _counts(summary: dict[str, Any]) -> Iterable[tuple[str, str]]:
    yield _("涉及对象"), str(summary["subjects"])
    for field in summary["fields"]:
        yield f"{Function(field['function']).label} · {field['label']}", str(field["values"])
    for name, number in summary["rows"].items():
        yield summary["row_labels"].get(name, name), str(number)
    for kind in FileKind:
        yield str(kind.label), str(summary["files"].get(kind.value, 0))


def _at(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else "—"
