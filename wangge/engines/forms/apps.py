from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "wangge.engines.forms"
    label = "forms"

    def ready(self) -> None:
        from wangge.engines.forms.events import KINDS
        from wangge.engines.forms.own_data import own_answers
        from wangge.foundation.journal.events import name_kinds
        from wangge.registry.rights import sections

        name_kinds(KINDS)
        sections.register("forms", own_answers)
