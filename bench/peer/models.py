"""Fifteen columns as they stand in the file. Text that may be empty, so that no cell is refused."""

from django.db import models


class Resident(models.Model):
    """One row of the ledger. ``id_no`` finds it again; it is not unique, because the bulk form of the peer
    writes somebody named twice twice."""

    number = models.TextField(null=True)
    name = models.TextField(null=True)
    sex = models.TextField(null=True)
    birth = models.TextField(null=True)
    id_no = models.CharField(max_length=64, db_index=True)
    phone = models.TextField(null=True)
    relation = models.TextField(null=True)
    hukou = models.TextField(null=True)
    residence = models.TextField(null=True)
    education = models.TextField(null=True)
    marriage = models.TextField(null=True)
    employer = models.TextField(null=True)
    kind = models.TextField(null=True)
    arrived = models.TextField(null=True)
    remark = models.TextField(null=True)
