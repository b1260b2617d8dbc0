"""The bounds of the figures, as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NAMES = {
    "whistle.rate_high": _("吹哨率高于多少算偏高（%）"),
    "whistle.rate_low": _("吹哨率低于多少算偏低（%）"),
    "whistle.rate_least": _("一个月至少几件事才看吹哨率"),
    "whistle.late_share": _("晚到超过多少算经常迟到（%）"),
    "whistle.late_least": _("至少到场到期几次才看迟到"),
    "whistle.far_metres": _("离现场多远的到场要提示（米）"),
}
SHARES = {"whistle.rate_high", "whistle.rate_low", "whistle.late_share"}
MOST = {"whistle.rate_least": 10_000, "whistle.late_least": 1_000, "whistle.far_metres": 50_000}


class BoundsForm(forms.Form):
    """One number a bound, and the paper that says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in NAMES.items():
            self.fields[name_of(key)] = (
                forms.FloatField(label=label, min_value=0, max_value=100)
                if key in SHARES
                else forms.IntegerField(label=label, min_value=1, max_value=MOST[key])
            )
        self.fields["basis"] = forms.CharField(label=_("依据（文号或会议）"), max_length=200)

    def numbers(self) -> dict[str, float]:
        """The numbers, by the key of the bound."""
        return {key: self.cleaned_data[name_of(key)] for key in NAMES}


def name_of(key: str) -> str:
    """The field of a bound."""
    return key.removeprefix("whistle.")
