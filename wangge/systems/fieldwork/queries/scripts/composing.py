"""One door's script out of the ground and the sources: every question once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from wangge.engines.forms.queries import Asked
from wangge.registry.people.models import Room
from wangge.registry.people.rules import ALL

from ...enums import CallBackState
from ...models import CallBack, Campaign, Duty
from ..care import Cared
from .facts import TYPES, Asker, Due
from .formed import Formed
from .ground import Ground, Held
from .members import rows_of
from .parts import (
    ASKED,
    CAMPAIGN,
    CARE,
    CONTRADICTED,
    MISSING,
    ORGANISATION,
    RECHECK,
    ROOM,
    STALE,
    Block,
    Question,
    Script,
)
from .sources import Sources

REGISTER = "register"
ROOM_FACTS = {"room_state": "state", "room_use": "use"}
ORGANISATION_FACTS = {"org_phone": "phone_sealed", "staff_number": "staff_number"}
CARE_FORM = 4  # questions of a care form by itself: how, safe, what is needed, words


class Step(NamedTuple):
    """A question of a campaign's form: the fact it asks for with what that is of, else its own question."""

    part: str
    path: str
    fact: str
    target: str
    own: Question | None


class Composer:
    """Composes doors; ``confirmed`` says when a fact of a room was last said: (room, fact) -> day."""

    def __init__(
        self, ground: Ground, sources: Sources, asker: Asker, confirmed: dict[tuple[int, str], date]
    ) -> None:
        self.ground, self.sources, self.asker = ground, sources, asker
        self.confirmed = confirmed
        self._asked_by: dict[int, list[Step]] = {}
        self._of_register = _("登记信息")

    def wanted(self, kind: str, key: int) -> dict[str, str]:
        """Facts a campaign wants of those at a door, and which."""
        return {
            one.fact: campaign.name
            for campaign in self.sources.campaigns.get((kind, key), ())
            if (formed := self.sources.forms.get(campaign.form_id))
            for one in formed.questions
            if one.fact
        }

    def dues(self, kind: str, key: int) -> list[tuple[Due, str]]:
        """What is due of the people at a door, each with who else wants it."""
        found = []
        at_door = self.wanted(kind, key)
        for held in self.ground.residents(kind, key):
            wanted = at_door
            for request, facts in self.sources.requests.get(held.pk, {}).items():
                wanted = wanted | dict.fromkeys(facts, request.title)
            found += [(due, wanted.get(due.fact, "")) for due in self.asker.due(held, wanted)]
        return found

    def script(self, kind: str, key: int, area: str, dues: Collection[tuple[Due, str]]) -> Script:
        """The script of a door, whose dues were looked up before so that their values open together."""
        script = Script(f"{kind}:{key}", area)
        self._register(script, kind, key, dues)
        for campaign in self.sources.campaigns.get((kind, key), ()):
            if formed := self.sources.forms.get(campaign.form_id):
                self._campaign(script, kind, key, campaign, formed)
        for held in self.ground.residents(kind, key):
            for cared in self.sources.care.get(held.pk, ()):
                _care(script, held, cared)
        for duty in self.sources.duties.get((kind, key), ()):
            _recheck(script, duty)
        for call_back in self.sources.call_backs.get((kind, key), ()):
            script.blocks.append(_called(call_back))
        script.separate += self._tables(kind, key)
        return script

    def _register(self, script: Script, kind: str, key: int, dues: Collection[tuple[Due, str]]) -> None:
        keys = [script.ask(self._asked(due, who)) for due, who in dues]
        keys += [script.ask(question) for question in self._of_place(kind, key)]
        residents = self.ground.residents(kind, key)
        for held in residents:
            for row, fault in self.sources.faults.get(held.pk, ()):
                keys.append(script.ask(_mend(held, row.pk, fault)))
        if keys:
            script.blocks.insert(0, Block(REGISTER, self._of_register, STALE, needs=keys))
            script.separate += self._register_form(kind, len(residents))

    def _asked(self, due: Due, who: str) -> Question:
        if due.why == MISSING and who:
            words = _("登记册里还没有；“%(who)s”要用。") % {"who": who}
            return self.asker.question(due, words)
        return self.asker.question(due)

    def _register_form(self, kind: str, people: int) -> int:
        """How many questions the register's own form has for a door: every fact it must keep fresh."""
        if kind == ORGANISATION:
            return len(ORGANISATION_FACTS)
        places = len(ROOM_FACTS) if kind == ROOM else 0
        return places + len(self.asker.kept_of_a_person) * people

    def _of_place(self, kind: str, key: int) -> list[Question]:
        if kind == ROOM and key in self.ground.rooms:
            row = self.ground.rooms[key]
            held = {fact: row[column] for fact, column in ROOM_FACTS.items()}
            told = {fact: self.confirmed.get((key, fact)) for fact in ROOM_FACTS}
            return self._place_questions(f"room:{key}", held, told)
        if kind == ORGANISATION and key in self.ground.organisations:
            firm = self.ground.organisations[key]
            held = {fact: getattr(firm, column) for fact, column in ORGANISATION_FACTS.items()}
            return self._place_questions(f"organisation:{key}", held, dict.fromkeys(held, firm.confirmed_at))
        return []

    def _place_questions(self, at: str, held: dict[str, Any], told: dict[str, date | None]) -> list[Question]:
        found = []
        for code, value in held.items():
            fact = self.asker.kept.get(code)
            if fact is None:
                continue
            known = value not in (None, "")
            since = told[code]
            fresh = since is not None and since >= self.asker.today - timedelta(days=fact.fresh_days)
            if (known and fact.fresh_days and not fresh) or (not known and code in self.asker.must):
                words = self._since(since, fact.fresh_days) if known else self.asker.words[MISSING]
                found.append(
                    Question(
                        f"{at}:{code}", fact.name, "select" if fact.options else TYPES.get(fact.kind, "text"),
                        STALE if known else MISSING, words, fact.options or None, code,
                        known=_place_known(fact.options, code, value) if known else None,
                    )
                )  # fmt: skip
        return found

    def _since(self, since: date | None, days: int) -> str:
        if since is None:
            return self.asker.words["never"]
        return self.asker.words[STALE] % {"day": since.isoformat(), "days": days}

    def _campaign(self, script: Script, kind: str, key: int, campaign: Campaign, formed: Formed) -> None:
        """The parts of a campaign's form, without what the register knows and what is asked already."""
        residents = self.ground.residents(kind, key)
        blocks = {
            part: Block(f"campaign:{campaign.pk}:{part}", title, CAMPAIGN, formed.key, formed.number)
            for part, title in formed.parts.items()
        }
        skip, took = [], {}
        for part, path, fact, target, own in self._steps(campaign, formed):
            if own is not None:
                blocks[part].needs.append(script.ask(own))
                script.separate += 1
                continue
            keys = _keys_of(fact, target, kind, key, residents)
            due = [name for name in keys if name in script.questions]
            blocks[part].needs += due
            script.separate += max(len(keys), 1)
            if due:
                took[path] = due
            else:
                skip.append(path)
        script.blocks += blocks.values()
        script.forms.append(
            {"campaign": campaign.pk, "key": formed.key, "number": formed.number, "title": formed.title,
             "skip": skip, "took": took}
        )  # fmt: skip
        if members := rows_of(formed.repeats, residents):
            script.prefill[formed.key] = members

    def _steps(self, campaign: Campaign, formed: Formed) -> list[Step]:
        """A campaign's questions, made once for all its doors."""
        if campaign.pk not in self._asked_by:
            words = _("“%(name)s”，%(day)s 截止。")
            reason = words % {"name": campaign.name, "day": campaign.ends_on.isoformat()}
            self._asked_by[campaign.pk] = [self._step(one, formed.key, reason) for one in formed.questions]
        return self._asked_by[campaign.pk]

    def _step(self, one: Asked, form: str, reason: str) -> Step:
        fact = self.asker.kept.get(one.fact) if one.fact else None
        if fact is not None and fact.target in ("person", "tie", "room", "organisation"):
            return Step(one.part, one.path, one.fact, fact.target, None)
        kind = TYPES.get(one.type, "text")
        own = Question(f"form:{form}:{one.path}", one.label, kind, CAMPAIGN, reason, one.options)
        return Step(one.part, one.path, "", "", own)

    def _tables(self, kind: str, key: int) -> int:
        """What departments' own questionnaires would ask here: every fact of the table, of everybody."""
        count = 0
        for held in self.ground.residents(kind, key):
            for request, facts in self.sources.requests.get(held.pk, {}).items():
                known = [name for name in request.fields if name in self.asker.kept]
                count += len(known) + len(facts)
        return count


