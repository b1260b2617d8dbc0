"""人民调解协议书 as PDF, set by typst. The layout is an example (示例)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wangge.lib.fonts import chinese_family, fonts

from ..enums import Way
from ..models import Agreement

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Paper:
    """What is printed. ``parties``: (called, number, address, guardian), numbers masked: the whole one is
    written by hand when it is signed. ``terms``: (words, who, amount, day)."""

    agreement: Agreement
    place: str
    kind: str
    body: str
    facts: str
    parties: Sequence[tuple[str, str, str, str]]
    terms: Sequence[tuple[str, str, str, str]]
    mediators: str


def agreement_pdf(paper: Paper) -> bytes:
    """The paper that the parties sign.

    Raises:
        NoFont: there is none; says what to install.
    """
    with translation.override("zh-hans"):  # whoever prints it, it is read in Chinese
        told = json.dumps({"family": chinese_family()} | _words(paper), ensure_ascii=False)
    made = typst.compile(
        str(HERE / "agreement.typ"), format="pdf", font_paths=fonts(), sys_inputs={"given": told}
    )
    assert isinstance(made, bytes)
    return made


def _words(paper: Paper) -> dict[str, Any]:
    row = paper.agreement
    people = row.case.dispute.way == Way.PEOPLE
    title = _("人民调解协议书") if people else _("调解协议书")
    title = _("%(title)s（补充）") % {"title": title} if row.supplement_to_id else title
    day = row.signed_on or timezone.localdate()
    return {
        "title": title, "number": _("编号 %(number)s") % {"number": f"{row.case.number}-{row.number}"},
        "draft": "" if row.signed_on else _("草稿，签字后生效"),
        "example": _("示例格式，以当地司法行政部门的文书格式为准"),
        "parties": [_party(*party) for party in paper.parties],
        "kind": _("纠纷类别：%(kind)s") % {"kind": paper.kind},
        "facts_head": _("纠纷主要事实、争议事项"), "facts": paper.facts,
        "terms_head": _("经调解，自愿达成如下协议"),
        "terms": [_term(*term) for term in paper.terms],
        "rule": _("本协议自各方签名、盖章或按指印之日起生效。各方应当按照约定履行。") + (
            _("各方可以自生效之日起三十日内共同向人民法院申请司法确认。") if people else ""
        ),
        "copies": _("本协议一式　　份，当事人各执一份，调解组织留存一份。"),
        "sign": _("签名、盖章或按指印"), "mediators": _("调解员：%(names)s") % {"names": paper.mediators},
        "recorder": _("记录员："), "body": paper.body or paper.place, "seal": _("（盖章）"),
        "day": f"{day:%Y-%m-%d}" if row.signed_on else _("　　　　年　　月　　日"),
        "signers": [party[0] for party in paper.parties],
    }  # fmt: skip


def _party(called: str, number: str, address: str, guardian: str) -> dict[str, str]:
    return {
        "called": called, "number": _("证件号码：%(number)s") % {"number": number or "　　　　　　　　"},
        "address": _("住址：%(address)s") % {"address": address or "　　　　　　　　"},
        "guardian": _("监护人：%(name)s") % {"name": guardian} if guardian else "",
    }  # fmt: skip


def _term(words: str, who: str, amount: str, day: str) -> str:
    text = words.rstrip("。；;")
    if amount:
        text += _("（金额 %(amount)s 元）") % {"amount": amount}
    return _("%(words)s。履行人：%(who)s；最迟 %(day)s 履行。") % {
        "words": text, "who": who or _("各方"), "day": day}  # fmt: skip
