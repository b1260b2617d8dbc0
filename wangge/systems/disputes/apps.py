from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "wangge.systems.disputes"
    label = "disputes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from wangge.engines.cases import kinds
        from wangge.foundation.journal.events import name_kinds
        from wangge.registry.rights import sections
        from wangge.systems.disputes.actions.words import keep_words
        from wangge.systems.disputes.console.panel import panel_for
        from wangge.systems.disputes.enums import SYSTEM, Kind
        from wangge.systems.disputes.events import KINDS
        from wangge.systems.disputes.own_data import own_disputes
        from wangge.systems.disputes.queries.record import words_of
        from wangge.systems.disputes.rules import handles

        name_kinds(KINDS)
        sections.register("disputes", own_disputes)
        classes = {str(value): label for value, label in Kind.choices}
        pages = {
            "session": "disputes:session", "agree": "disputes:agreement", "supplement": "disputes:agreement",
            "visit": "disputes:follow", "close": "disputes:follow", "broken": "disputes:follow",
        }  # fmt: skip
        kinds.register(
            kinds.System(
                SYSTEM, _("矛盾调解"), "cases:show", classes, {"": "dispute"}, panel_for=panel_for,
                pages=pages, confidential=kinds.Confidential(handles, keep_words, words_of),
            )
        )  # fmt: skip
