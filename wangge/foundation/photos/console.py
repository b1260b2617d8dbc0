"""A photo in the console, within reach; every look is logged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.actions import note_reading
from wangge.foundation.access.rules import requires
from wangge.lib.pictures import TYPES

from .models import Photo
from .queries import content_of


@never_cache
@require_GET
@requires("duty.view")
def show(request: HttpRequest, digest: str) -> HttpResponse:
    """The picture itself."""
    photo = get_object_or_404(Photo.objects.exclude(complete_at=None).exclude(content=""), digest=digest)
    note_reading(actor=request.user, subject=photo)
    return HttpResponse(content_of(photo), content_type=TYPES[photo.kind])
