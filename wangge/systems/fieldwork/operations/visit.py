"""Visits, people found and people gone, as phones send them; the scripts they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.sync import handlers, sections
from wangge.engines.sync.handlers import Done, Incoming
from wangge.foundation.access.rules import Unacceptable
from wangge.registry.people.models import Person, Room

from ..actions.visits import Recorded, person_found, person_left, record_visit
from ..queries.beside import last_visits, rooms_visited
from ..queries.callbacks import token_of
from ..queries.scripts import told
from ..queries.scripts.delta import due_scripts, gone_scripts
from ..queries.visits import refused_words
from .reach import day_in, door_in, found


def register() -> None:
    """Called once when the process starts."""
    handlers.register("visit.done", visit_done)
    handlers.register("person.found", found_person)
    handlers.register("person.left", left_person)
    sections.register("scripts", scripts, gone_scripts, daily=True)
    sections.extend("rooms", last_visits, rooms_visited)


def visit_done(incoming: Incoming) -> Done:
    """visit.done: the contract's data; ``shown``, if given, lists the questions the worker's script had."""
    data, place = incoming.data, incoming.place
    done = record_visit(
        actor=incoming.worker, op=incoming.op, at=incoming.at, result=str(data.get("result", "")),
        door=door_in(data), answers=_mapping(data.get("answers")), forms=_forms(data),
        words=str(data.get("words") or ""), topics=_listed(data.get("topics")),
        team=_listed(data.get("team")), duties=_listed(data.get("duties")),
        campaigns=_listed(data["campaigns"]) if data.get("campaigns") is not None else None,
        place=(place.lon, place.lat) if place else None, photos=incoming.photos,
        shown=[str(key) for key in _listed(data["shown"])] if data.get("shown") is not None else None,
    )  # fmt: skip
    return Done(done.visit.area_code, result_of(done), done.differs)


def result_of(done: Recorded) -> dict[str, Any]:
    """What the phone shows of a visit."""
    visit, card = done.visit, done.call_back
    link = reverse("visitcard:card", kwargs={"token": token_of(card)}) if card else ""
    return {
        "visit": visit.pk, "ledgers": done.ledgers, "changed": len(visit.changed),
        "confirmed": len(visit.confirmed), "contradicted": len(visit.contradicted),
        "call_back": {"number": card.number, "link": link, "tries": card.tries} if card else None,
        "still": done.still, "refused": refused_words(visit),
    }  # fmt: skip


def found_person(incoming: Incoming) -> Done:
    """person.found: somebody who is not in the register."""
    room = found(Room, incoming.data.get("room"))
    done, alike = person_found(
        actor=incoming.worker, room=room, facts=incoming.data,
        relation=str(incoming.data.get("relation") or ""), on=timezone.localtime(incoming.at).date(),
    )  # fmt: skip
    said = _("登记册里有相像的人，已记下，之后由社区核对是不是同一人。") if alike else ""
    result = {"person": done.person.pk if done.person else None, "new": done.outcome == "new", "said": said}
    return Done(room.area_code, result)


def left_person(incoming: Incoming) -> Done:
    """person.left: lives here no more."""
    key = str(incoming.data.get("person") or "")
    known = key.isdecimal() and len(key) < 19
    person = Person.objects.filter(pk=int(key)).first() if known else None
    if person is None:
        raise Unacceptable(_("这个人不在您的网格里，或已登记离开。请同步后再看。"))
    area = person.area_code
    news = person_left(actor=incoming.worker, person=person, on=day_in(incoming.data))
    return Done(area, {"person": person.pk, "new": news})


def scripts(scope: sections.Scope) -> list[dict[str, Any]]:
    """Every door of the areas where something is due; on a delta those whose ground changed."""
    return told(due_scripts(scope.areas, scope.changed))


def _forms(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every form that was filled in; applications of before sent one."""
    sent = [*_listed(data.get("forms")), data.get("form")]
    return [form for form in sent if isinstance(form, Mapping) and form]


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: Any) -> Sequence[Any]:
    return value[:100] if isinstance(value, list) else []
