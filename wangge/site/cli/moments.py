"""``--as-of`` and ``--known-on``: which day is asked about, and as known when."""

from __future__ import annotations

import argparse
from typing import Any

from wangge.site.cli import Refused


def moment_asked(args: argparse.Namespace) -> Any:
    """The moment; refused in words when a day lies in the future or before the register began."""
    from wangge.registry.ledgers.outgoing.selection import asked_moment
    from wangge.registry.people.queries import faults_of_dates

    names = {"day": "--as-of", "known": "--known-on"}
    if faults := faults_of_dates(args.as_of, args.known_on):
        raise Refused([f"{names[name]} {fault}" for name, fault in faults.items()])
    return asked_moment(args.as_of, args.known_on)
