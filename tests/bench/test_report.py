"""The report of the benchmarks: each section is renewed by its own run and by no other."""

from __future__ import annotations

import json
from pathlib import Path

from bench import report


def ran(kept: Path, name: str, ours: float) -> None:
    machine = {
        "date": "2026-11-25", "commit": "abc", "cpu": "a processor", "cores": 2, "memory_gb": 4,
        "system": "Linux", "python": "3.11", "sqlite": "3.40", "packages": {"django": "5.2"},
        "load_before": [0.1], "nice": 0,
    }  # fmt: skip
    row = {"name": "a line", "ours": ours, "peer": 10.0, "unit": "ms", "ratio": 2.0, "note": "a note"}
    run = {
        "machine": machine, "rows": [row], "skipped": [], "about": f"About {name}.",
        "command": f"make bench {name}", "seconds": 1.0, "postgres": "15",
    }  # fmt: skip
    (kept / f"{name}.json").write_text(json.dumps(run), encoding="utf-8")


def test_a_run_renews_its_own_section_and_leaves_the_others(tmp_path: Path) -> None:
    target = tmp_path / "benchmarks.md"
    ran(tmp_path, "pages", 5.5)
    report.write(target, tmp_path, ["pages"])
    pages = report.sections(target.read_text(encoding="utf-8"))["pages"]
    (tmp_path / "pages.json").unlink()  # the next run is in another checkout
    ran(tmp_path, "imports", 7.5)
    report.write(target, tmp_path, ["imports"])
    found = report.sections(target.read_text(encoding="utf-8"))
    assert list(found) == ["imports", "pages"] and found["pages"].strip() == pages.strip()
    assert "7.5 ms" in found["imports"]


def test_a_second_run_takes_the_place_of_the_first(tmp_path: Path) -> None:
    target = tmp_path / "benchmarks.md"
    for ours in (5.5, 6.5):
        ran(tmp_path, "points", ours)
        report.write(target, tmp_path, ["points"])
    text = target.read_text(encoding="utf-8")
    assert "6.5 ms" in text and "5.5 ms" not in text and text.count("## ") == 1


def test_what_was_not_measured_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "benchmarks.md"
    ran(tmp_path, "pages", 5.5)
    report.write(target, tmp_path, ["pages"])
    before = target.read_text(encoding="utf-8")
    report.write(target, tmp_path)
    assert target.read_text(encoding="utf-8") == before
