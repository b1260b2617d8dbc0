from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "wangge.foundation.territory"
    label = "territory"
