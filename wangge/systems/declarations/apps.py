from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "wangge.systems.declarations"
    label = "declarations"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.registry.rights import sections
        from wangge.systems.declarations.events import KINDS
        from wangge.systems.declarations.own_data import own_declarations

        name_kinds(KINDS)
        sections.register("declarations", own_declarations)
