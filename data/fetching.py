"""A photo from a web address, without letting anybody look into our own network.

The server asks in a person's stead, so an address may lead only to the public internet: it is
looked up once, every answer must be public, and the connection goes to the very address that was
checked; the same again for each redirect. Off unless WATCH_FETCH_PHOTOS=1.
"""

import http.client
import ipaddress
import os
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

import psutil

from data.errors import RefusedError
from data.pictures import MAX_BYTES
from data.said import said

PORTS = {"http": 80, "https": 443}
REDIRECTS = 3
SECONDS = 10  # for each answer on the way
SECONDS_IN_ALL = 30  # for a server that sends a byte now and then
LONGEST = 2000  # characters of an address
MOVED = frozenset({301, 302, 303, 307, 308})
UNREACHABLE = said(
    "Nothing could be fetched from this address. It must be the public one of a picture."
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PUBLIC_6 = ipaddress.ip_network("2000::/3")
_TUNNEL_6 = ipaddress.ip_network("2002::/16")  # 6to4: any IPv4 address in disguise
_INSIDE = (  # public by their numbers, but the inside of a cloud, or of the protocol
    ipaddress.ip_network("168.63.129.16/32"),
    ipaddress.ip_network("192.0.0.0/24"),
)
_TLS = ssl.create_default_context()

Resolve = Callable[[str, int], list[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


@dataclass(frozen=True)
class Target:
    """Where to ask, checked as far as the text goes."""

    secure: bool
    host: str
    port: int
    path: str


def allowed() -> bool:
    """Whether the person who runs this box lets it fetch photos."""
    return os.environ.get("WATCH_FETCH_PHOTOS") == "1"


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in found]


def connect(address: tuple[str, int], seconds: float) -> socket.socket:
    """A connection to an IP address and port."""
    return socket.create_connection(address, seconds)


def fetch_photo(url: str, resolve: Resolve = resolve, connect: Connect = connect) -> bytes:
    """What a web address holds: whatever it is, up to 20 MB; ``pictures.read`` looks at it.

    Raises:
        RefusedError: with the reason at ``photo``.
    """
    if not allowed():
        raise _refusal(said("Fetching photos from the web is switched off on this box."))
    target = _target(url.strip())
    try:
        for _ in range(REDIRECTS + 1):
            content, moved_to = _ask(target, _public_address(target, resolve), connect)
            if not moved_to:
                return content
            target = _target(urljoin(_text(target), moved_to))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _refusal(UNREACHABLE) from error
    raise _refusal(said("This address leads on and on. Use the one of the picture itself."))


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet, not of this machine or its networks."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:  # also one with a scope, which is never public
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address not in _PUBLIC_6 or address in _TUNNEL_6 or address.teredo:
            return False
    own = {each.address for addresses in psutil.net_if_addrs().values() for each in addresses}
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _INSIDE)
        and str(address) not in own
    )


def _target(url: str) -> Target:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        name = host if ":" in host else host.encode("idna").decode()
    except ValueError as error:  # an encoding that fails is one, too
        raise _refusal(said("This is not a web address.")) from error
    odd = any(char.isspace() or char == "\\" or not char.isprintable() for char in url)
    if parts.scheme not in PORTS or not name or odd or len(url) > LONGEST:
        raise _refusal(said("Give a web address that begins with https://."))
    if parts.username is not None or parts.password is not None:
        raise _refusal(said("An address with a name or a password in it can't be used."))
    if port not in (None, *PORTS.values()):
        raise _refusal(said("An address with an unusual port can't be used."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Target(parts.scheme == "https", name, port or PORTS[parts.scheme], path + query)


def _text(target: Target) -> str:
    """The address again, to which a redirect may be relative."""
    return f"http{'s' if target.secure else ''}://{_host_header(target)}{target.path}"


def _host_header(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    usual = target.port == PORTS["https" if target.secure else "http"]
    return host if usual else f"{host}:{target.port}"


def _public_address(target: Target, resolve: Resolve) -> str:
    """The first address of the host, if all of them are public."""
    addresses = resolve(target.host, target.port)
    if not addresses or not all(is_public(address) for address in addresses):
        raise OSError("an address of our own network, or none at all")
    return addresses[0]


def _ask(target: Target, address: str, connect: Connect) -> tuple[bytes, str | None]:
    """The content; or where it has moved to."""
    with connect((address, target.port), SECONDS) as plain, plain.dup() as handle:
        # Whatever trickles in, the end comes.
        alarm = threading.Timer(SECONDS_IN_ALL, _cut, [handle])
        alarm.daemon = True
        alarm.start()
        try:
            if not target.secure:
                return _exchange(target, plain)
            with _TLS.wrap_socket(plain, server_hostname=target.host) as line:
                return _exchange(target, line)
        finally:
            alarm.cancel()


def _cut(line: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        line.shutdown(socket.SHUT_RDWR)


def _exchange(target: Target, line: socket.socket) -> tuple[bytes, str | None]:
    asking = http.client.HTTPConnection(target.host, target.port)
    asking.sock = line  # to the checked address; it never looks the name up itself
    headers = {
        "Host": _host_header(target),
        "User-Agent": "Caseback (photo import)",
        "Accept": "image/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    asking.request("GET", target.path, headers=headers)
    with asking.getresponse() as answer:
        moved_to = answer.getheader("location")
        if answer.status in MOVED and moved_to:
            return b"", moved_to
        if answer.status != http.client.OK:
            raise _refusal(
                said("This address does not give a picture away: it answered with an error.")
            )
        content = answer.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise _refusal(
                said("This picture is larger than {limit} MB.", limit=MAX_BYTES // 1_000_000)
            )
        return content, None


def _refusal(sentence: str) -> RefusedError:
    return RefusedError({"photo": sentence})
