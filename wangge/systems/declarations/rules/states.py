"""Which state a declaration may go into: a table, and words for what it refuses (spec 2.2, "Status")."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.registry.people.rules import Declined

from ..enums import State, Verb

_DECIDE = {Verb.VERIFY: State.VERIFIED, Verb.WRONG: State.WRONG, Verb.NOT_FOUND: State.NOT_FOUND}
_PASS = {Verb.TRANSFER: State.TRANSFERRED, Verb.WITHDRAW: State.WITHDRAWN, Verb.END: State.ENDED}
_STAY = (Verb.CALL, Verb.NOBODY, Verb.ADDRESS, Verb.KEEP, Verb.CORRECT)


def _same(state: State, *verbs: Verb) -> dict[Verb, State]:
    return dict.fromkeys(verbs, state)


def _other_than(state: State) -> dict[Verb, State]:
    return {verb: after for verb, after in _DECIDE.items() if after != state}


# state -> verb -> the state it leads to; a verb that does not stand there is refused
LEADS: dict[str, dict[Verb, State]] = {
    State.SUBMITTED: {**_DECIDE, **_PASS, **_same(State.SUBMITTED, *_STAY), Verb.MATCH: State.TO_VERIFY},
    State.TO_VERIFY: {**_DECIDE, **_PASS, **_same(State.TO_VERIFY, *_STAY, Verb.MATCH)},
    State.TRANSFERRED: {
        **_DECIDE,
        **_PASS,
        **_same(State.TO_VERIFY, *_STAY, Verb.TAKE),
        Verb.MATCH: State.TRANSFERRED,
    },
    State.VERIFIED: {
        **_same(State.VERIFIED, Verb.ADDRESS, Verb.KEEP),
        Verb.CORRECT: State.TO_VERIFY,
        Verb.WITHDRAW: State.WITHDRAWN,
        Verb.END: State.ENDED,
    },
    State.WRONG: {
        **_other_than(State.WRONG),
        **_PASS,
        **_same(State.WRONG, Verb.CALL, Verb.NOBODY),
        Verb.CORRECT: State.TO_VERIFY,
    },
    State.NOT_FOUND: {
        **_other_than(State.NOT_FOUND),
        **_PASS,
        **_same(State.NOT_FOUND, Verb.CALL, Verb.NOBODY),
        Verb.CORRECT: State.TO_VERIFY,
    },
    State.WITHDRAWN: {Verb.ARCHIVE: State.ARCHIVED},
    State.ENDED: {Verb.ARCHIVE: State.ARCHIVED},
    State.ARCHIVED: {},
}
_WHAT_NOW = {
    State.SUBMITTED: gettext_lazy("请先核实，再做这一步。"),
    State.TO_VERIFY: gettext_lazy("请先核实，再做这一步。"),
    State.TRANSFERRED: gettext_lazy("请先接收或核实，再做这一步。"),
    State.VERIFIED: gettext_lazy("如需改判，请先撤销上一次结论。"),
    State.WRONG: gettext_lazy("请先更正信息，或撤销上一次结论。"),
    State.NOT_FOUND: gettext_lazy("请先更正信息，或撤销上一次结论。"),
    State.WITHDRAWN: gettext_lazy("报备人已撤回，不必再处理；需要的话请本人重新报备。"),
    State.ENDED: gettext_lazy("期限已过，不必再处理；人还在的话请重新报备。"),
    State.ARCHIVED: gettext_lazy("个人信息已清除，不能再处理。"),
}


def leads_to(state: str, verb: Verb) -> State:
    """The state that ``verb`` leads to.

    Raises:
        Declined: the table does not hold it; says where the declaration stands and what to do.
    """
    after = LEADS[state].get(verb)
    if after is None:
        stands, done = State(state), Verb(verb)
        said = _("这条报备现在是“%(state)s”，不能“%(verb)s”。") % {
            "state": stands.label,
            "verb": done.label,
        }
        raise Declined("state", said + str(_WHAT_NOW[stands]))
    return after


def may(state: str, verb: Verb) -> bool:
    """Whether the table holds it, for buttons."""
    return verb in LEADS[state]
