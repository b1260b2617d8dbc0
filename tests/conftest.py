"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from wangge.foundation.access.models import User
from wangge.lib.scoping import EVERYWHERE, Reach, within


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


@pytest.fixture(autouse=True)
def _clean_cache() -> Iterator[None]:
    """Rate limits counted in one test do not slow another."""
    from django.core.cache import cache

    cache.clear()
    yield


@pytest.fixture
def ground(db: None) -> None:
    """A small district to stand on: see ``tests.cast``."""
    from tests import cast

    cast.lay_ground()
