"""``make check``: everything that is held by machine, all of it even when one part fails."""

import os
import subprocess
import sys
import time
from pathlib import Path

import messages

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 300
FORBIDDEN = {"utils", "helpers", "common", "misc"}
THIRD_PARTY = {"node_modules", "vendor", "third_party", "dist", "site-packages"}
BIN = Path(sys.executable).parent


def tracked() -> list[Path]:
    """The committed files, or every source file where this is not a checkout."""
    found = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if found.returncode == 0 and found.stdout:
        return [path for line in found.stdout.splitlines() if (path := ROOT / line).is_file()]
    return [
        path for folder in ("wangge", "tests", "front/src", "bench") for path in (ROOT / folder).rglob("*.*")
    ]


def shape_of_files() -> list[str]:
    """No long file, no drawer for odds and ends, nothing of others, no host in the locks."""
    faults = []
    for path in tracked():
        name = path.relative_to(ROOT)
        if path.stem in FORBIDDEN or FORBIDDEN & set(name.parts[:-1]):
            faults.append(f"{name}: a file or folder of this name collects what belongs elsewhere")
        if THIRD_PARTY & set(name.parts[:-1]) or name.name.endswith((".min.js", ".min.css", ".whl")):
            faults.append(f"{name}: nothing of third parties is committed")
        if path.suffix == ".py" and "migrations" not in name.parts:
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                faults.append(f"{name}: {lines} lines, {LONGEST} at most; make it a package by noun")
    for lock in [*ROOT.glob("requirements*.lock"), ROOT / "front" / "package-lock.json"]:
        text = lock.read_text(encoding="utf-8")
        if '"resolved"' in text or (lock.suffix == ".lock" and "://" in text):
            faults.append(f"{lock.name}: names a host; pins only")
    return faults


def translations() -> list[str]:
    """Every message has its English, and the English its placeholders (see messages.py)."""
    return messages.faults()


def call(*command: str) -> list[str]:
    """Run a tool; its output is the fault."""
    environment = {**os.environ, "WANGGE_TEST": "1", "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    return [] if done.returncode == 0 else [(done.stdout + done.stderr).strip()[-12000:]]


PYTHON, SETTINGS = sys.executable, "wangge.site.settings"
LEGS = {
    "ruff check": lambda: call("ruff", "check", "."),
    "ruff format": lambda: call("ruff", "format", "--check", "."),
    "walls (import-linter)": lambda: call("lint-imports"),
    "types (mypy)": lambda: call(PYTHON, "-m", "mypy", "wangge", "bootstrap"),
    "migrations": lambda: call(PYTHON, "-m", "django", "makemigrations", "--check", "--settings", SETTINGS),
    "translations": translations,
    "shape of files": shape_of_files,
}


def main() -> int:
    failed = []
    for name, leg in LEGS.items():
        begun = time.monotonic()
        faults = leg()
        print(f"{'✗' if faults else '✓'} {name}  {time.monotonic() - begun:.1f} s", flush=True)
        for fault in faults:
            print(fault)
        if faults:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
