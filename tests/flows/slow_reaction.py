"""A reaction that writes, says that it has begun, and takes its time the first time."""

import os
import time
from pathlib import Path

from wangge.foundation.access.models import User


def react(entry) -> None:
    User.objects.create_user(username="written", name="试用")
    begun = Path(os.environ["WANGGE_HOME"]) / f"begun-{entry.pk}"
    if not begun.exists():
        begun.touch()
        time.sleep(entry.data["seconds"])
