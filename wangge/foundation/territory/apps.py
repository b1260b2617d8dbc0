from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "wangge.foundation.territory"
    label = "territory"
    verbose_name = _("区划与网格")
