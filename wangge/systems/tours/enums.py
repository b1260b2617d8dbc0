"""Words of tours that the database holds."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SYSTEM = "tours"  # under which cases are kept


class Kind(models.TextChoices):
    """What a tour is for."""

    RESEARCH = "research", _("调研")
    INSPECTION = "inspection", _("督导")


class Raised(models.TextChoices):
    """What becomes of a problem that was heard; the kinds of cases of this system."""

    DECISION = "decision", _("现场交办")
    DIFFICULTY = "difficulty", _("记下问题，会后研究")
