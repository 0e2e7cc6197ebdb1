"""Access beyond the public internet: what an operator, or the owner of a machine, opens up."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reader.article.addresses import is_metadata, is_public
from reader.errors import BadOptions

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAME: Final = re.compile(r"(?!.*\.\.)\.?[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
_INSIDE: Final = frozenset(
    ("corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost", "private")
)
"""Last labels of names inside networks: RFC 6761, 6762, what ICANN keeps out of the root for
private use, and what routers give."""
_INSIDE_NAMES: Final = ("home.arpa",)  # RFC 8375


@dataclass(frozen=True, slots=True)
class Access:
    """Hosts and networks that may be fetched from though they are not public.

    `hosts` holds names (`cms.corp`; `.corp` for all names below it), addresses and networks
    (`10.0.0.0/8`). `private` lets every private and loopback address through. Addresses of a
    cloud's metadata stay closed under both. Raises BadOptions.
    """

    private: bool = False
    hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for host in self.hosts:
            check_host(host)

    def allows(self, host: str, address: str) -> bool:
        """Whether `host`, which leads to `address`, was let through."""
        parsed = _parse(address)
        if parsed is None or is_metadata(address):
            return False
        if self.private and (parsed.is_private or _is_shared(parsed)) and not parsed.is_link_local:
            return not (parsed.is_unspecified or parsed.is_multicast)
        return self._names(host) or any(parsed in network for network in self._networks())

    def allows_by_name(self, host: str) -> bool:
        """Whether a proxy may be asked for `host`, judged by its text alone: the proxy resolves
        names, so what a name leads to is the proxy's to refuse."""
        name = host.lower().strip("[]").rstrip(".")
        literal = _literal(name)
        if literal is not None:
            return is_public(str(literal)) or self.allows(name, str(literal))
        labels = name.split(".")
        if not _NAME.fullmatch(name) or _NUMBER.fullmatch(labels[-1]):
            return False
        if self.private or self._names(name):
            return True
        is_inside = len(labels) < 2 or labels[-1] in _INSIDE or _ends(name, _INSIDE_NAMES)
        return not is_inside

    def _names(self, host: str) -> bool:
        name = host.lower().rstrip(".")
        for entry in self.hosts:
            text = _normal(entry)
            if name == text or (text.startswith(".") and name.endswith(text)):
                return True
        return False

    def _networks(self) -> list[Network]:
        return [network for host in self.hosts if (network := _network(host)) is not None]


PUBLIC_ONLY: Final = Access()


def check_host(text: str) -> str:
    """`text`, if it is a name, an address or a network. Raises BadOptions."""
    name = _normal(text)
    if _network(text) is None and (not _NAME.fullmatch(name) or _NUMBER.fullmatch(_last(name))):
        raise BadOptions("host-not-allowable", text=text)
    return text


def hosts_of(text: str) -> tuple[str, ...]:
    """The hosts of TINGWEN_ALLOW_HOSTS, with commas or spaces between."""
    return tuple(text.replace(",", " ").split())


def _normal(entry: str) -> str:
    """A name as it is compared, in ASCII; `*.corp` is another way to write `.corp`."""
    name = entry.lower().removeprefix("*").rstrip(".")
    try:
        return name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1]


def _ends(name: str, ends: Iterable[str]) -> bool:
    return any(name == end or name.endswith(f".{end}") for end in ends)


def _network(text: str) -> Network | None:
    try:
        return ipaddress.ip_network(text.strip("[]"), strict=False)
    except ValueError:
        return None


def _parse(address: str) -> Address | None:
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped
    return parsed


def _literal(host: str) -> Address | None:
    """The address that a host is written as, also as `127.1`, `0x7f000001` or `2130706433`."""
    parsed = _parse(host)
    if parsed is None and _NUMBER.fullmatch(_last(host)):
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except OSError:
            return None
    return parsed


def _is_shared(address: Address) -> bool:
    """Of 100.64.0.0/10 (RFC 6598), which VPNs use and Python does not call private."""
    return address in ipaddress.ip_network("100.64.0.0/10")