def _keys_of(fact: str, target: str, kind: str, key: int, residents: Collection[Held]) -> list[str]:
    """The questions of the register that answer a form's question bound to a fact."""
    if target in ("person", "tie"):
        return [f"person:{held.pk}:{fact}" for held in residents]
    return [f"{kind}:{key}:{fact}"] if kind == target else []


def _place_known(options: tuple[tuple[str, str], ...], code: str, value: Any) -> str:
    if code == "org_phone":
        return _("已有号码")
    return dict(options).get(str(value), str(value))


def _mend(held: Held, pk: int, fault: Any) -> Question:
    options = [("right", _("登记无误"))]
    if fault.steps:
        options.insert(0, ("repair", _("按建议改")))
    return Question(
        f"discrepancy:{pk}", f"{held.name} · {ALL[fault.rule].title}", "select", CONTRADICTED,
        fault.why or _("请当面核实。"), tuple(options), person=held.pk, known=fault.said,
    )  # fmt: skip


def _care(script: Script, held: Held, cared: Cared) -> None:
    due = cared.next.isoformat() if cared.next else ""
    reason = _("关爱探访应在 %(day)s 前。") % {"day": due}
    if cared.last:
        reason = _("上次 %(last)s，应在 %(day)s 前再去。") % {"last": cared.last.isoformat(), "day": due}
    key = script.ask(
        Question(
            f"care:{cared.row.pk}:safe", _("%(name)s 是否平安") % {"name": held.name}, "select", CARE, reason,
            (("yes", _("平安")), ("no", _("需要帮助"))), person=held.pk,
        )
    )  # fmt: skip
    script.blocks.append(Block(f"care:{cared.row.pk}", _("关爱探访"), CARE, needs=[key]))
    script.separate += CARE_FORM


def _recheck(script: Script, duty: Duty) -> None:
    words = duty.words or _("抽查复核。")
    options = (("same", _("与登记一致")), ("differs", _("与登记不一致")))
    key = script.ask(
        Question(f"duty:{duty.pk}", _("复核"), "select", RECHECK, words, options)
    )  # fmt: skip
    script.blocks.append(Block(f"duty:{duty.pk}", _("复核"), RECHECK, needs=[key]))
    script.separate += 1


def _called(row: CallBack) -> Block:
    if row.state == CallBackState.ANSWERED and row.on:
        title = _("再访：住户说 %(day)s 在家") % {"day": row.on.isoformat()}
    else:
        title = _("再访：上次无人，已留卡 %(tries)d 次") % {"tries": row.tries}
    return Block(f"callback:{row.number}", title, ASKED)


def room_labels(keys: Collection[int]) -> dict[int, str]:
    """How people call these rooms."""
    rows = Room._base_manager.filter(pk__in=keys).select_related("building")
    return {row.pk: f"{row.building.name}{row.label}" for row in rows}
