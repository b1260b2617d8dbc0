"""部门按时签收率, 按时联系率, 按时报到率, 吹哨率 (spec 3.5, 4.2): each is rows ÷ rows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wangge.lib.figures import Indicator

from .queries.figures import due, in_time, matters, whistles


def _clock(code: str, clock: str, name: object, meaning: object) -> Indicator:
    return Indicator(code, name, (in_time[clock],), (due[clock],), meaning)  # type: ignore[arg-type]


INDICATORS = (
    _clock("signed", "sign", _("部门按时签收率"), _("时限内签收的 ÷ 签收到期的，每个被叫的单位算一次。")),
    _clock("contacted", "contact", _("部门按时联系率"), _("时限内联系社区的 ÷ 这段时间联系到期的。")),
    _clock(
        "arrived", "arrive", _("部门按时报到率"),
        _("时限内到场的 ÷ 这段时间到场到期的。到期前退回或撤哨的不算，没到场的算晚到。"),
    ),
    Indicator(
        "whistle_rate", _("吹哨率"), (whistles,), (matters,),
        _("吹的哨（不批准和撤回的不算）÷ 同期其他事项（并案和作废的不算）。"),
    ),
)  # fmt: skip
BY_CODE = {each.code: each for each in INDICATORS}
