"""Reactions the tests subscribe."""

from django.db import connection

from wangge.flows.reactions import Postponed, own_transactions
from wangge.foundation.access.models import User
from wangge.lib.scoping import current_reach

ran: list[tuple[str, int]] = []


def works(entry):
    assert current_reach().everywhere
    ran.append(("works", entry.pk))


def breaks(entry):
    User.objects.create_user(username=f"half{entry.pk}")
    ran.append(("breaks", entry.pk))
    raise LookupError("10012345678")


def waits(entry):
    ran.append(("waits", entry.pk))
    raise Postponed(300)


@own_transactions
def commits_itself(entry):
    User.objects.create_user(username=f"kept{entry.pk}")
    ran.append(("commits", len(connection.savepoint_ids)))
    raise LookupError


def loses_its_lease(entry):
    from wangge.foundation.journal.models import Delivery

    User.objects.create_user(username=f"late{entry.pk}")
    Delivery.objects.update(lease="somebody else")
