"""Which addresses a message may go to (OWASP: server-side request forgery).

The public internet by https. Anything else (a department's private network, plain http) only inside the
networks an administrator listed. The name is resolved once and the connection goes to the address that
was checked, so that a second answer of the name server changes nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class BadAddress(ValueError):
    """Not an address a message may go to; ``why`` is form, refused_address or unknown_host."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@dataclass(frozen=True)
class Target:
    """Where to connect (``ip``) and what to ask for there."""

    secure: bool
    host: str
    ip: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header: the name, and the port where it is not the usual one."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


def checked(url: str, networks: Sequence[str] = ()) -> Target:
    """Resolve and judge an address.

    Raises:
        BadAddress: not http(s), with a user name in it, not to be found, or inside what is not allowed.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise BadAddress("form") from error
    plain = url.isascii() and url.isprintable() and " " not in url
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise BadAddress("form")
    secure = parts.scheme == "https"
    found = _resolve(parts.hostname, port)
    allowed = [ipaddress.ip_network(network) for network in networks]
    if not all(_fits(address, secure, allowed) for address in found):
        raise BadAddress("refused_address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(secure, parts.hostname, str(found[0]), port, path)


def _resolve(host: str, port: int) -> list[Address]:
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadAddress("unknown_host") from error
    found = [ipaddress.ip_address(str(row[4][0]).split("%")[0]) for row in rows]
    return [_unwrapped(address) for address in found]


def _unwrapped(address: Address) -> Address:
    """An IPv4 address in the clothes of an IPv6 one (mapped, 6to4, NAT64) is judged as what it is."""
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    return mapped or address


def _fits(address: Address, secure: bool, allowed: list[Network]) -> bool:
    if any(address in network for network in allowed):
        return True
    return secure and address.is_global and not address.is_multicast
