"""What every test may ask for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from wangge.foundation.access.models import User
from wangge.lib.scoping import EVERYWHERE, Reach, within


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Tests side by side: a file stays together, but what commits for good stands apart and comes last.
    Such a test empties all tables when it ends, those that migrations filled too."""
    for item in items:
        file = str(item.path)
        item.add_marker(pytest.mark.xdist_group(f"{file} lasting" if _lasting(item) else file))
    yield
    items.sort(key=_lasting)  # at the very end: pytest itself draws tests with a browser to the front


def _lasting(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    marked = bool(marker and marker.kwargs.get("transaction"))
    return marked or not {"transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture
def everywhere() -> Iterator[Reach]:
    """The test runs with the reach of the whole district."""
    with within(EVERYWHERE):
        yield EVERYWHERE


@pytest.fixture
def logged_in() -> Callable[..., Client]:
    """``logged_in(user)`` is a browser in which the user is signed in."""

    def enter(user: User, client: Client | None = None) -> Client:
        browser = client or Client()
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return enter


@pytest.fixture(autouse=True)
def _speak_chinese() -> Iterator[None]:
    """A page asked for in English leaves its language on the thread."""
    yield
    translation.activate("zh-hans")


@pytest.fixture(autouse=True, scope="session")
def _wait_for_the_other_workers() -> None:
    """On PostgreSQL an order's storage is rewritten once no older transaction looks on, of any database of
    the server; a long test beside this one is such a transaction."""
    from wangge.foundation.orders.actions import scrub

    scrub.PATIENCE = 600


@pytest.fixture(autouse=True, scope="session")
def _one_request_at_a_time_in_memory() -> Iterator[None]:
    """A browser asks several things at once; connections to one SQLite in memory do not wait for each other
    as those to a file do, they fail ("table is locked")."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection

    one_by_one, answer = threading.RLock(), WSGIHandler.__call__

    def answer_alone(self: WSGIHandler, *args: Any) -> Any:
        with one_by_one:
            return answer(self, *args)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(WSGIHandler, "__call__", answer_alone)
        yield


@pytest.fixture(autouse=True, scope="session")
def _empty_only_what_has_rows() -> Iterator[None]:
    """PostgreSQL writes new files for every truncated table; a test that commits fills few of them. Who is
    no superuser may not pass over foreign keys, and truncates."""
    from django.db import connection
    from django.db.backends.postgresql.operations import DatabaseOperations

    truncate = DatabaseOperations.sql_flush

    def few(self: DatabaseOperations, style: object, tables: list[str], **how: object) -> list[str]:
        names = [self.quote_name(table) for table in tables]
        asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('is_superuser')")
            if cursor.fetchone() != ("on",):
                return truncate(self, style, tables, **how)
            cursor.execute(asked)
            filled = [f"DELETE FROM {name}" for (name,) in cursor.fetchall()]
        return ["SET LOCAL session_replication_role = replica", *filled] if filled else []

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", few)
        yield


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """Rate limits counted in one test do not slow another."""
    from django.core.cache import cache

    cache.clear()
    yield


@pytest.fixture(autouse=True)
def _built_in_dictionary() -> Iterator[None]:
    """A test begins with the built-in dictionary; what it admits is forgotten with its rows."""
    from wangge.registry.ledgers.dictionary import Admitted, keeper

    keeper.use(Admitted())
    yield
    keeper.use(Admitted())


@pytest.fixture
def ground(db: None) -> None:
    """A small district to stand on: see ``tests.cast``."""
    from tests import cast

    cast.lay_ground()
