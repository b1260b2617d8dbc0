"""Child process: declarations at a steady rate for a long time (``python -m bench.declaring.steady``); prints
what was sent, what failed and the slowest answers as JSON. A load generator that only knows "as fast as it
goes" cannot show whether memory stays flat at a third of that.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

CLIENTS = 16


class Steady:
    """Threads that share one clock: each takes the next moment at which something is due."""

    def __init__(self, url: str, bodies: Path, rate: float, seconds: float) -> None:
        self.place = urlsplit(url)
        self.lines = bodies.read_text(encoding="utf-8").splitlines()
        self.rate, self.total = rate, int(rate * seconds)
        self.begun, self.next = time.monotonic(), 0
        self.failed, self.times = 0, []
        self.lock = threading.Lock()

    def work(self) -> None:
        line = HTTPConnection(self.place.netloc, timeout=20)
        while True:
            with self.lock:
                number, self.next = self.next, self.next + 1
            if number >= self.total:
                return
            time.sleep(max(0.0, self.begun + number / self.rate - time.monotonic()))
            body = self.lines[number % len(self.lines)].replace("@REPORT@", str(uuid4())).encode()
            headers = {"Content-Type": "application/json", "X-Device": str(number)}
            sent = time.monotonic()
            try:
                line.request("POST", self.place.path, body, headers)
                answer = line.getresponse()
                answer.read()
                good = answer.status == 201
            except (OSError, HTTPException):
                good, line = False, HTTPConnection(self.place.netloc, timeout=20)
            with self.lock:
                self.failed += not good
                self.times.append(time.monotonic() - sent)


def main() -> None:
    """URL, file, rate, seconds."""
    steady = Steady(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
    threads = [threading.Thread(target=steady.work) for _client in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(steady.times)
    print(json.dumps({
        "sent": len(times), "failed": steady.failed, "seconds": time.monotonic() - steady.begun,
        "p99": times[int(len(times) * 0.99)] * 1e3,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
