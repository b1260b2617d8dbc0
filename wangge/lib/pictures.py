"""Whether bytes are the picture they claim to be, found out by decoding all of it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

MOST_PIXELS = 60_000_000  # the largest cameras of telephones in use give 50 million
KINDS = {"JPEG": "jpeg", "PNG": "png", "WEBP": "webp", "MPO": "jpeg"}  # MPO: two JPEGs in one, from phones
OTHERS = (b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"8BPS", b"\x00\x00\x01\x00")  # GIF, BMP, TIFF, PSD, ICO
BRANDS = (b"heic", b"heix", b"heif", b"mif1", b"msf1", b"avif")  # in the box "ftyp" of newer cameras
OPENED = ("JPEG", "PNG", "WEBP")  # the first gives MPO too
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


@dataclass(frozen=True)
class Picture:
    """A picture that decodes from first to last pixel.

    ``kind`` is jpeg, png or webp; ``width`` and ``height`` are pixels as stored, before any turning.
    """

    kind: str
    width: int
    height: int

    @property
    def content_type(self) -> str:
        """What to call it when it is given out."""
        return TYPES[self.kind]


class NotAPicture(ValueError):
    """Not a picture we take; ``why`` is image (none at all), kind (another kind), pixels (too many) or
    cut (its end is missing, or its data are damaged)."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def read_picture(content: bytes) -> Picture:
    """Look at a picture: its head, its check sums, then every pixel.

    Args:
        content: the whole file. Decoding takes about four bytes of memory a pixel, 240 MB at most.

    Raises:
        NotAPicture: see its ``why``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the limit of pixels is ours, metadata may be odd
            return _looked(content)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise NotAPicture("pixels") from error


def _looked(content: bytes) -> Picture:
    with _opened(content) as picture:
        kind, (width, height) = KINDS.get(picture.format or ""), picture.size
        if kind is None:
            raise NotAPicture("kind")
        if width * height > MOST_PIXELS:
            raise NotAPicture("pixels")
        _damaged_if(picture.verify)  # ends the use of this object
    with _opened(content) as picture:
        _damaged_if(picture.load)
    return Picture(kind, width, height)


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=list(OPENED))
    except UnidentifiedImageError as error:
        raise NotAPicture("kind" if _of_another_kind(content) else "image") from error
    except (OSError, SyntaxError, ValueError, OverflowError) as error:
        raise NotAPicture("cut") from error


def _of_another_kind(content: bytes) -> bool:
    return content.startswith(OTHERS) or (content[4:8] == b"ftyp" and content[8:12] in BRANDS)


def _damaged_if(look: Callable[[], object]) -> None:
    """Pillow meets damaged data with many kinds of error; all of them say the same."""
    try:
        look()
    except (Image.DecompressionBombError, MemoryError):
        raise
    except Exception as error:
        raise NotAPicture("cut") from error
