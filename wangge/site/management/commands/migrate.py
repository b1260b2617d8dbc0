"""``migrate``, which makes all tables of an empty database at once."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as StepByStep
from django.db import connections

from wangge.site.first_tables import is_empty, lay_tables

PARTLY = ("app_label", "fake", "plan", "check_unapplied", "prune")  # options that ask for something else


class Command(StepByStep):
    """As Django's, step by step, unless there is nothing yet."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options.get(name) for name in PARTLY) and is_empty(connection):
            lay_tables(connection)
        super().handle(*args, **options)
