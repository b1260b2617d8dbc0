"""What the reporter says of the result."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

RATINGS = [(3, _("满意")), (2, _("基本满意")), (1, _("不满意"))]


class RateForm(forms.Form):
    """How content, and whether it is solved."""

    op = forms.UUIDField()
    rating = forms.TypedChoiceField(
        choices=RATINGS, coerce=int, error_messages={"required": _("请选满意、基本满意或不满意。")}
    )
    solved = forms.ChoiceField(choices=[("yes", _("解决了")), ("no", _("没解决"))], required=False)
    words = forms.CharField(max_length=500, required=False)

    def solved_said(self) -> bool | None:
        """None where she did not say."""
        return {"yes": True, "no": False}.get(self.cleaned_data["solved"])


class ReopenForm(forms.Form):
    """Why it is not solved."""

    op = forms.UUIDField()
    words = forms.CharField(max_length=500, error_messages={"required": _("请写一句哪里没解决。")})
