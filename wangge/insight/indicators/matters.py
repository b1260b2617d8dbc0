"""Indicators of matters from kept counts (spec 4.2); each opens the cases it counts.

A case counts on the day it was registered, those of limits on the day the limit ends. What is due later than
today does not count yet.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.kinds import systems
from wangge.engines.cases.queries import NoSuchProcedure, procedure_now
from wangge.foundation.territory import queries as territory
from wangge.systems.incidents.kinds import REQUEST
from wangge.systems.tours.enums import SYSTEM as TOURS
from wangge.systems.whistles.enums import SYSTEM as WHISTLES

from .figure import Shape
from .sides import NOTHING, Rate, Side, side

OFFICES_OWN = frozenset({WHISTLES, TOURS})  # begun by offices: nobody found or reported them
REQUESTS = frozenset({REQUEST})
RATHER_CONTENT = "insight.rather_content"  # the district's setting: what 基本满意 counts, between 0 and 1


def matter_rates() -> tuple[Rate, ...]:
    """收到 to 上行率: how matters are taken in, handled, verified and closed."""
    filing = side("valid", but=without_filing())
    return (
        Rate("received", _("收到"), side("received"), NOTHING,
             _("这段时间登记的事项，包括后来并案、作废的。"), Shape.NUMBER),
        Rate("filing", _("立案率"), side("valid_filed", but=filing.but), filing,
             _("已立案的 ÷ 有效的。并案、作废、撤回的不是有效的；没有立案这一步的（如隐患）不算。")),
        Rate("closing", _("结案率"), side("closed"), side("due"),
             _("已结案的 ÷ 应结案的：结案期限在这段时间里、到今天为止的。不予立案、并案、作废的不算。")),
        Rate("closing_in_time", _("按期结案率"), side("in_time"), side("due"),
             _("期限前结案的 ÷ 应结案的。")),
        Rate("handling", _("处置率"), side("handled"), side("handle_due"),
             _("已处置的 ÷ 应处置的：处置期限在这段时间里、到今天为止的。")),
        Rate("handling_in_time", _("按期处置率"), side("handled_in_time"), side("handle_due"),
             _("期限前处置的 ÷ 应处置的。")),
        Rate("rework", _("返工率"), side("reworked"), side("verified"),
             _("核查后退回返工的次数 ÷ 核查的次数。"), less_is_better=True),
        Rate("verifying", _("核查及时率"), side("verified_in_time"), side("verify_due"),
             _("期限前核查的 ÷ 应核查的：核查期限在这段时间里、到今天为止的。")),
        Rate("dispatching", _("派遣准确率"), side("dispatched", "-reassigned"), side("dispatched"),
             _("1 − 改派的次数 ÷ 派遣的次数。")),
        Rate("delaying", _("延期率"), side("delayed"), side("valid"),
             _("延过期的 ÷ 有效的。"), less_is_better=True),
        Rate("shelving", _("挂账率"), side("shelved"), side("valid"),
             _("挂过账的 ÷ 有效的。"), less_is_better=True),
        Rate("own", _("自主发现率"), side("own", but=OFFICES_OWN), side("received", but=OFFICES_OWN),
             _("网格员和巡查发现的 ÷ 收到的全部。吹哨和现场交办不算。")),
        Rate("sent_up", _("上行率"), side("sent_up", but=OFFICES_OWN), side("valid", but=OFFICES_OWN),
             _("派给处置单位办的 ÷ 有效的；网格当场自行处置的不算上行。")),
    )  # fmt: skip


def request_rates() -> tuple[Rate, ...]:
    """诉求响应率、解决率、满意率、满意度: what those say who asked."""
    weight = rather_content()
    return (
        Rate("replying", _("诉求响应率"), side("handled_in_time", only=REQUESTS),
             side("handle_due", only=REQUESTS), _("期限前答复的诉求 ÷ 应答复的诉求。")),
        Rate("solving", _("诉求解决率"), side("solved", only=REQUESTS), side("valid", only=REQUESTS),
             _("反映人说已解决的诉求 ÷ 有效的诉求。")),
        Rate("contented", _("满意率"), Side({"content": Fraction(1), "rather_content": weight}),
             side("rated"), _("满意的 ÷ 评价的；基本满意按区里的规定折算，没有规定的算一半。")),
        Rate("score", _("满意度"), side("score"), side("rated"),
             _("评分之和 ÷ 评价的件数：满意 3 分，基本满意 2 分，不满意 1 分。和回评率一起看。"), Shape.MEAN),
        Rate("answering", _("回评率"), side("rated"), side("ended"),
             _("评价的 ÷ 已办结的。评价的人少，满意率就说明不了什么。")),
    )  # fmt: skip


def without_filing() -> frozenset[str]:
    """Systems whose matters nobody files: no step of their procedures counts as 立案; and what offices begin
    themselves."""
    return OFFICES_OWN | {each.key for each in systems() if not _files(each)}


def _files(system: Any) -> bool:
    return any("filed" in step.counts for key in set(system.procedures.values()) for step in _steps(key))


def _steps(key: str) -> tuple[Any, ...]:
    try:
        return procedure_now(key).steps
    except NoSuchProcedure:
        return ()


def rather_content() -> Fraction:
    """What 基本满意 counts: the district's word, else a half."""
    try:
        weight = Fraction(str(territory.setting(RATHER_CONTENT, "0.5")))
    except (ValueError, ZeroDivisionError):
        return Fraction(1, 2)
    return weight if 0 <= weight <= 1 else Fraction(1, 2)
