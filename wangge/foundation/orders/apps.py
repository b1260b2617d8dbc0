from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "wangge.foundation.orders"
    label = "orders"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.foundation.orders.events import KINDS

        name_kinds(KINDS)
