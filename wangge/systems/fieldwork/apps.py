from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "wangge.systems.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from wangge.foundation.journal.events import name_kinds
        from wangge.systems.fieldwork.events import KINDS

        name_kinds(KINDS)
        self._serve_phones()
        self._tell_of_campaigns()
        self._serve_visits()
        self._offer_figures()

    def _offer_figures(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wangge.lib import figures
        from wangge.systems.fieldwork.queries.duty_rates import INDICATORS

        figures.offer("fieldwork", _("走访"), INDICATORS, route="duties:rates_rows", right="duty.view")

    def _serve_phones(self) -> None:
        """Lists and patrol: what phones send and get."""
        from wangge.engines.sync import sections
        from wangge.systems.fieldwork.operations import patrol
        from wangge.systems.fieldwork.queries import for_phones, phones_ahead

        patrol.register()
        sections.register("duties", for_phones.duties, for_phones.duties_gone, daily=True)
        sections.register("scenes", for_phones.scenes, daily=True)
        sections.register("month", for_phones.month)
        for name in ("duties", "scenes", "rooms", "buildings"):
            sections.send_before(name, getattr(phones_ahead, name))

    def _tell_of_campaigns(self) -> None:
        """Campaigns under way, and how far they are in the worker's grids."""
        from wangge.engines.sync import sections
        from wangge.systems.fieldwork.queries.campaigns_sync import gone_campaigns, read_campaigns

        sections.register("campaigns", read_campaigns, gone_campaigns, daily=True)

    def _serve_visits(self) -> None:
        """Visits and care: what phones send and get."""
        from wangge.systems.fieldwork.operations import care, visit

        visit.register()
        care.register()
