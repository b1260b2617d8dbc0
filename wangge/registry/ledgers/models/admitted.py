"""What the district added to the fact dictionary (S177): admitted fields, and rulings on other headers."""

from django.db import models

from ..enums import FieldState


class AdmittedField(models.Model):
    """准入字段: a fact of a person that the built-in dictionary does not have, with everything a fact must
    say of itself. ``codes``: [[value, label, English label, [words a ledger uses]]…] for kind code."""

    personal: dict[str, tuple[str, str]] = {}
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    definition = models.CharField(max_length=200, blank=True)  # what it says and what it leaves out
    target = models.CharField(max_length=12, default="person")
    kind = models.CharField(max_length=8)
    codes = models.JSONField(default=list, blank=True)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200)
    retention = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField(default=3)  # 1 open … 4 sensitive; decides who may see it
    fresh_days = models.PositiveIntegerField(default=365)  # 0 = never stale
    synonyms = models.JSONField(default=list, blank=True)  # headers as ledgers write them
    ledgers = models.JSONField(default=list, blank=True)  # codes of ledgers whose exports show it
    question = models.CharField(max_length=200, blank=True)  # asked once at the next due visit
    asked_by = models.CharField(max_length=100)  # the office that wanted it
    admitted_by = models.CharField(max_length=150)
    admitted_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=FieldState.choices, default=FieldState.ADMITTED)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code


class HeaderRuling(models.Model):
    """列名裁定: a header that is a known fact by another name, or that is not admitted and why."""

    personal: dict[str, tuple[str, str]] = {}
    header = models.CharField(max_length=120, unique=True)  # in the form headers are compared in
    fact = models.CharField(max_length=40, blank=True)  # "" = declined
    reason = models.CharField(max_length=200, blank=True)
    asked_by = models.CharField(max_length=100)
    ruled_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.header} → {self.fact}"
