"""A photo of a finding, sealed where it lies, is shown as the picture it is."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests import cast
from wangge.foundation.photos import actions as photos
from wangge.lib.scoping import EVERYWHERE, within
from wangge.systems.fieldwork.actions.findings import report_now
from wangge.systems.fieldwork.actions.patrol import Seen

pytestmark = pytest.mark.django_db


def a_picture() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(stream, "JPEG")
    return stream.getvalue()


def test_the_secretary_sees_what_was_photographed(ground: None, logged_in: Any, settings: Any, tmp_path: Any):
    settings.MEDIA_ROOT = str(tmp_path)
    content, worker = a_picture(), cast.worker()
    digest = sha256(content).hexdigest()
    with within(EVERYWHERE):
        seen = Seen(op=uuid4(), at=timezone.now(), lon=113.08, lat=22.6, photos=(digest,))
        finding = report_now(actor=worker, seen=seen, kind="event", topic="暴露垃圾", words="路边一堆")
        photos.announce(actor=worker, digest=digest, size=len(content), area_code=cast.GRID)
        photos.append(actor=worker, digest=digest, size=len(content), offset=0, piece=content)
    address = reverse("duties:photo", args=[finding.pk, digest])
    answer = logged_in(cast.secretary()).get(address)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/jpeg", content)
    assert logged_in(cast.secretary(cast.OTHER_COMMUNITY)).get(address).status_code == 404
