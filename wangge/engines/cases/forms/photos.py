"""Photos of a form: several at once, kept over a second try so that nobody has to choose them again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable

from ..actions.photos import LARGEST_TAKEN, keep_photo, too_large

MOST = 9
SALT = "cases.photos"
KEPT_FOR = 24 * 3600  # seconds that a form may stand open


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to ``MOST`` photos; here its size is looked at, its pixels when it is kept."""

    widget = ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "data-photos": ""})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = [file for file in (data or []) if file]
        if len(files) > MOST:
            raise forms.ValidationError(_("一次最多 %(most)d 张照片。") % {"most": MOST})
        for file in files:
            if file.size > LARGEST_TAKEN:
                raise forms.ValidationError(f"{file.name}：{too_large(file.size)}")
        return files


class WithPhotos(forms.Form):
    """A form with photos. What arrived is kept at once; ``kept`` carries the digests to the next try."""

    photos = PhotosField(required=False)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    digests: tuple[str, ...] = ()

    def keep_photos(self, actor: Any, area_code: str) -> bool:
        """Keep what came; False with an error at the field where one is no photo."""
        found = list(self._kept_before())
        for file in self.cleaned_data.get("photos") or []:
            try:
                found.append(keep_photo(actor=actor, content=file.read(), area_code=area_code))
            except Unacceptable as why:
                self.add_error("photos", f"{file.name}：{why}")
        self.digests = tuple(dict.fromkeys(found))[:MOST]
        return not self.errors

    def _kept_before(self) -> list[str]:
        try:
            return signing.loads(self.data.get("kept", ""), salt=SALT, max_age=KEPT_FOR)
        except signing.BadSignature:
            return []

    @property
    def kept_token(self) -> str:
        """What the next try sends along."""
        return signing.dumps(list(self.digests), salt=SALT) if self.digests else self.data.get("kept", "")

    @property
    def kept_count(self) -> int:
        """How many photos need not be chosen again."""
        return len(self.digests or self._kept_before())
