"""States of an import and outcomes of a row."""

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
