"""What comes in through the pages about users and rights."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.forms import LoginForm as PackageLoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import User
from wangge.foundation.access.rules import givable_roles
from wangge.foundation.journal import events
from wangge.foundation.journal.actions import PersonalValue, refuse_personal
from wangge.foundation.territory.models import Area


class LoginForm(PackageLoginForm):
    """User name and password, in plain words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("用户名")
        self.fields["password"].label = _("密码")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "form-control"


class AreaField(forms.CharField):
    """An area code inside the reach in force; typed or picked from suggestions."""

    def clean(self, value: Any) -> str:
        code = super().clean(value).split(" ")[0]
        if not Area.objects.filter(code=code).exists():
            raise ValidationError(
                _("辖区 %(code)s 不存在，或不在您的辖区；请从提示中选择。"), params={"code": code}
            )
        return code


def _area(label: Any) -> AreaField:
    return AreaField(
        label=label,
        max_length=60,
        widget=forms.TextInput(attrs={"list": "area-options", "autocomplete": "off"}),
    )


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs
    )


class NameForm(forms.Form):
    """Name and home area of an account."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    area_code = _area(_("所属辖区"))


class UserForm(NameForm):
    """A new account."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=60,
        validators=User._meta.get_field("username").validators,
        help_text=_("小写字母、数字、点、横线；不要用手机号或证件号。"),
    )
    field_order = ["username", "name", "area_code"]

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        try:
            refuse_personal(username)
        except PersonalValue as error:
            raise ValidationError(_("用户名会写进留痕，不要用手机号或证件号。")) from error
        if User.objects.filter(username=username).exists():
            raise ValidationError(_("用户名已被使用，请换一个。"))
        return username


class GrantForm(forms.Form):
    """A role on an area with dates."""

    role = forms.ChoiceField(label=_("角色"))
    area_code = _area(_("辖区"))
    valid_from = _day(_("生效日期"), initial=timezone.localdate)
    valid_to = _day(_("失效日期"), required=False, help_text=_("当日起无效；不填为长期。"))

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [
            (role.value, role.label) for role in givable_roles(actor)
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end <= start:
            self.add_error("valid_to", _("失效日期要晚于生效日期。"))
        return data


class UserFilter(forms.Form):
    """The filter bar above the list of users."""

    q = forms.CharField(label=_("姓名或用户名"), required=False, max_length=60)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[("", _("全部角色")), *Role.choices])
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), ("open", _("启用")), ("closed", _("停用"))],
    )


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("全部事项")), *events.all_names().items()]


class TrailFilter(forms.Form):
    """The filter bar above the trail."""

    area = forms.CharField(label=_("辖区代码"), required=False, max_length=15)
    actor = forms.CharField(label=_("操作人"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("事项"), required=False, choices=_kinds)
    since = _day(_("自"), required=False)
    until = _day(_("至"), required=False)
