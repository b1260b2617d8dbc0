"""Where a message may go: no address of a private network unless it is listed, whatever clothes it wears."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from wangge.gateways import webhooks
from wangge.gateways.webhooks import guard


def resolving(monkeypatch, *addresses: str) -> None:
    rows = [(0, 0, 0, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(guard.socket, "getaddrinfo", lambda *args, **kwargs: rows)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:a00:1::",
        "64:ff9b::a00:1", "ff02::1",
    ],
)  # fmt: skip
def test_what_is_not_public_is_refused(monkeypatch, address):
    resolving(monkeypatch, address)
    with pytest.raises(webhooks.BadAddress, match="refused_address"):
        webhooks.checked("https://hook.example.cn/x")


def test_a_public_address_is_taken_by_https_only(monkeypatch):
    resolving(monkeypatch, "93.184.216.34")
    target = webhooks.checked("https://hook.example.cn/x?y=1")
    assert (target.ip, target.port, target.path, target.authority) == (
        "93.184.216.34", 443, "/x?y=1", "hook.example.cn",
    )  # fmt: skip
    with pytest.raises(webhooks.BadAddress, match="refused_address"):
        webhooks.checked("http://hook.example.cn/x")


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    resolving(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(webhooks.BadAddress):
        webhooks.checked("https://hook.example.cn/")


def test_a_listed_network_is_let_in_also_by_http(monkeypatch):
    resolving(monkeypatch, "10.3.4.5")
    assert webhooks.checked("http://ju.example/", ["10.3.0.0/16"]).ip == "10.3.4.5"


@pytest.mark.parametrize(
    "url",
    [
        "", "ftp://example.cn/", "file:///etc/passwd", "https://", "https://a b/", "https://u:p@example.cn/",
        "https://example.cn:99999/", "javascript:alert(1)", "https://例子.cn/", "https://a.cn/\r\nX: 1",
        "//a.cn",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url):
    with pytest.raises(webhooks.BadAddress, match="form"):
        webhooks.checked(url)


def test_a_name_nobody_knows():
    with pytest.raises(webhooks.BadAddress, match="unknown_host"):
        webhooks.checked("https://nobody.invalid/")


def test_an_answer_that_drips_is_cut_off():
    """A byte every tenth of a second keeps every read alive; the whole has a limit."""
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        line, _address = server.accept()
        try:
            for _byte in range(100):
                line.sendall(b"H")
                time.sleep(0.1)
        except OSError:
            pass

    threading.Thread(target=drip, daemon=True).start()
    target = webhooks.checked(f"http://127.0.0.1:{server.getsockname()[1]}/", ["127.0.0.0/8"])
    begun = time.monotonic()
    with pytest.raises(webhooks.Unsent, match="timeout"):
        webhooks.post(target, b"{}", {}, whole=0.5)
    assert time.monotonic() - begun < 3
    server.close()
