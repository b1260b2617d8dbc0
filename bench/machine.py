"""What a benchmark ran on: without it a number says nothing."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
import subprocess
import time
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "django", "psycopg", "polars", "python-calamine", "openpyxl", "cryptography",
    "django-import-export", "tablib", "shapely", "geopandas",
    "splink", "duckdb", "recordlinkage",
)  # fmt: skip


def describe() -> dict[str, Any]:
    """Processor, memory, versions, commit, and how busy the machine is with other work."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="minutes"),
        "cpu": cpu_model(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": memory_gb(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in PACKAGES},
        "commit": commit(),
        "load_before": [round(value, 2) for value in os.getloadavg()],
        "nice": priority(),
        "pace": pace(),
    }


def pace() -> float:
    """Seconds of ten million additions by Python, the best of three: virtual machines of one name differ by
    three times, and one may slow down under one's hands."""

    def once() -> float:
        begun = time.perf_counter()
        total = 0
        for number in range(10**7):
            total += number
        return time.perf_counter() - begun

    return round(min(once() for _turn in range(3)), 2)


def priority(process: int | str = "self") -> int:
    """How nice a process is: as Linux shares the processor out, which is by session; 0 is like everybody."""
    group = Path(f"/proc/{process}/autogroup")
    return int(group.read_text().split()[-1]) if group.exists() else os.nice(0)


def cpu_model() -> str:
    info = Path("/proc/cpuinfo")
    for line in info.read_text().splitlines() if info.exists() else ():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def memory_gb() -> float:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3, 1)


def version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def commit() -> str:
    """The commit, with + where the sources differ from it; "" outside a checkout."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude", "*"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()
