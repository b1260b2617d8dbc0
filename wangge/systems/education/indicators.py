"""Shares of sessions: rows ÷ rows (S41)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wangge.lib.figures import Indicator

from .queries.figures import all_held, due, shown

INDICATORS = (
    Indicator(
        "held", _("宣教活动举办率"), (all_held,), (due,),
        _("已举办的 ÷ 这段时间里到了时间、没有取消的宣教活动。没有补记的算没有举办。"),
    ),
    Indicator(
        "shown", _("宣教活动留照率"), (shown,), (all_held,), _("有现场照片的 ÷ 这段时间里举办的宣教活动。")
    ),
)  # fmt: skip
BY_CODE = {each.code: each for each in INDICATORS}
