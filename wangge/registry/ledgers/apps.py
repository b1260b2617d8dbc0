from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "wangge.registry.ledgers"
    label = "ledgers"

    def ready(self) -> None:
        """The pages one floor down speak the words of the fact dictionary."""
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
