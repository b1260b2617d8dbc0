"""schemathesis asks every operation what its schema allows and what it does not: no 5xx, no surprise.

The examples are drawn from a fixed seed, so that a failure here is the same failure tomorrow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests import cast
from tests.foundation.clients.clients_cast import program
from tests.systems.declarations.declared_cast import a_code, a_declaration
from wangge.site.wsgi import application

EXAMPLES = 60
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = {
    "/health",
    "/areas",
    "/statuses",
    "/codes",
    "/declarations",
    "/declarations/form",
    "/declarations/newest",
    "/declarations/{receipt}",
    "/groups",
    "/groups/{id}",
    "/groups/{id}/members",
}
pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture(autouse=True)
def _keep_the_connection() -> Iterator[None]:
    """The loader asks as a server does, and a server lets go of the connection, and with it of the test's
    transaction, after every request. Django's own test client holds it back in the same way."""
    moments = (request_started, request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield
    for moment in moments:
        moment.connect(close_old_connections)


@pytest.fixture
def schema() -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def key(ground: None) -> Iterator[str]:
    """A program that may all, in a district with something in it."""
    for area in (cast.COMMUNITY, cast.GRID, cast.OTHER_COMMUNITY):
        a_declaration(area, code=a_code(area))
    _client, token = program(cast.TOWN, per_minute=100_000, per_day=1_000_000)
    yield token


def operations(schema: schemathesis.BaseSchema) -> list[schemathesis.APIOperation]:
    return [found.ok() for found in schema.get_all_operations()]


def test_the_schema_is_openapi_3_1_and_lists_every_operation(schema):
    assert schema.raw_schema["openapi"].startswith("3.1")
    listed = {operation.path.removeprefix("/api/v1") for operation in operations(schema)}
    assert listed >= OPERATIONS


@pytest.mark.parametrize("known", [True, False], ids=["with a key", "without"])
def test_every_operation_answers_as_its_schema_says(schema, key, known):
    headers = {"Accept-Encoding": "identity"}  # the in-process loader unpacks nothing
    headers |= {"Authorization": f"Bearer {key}"} if known else {}
    seen: dict[str, Counter[int]] = {}
    for operation in operations(schema):
        seen[operation.label] = _ask(operation, headers, EXAMPLES if known else 5)
    told = seen["GET /api/v1/declarations"]
    assert {200, 422} <= set(told) if known else set(told) == {401}  # both sides of the schema were asked
    assert sum(seen["GET /api/v1/codes"].values()) >= (EXAMPLES if known else 5) / 2


def _ask(operation: schemathesis.APIOperation, headers: dict[str, str], examples: int) -> Counter[int]:
    seen: Counter[int] = Counter()

    @seed(20_260)
    @settings(
        max_examples=examples, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @_given(operation)
    def ask(case: schemathesis.Case) -> None:
        seen[case.call_and_validate(headers=headers, checks=CHECKS).status_code] += 1

    ask()
    print(operation.label, dict(seen))
    return seen


def _given(operation: schemathesis.APIOperation):
    """What the schema allows, and what it does not."""
    from hypothesis import given

    modes = schemathesis.GenerationMode
    allowed = operation.as_strategy(generation_mode=modes.POSITIVE)
    try:
        other = operation.as_strategy(generation_mode=modes.NEGATIVE)
    except Exception:  # an operation without parameters has nothing to get wrong
        return given(case=allowed)
    return given(case=allowed | other)
