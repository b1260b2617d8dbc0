from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "wangge.foundation.journal"
    label = "journal"
