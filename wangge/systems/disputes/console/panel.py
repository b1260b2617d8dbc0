"""The part of a case's page that disputes add: who handles it, and for her the parties, sittings, papers."""

from __future__ import annotations

from typing import Any

from wangge.engines.cases.models import Case
from wangge.foundation.access.queries import may

from ..actions.revealing import note_look
from ..models import Dispute
from ..queries.handlers import handlers_of
from ..queries.parties import lines_of
from ..queries.record import agreement_lines, follow_up_lines, session_lines
from ..rules import handles, leads, may_appoint, may_take_on


def panel_for(case: Case, reader: Any) -> tuple[str, dict[str, Any]]:
    """Template and context; whoever does not handle it reads 申请人甲 and counts."""
    clear = handles(reader, case)
    if clear:
        note_look(actor=reader, case=case)
    parties = lines_of(case, clear=clear)
    called = {line.party.number: line.called for line in parties}
    leading = leads(reader, case)
    context = {
        "case": case, "clear": clear, "parties": parties, "handlers": handlers_of(case),
        "record": Dispute._base_manager.filter(case=case).first(),
        "sessions": session_lines(case, called, clear=clear),
        "agreements": agreement_lines(case, called, clear=clear),
        "follow_ups": follow_up_lines(case, clear=clear),
        "may_take_on": may_take_on(reader, case), "may_appoint": may_appoint(reader, case),
        "may_change": leading and case.state in ("registered", "mediating", "waiting"),
        "may_draft": leading and case.state in ("mediating", "agreed"),
        "may_reveal": clear and may(reader, "person.reveal", case.area_code),
    }  # fmt: skip
    return "disputes/_panel.html", context
