from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "wangge.registry.people"
    label = "people"
