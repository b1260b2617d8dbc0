"""Programs that use the API: what they may, their keys, how much they ask, what they are told."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.clients.enums import SendingState
from wangge.lib.scoping import Reach, Scoped, prefix_of


class Client(Scoped):
    """接口客户端: a program of a department or a mini-program. Its reach is one area and what lies in it."""

    personal: dict[str, tuple[str, str]] = {}
    name = models.CharField(
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*\Z", _("只用小写字母、数字和横线，以字母开头。"))],
    )
    owner = models.CharField(max_length=80)  # the unit that answers for it
    area_code = models.CharField(max_length=15, db_index=True)
    scopes = models.JSONField(default=list)
    expires_on = models.DateField(null=True, blank=True)  # the first day on which it is refused
    per_minute = models.PositiveIntegerField()
    per_day = models.PositiveIntegerField()
    addresses = models.JSONField(default=list, blank=True)  # networks it may come from; none = any
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def reach(self) -> Reach:
        """The rows this client may see at all."""
        return Reach((prefix_of(self.area_code),))

    @property
    def expired(self) -> bool:
        """Whether its last day has passed."""
        return self.expires_on is not None and timezone.localdate() >= self.expires_on


class Key(models.Model):
    """A key, kept as its SHA-256 (256 random bits need no slow hash). Two live at most: old and new."""

    personal: dict[str, tuple[str, str]] = {}
    client = models.ForeignKey(Client, models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=12)  # shown, so that people know which one they mean
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.prefix

    @property
    def alive(self) -> bool:
        """Whether it still opens the door."""
        return self.ends_at is None or timezone.now() < self.ends_at


class Usage(models.Model):
    """One client's calls on one day; the row is also what both rate limits are counted in."""

    personal: dict[str, tuple[str, str]] = {}
    client = models.ForeignKey(Client, models.CASCADE, related_name="usage")
    day = models.DateField()
    calls = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)  # by a rate limit
    minute = models.DateTimeField()
    in_minute = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["client", "day"], name="usage_one_row_per_day")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.day}"


class Subscription(Scoped):
    """推送: where a client is told of events. While ``former_until`` runs, both secrets sign.
    ``told_segment`` is the last sealed stretch of the trail that was looked through for it."""

    personal = {  # no person's, but sealed as such: it must be read back to sign with
        "secret_sealed": ("signs what is sent, sealed", "until the webhook is stopped"),
        "former_sealed": ("signs during a rotation, sealed", "until the rotation ends"),
    }
    sealed_as = {"secret_sealed": "webhook", "former_sealed": "webhook"}
    area_lookup = "client__area_code"
    client = models.ForeignKey(Client, models.CASCADE, related_name="subscriptions")
    url = models.CharField(max_length=300)
    kinds = models.JSONField(default=list)
    secret_sealed = models.CharField(max_length=200)
    former_sealed = models.CharField(max_length=200, blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    told_segment = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.client_id} {self.pk}"


class Sending(Scoped):
    """One message to one address. ``body`` holds kind, ids, area and time, never a personal value."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "subscription__client__area_code"
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="sendings")
    event = models.BigIntegerField()  # the line of the trail it tells of
    kind = models.CharField(max_length=64)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=SendingState.choices, default=SendingState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)
    answer = models.PositiveSmallIntegerField(null=True, blank=True)
    answer_bytes = models.PositiveIntegerField(null=True, blank=True)
    fault = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["subscription", "event"], name="sending_once")]
        indexes = [
            models.Index(fields=["due_at"], name="sending_due", condition=Q(state=SendingState.WAITING)),
            models.Index(fields=["made_at"], name="sending_made"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.event}"
