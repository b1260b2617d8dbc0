"""The table of addresses: one row an address and method, with the right its door asks for."""

from __future__ import annotations

from typing import Any

from tests import cast
from tests.walls.campaign_rows import CAMPAIGNS
from tests.walls.case_rows import CASES
from tests.walls.citizen_rows import CITIZEN
from tests.walls.clients_rows import API, CLIENTS
from tests.walls.code_rows import CODES
from tests.walls.dispute_rows import DISPUTES
from tests.walls.education_rows import EDUCATION
from tests.walls.exchange_rows import EXCHANGE
from tests.walls.field_rows import FIELD, OPEN_FIELD
from tests.walls.forms_rows import FORMS, PYODK
from tests.walls.group_rows import GROUPS, GROUPS_API, OPEN_GROUPS, OWN_GROUPS
from tests.walls.hazard_rows import HAZARDS
from tests.walls.incident_rows import INCIDENTS, OPEN311, OPEN_REPORTS
from tests.walls.insight_rows import INSIGHT
from tests.walls.ledger_rows import LEDGERS
from tests.walls.linkage_rows import LINKAGE
from tests.walls.lists_rows import LISTS
from tests.walls.order_rows import ORDERS
from tests.walls.people_rows import PEOPLE
from tests.walls.rights_rows import OWN_DATA, RIGHTS
from tests.walls.row import Row
from tests.walls.sync_rows import SYNC
from tests.walls.table_rows import TABLES
from tests.walls.territory_rows import TERRITORY
from tests.walls.tour_rows import TOURS
from tests.walls.verify_rows import VERIFY
from tests.walls.visits_rows import VISITS
from tests.walls.whistle_rows import WHISTLES
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.enums import State
from wangge.foundation.journal.models import Delivery


def _user(area: str) -> dict[str, Any]:
    return {"pk": cast.worker(area).pk}


def _grant(area: str) -> dict[str, Any]:
    return {"pk": cast.worker(area).grants.get().pk}


def _delivery(area: str) -> dict[str, Any]:
    entry = journal.record("test.failed", actor="test", area=area)
    return {"pk": Delivery.objects.create(entry=entry, reaction="a.b", state=State.FAILED).pk}


ACCESS = [
    Row("access:users", "user.view"),
    Row("access:user", "user.view", _user),
    Row("access:new_user", "user.manage"),
    Row("access:edit_user", "user.manage", _user),
    Row("access:reset_password", "user.manage", _user, "POST"),
    Row("access:remove_factor", "user.manage", _user, "POST"),
    Row("access:close_user", "user.manage", _user, "POST"),
    Row("access:reopen_user", "user.manage", _user, "POST"),
    Row("access:give_grant", "grant.give", _user, "POST"),
    Row("access:end_grant", "grant.give", _grant, "POST"),
    Row("access:areas", "user.view"),
    Row("journal:entries", "journal.view"),
    Row("journal:deliveries", "journal.view"),
    Row("journal:retry", "journal.view", _delivery, "POST", rights_too=("settings.manage",)),
    Row("journal:verify", "journal.view", None, "POST"),
]
ROWS: list[Row] = [
    *ACCESS, *API, *TERRITORY, *PEOPLE, *LEDGERS, *TABLES, *LINKAGE, *FORMS, *GROUPS, *GROUPS_API, *CODES,
    *VERIFY, *ORDERS, *CLIENTS, *RIGHTS,
    *LISTS,
    *INCIDENTS,
    *CAMPAIGNS,
    *VISITS,
    *CASES,
    *SYNC,
    *FIELD,
    *HAZARDS,
    *TOURS,
    *DISPUTES,
    *WHISTLES,
    *EDUCATION,
    *EXCHANGE,
    *INSIGHT,
    Row("api:newest_declarations", "declaration.view", stranger=401),
]  # fmt: skip

# Anybody may open these; nothing of the district stands on them.
OPEN = (
    CITIZEN
    | PYODK
    | OPEN_FIELD
    | OPEN_REPORTS
    | OPEN311
    | {
        "landing",
        "citizen_look",
        "set_language",
        "api:api-root",
        "api:declare",
        "api:declaration_form",
        "api:health",
        "api_nowhere",
        "api:openapi-json",
        "api:openapi-view",
        # a device's token stands in these; without one they tell nothing (tests/engines/forms)
        "openrosa:list",
        "visitcard:card",
        "hazardcheck:check",  # a firm's signed code stands in it (tests/systems/hazards)
        "openrosa:form",
        "openrosa:manifest",
        "openrosa:submission",
        "account_login",
        "account_inactive",
        "account_logout",
        "mfa_authenticate",
        *OPEN_GROUPS,
    }
)
# Everybody signed in; they show only what is one's own.
SIGNED_IN = {
    "home",
    "help",
    "field",
    "access:account",
    "access:sessions",
    "account_reauthenticate",
    "account_change_password",
    "mfa_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
}
# Not there for somebody without a second factor.
WITH_FACTOR = {"mfa_deactivate_totp", "mfa_view_recovery_codes"}
# One's own rows only; tested in tests/foundation/access/test_sessions.py and
# tests/registry/ledgers/test_export_later.py, tests/registry/tables/test_table_pages.py.
OWN = {
    "access:revoke_session",
    "ledgers:export_waiting",
    "ledgers:export_file",
    "tables:filling",
    "tables:file",
    *OWN_GROUPS,
    "declarations:posters",
    "declarations:posters_file",
    *OWN_DATA,
}
