from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "wangge.registry.linkage"
    label = "linkage"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.registry.linkage.events import KINDS

        name_kinds(KINDS)
