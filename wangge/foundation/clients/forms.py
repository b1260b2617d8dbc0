"""What the pages about clients take in."""

from __future__ import annotations

import ipaddress
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.clients.enums import Scope
from wangge.foundation.clients.events import offered
from wangge.foundation.clients.models import Client
from wangge.foundation.journal.events import name_of
from wangge.foundation.territory import queries as territory

INDENT = {"district": "", "town": "　", "community": "　　"}


class Networks(forms.CharField):
    """Addresses or networks, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        try:
            return [str(ipaddress.ip_network(line, strict=False)) for line in lines[:50]]
        except ValueError as error:
            raise ValidationError(
                _("网络地址写法不对；每行一个，例如 10.3.0.0/16 或 203.0.113.7。")
            ) from error


class ChangeForm(forms.Form):
    """What a client may; everything but its name and area."""

    owner = forms.CharField(
        label=_("负责单位"), max_length=80, help_text=_("居民查询谁看过信息时看到的名称。")
    )
    scopes = forms.MultipleChoiceField(
        label=_("权限"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    expires_on = forms.DateField(
        label=_("到期日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("当日起失效；不填为长期。"),
    )
    per_minute = forms.IntegerField(label=_("每分钟最多次数"), min_value=1, max_value=100_000, initial=60)
    per_day = forms.IntegerField(label=_("每天最多次数"), min_value=1, max_value=100_000_000, initial=10_000)
    addresses = Networks(
        label=_("允许的网络地址"), required=False, help_text=_("每行一个地址或网段；不填为不限。")
    )

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day is not None and day <= timezone.localdate():
            raise ValidationError(_("到期日要晚于今天；要立即停用请用“停用”。"))
        return day


class ClientForm(ChangeForm):
    """A new client."""

    name = forms.CharField(
        label=_("名称"),
        max_length=40,
        validators=Client._meta.get_field("name").validators,
        help_text=_("小写字母、数字、横线，例如 hr-bureau；会写进留痕，以后不能改。"),
    )
    area_code = forms.ChoiceField(label=_("辖区"), help_text=_("只能看到这个辖区以内的内容。"))
    field_order = ["name", "owner", "area_code", "scopes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = territory.areas_in_reach().exclude(level="grid").order_by("code")
        cast(forms.ChoiceField, self.fields["area_code"]).choices = [
            (area.code, INDENT[area.level] + territory.short_name(area.name)) for area in areas
        ]

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Client._base_manager.filter(name=name).exists():
            raise ValidationError(_("这个名称已被使用，请换一个。"))
        return name


class WebhookForm(forms.Form):
    """Where a client is told of what."""

    url = forms.CharField(
        label=_("接收地址"), max_length=300, help_text=_("https 地址；内网地址须先列入允许的网段。")
    )
    kinds = forms.MultipleChoiceField(label=_("事件"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["kinds"]).choices = [
            (kind, f"{name_of(kind)}（{kind}）")
            for kind, scope in offered().items()
            if scope in client.scopes
        ]
