from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "wangge.systems.exchange"
    label = "exchange"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.systems.exchange.events import KINDS

        name_kinds(KINDS)
