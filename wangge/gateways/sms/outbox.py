"""The carrier of demo, development and tests: one file a day under HOME/outbox, for this user alone."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .carrier import Message, NotSent


class Outbox:
    """Appends each message as one line of JSON; may be shown on screen in demo mode."""

    shows = True

    def carry(self, message: Message) -> None:
        line = {
            "at": timezone.now().isoformat(timespec="seconds"),
            "template": message.template.name,
            "phone": message.phone,
            "text": message.text,
        }
        try:
            _append(folder() / f"{timezone.localdate():%Y%m%d}.jsonl", json.dumps(line, ensure_ascii=False))
        except OSError as error:
            raise NotSent("disk") from error


def folder() -> Path:
    """Where the messages lie."""
    return Path(settings.HOME) / "outbox"


def forget(before: date) -> int:
    """Erase the files of days before this one; returns how many."""
    old = [path for path in folder().glob("*.jsonl") if path.stem < f"{before:%Y%m%d}"]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(line + "\n")  # one write of one short line: appends do not mix
