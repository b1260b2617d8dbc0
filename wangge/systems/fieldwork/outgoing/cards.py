"""The call-back card as PDF: the QR drawn by segno, the page set by typst."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wangge.lib.codes import qr_of, spaced
from wangge.lib.fonts import chinese_family, fonts

from ..models import CallBack

TEMPLATE = Path(__file__).with_name("card.typ")


def card_pdf(card: CallBack, *, address: str, place: str) -> bytes:
    """Two copies on one page.

    Args:
        address: what the QR opens. place: the community, as people call it.

    Raises:
        NoFont: there is none; says what to install.
    """
    family = chinese_family()
    with translation.override("zh-hans"):  # whoever prints it, it lies at a door where people read Chinese
        given = json.dumps({"family": family, "qr": qr_of(address)} | words_of(card, place))
    made = typst.compile(str(TEMPLATE), format="pdf", font_paths=fonts(), sys_inputs={"given": given})
    assert isinstance(made, bytes)
    return made


def words_of(card: CallBack, place: str) -> dict[str, Any]:
    """What stands on it: from where, when, what to do. No name, no address of the household."""
    left = timezone.localtime(card.visit.at)
    return {
        "title": _("再访卡"),
        "heading": _("我们来过，没有遇到您"),
        "place": place,
        "came": _("来访时间：%(at)s") % {"at": f"{left:%Y-%m-%d %H:%M}"},
        "ask": _("请用微信或手机相机扫右边的码，告诉我们哪天在家；不用登录，不用填姓名和证件号码。"),
        "call": _("也可以打电话："),
        "foot": _("卡上没有您的姓名和住址。上门的工作人员会出示工作证，不收任何费用，不问银行卡和密码。"),
        "number": spaced(card.number),
        "until": _("%(day)s 前有效") % {"day": card.until.isoformat()},
    }
