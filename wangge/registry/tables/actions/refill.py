"""Periodic requests fill themselves on their day."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.scoping import EVERYWHERE, within

from ..enums import FillState
from ..models import Fill, TableRequest
from ..queries.composing import day_of
from ..queries.due import filled_since, requests_due
from .later import request_fill


def refill_due(today: date | None = None) -> int:
    """Sweep: ask for one filling of every periodic request whose day has come, however many days were missed;
    returns how many. Run twice, or by two workers at once, it asks once."""
    with within(EVERYWHERE):
        due = requests_due(today or timezone.localdate())
        return sum(_refill(request, day) for request, day in due)


@transaction.atomic
def _refill(request: TableRequest, day: date) -> bool:
    row = TableRequest._base_manager.select_for_update().get(pk=request.pk)
    if filled_since(row, day):  # another worker was here
        return False
    owner = row.created_by
    try:
        if owner is None or not owner.is_active:
            raise PermissionDenied(_("提出这张表的账号不在了，请由现在负责的人重新上传空白表。"))
        request_fill(actor=owner, request=row)
    except PermissionDenied as why:
        message = str(why) or _("提出这张表的账号没有填表的权限了。")
        Fill.objects.create(
            request=row, day=day_of(row), state=FillState.FAILED, message=message[:400],
            created_by=owner, finished_at=timezone.now(),
        )  # fmt: skip
    return True
