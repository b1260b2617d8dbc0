"""Words of cases that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    """Who found it (自主发现率 compares the first two with the others)."""

    WORKER = "worker", _("网格员发现")
    PATROL = "patrol", _("巡查发现")
    RESIDENT = "resident", _("居民反映")
    HOTLINE = "hotline", _("12345 工单")
    DEPARTMENT = "unit", _("部门转来")
    TOUR = "tour", _("现场交办")
    SELF_CHECK = "self", _("单位自查")
    PARTNER = "partner", _("接口报送")
    OFFICE = "office", _("窗口登记")


class UnitKind(models.TextChoices):
    DEPARTMENT = "department", _("区直部门")
    STREET = "street", _("镇街")
    COMMUNITY = "community", _("村（社区）")
    OTHER = "other", _("其他单位")


class Role(models.TextChoices):
    """Who may take a step, seen from the case."""

    WORKER = "worker", _("网格员")
    COMMUNITY = "community", _("村居")
    STREET = "street", _("镇街")
    DISTRICT = "district", _("区中心")
    UNIT = "unit", _("处置单位")
    HELPER = "helper", _("协办单位")
    REPORTER = "reporter", _("上报人")
    LAUNCHER = "launcher", _("发起人")
    CLOCK = "clock", _("到时自动")


class Need(models.TextChoices):
    """What must come with a step."""

    WORDS = "words", _("说明")
    REASON = "reason", _("原因")
    PHOTO = "photo", _("照片")
    PHOTO_AFTER = "photo_after", _("处理后照片")
    UNIT = "unit", _("处置单位")
    LEVEL = "level", _("级别")
    AREA = "area", _("辖区")
    PLACE = "place", _("位置")
    UNTIL = "until", _("期限")
    CASE = "case", _("另一件事项")
    RATING = "rating", _("评价")


class Told(models.TextChoices):
    """Who is told of a step, or of a clock that has run out."""

    REPORTER = "reporter", _("上报人")
    LAUNCHER = "launcher", _("发起人")
    WORKER = "worker", _("网格员")
    UNIT = "unit", _("处置单位")
    COMMUNITY = "community", _("村居")
    STREET = "street", _("镇街")
    DISTRICT = "district", _("区中心")
    LEADER = "leader", _("分管领导")
    AUTHORITY = "authority", _("主管部门")


class When(models.TextChoices):
    """What a photo shows."""

    BEFORE = "before", _("处置前")
    AFTER = "after", _("处置后")
    OTHER = "other", _("现场")


class Count(models.TextChoices):
    """What a step counts as (spec 4.2)."""

    FILED = "filed", _("立案")
    NOT_FILED = "not_filed", _("不予立案")
    DISPATCHED = "dispatched", _("派遣")
    HANDLED = "handled", _("处置")
    VERIFIED = "verified", _("核查")
    REWORKED = "reworked", _("返工")
    CLOSED = "closed", _("办结")
    EXTENDED = "extended", _("延期")
    HUNG = "hung", _("挂账")
    REOPENED = "reopened", _("重开")
    RATED = "rated", _("评价")


NO_MATTER = ("void", "withdrawn", "declined")  # states in which it turned out that there is nothing to do
MAJOR = "major"  # what procedures call the level that is counted by itself


class Due(models.TextChoices):
    """Of which of a case's ends a clock says when it is due."""

    ACCEPT = "accept", _("受理")
    HANDLE = "handle", _("处置")
    VERIFY = "verify", _("核查")
    CLOSE = "close", _("办结")
