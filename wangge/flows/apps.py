from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "wangge.flows"
    label = "flows"
