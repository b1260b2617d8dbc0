"""Write the lock files from the installed environment: ``.venv/bin/python .ci/lock.py``.

Pins only, without hosts or hashes, so that they work with any mirror. Four files: what runs the
product, what develops it, what the benchmarks compare with, what Spark needs.
"""

import importlib.metadata as installed
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
BUILD = ["setuptools>=80"]  # builds the editable install without a second environment


def closure(requirements: list[str]) -> dict[str, str]:
    """Everything these requirements need here, by canonical name."""
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        wanted = waiting.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        package = installed.distribution(wanted.name)
        found[key[0]] = package.version
        for text in package.requires or []:
            needed = Requirement(text)
            extras = wanted.extras or {""}
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in extras | {""}
            ):
                waiting.append(needed)
    return found


def write(name: str, pins: dict[str, str], title: str) -> None:
    lines = [f"{package}=={version}" for package, version in sorted(pins.items())]
    (ROOT / name).write_text("\n".join([f"# {title} Written by .ci/lock.py.", *lines, ""]), encoding="utf-8")
    print(f"{name}: {len(lines)}")


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    base = closure(project["dependencies"] + BUILD)
    dev = {k: v for k, v in closure(extras["dev"]).items() if k not in base}
    bench = {k: v for k, v in closure(extras["bench"]).items() if k not in base and k not in dev}
    spark = {k: v for k, v in closure(extras["spark"]).items() if k not in base and k not in dev}
    write("requirements.lock", base, "What runs the product.")
    write("requirements-dev.lock", dev, "What tests and checks it.")
    write("requirements-bench.lock", bench, "What the benchmarks compare with.")
    write("requirements-spark.lock", spark, "What links a province on Spark.")


if __name__ == "__main__":
    main()
