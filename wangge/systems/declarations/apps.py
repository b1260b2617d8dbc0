from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "wangge.systems.declarations"
    label = "declarations"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wangge.foundation.journal.events import name_kinds
        from wangge.lib import figures
        from wangge.registry.rights import sections
        from wangge.systems.declarations.events import KINDS
        from wangge.systems.declarations.own_data import own_declarations
        from wangge.systems.declarations.queries.indicators import INDICATORS

        name_kinds(KINDS)
        sections.register("declarations", own_declarations)
        route, right = "declarations:rates_rows", "declaration.view"
        figures.offer("declarations", _("报备"), INDICATORS, route=route, right=right)
