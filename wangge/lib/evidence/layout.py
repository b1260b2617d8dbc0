"""What lies in a bundle and how large it may be."""

from __future__ import annotations

import re

FORMAT, VERSION = "wangge-evidence", 1
README, MANIFEST, SIGNATURE, CASE = "README.txt", "manifest.json", "signature.json", "case.json"
STEP = re.compile(r"steps/([0-9]{4,6})\.json")
PHOTO = re.compile(r"photos/([0-9a-f]{64})\.([a-z0-9]{1,5})")
EXTENSION = re.compile(r"[a-z0-9]{1,5}")

MIB = 2**20
LARGEST = 512 * MIB  # of the whole file, and of a photo
MOST_STEPS, MOST_PHOTOS = 20_000, 5_000
MOST_FILES = MOST_STEPS + MOST_PHOTOS + 4
LONGEST_NAME = 80
_SIZES = {README: MIB // 16, MANIFEST: 8 * MIB, SIGNATURE: 4096, CASE: MIB}


def step_file(number: int) -> str:
    return f"steps/{number:04}.json"


def photo_file(digest: str, extension: str) -> str:
    return f"photos/{digest}.{extension}"


def belongs(name: str) -> bool:
    """Whether a bundle may hold a file of this name."""
    return name in _SIZES or bool(STEP.fullmatch(name) or PHOTO.fullmatch(name))


def rank(name: str) -> tuple[int, str]:
    """Where a file stands in the bundle: what explains it first, then steps and photos."""
    first = tuple(_SIZES)
    return (first.index(name) if name in first else len(first) + bool(PHOTO.fullmatch(name)), name)


def largest(name: str) -> int:
    """How many bytes a file of this name may have."""
    return LARGEST if PHOTO.fullmatch(name) else _SIZES.get(name, MIB)
