"""Drives a submission endpoint with wrk: ours, a floor, or any other server's.

``python -m bench.declaring.drive --url http://host/path --body-file FILE [--clients 16] [--seconds 10]``:
each line of the file is one body; ``@REPORT@`` in it is replaced by a fresh UUID, ``--device NAME`` adds a
header of that name with a value of its own per request. Prints requests a second, milliseconds, failures.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Load:
    """What one run of the load generator saw; latencies in milliseconds."""

    clients: int
    requests: int
    seconds: float
    failed: int
    p50: float
    p95: float
    p99: float
    slowest: float

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (self.requests - self.failed) / self.seconds


def drive(url: str, bodies: Path, *, clients: int, seconds: int, device: str = "", threads: int = 1) -> Load:
    """Send for some seconds from so many connections at once.

    Raises:
        RuntimeError: wrk is missing, or it reports no result.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise RuntimeError("the load generator wrk is missing: apt-get install wrk")
    call = [
        wrk,
        f"-t{threads}",
        f"-c{clients}",
        f"-d{seconds}s",
        "--timeout",
        "20s",
        "-s",
        str(SCRIPT),
        url,
        "--",
    ]
    done = subprocess.run([*call, str(bodies), device], capture_output=True, text=True)
    told = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not told:
        raise RuntimeError(f"wrk: {(done.stderr or done.stdout)[-500:]}")
    requests, micros, failed, *times = told[0]
    return Load(clients, int(requests), int(micros) / 1e6, int(failed), *map(float, times))


def main() -> None:
    """One run, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True)
    parser.add_argument("--body-file", required=True, type=Path)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--device", default="")
    asked = parser.parse_args()
    load = drive(
        asked.url, asked.body_file, clients=asked.clients, seconds=asked.seconds, device=asked.device
    )
    print(json.dumps(asdict(load) | {"rate": round(load.rate, 1)}))


if __name__ == "__main__":
    main()
