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
        from django.utils.translation import get_language

        from wangge.registry.ledgers.dictionary import code_lists, facts
        from wangge.registry.people.queries import Dictionary, use_dictionary

        def label(fact: str) -> str:
            known = facts().get(fact)
            english = (get_language() or "").startswith("en")
            return "" if known is None else known.name_en if english else known.name

        def meaning(fact: str, code: str) -> str:
            known = facts().get(fact)
            return code_lists()[known.codes].label(code) if known and known.codes in code_lists() else code

        def fresh_days(fact: str) -> int | None:
            known = facts().get(fact)
            return known.fresh_days if known else None

        use_dictionary(Dictionary(label=label, meaning=meaning, fresh_days=fresh_days))
