"""Files that exist only under an order: in its own folder below HOME, or exports that carry its fields."""

from __future__ import annotations

import base64
import uuid
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing.envelope import opened

from ..enums import FileKind
from ..models import EmergencyOrder, OrderFile
from .keep import hold_order

FOLDER = "orders"
PIECE = 1024 * 1024


def folder_of(order: EmergencyOrder) -> Path:
    """The order's folder below HOME (made when it is missing)."""
    folder = Path(settings.HOME)
    for part in (FOLDER, order.folder.hex):
        folder = folder / part
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep_file(*, order_number: str, area_code: str, content: BinaryIO, actor: Any = "system") -> OrderFile:
    """Keep an uploaded file in the order's folder, sealed with the order's key.

    Raises:
        NotInForce: the order is not in force there.
    """
    with transaction.atomic():
        order = hold_order(order_number, area_code)
        safe, path = opened(order.key_sealed), folder_of(order) / uuid.uuid4().hex
        content.seek(0)
        with path.open("w", encoding="ascii") as out:
            while piece := content.read(PIECE):
                out.write(safe.seal_many([base64.b64encode(piece).decode("ascii")], "file")[0] + "\n")
        return _note(order, FileKind.UPLOAD, path, actor)


def read_file(file: OrderFile) -> bytes:
    """An uploaded file in clear."""
    safe = opened(file.order.key_sealed)
    lines = (Path(settings.HOME) / file.path).read_text(encoding="ascii").split()
    return b"".join(base64.b64decode(text) for text in safe.unseal_many(lines, "file"))


def note_export(*, order_number: str, area_code: str, path: Path, actor: Any = "system") -> OrderFile:
    """Say that a file below HOME carries fields of the order, so that it is erased with it.

    Raises:
        NotInForce: the order is not in force there. ValueError: the file does not lie below HOME.
    """
    with transaction.atomic():
        return _note(hold_order(order_number, area_code), FileKind.EXPORT, path, actor)


def _note(order: EmergencyOrder, kind: str, path: Path, actor: Any) -> OrderFile:
    below = path.resolve().relative_to(Path(settings.HOME).resolve())
    name = journal.account_of(actor)
    row, _new = OrderFile._base_manager.get_or_create(
        order=order, path=str(below), defaults={"kind": kind, "made_by": name}
    )
    return row
