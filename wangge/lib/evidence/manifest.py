"""What is signed: the hashes of the case and of every step, the photos, the description."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from . import layout
from .canonical import NotJson, canonical, parse
from .commitments import HASH, START

ALGORITHM = "Ed25519"


@dataclass(frozen=True)
class Photo:
    """A photo in the bundle; ``digest`` is the sha256 of its ``size`` bytes."""

    digest: str
    ext: str
    size: int

    @property
    def file(self) -> str:
        return layout.photo_file(self.digest, self.ext)


@dataclass(frozen=True)
class Manifest:
    """Hashes in hex; ``steps`` in order; ``absent`` photos were named by a step, but not at hand."""

    case: str
    steps: tuple[str, ...]
    photos: tuple[Photo, ...]
    absent: tuple[str, ...]
    readme: str

    @property
    def head(self) -> str:
        return self.steps[-1] if self.steps else START

    def as_bytes(self) -> bytes:
        about = {"format": layout.FORMAT, "version": layout.VERSION, "head": self.head}
        return canonical(about | asdict(self))


class BadManifest(ValueError):
    """Not a manifest; ``newer`` when it is one of a version we do not know."""

    def __init__(self, *, newer: bool = False) -> None:
        self.newer = newer
        super().__init__("version" if newer else "form")


def read_manifest(raw: bytes) -> Manifest:
    """The manifest in these bytes.

    Raises:
        BadManifest: they are none, or in another spelling, or its head is not its last step.
    """
    try:
        told = parse(raw)
    except NotJson as error:
        raise BadManifest from error
    if not isinstance(told, dict) or told.get("format") != layout.FORMAT:
        raise BadManifest
    if told.get("version") != layout.VERSION:
        raise BadManifest(newer=True)
    try:
        manifest = _manifest(told)
    except (KeyError, TypeError, ValueError) as error:
        raise BadManifest from error
    if manifest.as_bytes() != raw:
        raise BadManifest
    return manifest


def _manifest(told: dict[str, Any]) -> Manifest:
    photos = tuple(Photo(**photo) for photo in told["photos"])
    if not all(layout.PHOTO.fullmatch(photo.file) and type(photo.size) is int for photo in photos):
        raise ValueError("photos")
    return Manifest(
        case=_hash(told["case"]), steps=_hashes(told["steps"]), photos=photos, absent=_hashes(told["absent"]),
        readme=_hash(told["readme"]),
    )  # fmt: skip


def _hash(text: Any) -> str:
    if not isinstance(text, str) or not HASH.fullmatch(text):
        raise ValueError("hash")
    return text


def _hashes(texts: Iterable[Any]) -> tuple[str, ...]:
    return tuple(_hash(text) for text in texts)


def fingerprint(public: bytes) -> str:
    """What a district publishes of its public key: sha256 of its 32 bytes, in hex."""
    return sha256(public).hexdigest()


def write_signature(public: bytes, signature: bytes) -> bytes:
    return canonical({"algorithm": ALGORITHM, "public_key": public.hex(), "signature": signature.hex()})


def read_signature(raw: bytes) -> tuple[bytes, bytes]:
    """Public key and signature.

    Raises:
        ValueError: something else.
    """
    told = parse(raw)
    if not isinstance(told, dict) or told.keys() != {"algorithm", "public_key", "signature"}:
        raise ValueError("signature")
    if told["algorithm"] != ALGORITHM or not all(isinstance(value, str) for value in told.values()):
        raise ValueError("signature")
    public, signature = bytes.fromhex(told["public_key"]), bytes.fromhex(told["signature"])
    if write_signature(public, signature) != raw or len(public) != 32:
        raise ValueError("signature")
    return public, signature


def signed(public: bytes, signature: bytes, manifest: bytes) -> bool:
    """Whether the key signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, manifest)
    except (InvalidSignature, ValueError):
        return False
    return True
