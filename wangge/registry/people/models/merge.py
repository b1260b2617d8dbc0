"""A merge remembers everything it moved, so that it can be undone."""

from django.db import models

from wangge.lib.scoping import Scoped

from .person import Person


class Merge(Scoped):
    """合并: ``moved`` lists every link (``{"people.tie.person": [ids…]}``) and ``before`` the sealed values
    of both rows, so ``unmerge(merge(x)) = x`` (peers' lack 7)."""

    personal = {"before_sealed": ("restores both persons on un-merge", "180 days after the merge")}
    area_code = models.CharField(max_length=15, db_index=True)
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Person, models.CASCADE, related_name="merged_away")
    moved = models.JSONField(default=dict)
    before_sealed = models.TextField()
    reason = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return f"merge {self.pk}"
