"""Words of incidents and requests that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where a file of 12345 orders stands."""

    PLANNED = "planned", _("已试读，未登记")
    WRITTEN = "written", _("已登记")
    DROPPED = "dropped", _("已放弃")


class Outcome(models.TextChoices):
    """What would become of one order of a file."""

    NEW = "new", _("新登记")
    SAME = "same", _("早已登记")
    CHANGED = "changed", _("内容有变")
    FAULTY = "faulty", _("不能登记")
