from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "wangge.registry.rights"
    label = "rights"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.registry.rights.events import KINDS

        name_kinds(KINDS)
