"""What became of an operation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    ACCEPTED = "accepted", _("已收到")
    DIFFERS = "differs", _("已收到，与另一次记录不一致")
    REJECTED = "rejected", _("未接受")
