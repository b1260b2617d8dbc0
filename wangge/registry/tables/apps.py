from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "wangge.registry.tables"
    label = "tables"

    def ready(self) -> None:
        """The dictionary's pages name the tables that use a fact."""
        from wangge.registry.ledgers.queries.dictionary import register_uses
        from wangge.registry.tables.queries.uses import tables_using

        register_uses(tables_using)
