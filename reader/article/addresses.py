"""Address policy: which addresses of the internet a page may be fetched from."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable

Resolver = Callable[[str, int], list[str]]
"""Host name and port to all its addresses; raises OSError where there is none."""

_METADATA = frozenset(
    ipaddress.ip_address(address)
    for address in (
        "169.254.169.254",  # AWS, Google, Azure, OpenStack
        "169.254.170.2",  # AWS containers
        "fd00:ec2::254",  # AWS over IPv6
        "100.100.100.200",  # Alibaba
        "192.0.0.192",  # Oracle
        "168.63.129.16",  # Azure's host: a public address, so named here
    )
)
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "fec0::/10",  # site-local, deprecated (RFC 3879), still routed inside some networks
        "3fff::/20",  # documentation (RFC 9637)
        "192.88.99.0/24",  # 6to4 relays, deprecated (RFC 7526)
        "192.0.0.0/24",  # protocols between neighbours (RFC 6890)
        "64:ff9b:1::/48",  # NAT64 inside one network (RFC 8215)
        "5f00::/16",  # segments of one network's routes (RFC 9602)
    )
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")


def is_public(address: str) -> bool:
    """Whether the address belongs to the public internet: no private, loopback, link-local,
    multicast, reserved or cloud metadata address, nor an IPv6 address that wraps one."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if parsed in _METADATA or any(parsed in network for network in _NOT_PUBLIC):
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = _wrapped(parsed)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not (
        parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified
    )


def is_metadata(address: str) -> bool:
    """Whether a cloud's metadata service answers there: it gives keys to whoever asks."""
    try:
        parsed = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = _wrapped(parsed) if isinstance(parsed, ipaddress.IPv6Address) else None
    return parsed in _METADATA or inner in _METADATA


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a mapped, 6to4, Teredo or NAT64 address leads to."""
    if address.teredo is not None:
        return address.teredo[1]
    if address in _NAT64 or (address in _IPV4_COMPATIBLE and int(address) > 0xFFFF):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_within(resolver: Resolver, host: str, port: int, timeout_s: float) -> list[str]:
    """`resolver` under a time limit: the system's own has none. Raises OSError."""
    answer: list[list[str] | OSError] = []

    def ask() -> None:
        try:
            answer.append(resolver(host, port))
        except OSError as error:
            answer.append(error)
        except UnicodeError as error:
            answer.append(OSError(str(error)))

    thread = threading.Thread(target=ask, daemon=True, name="tingwen-resolve")
    thread.start()
    thread.join(max(0.01, timeout_s))
    if not answer:
        raise TimeoutError(f"no answer about {host} in time")
    if isinstance(answer[0], OSError):
        raise answer[0]
    return answer[0]
