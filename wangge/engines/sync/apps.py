from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "wangge.engines.sync"
    label = "sync"

    def ready(self) -> None:
        from wangge.engines.sync import handlers, sections
        from wangge.engines.sync.events import KINDS
        from wangge.engines.sync.operations import note
        from wangge.engines.sync.queries import receipts, register
        from wangge.foundation.journal.events import name_kinds

        name_kinds(KINDS)
        handlers.register("note", note)
        sections.register("buildings", register.buildings)
        sections.register("rooms", register.rooms)
        sections.register("people", register.people, register.people_gone)
        sections.register("organisations", register.organisations, register.organisations_gone)
        sections.register("receipts", receipts.receipts, placed=False)
