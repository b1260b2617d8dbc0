from django.apps import AppConfig


class EducationConfig(AppConfig):
    name = "wangge.systems.education"
    label = "education"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wangge.foundation.journal.events import name_kinds
        from wangge.lib.figures import offer
        from wangge.systems.education.events import KINDS
        from wangge.systems.education.indicators import INDICATORS

        name_kinds(KINDS)
        offer("education", _("宣传教育"), INDICATORS, route="education:rates_rows", right="duty.view")
