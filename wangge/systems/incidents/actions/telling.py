"""Messages to those who reported a matter, at the steps that are theirs to know."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.engines.cases.models import Case, Follower, Step
from wangge.engines.cases.models.case import REPORTER
from wangge.engines.cases.queries import procedure_of, step_name
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import setting
from wangge.gateways import sms
from wangge.lib.sealing import unseal

from ..kinds import SYSTEMS
from ..models import Telling

# By step; "" for all others. A district puts its own under sms.incidents: steps, text, the carrier's number.
TEXTS: dict[str, Any] = {
    "": gettext_lazy("【网格】您反映的事项 {number} 有新进展：{step}。"),
    "file": gettext_lazy("【网格】您反映的事项 {number} 已受理。"),
    "accept": gettext_lazy("【网格】您反映的事项 {number} 已受理。"),
    "close": gettext_lazy("【网格】您反映的事项 {number} 已办结，请评价；没解决可以重开。"),
    "refuse": gettext_lazy("【网格】您反映的事项 {number} 没有受理，原因请凭回执查看。"),
    "reply": gettext_lazy("【网格】您反映的事项 {number} 有了答复，请凭回执查看。"),
    "reply_now": gettext_lazy("【网格】您反映的事项 {number} 有了答复，请凭回执查看。"),
}


def tell_reporters(*, case_pk: int, at_step: int) -> int:
    """Tell everybody who follows a case, and left a phone, of one of its steps; each once, also when run
    again. Returns how many were told now.

    Raises:
        NotSent: one could not be told; those before were, and are not told again.
    """
    step = Step.objects.select_related("case").filter(case=case_pk, number=at_step).first()
    if step is None or step.case.system not in SYSTEMS:
        return 0
    told = Telling.objects.filter(step=step).values("follower")
    waiting = Follower.objects.filter(_of(step.case)).exclude(contact_sealed="").exclude(pk__in=told)
    return sum(_tell(step, follower) for follower in waiting.order_by("pk"))


def _of(case: Case) -> Q:
    """A merged case's own followers went on to the other one; the step of merging is told to them."""
    return Q(case=case) | Q(came_with=case)


@transaction.atomic
def _tell(step: Step, follower: Follower) -> int:
    _name, phone = json.loads(unseal(follower.contact_sealed, REPORTER))
    _telling, new = Telling.objects.get_or_create(step=step, follower=follower)
    if not phone or not new:
        return 0
    case = step.case
    sms.send(phone, _template(step), _values(step, follower))
    data = {"number": case.number, "step": step.key}
    journal.record("reporter.told", actor="system", area=case.area_code, subject=case, data=data)
    return 1


def _template(step: Step) -> sms.Template:
    own = setting("sms.incidents", [])
    fitting = [each for each in own if step.key in each["steps"]] or [
        each for each in own if not each["steps"]
    ]
    said = fitting[0] if fitting else {}
    text = said.get("text") or str(TEXTS.get(step.key, TEXTS[""]))
    return sms.Template(f"incident.{step.key}", text, said.get("code", ""))


def _values(step: Step, follower: Follower) -> dict[str, str]:
    """Nothing of what was said: whoever holds the phone may not be who reported."""
    link = (
        f"{settings.PUBLIC_URL}/r/t/{follower.receipt}/" if follower.receipt and settings.PUBLIC_URL else ""
    )
    procedure = procedure_of(step.case)
    return {
        "number": step.case.number, "step": step_name(procedure, step.key), "receipt": follower.receipt,
        "state": procedure.state(step.came_to).label, "link": link or _("凭回执查看"),
    }  # fmt: skip
