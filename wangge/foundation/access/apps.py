from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wangge.foundation.access"
    label = "access"
