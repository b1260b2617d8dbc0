"""The roster leaves the house: masked, marked with who took it and when, counted in the trail."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from wangge.foundation.journal import actions as journal

from ..models import Group
from ..outgoing import write_book
from ..queries.masks import masked_name
from ..queries.roster import lines, seven_days

HEADS = ("姓名", "手机", "角色", "状态", "在这里工作", "加入时间", "在花名册上")
DAYS = ("日期", "加入", "退出", "申请退出", "日末人数")


@transaction.atomic
def export_roster(*, actor: Any, taker: str, group: Group, show: str = "present") -> tuple[bytes, str]:
    """The masked roster and the seven-day report as xlsx; returns the file and the name to give it.

    Args:
        taker: who takes it, as the watermark says: an account, or a manager by her masked name.
        show: the statistic whose members are wanted.
    """
    now = timezone.localtime()
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        rows = [_row(line) for line in lines(group, show)]
        days = [
            [f"{day.day:%Y-%m-%d}", day.joined, day.left, day.asked, day.present] for day in seven_days(group)
        ]
    watermark = f"{taker} {now:%Y-%m-%d %H:%M:%S} 导出 仅限工作使用"
    stream = BytesIO()
    write_book(stream, watermark, [(group.name, HEADS, rows), ("近七天", DAYS, days)])
    data = {"rows": len(rows), "show": show, "masked": True}
    journal.record("group.exported", actor=actor, area=group.area_code, subject=group, data=data)
    return stream.getvalue(), f"团体名单_{group.name}_{now:%Y%m%d}.xlsx"


def _row(line: Any) -> list[object]:
    member = line.member
    listed = {True: "是", False: "否", None: ""}[member.on_list]
    joined = f"{timezone.localtime(member.joined_at):%Y-%m-%d %H:%M}"
    return [
        masked_name(member), line.phone, str(member.get_role_display()), str(member.get_state_display()),
        "是" if member.as_staff else "否", joined, listed,
    ]  # fmt: skip
