from django.apps import AppConfig


class WhistlesConfig(AppConfig):
    name = "wangge.systems.whistles"
    label = "whistles"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wangge.engines.cases import kinds
        from wangge.foundation.journal.events import name_kinds
        from wangge.systems.whistles.actions.following import follow
        from wangge.systems.whistles.actions.looking import look
        from wangge.systems.whistles.console.panel import part_of
        from wangge.systems.whistles.enums import SYSTEM, Kind
        from wangge.systems.whistles.events import KINDS
        from wangge.systems.whistles.queries.calls import waiting

        name_kinds(KINDS)
        classes = {str(value): label for value, label in Kind.choices}
        own = frozenset({"approve", "join", "call", "score"})
        kinds.register(
            kinds.System(
                SYSTEM, _("吹哨报到"), "cases:show", classes, {"": "whistle"}, splits=False, any_unit=True,
                own_steps=own,
                look=look, follow=follow, waiting=waiting,
            )
        )  # fmt: skip
        kinds.stand_beside(SYSTEM, part_of)
