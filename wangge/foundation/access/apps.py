from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wangge.foundation.access"
    label = "access"

    def ready(self) -> None:
        from wangge.foundation.access.events import KINDS
        from wangge.foundation.journal.events import name_kinds

        name_kinds(KINDS)
