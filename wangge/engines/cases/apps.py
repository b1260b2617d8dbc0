from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "wangge.engines.cases"
    label = "cases"

    def ready(self) -> None:
        from wangge.engines.cases.events import KINDS
        from wangge.foundation.journal.events import name_kinds

        name_kinds(KINDS)
