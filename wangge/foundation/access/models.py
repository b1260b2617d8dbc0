"""Who may do what where, and who has read whose data."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.access.enums import Role, What
from wangge.lib.scoping import Reach, Scoped, prefix_of


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, name: str = "", password: str | None = None, **fields: Any) -> User:
        """A user without any grant; the verb for the product is ``actions.create_user``."""
        user = self.model(username=username, name=name or username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. Holds no right of its own; grants do."""

    personal: dict[str, tuple[str, str]] = {
        "username": ("to sign in and to be named in the trail", "as long as the trail"),
        "name": ("colleagues and residents must know who acted", "as long as the trail"),
        "last_login": ("idle accounts are found by it", "as long as the account"),
    }

    username = models.CharField(
        _("用户名"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("用户名只能用小写字母、数字、点、横线。"))],
    )
    name = models.CharField(_("姓名"), max_length=60)
    area_code = models.CharField(_("所属辖区"), max_length=15, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    password_changed_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["username"]
        verbose_name = _("用户")
        indexes = [models.Index(fields=["area_code"], name="access_user_area")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class UsedPassword(models.Model):
    """The last hashes of a user's passwords, so that an old one is not taken again."""

    personal: dict[str, tuple[str, str]] = {}

    user = models.ForeignKey(User, models.CASCADE, related_name="used_passwords")
    hashed = models.CharField(max_length=128)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("用过的密码")

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%F}"


class Grant(models.Model):
    """A role on an area for a while: from ``valid_from`` until the day before ``valid_to``."""

    personal: dict[str, tuple[str, str]] = {}

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(_("角色"), max_length=24, choices=Role.choices)
    area_code = models.CharField(_("辖区"), max_length=15)
    valid_from = models.DateField(_("生效日期"), default=timezone.localdate)
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    granted_by = models.CharField(_("授权人"), max_length=150)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        verbose_name = _("授权")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="access_grant_dates",
            ),
        ]
        indexes = [models.Index(fields=["area_code"], name="access_grant_area")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.area_code}"

    @property
    def reach(self) -> Reach:
        return Reach((prefix_of(self.area_code),))

    def holds_on(self, day: date) -> bool:
        """Whether the grant is in force on this day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Reading(Scoped):
    """Somebody read a person's data. The person may see this list (PIPL 44-45)."""

    personal: dict[str, tuple[str, str]] = {
        "actor_name": ("the person read about may ask who read", "3 years after the reading"),
    }

    at = models.DateTimeField(_("时间"), default=timezone.now)
    actor = models.CharField(_("读取人"), max_length=150)
    actor_name = models.CharField(_("姓名"), max_length=60, blank=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    what = models.CharField(_("方式"), max_length=8, choices=What.choices, default=What.VIEW)
    field = models.CharField(_("项目"), max_length=40, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    area_code = models.CharField(_("辖区"), max_length=15)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("读取记录")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="access_reading_subject"),
            models.Index(fields=["actor", "-at"], name="access_reading_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.what} {self.subject_type}"
