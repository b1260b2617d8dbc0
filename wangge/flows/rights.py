"""A resident learns by a short message that her request was answered; the answer itself she reads after
proving who she is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.queries import setting
from wangge.gateways import sms
from wangge.lib.sealing import unseal
from wangge.registry.rights.models import RightsRequest


def tell_answered(entry: Entry) -> None:
    """On rights.answered and rights.extended: one message to the phone that asked."""
    row = RightsRequest.objects.filter(pk=entry.subject_id).first()
    if row is not None:
        usual = {"text": _("【网格】您的个人信息请求 {number} 有了答复，请到“我的信息”查看。"), "code": ""}
        said = setting("sms.rights", usual)
        template = sms.Template("rights", said["text"], said.get("code", ""))
        sms.send(unseal(row.phone_sealed), template, {"number": row.number})
