"""A photo is believed when all of it decodes; anything else is told apart by its reason."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from wangge.lib import pictures
from wangge.lib.pictures import NotAPicture, Picture, read_picture


def drawn(kind: str, size: tuple[int, int] = (64, 48)) -> bytes:
    content = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(content, kind)
    return content.getvalue()


def bomb(width: int, height: int) -> bytes:
    """The head of a PNG of that size with next to nothing in it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def refusal(content: bytes) -> str:
    with pytest.raises(NotAPicture) as caught:
        read_picture(content)
    return caught.value.why


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_a_photo_of_the_three_kinds_is_read(kind: str) -> None:
    assert read_picture(drawn(kind)) == Picture(kind, 64, 48)
    assert read_picture(drawn(kind)).content_type == f"image/{kind}"


@pytest.mark.parametrize(
    "content", [b"", b"photo", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"]
)
def test_what_is_no_picture_is_said_so(content: bytes) -> None:
    assert refusal(content) == "image"


@pytest.mark.parametrize("kind", ["gif", "bmp", "tiff"])
def test_pictures_of_other_kinds_are_not_taken(kind: str) -> None:
    assert refusal(drawn(kind)) == "kind"


def test_the_kind_of_newer_iphones_is_named_as_a_kind() -> None:
    assert refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\0" * 40) == "kind"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_photo_cut_off_on_the_way_is_noticed(kind: str, share: float) -> None:
    whole = drawn(kind, (200, 200))
    assert refusal(whole[: int(len(whole) * share)]) in {"cut", "image"}


def test_damage_in_the_middle_of_a_png_is_noticed() -> None:
    whole = bytearray(drawn("png"))
    whole[len(whole) // 2] ^= 0xFF
    assert refusal(bytes(whole)) == "cut"


@pytest.mark.parametrize("size", [(9_000, 9_000), (60_000, 60_000)])
def test_a_small_file_that_would_fill_the_memory_is_never_unpacked(size: tuple[int, int]) -> None:
    assert refusal(bomb(*size)) == "pixels"


def test_the_limit_is_counted_in_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 64 * 48)
    assert read_picture(drawn("png")).width == 64
    monkeypatch.setattr(pictures, "MOST_PIXELS", 64 * 48 - 1)
    assert refusal(drawn("png")) == "pixels"
