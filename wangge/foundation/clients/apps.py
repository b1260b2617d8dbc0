from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "wangge.foundation.clients"
    label = "clients"

    def ready(self) -> None:
        from wangge.foundation.clients.events import KINDS
        from wangge.foundation.journal.events import name_kinds

        name_kinds(KINDS)
