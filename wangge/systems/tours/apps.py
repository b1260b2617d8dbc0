from django.apps import AppConfig


class ToursConfig(AppConfig):
    name = "wangge.systems.tours"
    label = "tours"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wangge.engines.cases import kinds
        from wangge.foundation.journal.events import name_kinds
        from wangge.systems.tours.console.panel import panel_of
        from wangge.systems.tours.enums import SYSTEM, Raised
        from wangge.systems.tours.events import KINDS
        from wangge.systems.tours.rules import RAISES

        name_kinds(KINDS)
        classes = {str(value): label for value, label in Raised.choices}
        procedures = {"": str(Raised.DIFFICULTY), str(Raised.DECISION): "decision"}
        kinds.register(
            kinds.System(
                SYSTEM, _("调研督导"), "cases:show", classes, procedures, panel=panel_of, opened_with=RAISES
            )
        )
