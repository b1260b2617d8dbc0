"""The doors of phones and photos."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import cast
from tests.walls.row import Row
from wangge.engines.sync.models import Operation, Phone
from wangge.foundation.photos.models import Photo
from wangge.lib.sealing import seal

_numbers = count(1)


def photo(area: str) -> dict[str, Any]:
    made = Photo(digest=f"{next(_numbers):064x}", area_code=area, size=1, kind="jpeg", made_by="test")
    made.complete_at = timezone.now() - timedelta(days=1)
    made.content.save("walls.sealed", ContentFile(seal("eA==").encode()))
    return {"digest": made.digest}


def phone(area: str) -> dict[str, Any]:
    made = Phone.objects.create(device=uuid4(), user=cast.nobody(), area_code=area)
    return {"pk": made.pk}


def operation(area: str) -> dict[str, Any]:
    now = timezone.now()
    held = Phone.objects.get(**phone(area))
    made = Operation(
        op=uuid4(), phone=held, area_code=area, seq=1, kind="later.kind", state="rejected", at=now
    )
    made.payload_sealed = seal("{}")
    made.save()
    return {"pk": made.pk}


def some_photo(area: str) -> dict[str, Any]:
    return {"digest": "0" * 64}


DEVICE = f"?device={uuid4()}"
BAD = (400, 409)  # the door let them in; what they sent says nothing
SYNC = [
    Row("photos:show", "duty.view", photo),
    Row("phones:list", "duty.view"),
    Row("phones:phone", "duty.view", phone),
    Row("phones:revoke", "user.manage", phone, "POST"),
    Row("phones:retry", "user.manage", operation, "POST"),
    Row("sync:devices", "duty.do", method="POST", answers=BAD, stranger=401),
    Row("sync:ahead", "duty.do", stranger=401),
    Row("sync:pull", "duty.do", query=DEVICE, answers=BAD, stranger=401),
    Row("sync:ops", "duty.do", method="POST", answers=BAD, stranger=401),
    Row("sync:photo", "duty.do", some_photo, answers=BAD, everywhere=True, stranger=401),
    Row("sync:wiped", "duty.do", method="POST", answers=BAD, stranger=401),
]
