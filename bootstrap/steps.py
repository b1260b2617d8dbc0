"""How a step is shown, stamped and run. Standard library only."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("WANGGE_HOME") or ROOT / "var").resolve()
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
FRONT = ROOT / "front"
TERMINAL = sys.stdout.isatty()


class Stop(Exception):
    """Set-up cannot go on: what is wrong and what to do next."""


def say(text: str) -> None:
    print(text, flush=True)


class Step:
    """One line for a step that takes time: a bar where the share is known, seconds where it is not."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.share: float | None = None
        self.begun = time.monotonic()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Step:
        if TERMINAL:
            self._ticker.start()
        else:
            say(f"… {self.title}")
        return self

    def _line(self) -> str:
        seconds = time.monotonic() - self.begun
        if self.share is None:
            return f"… {self.title}  {seconds:4.0f} s"
        filled = round(24 * min(self.share, 1))
        return f"… {self.title}  [{'█' * filled}{'░' * (24 - filled)}] {seconds:3.0f} s"

    def _tick(self) -> None:
        while not self._over.wait(0.2):
            sys.stdout.write("\r\033[K" + self._line())
            sys.stdout.flush()

    def __exit__(self, kind: object, *_: object) -> None:
        self._over.set()
        if TERMINAL:
            self._ticker.join()
            sys.stdout.write("\r\033[K")
        mark = "✗" if kind else "✓"
        say(f"{mark} {self.title}  {time.monotonic() - self.begun:.1f} s")


def digest(paths: Iterable[Path], *words: str) -> str:
    """A hash over files (folders are walked) and words."""
    state = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            state.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return state.hexdigest()


def done_before(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def run(
    command: list[str], *, hint: str, cwd: Path = ROOT, on_line: Callable[[str], None] | None = None
) -> None:
    """Run a command quietly; when it fails show its last lines and the hint."""
    lines: list[str] = []
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip())
        if on_line:
            on_line(line)
    if process.wait() != 0:
        raise Stop("\n".join([*lines[-20:], f"命令失败：{' '.join(command[:4])} …", hint]))


def pip(*arguments: str, step: Step | None = None, total: int = 0) -> None:
    seen = 0

    def count(line: str) -> None:
        nonlocal seen
        if step and total and line.startswith(("Collecting ", "Requirement already")):
            seen += 1
            step.share = 0.7 * seen / total

    base = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    hint = "安装依赖失败：请检查网络，或用 PIP_INDEX_URL 指定可用的软件源后重试。"
    run([*base, *arguments], hint=hint, on_line=count)
