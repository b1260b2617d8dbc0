"""Forms of the pages without account: founding, joining, leaving, managing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wangge.lib.identifiers import check_identity
from wangge.lib.identifiers.messages import message
from wangge.registry.people.enums import IdType

from ..enums import MOST_MEMBERS, GroupType, RuleTest
from ..queries.order_rules import Field
from .fields import CreditCode, FullName, Mobile, communities

_CHECKED_AS = {"": "", "111": "resident", "414": "passport", "516": "hk_macao_travel", "511": "taiwan_travel"}
_ASKED = ("111", "414", "516", "511", "990")
WORKS, VISITS = "staff", "other"
ORDER = "order_"  # before the key of a field that an order brought


class PhoneForm(forms.Form):
    """Whose groups are wanted."""

    phone = Mobile(label=_("手机号码"))


class CodeForm(forms.Form):
    """The six digits, and which proof they belong to."""

    proof = forms.CharField(max_length=60, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("短信验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class GroupForm(forms.Form):
    """Spec 2.1: 团体名称, 团体类型, 团体地址, 手机号 (the code comes next)."""

    name = forms.CharField(label=_("团体名称"), max_length=120)
    type = forms.ChoiceField(label=_("团体类型"), choices=GroupType.choices)
    area_code = forms.ChoiceField(label=_("所在村（社区）"))
    address = forms.CharField(label=_("团体地址"), max_length=200)
    uscc = CreditCode(label=_("统一社会信用代码"), max_length=24, required=False)
    founder = FullName(label=_("您的姓名"))
    phone = Mobile(label=_("您的手机号码"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area_code"].choices = communities()  # type: ignore[attr-defined]

    def facts(self) -> dict[str, str]:
        """What the group is, by the names of its columns."""
        return {name: self.cleaned_data[name] for name in ("name", "type", "area_code", "address", "uscc")}


class JoinForm(forms.Form):
    """Who joins: the name, and a phone or an id number."""

    name = FullName(label=_("姓名"))
    phone = Mobile(label=_("手机号码"), required=False)
    id_type = forms.ChoiceField(
        label=_("证件类型"),
        required=False,
        choices=[("", "—"), *[c for c in IdType.choices if c[0] in _ASKED]],
    )
    id_no = forms.CharField(label=_("证件号码"), max_length=30, required=False)
    relation = forms.ChoiceField(
        label=_("我在这里"), choices=[(WORKS, _("工作")), (VISITS, _("就读、居住或参加活动"))], initial=WORKS,
        widget=forms.RadioSelect,
    )  # fmt: skip
    consent = forms.BooleanField(label=_("我已阅读告知，同意加入并授权上述用途"))
    notice = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, employs: bool = True, brought: Sequence[Field] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not employs:
            del self.fields["relation"]
        self.fields.update({f"{ORDER}{field.key}": order_field(field) for field in brought})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("phone") and not given.get("id_no") and not {"phone", "id_no"} & set(self.errors):
            self.add_error("phone", _("手机号码和证件号码至少填一项。"))
        if given.get("id_no"):
            self._check_number(given)
        return given

    def _check_number(self, given: dict[str, Any]) -> None:
        kind = given.get("id_type", "")
        if kind == IdType.OTHER:
            return
        demo = settings.DEMO or settings.TEST
        checked = check_identity(given["id_no"], _CHECKED_AS.get(kind, ""), demo=demo)
        if checked.error:
            self.add_error("id_no", message(checked.error))
        else:
            given["id_no"] = checked.number

    def said(self) -> dict[str, Any]:
        """What the newcomer says, by the names of ``Newcomer``."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("name", "phone", "id_type", "id_no")}
        return told | {"as_staff": given.get("relation") == WORKS}

    def brought(self) -> dict[str, str]:
        """What was answered to the fields of orders, by their keys."""
        return values_in(self.cleaned_data)


class ValuesForm(forms.Form):
    """A member's answers to the fields of the orders in force."""

    def __init__(self, *args: Any, brought: Sequence[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update({f"{ORDER}{field.key}": order_field(field) for field in brought})


def order_field(field: Field) -> forms.Field:
    """The form's field for a field of an order."""
    told: dict[str, Any] = {"label": field.label, "required": field.required, "help_text": field.note}
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", "—"), *((one, one) for one in field.choices)], **told)
    if field.kind == "yes_no":
        return forms.ChoiceField(choices=[("", "—"), ("yes", _("是")), ("no", _("否"))], **told)
    if field.kind == "date":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **told)
    if field.kind == "number":
        return forms.DecimalField(max_digits=21, decimal_places=6, **told)
    return forms.CharField(max_length=200, **told)


def values_in(given: Mapping[str, Any]) -> dict[str, str]:
    """The answers among cleaned data, as orders keep them: texts, dates by ISO 8601."""
    return {
        name.removeprefix(ORDER): value.isoformat() if hasattr(value, "isoformat") else str(value)
        for name, value in given.items()
        if name.startswith(ORDER) and value not in (None, "")
    }


class LeaveForm(forms.Form):
    """Why somebody wants to leave; may stay empty."""

    reason = forms.CharField(label=_("退出的原因（可不填）"), max_length=200, required=False)


class ReasonForm(forms.Form):
    """A decision about somebody else needs its reason."""

    reason = forms.CharField(label=_("理由"), max_length=200, min_length=2)


class InviteForm(forms.Form):
    """For how many an invitation is good."""

    max_uses = forms.IntegerField(
        label=_("最多加入多少人"), min_value=1, max_value=MOST_MEMBERS, initial=MOST_MEMBERS
    )


class ListForm(forms.Form):
    """A firm's staff list."""

    file = forms.FileField(label=_("花名册（Excel）"), allow_empty_file=True)


class SuccessorForm(forms.Form):
    """Who takes the group over."""

    member = forms.IntegerField(min_value=1)


class DissolveForm(forms.Form):
    """The risk notice was read."""

    risk = forms.BooleanField(label=_("我已了解解散的后果"))


class RuleForm(forms.Form):
    """A demand on a field an order brought."""

    field = forms.ChoiceField(label=_("项目"))
    test = forms.ChoiceField(label=_("要求"), choices=RuleTest.choices)
    threshold = forms.CharField(label=_("值"), max_length=60)

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = fields  # type: ignore[attr-defined]
