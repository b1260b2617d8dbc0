from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "wangge.registry.ledgers"
    label = "ledgers"
