"""Rights go down only."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast
from wangge.foundation.access import actions, queries
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Grant
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]


def give(actor, role, area, user=None, **dates):
    return actions.give_grant(actor=actor, user=user or cast.nobody(), role=role, area_code=area, **dates)


def test_a_secretary_gives_a_grid_worker_a_grid_and_it_is_in_the_trail():
    secretary, user = cast.secretary(), cast.nobody()
    give(secretary, Role.GRID_WORKER, cast.GRID, user)
    assert queries.may(user, "person.edit", cast.GRID)
    entry = Entry.objects.get(kind="grant.given", actor=secretary.username)
    assert (entry.subject_id, entry.changes["role"]) == (str(user.pk), "grid_worker")


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.GRID_WORKER, cast.OTHER_GRID),  # another community's grid
        (Role.GRID_WORKER, cast.TOWN),  # above the own area
        (Role.COMMUNITY_SECRETARY, cast.COMMUNITY),  # the own rank
        (Role.STREET_OFFICER, cast.COMMUNITY),  # a higher rank
        (Role.SECURITY_ADMIN, cast.COMMUNITY),
    ],
)
def test_a_secretary_gives_nothing_above_or_beside(role, area):
    with pytest.raises(Refused):
        give(cast.secretary(), role, area)
    assert not Grant.objects.filter(role=role, area_code=area).exclude(granted_by="test").exists()


@pytest.mark.parametrize(
    "maker",
    [cast.worker, cast.leader, cast.auditor, cast.system_admin, cast.nobody],
    ids=lambda made: made.__name__,
)
def test_those_without_the_right_give_nothing(maker):
    with pytest.raises(Refused):
        give(maker(), Role.RESIDENT, cast.GRID)


def test_the_rank_counts_only_where_it_is_held():
    both = cast.person_with((Role.STREET_OFFICER, cast.TOWN), (Role.GRID_WORKER, cast.OTHER_COMMUNITY))
    give(both, Role.COMMUNITY_SECRETARY, cast.COMMUNITY)
    with pytest.raises(Refused):
        give(both, Role.COMMUNITY_SECRETARY, cast.OTHER_COMMUNITY)


def test_the_security_administrator_gives_any_role_but_none_to_itself():
    security = cast.security_admin()
    give(security, Role.LEADER, cast.DISTRICT)
    with pytest.raises(Refused):
        give(security, Role.RESIDENT, cast.GRID, security)


@pytest.mark.parametrize("first", [Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.GRID_WORKER])
@pytest.mark.parametrize("second", [Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_an_administrator_is_nothing_else(first, second):
    user = cast.person_with((first, cast.DISTRICT))
    if first == second:
        give("test", second, cast.TOWN, user)
        return
    with pytest.raises(Refused, match="三员分立"):
        give("test", second, cast.DISTRICT, user)
    with pytest.raises(Refused, match="三员分立"):
        give("test", first, cast.DISTRICT, cast.person_with((second, cast.DISTRICT)))


def test_an_administrator_may_become_another_one_after_the_first_has_ended():
    user, today = cast.nobody(), timezone.localdate()
    soon = today + timedelta(days=5)
    give("test", Role.AUDITOR, cast.DISTRICT, user, valid_to=soon)
    with pytest.raises(Refused):
        give("test", Role.SYSTEM_ADMIN, cast.DISTRICT, user, valid_from=soon - timedelta(days=1))
    give("test", Role.SYSTEM_ADMIN, cast.DISTRICT, user, valid_from=soon)
    assert queries.roles_of(user) == [Role.AUDITOR]


def test_a_grant_holds_from_its_first_day_until_the_day_before_its_end():
    grant = Grant(valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 3))
    held = [day for day in range(1, 5) if grant.holds_on(date(2026, 3, day))]
    assert held == [1, 2]


def test_dates_in_the_wrong_order_are_refused():
    today = timezone.localdate()
    with pytest.raises(Unacceptable):
        give("test", Role.RESIDENT, cast.GRID, valid_from=today, valid_to=today)


def test_a_grant_of_tomorrow_gives_nothing_today():
    user = cast.nobody()
    give("test", Role.GRID_WORKER, cast.GRID, user, valid_from=timezone.localdate() + timedelta(days=1))
    assert queries.reach_of(user).prefixes == ()


def test_an_ended_grant_gives_nothing_at_once():
    secretary, user = cast.secretary(), cast.worker()
    grant = user.grants.get()
    assert queries.may(user, "person.view")
    actions.end_grant(actor=secretary, grant=grant)
    user = type(user).objects.get(pk=user.pk)
    assert not queries.may(user, "person.view") and queries.reach_of(user).prefixes == ()


def test_a_grant_beside_or_above_cannot_be_ended():
    for victim in (cast.worker(cast.OTHER_GRID), cast.officer(cast.TOWN), cast.secretary()):
        with pytest.raises(Refused):
            actions.end_grant(actor=cast.secretary(), grant=victim.grants.get())


def test_a_closed_account_reaches_nothing():
    user = cast.worker()
    actions.deactivate_user(actor=cast.secretary(), user=user)
    assert queries.reach_of(user).prefixes == ()


@pytest.mark.parametrize("verb", ["deactivate_user", "reset_password", "reactivate_user"])
def test_an_account_above_or_beside_is_not_managed(verb):
    secretary = cast.secretary()
    for victim in (secretary, cast.secretary(), cast.officer(), cast.worker(cast.OTHER_GRID), cast.auditor()):
        with pytest.raises(Refused):
            getattr(actions, verb)(actor=secretary, user=victim)


def test_somebody_with_a_second_grant_elsewhere_is_not_managed():
    both = cast.person_with((Role.GRID_WORKER, cast.GRID), (Role.GRID_WORKER, cast.OTHER_GRID))
    with pytest.raises(Refused):
        actions.reset_password(actor=cast.secretary(), user=both)


def test_an_account_is_opened_only_inside_the_own_area():
    user, secret = actions.create_user(
        actor=cast.secretary(), username="new.worker", name="辛来", area_code=cast.GRID
    )
    assert user.check_password(secret) and user.must_change_password
    with pytest.raises(Refused):
        actions.create_user(actor=cast.secretary(), username="x", name="辛来", area_code=cast.OTHER_GRID)


def test_the_system_administrator_sees_no_persons_and_the_leader_reveals_none():
    for maker in (cast.system_admin, cast.security_admin, cast.auditor, cast.leader):
        held = queries.permissions_of(maker())
        assert not {name for name in held if name.startswith(("person.", "ledger."))}
