"""Steps one by one: from where, to where, by whom, with what."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ...enums import Need, Role, Told
from ..limits import is_limit, minutes_of
from ..procedure import Procedure, Step


def step_faults(procedure: Procedure) -> Iterator[str]:
    """Steps that cannot be taken, lead nowhere, belong to nobody, or let somebody judge own work."""
    states = {state.key for state in procedure.states}
    for step in procedure.steps:
        yield from _places(step, states)
        yield from _words(step)
        yield from _by_itself(step)
    yield from _own_judges(procedure)


def _places(step: Step, states: set[str]) -> Iterator[str]:
    if not step.origins:
        yield _("步骤 %(step)s 没有写在哪些状态可以办（from），永远办不了。") % {"step": step.key}
    for key in step.origins:
        if key not in states:
            yield _("步骤 %(step)s 从状态“%(state)s”出发，但没有这个状态。") % {
                "step": step.key, "state": key[:40],
            }  # fmt: skip
    if step.to and step.to not in states:
        yield _("步骤 %(step)s 到状态“%(state)s”，但没有这个状态。") % {
            "step": step.key, "state": step.to[:40],
        }  # fmt: skip


def _words(step: Step) -> Iterator[str]:
    if not step.roles:
        yield _("步骤 %(step)s 没有写由谁来办（roles），没有人能办。") % {"step": step.key}
    for name, said, known in (
        ("roles", step.roles, Role.values), ("needs", step.needs, Need.values),
        ("tells", step.tells, Told.values),
    ):  # fmt: skip
        for word in said:
            if word not in known:
                yield _("步骤 %(step)s 的 %(name)s 写了“%(word)s”，不认识；可写：%(known)s。") % {
                    "step": step.key, "name": name, "word": word[:40], "known": "、".join(known),
                }  # fmt: skip


def _by_itself(step: Step) -> Iterator[str]:
    if not step.after:
        return
    if Role.CLOCK not in step.roles:
        yield _("步骤 %(step)s 写了 after，但由谁来办里没有 clock；到时自动办的才写 after。") % {
            "step": step.key
        }
    if not is_limit(step.after) or not minutes_of(step.after):
        yield _("步骤 %(step)s 的 after 写了“%(text)s”，不是时限；请写如 2h、15d、3wd。") % {
            "step": step.key, "text": step.after[:20],
        }  # fmt: skip


def _own_judges(procedure: Procedure) -> Iterator[str]:
    """Where work can be rejected, neither who did it nor who raised it may say that it is good."""
    judged = {origin for step in procedure.steps if step.reject for origin in step.origins}
    for step in procedure.steps:
        if step.reject or not step.to or not judged.intersection(step.origins):
            continue
        for role in (Role.UNIT, Role.REPORTER):
            if role in step.roles:
                yield _("步骤 %(step)s 是核查，不能由%(role)s自己办。") % {
                    "step": step.key, "role": role.label,
                }  # fmt: skip
