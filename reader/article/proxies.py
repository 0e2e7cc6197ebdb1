"""HTTP proxies that the operator set: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in
capitals or not, or else the system's own on Windows and macOS."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import getproxies, proxy_bypass

from reader.errors import BadOptions

_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy, which is shown without its password."""

    url: str
    """Without user name and password."""
    auth: tuple[bytes, bytes] | None = None
    """User name and password."""

    def __str__(self) -> str:
        return self.url


def proxy_for(scheme: str, host: str, port: int | None) -> Proxy | None:
    """The proxy that leads to a host, None where it is asked directly.

    This machine is never asked through a proxy. Raises BadOptions for a proxy that cannot work.
    """
    if _is_this_machine(host):
        return None
    proxies = getproxies()
    text = proxies.get(scheme) or proxies.get("all")
    if not text or _is_bypassed(host, port or _PORTS[scheme], proxies.get("no")):
        return None
    return parse_proxy(text)


def parse_proxy(text: str) -> Proxy:
    """The proxy that a variable names. Raises BadOptions, without the password."""
    whole = text if "://" in text else f"http://{text}"
    try:
        parts = urlsplit(whole)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadOptions("proxy-bad") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BadOptions("proxy-kind", scheme=parts.scheme)
    shown = f"[{host}]" if ":" in host else host
    url = f"{parts.scheme}://{shown}:{port or _PORTS[parts.scheme]}"
    auth = (_bytes(parts.username), _bytes(parts.password or "")) if parts.username else None
    return Proxy(url, auth)


def _bytes(quoted: str) -> bytes:
    return unquote_to_bytes(quoted.encode("utf-8", "surrogateescape"))


def _is_bypassed(host: str, port: int, without: str | None) -> bool:
    if without is None:  # no NO_PROXY: Windows and macOS keep a list of their own
        return bool(proxy_bypass(host))
    return any(_matches(host.lower().strip("[]"), port, entry) for entry in _entries(without))


def _entries(text: str) -> list[str]:
    return text.lower().replace(",", " ").split()


def _matches(host: str, port: int, entry: str) -> bool:
    """Whether NO_PROXY's entry means the host: a name with all below it, a network, or `*`."""
    if entry == "*":
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(entry.strip("[]"), strict=False)
    except ValueError:
        pass  # one of them is a name
    name, colon, its_port = entry.rpartition(":")
    if colon and its_port.isdecimal() and "]" not in its_port:
        if int(its_port) != port:
            return False
        entry = name.strip("[]")
    entry = entry.removeprefix("*").lstrip(".")
    return bool(entry) and (host == entry or host.endswith(f".{entry}"))


def _is_this_machine(host: str) -> bool:
    name = host.lower().strip("[]").rstrip(".")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
