"""A declaration in words, masked: for its owner's page."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.masking import mask_address, mask_id, mask_name, mask_phone

from ..enums import State
from ..models import Declaration
from ..queries.opened import id_of, phone_of

NEXT = {
    State.SUBMITTED: lambda: _("社区会核实，可能打电话或上门，请保持电话畅通。"),
    State.TO_VERIFY: lambda: _("社区正在核实，可能打电话或上门，请保持电话畅通。"),
    State.TRANSFERRED: lambda: _("地址属于别的社区，已转给那里核实，您不用重报。"),
    State.VERIFIED: lambda: _("已经核实，不用再做什么。"),
    State.WRONG: lambda: _("有信息对不上，请点“更正”改好，或打电话给社区。"),
    State.NOT_FOUND: lambda: _("按填写的地址没有找到人，请点“更正”写清地址，或打电话给社区。"),
    State.WITHDRAWN: lambda: _("您已撤回，不再核实；要恢复请重新报备。"),
    State.ENDED: lambda: _("期限已过，不用再做什么。"),
    State.ARCHIVED: lambda: _("已归档，个人信息已清除。"),
}


def next_of(line: Declaration) -> str:
    """What happens next with it."""
    return NEXT[State(line.state)]()


def facts_of(line: Declaration) -> list[tuple[str, str]]:
    """Label and value of what was declared; names, numbers and the door masked."""
    journey = " ".join(filter(None, [line.get_transport_display() if line.transport else "", line.trip_no]))
    pairs = [
        (_("报备事项"), str(line.get_kind_display())),
        (_("姓名"), mask_name(line.name)),
        (_("证件号码"), mask_id(id_of(line))),
        (_("手机号"), mask_phone(phone_of(line))),
        (_("出生日期"), "" if line.id_sealed else when(line.birth)),
        (_("从哪里来"), line.from_text),
        (_("途经"), "、".join(line.via or [])),
        (_("离开时间"), when(line.depart_at)),
        (_("到达时间"), when(line.arrive_at)),
        (_("交通方式"), journey),
        (_("地址"), mask_address(line.stay_address)),
        (_("到哪天"), when(line.stay_until)),
        (_("接待人姓名"), mask_name(line.host_name)),
        (_("事由"), line.purpose),
        (_("填写人"), _filled_in_by(line)),
        (_("告知版本"), line.notice_version),
    ]
    return [(label, value) for label, value in pairs if value]


def _filled_in_by(line: Declaration) -> str:
    who = str(line.get_reported_by_display())
    return f"{who} {mask_name(line.reporter_name)}".strip()


def when(moment: datetime | date | None) -> str:
    """A day, or a day with hour and minute, in the district's time."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
    return moment.isoformat()
