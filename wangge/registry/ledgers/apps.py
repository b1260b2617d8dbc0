from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "wangge.registry.ledgers"
    label = "ledgers"

    def ready(self) -> None:
        """The floors below speak the dictionary's words and show the ledgers' numbers beside areas."""
        from wangge.foundation.territory.queries import register_columns
        from wangge.registry.ledgers.queries.counts import MAIN, columns_beside_areas

        labels = {ledger.code: ledger.name for ledger in MAIN}
        register_columns("ledgers", labels, columns_beside_areas, permission="ledger.view")
        self._lend_dictionary()

    def _lend_dictionary(self) -> None:
        from wangge.registry.ledgers.dictionary import code_lists, facts
        from wangge.registry.people.queries import Dictionary, use_dictionary

        def label(fact: str) -> str:
            known = facts().get(fact)
            return str(known.called) if known else ""

        def meaning(fact: str, code: str) -> str:
            known = facts().get(fact)
            lists = code_lists()
            return str(lists[known.codes].called(code)) if known and known.codes in lists else code

        def choices(fact: str) -> list[tuple[str, str]]:
            known = facts().get(fact)
            listed = code_lists().get(known.codes) if known else None
            return [(code.value, str(code.called)) for code in listed.codes] if listed else []

        def fresh_days(fact: str) -> int | None:
            known = facts().get(fact)
            return known.fresh_days if known else None

        def sensitive(fact: str) -> bool:
            known = facts().get(fact)
            return known is not None and known.level >= 4

        use_dictionary(Dictionary(label, meaning, fresh_days, choices, sensitive))
