"""States of an import and outcomes of a row."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where an import stands. ``writing`` survives a kill: the next run goes on from ``done_rows``."""

    RECEIVED = "received", _("已上传")
    ASKING = "asking", _("待确认列")
    PLANNING = "planning", _("试算中")
    PLANNED = "planned", _("待确认导入")
    WRITING = "writing", _("导入中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


class Standing(models.TextChoices):
    """How far a batch is that the worker has: its turn may yet come, or it broke off."""

    QUEUED = "queued", _("排队中")
    WORKING = "working", _("进行中")
    AGAIN = "again", _("中断，等待重试")
    STOPPED = "stopped", _("已停下")


class Outcome(models.TextChoices):
    """What a ledger row means for the register (spec 5.4)."""

    NEW = "new", _("新增")
    UPDATE = "update", _("更新")
    UNCHANGED = "unchanged", _("不变")
    CONFLICT = "conflict", _("冲突")
    DUPLICATE = "duplicate", _("重复")
    ERROR = "error", _("错误")


class CaseState(models.TextChoices):
    """A pair that may be one person."""

    OPEN = "open", _("待判定")
    SAME = "same", _("同一人")
    DIFFERENT = "different", _("不是同一人")


class ExportState(models.TextChoices):
    """Where an export stands. ``writing`` survives a kill: it is written anew."""

    WAITING = "waiting", _("排队中")
    WRITING = "writing", _("正在写")
    DONE = "done", _("可以下载")
    FAILED = "failed", _("没有写成")
    EXPIRED = "expired", _("文件已删除")


# How a cell of an admitted field may be read. Ids, phones and names of persons have facts of their own.
FIELD_KINDS: dict[str, Any] = {
    "mark": _("是或否"),
    "code": _("从选项里选"),
    "number": _("数字"),
    "date": _("日期"),
    "text": _("文字"),
}


class FieldState(models.TextChoices):
    """Where an admitted field stands: in the dictionary, or withdrawn from it."""

    ADMITTED = "admitted", _("已准入")
    WITHDRAWN = "withdrawn", _("已停用")
