"""Bundles to prove and to spoil: an invented matter of a few steps, and any matter at all."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from wangge.lib.evidence import START, Step, new_salts, step_hash, write
from wangge.lib.evidence.container import pack

# However busy the machine is.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
KEY = Ed25519PrivateKey.from_private_bytes(b"\x11" * 32)
PUBLIC = KEY.public_key().public_bytes_raw()
REPORTER, WORKER, WORDS = "演示甲某", "演示网格员乙", "楼道堆放杂物，已清理完毕"
PHOTOS = [b"\xff\xd8before" * 9, b"\xff\xd8after" * 7]
DIGESTS = [sha256(photo).hexdigest() for photo in PHOTOS]
CASE = {"number": "2600000018", "title": "楼道堆物", "reporter": REPORTER, "level": "general"}
FIELDS = [
    {"number": 1, "actor": WORKER, "words": WORDS, "lon": 113.0945, "photos": [{"digest": DIGESTS[0]}]},
    {"number": 2, "actor": "street", "words": "", "lon": None, "photos": []},
    {"number": 3, "actor": WORKER, "words": "复查", "lon": 113.1, "photos": [{"digest": DIGESTS[1]}]},
    {"number": 4, "actor": REPORTER, "words": "满意", "lon": None, "photos": []},
]

names = st.sampled_from(["actor", "words", "a", "z9", "a_rather_long_name_with_9"])
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(1e-6, 2**53 - 1) | st.floats(1 - 2**53, -1e-6)
values = st.recursive(
    st.none() | st.booleans() | texts | numbers,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
plain = (
    st.none() | texts | numbers | st.lists(texts, max_size=2) | st.dictionaries(texts, numbers, max_size=2)
)
fields = st.dictionaries(names, plain, max_size=3)


def chained(all_fields: list[dict[str, Any]]) -> list[Step]:
    """The fields as steps that were recorded one after the other."""
    steps, prev = [], START
    for told in all_fields:
        salts = new_salts(told)
        prev = step_hash(prev, told, salts)
        steps.append(Step(told, salts, prev))
    return steps


def bundle(**other: Any) -> bytes:
    """The invented matter as a bundle."""
    usual = {
        "case": CASE, "steps": chained(FIELDS), "sign": KEY.sign, "public": PUBLIC,
        "photos": [(digest, "jpg", photo) for digest, photo in zip(DIGESTS, PHOTOS, strict=True)],
    }  # fmt: skip
    return write(**usual | other)


def content_of(raw: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def spoiled(raw: bytes, change: Callable[[dict[str, bytes]], Any]) -> bytes:
    """The bundle with its files changed, packed again as if nothing had happened."""
    files = content_of(raw)
    change(files)
    return pack(files)


@st.composite
def matters(draw: st.DrawFn) -> tuple[bytes, list[str]]:
    """A bundle of any matter, and the names of its fields."""
    steps = [{**told, "number": at} for at, told in enumerate(draw(st.lists(fields, max_size=3)), 1)]
    photos = [
        (sha256(photo).hexdigest(), "png", photo)
        for photo in draw(st.sets(st.binary(max_size=20), max_size=2))
    ]
    case = draw(fields)
    raw = write(case, chained(steps), photos, KEY.sign, PUBLIC)
    return raw, sorted(set(case).union(*steps) - {"number"})
