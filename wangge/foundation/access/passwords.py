"""A password rule of the house: the last ones are not taken again."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wangge.foundation.access.models import UsedPassword, User


class HistoryValidator:
    """Refuses the last ``remembered`` passwords of the user."""

    def __init__(self, remembered: int = 5) -> None:
        self.remembered = remembered

    def validate(self, password: str, user: Any = None) -> None:
        if not isinstance(user, User) or user.pk is None:
            return
        used = UsedPassword.objects.filter(user=user)[: self.remembered]
        if any(check_password(password, old.hashed) for old in used):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Django calls this after a new password was saved."""
        if not isinstance(user, User):
            return
        UsedPassword.objects.create(user=user, hashed=user.password)
        kept = UsedPassword.objects.filter(user=user)[: self.remembered].values_list("pk", flat=True)
        UsedPassword.objects.filter(user=user).exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        return _("不能使用最近 %(count)s 次用过的密码。") % {"count": self.remembered}
