"""What residents are told before they declare, and agree to (PIPL art. 14 and 17)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wangge.foundation.territory.queries import setting

KEY = "declare.notice"  # {"version": "2026-01", "zh": "…", "en": "…"}, paragraphs by line
VERSION = "2026-11"
TEXT: tuple[str | Promise, ...] = (
    _("人人都是自己健康第一责任人：请如实、及时报备，由您本人或经您同意的人填写。"),
    _("收集什么：姓名、证件、电话、行程和住处，只收这张表上写的内容。"),
    _("用来做什么：由您所在村（社区）核实谁来了、谁走了、住在哪里，并更新登记册；不评分，不用于别的事。"),
    _("谁能看到：本社区及上级负责核实的工作人员。证件号和电话加密保存，屏幕上打星号，每次查看都有记录。"),
    _("保存多久：核实并到期后归档，随即清除个人信息；应急期间多收的内容随应急结束一并销毁。"),
    _(
        "您的权利：核实前可在这部手机上更正或撤回；也可以查询、更正、删除自己的信息。不同意可以不填，改到社区当面登记。"
    ),
)


@dataclass(frozen=True)
class Notice:
    """``version`` is kept with every declaration; ``text`` is in the reader's language."""

    version: str
    text: tuple[str, ...]


def notice() -> Notice:
    """The notice in force: the district's own, else the product's default."""
    own = setting(KEY)
    if not isinstance(own, dict) or not own.get("version"):
        return Notice(VERSION, tuple(str(line) for line in TEXT))
    english = (get_language() or "").startswith("en")
    text = (own.get("en") if english else "") or own.get("zh") or ""
    return Notice(str(own["version"])[:20], tuple(line for line in str(text).splitlines() if line.strip()))
