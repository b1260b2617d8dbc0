from django.apps import AppConfig


class HazardsConfig(AppConfig):
    name = "wangge.systems.hazards"
    label = "hazards"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wangge.engines.cases import kinds
        from wangge.foundation.journal.events import name_kinds
        from wangge.lib import figures
        from wangge.systems.hazards.console.panel import panel_of
        from wangge.systems.hazards.enums import SYSTEM, Kind
        from wangge.systems.hazards.events import KINDS
        from wangge.systems.hazards.indicators import INDICATORS

        name_kinds(KINDS)
        classes = {str(value): label for value, label in Kind.choices}
        kinds.register(kinds.System(SYSTEM, _("隐患"), "cases:show", classes, {"": "hazard"}, panel=panel_of))
        figures.offer(SYSTEM, _("隐患"), INDICATORS, route="hazards:rates_rows", right="case.view")
