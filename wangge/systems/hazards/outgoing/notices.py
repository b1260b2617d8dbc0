"""整改通知书 and the firm's card as PDF, set by typst."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wangge.lib.codes import qr_of, spaced
from wangge.lib.fonts import chinese_family, fonts

from ..enums import Level
from ..models import Link, Notice

HERE = Path(__file__).parent


def notice_pdf(row: Notice, *, place: str) -> bytes:
    """Two parts on one page: what the receiver keeps, and the slip she signs.

    Args:
        place: the area it was issued in, by name.

    Raises:
        NoFont: there is none; says what to install.
    """
    with translation.override("zh-hans"):  # whoever prints it, it is read in Chinese
        return _set("notice.typ", _notice(row, place))


def _notice(row: Notice, place: str) -> dict[str, Any]:
    level = row.case.level
    return {
        "title": _("隐患整改通知书"), "number": _("编号 %(number)s") % {"number": row.number},
        "receiver": row.receiver, "greeting": _("经检查，发现以下安全隐患，请按要求整改："),
        "lines": [
            [_("地点"), row.case.address or place], [_("隐患内容"), row.content],
            [_("整改标准"), row.standard], [_("整改期限"), f"{row.until:%Y-%m-%d}"],
            [_("隐患级别"), _levels().get(level, level)], [_("隐患编号"), row.case.number],
        ],
        "rule": _("到期将上门复查。改好前请采取防护措施；到期没有改好的，依法移送有关部门处理。"),
        "place": place, "name": row.name, "at": f"{timezone.localtime(row.at):%Y-%m-%d}",
        "issuer": _("检查人"), "office": _("签发单位（盖章）"),
        "slip": _("送达回执"), "got": _("本通知书已收到，整改要求已知悉。"), "sign": _("签收人"),
        "day": _("日期"),
    }  # fmt: skip


def _levels() -> dict[str, str]:
    """The levels in the language in force."""
    return {str(value): str(label) for value, label in Level.choices}


def card_pdf(link: Link, *, address: str, place: str) -> bytes:
    """The code of a firm, one to a page half.

    Raises:
        NoFont: there is none; says what to install.
    """
    with translation.override("zh-hans"):
        return _set("card.typ", {"qr": qr_of(address)} | card_words(link, place))


def card_words(link: Link, place: str) -> dict[str, Any]:
    """What stands on it."""
    return {
        "title": _("单位安全自查码"), "firm": link.organisation.name, "place": place,
        "ask": _("每月扫码自查一次，每年签一次承诺书；不用登录，不用下载。"),
        "foot": _("谁拿着这张码，谁就能以本单位名义自查和签承诺书，请由安全负责人保管；丢了请联系社区换发。"),
        "number": spaced(link.number), "until": _("%(day)s 前有效") % {"day": link.ends_on.isoformat()},
    }  # fmt: skip


def _set(template: str, given: dict[str, Any]) -> bytes:
    told = json.dumps({"family": chinese_family()} | given, ensure_ascii=False)
    made = typst.compile(str(HERE / template), format="pdf", font_paths=fonts(), sys_inputs={"given": told})
    assert isinstance(made, bytes)
    return made
