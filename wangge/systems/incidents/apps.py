from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    name = "wangge.systems.incidents"
    label = "incidents"

    def ready(self) -> None:
        from wangge.engines.cases.kinds import System, register
        from wangge.engines.sync import sections
        from wangge.foundation.journal.events import name_kinds
        from wangge.systems.incidents.events import KINDS as EVENTS
        from wangge.systems.incidents.kinds import KINDS, PROCEDURES, SYSTEMS
        from wangge.systems.incidents.queries.for_phones import matters

        name_kinds(EVENTS)
        for key, name in SYSTEMS.items():
            register(System(key, name, "cases:show", KINDS, {"": PROCEDURES[key]}))
        sections.register("matters", matters, placed=False)
