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


class Who(models.TextChoices):
    """In what capacity a step is taken; a procedure names these."""

    WORKER = "worker", _("网格员")
    COMMUNITY = "community", _("社区")
    STREET = "street", _("镇街")
    DISTRICT = "district", _("区级中心")
    UNIT = "unit", _("处置单位")
    LAUNCHER = "launcher", _("发起人")
    REPORTER = "reporter", _("反映人")
    CLOCK = "clock", _("时限到期")


class When(models.TextChoices):
    """What a photo shows."""

    BEFORE = "before", _("处置前")
    AFTER = "after", _("处置后")
    OTHER = "other", _("现场")
