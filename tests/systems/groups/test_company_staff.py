"""Employees of a group are company staff of the ledger, until they leave."""

from tests.cast import COMMUNITY
from tests.systems.groups.groups_cast import firm, fresh, group, joined, work
from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Selection, as_of
from wangge.registry.ledgers.queries.lines import all_ids
from wangge.registry.people.models import Tie
from wangge.systems.groups import actions


def staff() -> set[int]:
    """The people of the ledger of company staff."""
    ledger = ledger_named("staff")
    assert ledger is not None
    ties = all_ids(Selection(ledger, COMMUNITY, as_of(), limits_on(as_of().day)))
    return set(Tie.objects.filter(pk__in=ties).values_list("person", flat=True))


def test_joining_puts_into_the_ledger_and_leaving_takes_out():
    made = group(organisation=firm())
    member = joined(made, 1)
    work()
    person = fresh(member).person
    assert person is not None and person.pk in staff()
    actions.apply_to_leave(member=member, reason="")
    actions.decide_leave(actor="test", member=member, agreed=True)
    assert person.pk not in staff()
