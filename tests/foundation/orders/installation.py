"""A small installation on a SQLite file, driven from outside: ``python installation.py VERB [STEP]``.

Verbs: ``plant``, ``close`` (killed by SIGKILL inside STEP when one is given), ``where`` (prints what is still
there as JSON). WANGGE_HOME says where it lies.
"""

from __future__ import annotations

import json
import os
import signal
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests import cast  # noqa: E402
from tests.foundation.orders import orders_cast, planting  # noqa: E402
from wangge.foundation.orders import actions  # noqa: E402
from wangge.foundation.orders.actions import close  # noqa: E402
from wangge.foundation.orders.models import EmergencyOrder  # noqa: E402
from wangge.lib.scoping import EVERYWHERE, within  # noqa: E402


def plant() -> None:
    call_command("migrate", verbosity=0)
    cast.lay_ground()
    planting.make_search_table()
    planting.plant(orders_cast.started())


def die_in(step: str) -> None:
    """The step does its work and the process is killed before it is marked as done."""
    stage = close.STAGES[step]

    def dying(closing):
        stage.do(closing)
        os.kill(os.getpid(), signal.SIGKILL)

    close.STAGES[step] = close.Stage(dying, stage.whole)


def main(verb: str, step: str = "") -> None:
    planting.register()
    with within(EVERYWHERE):
        if verb == "plant":
            plant()
        elif verb == "where":
            print(json.dumps(planting.still_there()))
        else:
            if step:
                die_in(step)
            actions.close_order(actor="test", order=EmergencyOrder.objects.get())


main(*sys.argv[1:])
