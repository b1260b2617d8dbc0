from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "wangge.flows"
    label = "flows"

    def ready(self) -> None:
        from wangge.flows.names import KINDS
        from wangge.flows.table import REACTIONS
        from wangge.flows.webhooks import OFFERED
        from wangge.foundation.clients.events import offer
        from wangge.foundation.journal import actions as journal
        from wangge.foundation.journal.events import name_kinds

        name_kinds(KINDS)
        offer(OFFERED)

        for kind, reactions in REACTIONS.items():
            for reaction in reactions:
                journal.subscribe(kind, reaction)
