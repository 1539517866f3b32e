"""Photos from web addresses: from the public internet, and from nowhere else."""

import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psutil
import pytest

from data import fetching
from data.errors import RefusedError

PUBLIC = "93.184.215.14"
OTHER_PUBLIC = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"
PIXELS = b"\x89PNG and so on"


class Site(BaseHTTPRequestHandler):
    """A few addresses; what was asked is noted."""

    def do_GET(self):
        self.server.asked.append((self.headers["Host"], self.path))
        getattr(self, "do_" + self.path.split("?")[0].strip("/").split("/")[0], self.do_404)()

    def answer(self, status, content=b"", **headers):
        self.send_response(status)
        for name, value in ({"content_length": str(len(content))} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def do_photo(self):
        self.answer(200, PIXELS)

    def do_404(self):
        self.answer(404, b"no")

    def do_moved(self):
        self.answer(302, location="/photo?from=moved")

    def do_inside(self):
        self.answer(302, location="http://inside.example/photo")

    def do_metadata(self):
        self.answer(307, location="http://169.254.169.254/latest/meta-data/")

    def do_file(self):
        self.answer(301, location="file:///etc/passwd")

    def do_loop(self):
        self.answer(302, location="/loop")

    def do_large(self):
        self.send_response(200)
        self.end_headers()
        with_pieces = bytes(1_000_000)
        try:
            for _ in range(25):
                self.wfile.write(with_pieces)
        except OSError:
            self.server.asked.append("hung up")

    def do_nonsense(self):
        self.wfile.write(b"\r\n\x00\xff nonsense\r\n\r\n")

    def do_slow(self):
        self.send_response(200)
        self.end_headers()
        while not self.server.over.wait(0.05):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.asked, server.over = [], threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def switched_on(monkeypatch):
    monkeypatch.setenv("WATCH_FETCH_PHOTOS", "1")


NAMES = {
    "photos.example": [PUBLIC],
    "two.example": [OTHER_PUBLIC, PUBLIC],
    "inside.example": ["10.0.0.7"],
    "both.example": [PUBLIC, "127.0.0.1"],
    "nobody.example": [],
}


def resolve(host, port):
    """The names of the test; an address is itself, as for getaddrinfo."""
    if host in NAMES:
        return NAMES[host]
    return [host]


@pytest.fixture
def fetch(site):
    """``fetch(url)``: connections to public addresses end at the site; those made are noted."""

    def fetched(url, resolve=resolve):
        def connect(address, seconds):
            fetch_to.append(address)
            return socket.create_connection(site.server_address, seconds)

        return fetching.fetch_photo(url, resolve, connect)

    fetch_to = fetched.connected = []
    return fetched


def refused(fetch, url, **how):
    with pytest.raises(RefusedError) as refusal:
        fetch(url, **how)
    assert list(refusal.value.problems) == ["photo"]
    return refusal.value.problems["photo"]


def test_a_photo_is_fetched_from_the_address_that_was_checked(fetch, site):
    assert fetch(" http://photos.example/photo?size=1#top ") == PIXELS
    assert fetch.connected == [(PUBLIC, 80)]
    assert site.asked == [("photos.example", "/photo?size=1")]


def test_the_first_of_several_addresses_is_taken(fetch):
    assert fetch("http://two.example/photo") == PIXELS
    assert fetch.connected == [(OTHER_PUBLIC, 80)]


def test_names_and_paths_in_other_scripts_are_written_as_the_web_wants(fetch, site):
    NAMES["xn--mnchen-3ya.example"] = [PUBLIC]
    assert fetch("http://münchen.example/photo/für%20dich/ü?q=ä b".replace(" ", "%20")) == PIXELS
    assert site.asked == [("xn--mnchen-3ya.example", "/photo/f%C3%BCr%20dich/%C3%BC?q=%C3%A4%20b")]


def test_a_redirect_is_followed(fetch, site):
    assert fetch("http://photos.example/moved") == PIXELS
    assert site.asked[-1] == ("photos.example", "/photo?from=moved")


@pytest.mark.parametrize("page", ["inside", "metadata", "file"])
def test_a_redirect_to_the_inside_is_not_followed(fetch, site, page):
    refused(fetch, f"http://photos.example/{page}")
    assert fetch.connected == [(PUBLIC, 80)]
    assert len(site.asked) == 1


def test_a_name_that_changes_its_mind_gains_nothing(fetch, site):
    answers = iter([[PUBLIC], ["127.0.0.1"], [PUBLIC]])
    assert fetch("http://photos.example/photo", lambda *_: next(answers)) == PIXELS
    assert fetch.connected == [(PUBLIC, 80)]  # asked once, connected to what was checked
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    refused(fetch, "http://photos.example/moved", resolve=lambda *_: next(answers))


def test_an_endless_chain_of_redirects_ends(fetch, site):
    assert "leads on" in refused(fetch, "http://photos.example/loop")
    assert len(site.asked) == fetching.REDIRECTS + 1


@pytest.mark.parametrize(
    "url",
    [
        "http://inside.example/photo", "http://both.example/photo", "http://nobody.example/photo",
        "http://127.0.0.1/photo", "http://[::1]/photo", "http://[::ffff:127.0.0.1]/photo",
        "http://0.0.0.0/photo", "http://169.254.169.254/", "http://[fd00:ec2::254]/",
        "http://[64:ff9b::a00:7]/",
    ],
)  # fmt: skip
def test_addresses_of_the_inside_are_never_asked(fetch, url):
    assert refused(fetch, url) == fetching.UNREACHABLE
    assert fetch.connected == []


@pytest.mark.parametrize(
    "url",
    [
        "", "photo.jpg", "ftp://photos.example/a", "file:///etc/passwd", "gopher://x", "data:,x",
        "javascript:alert(1)", "http://", "http:///photo", "https://photos.example:8080/photo",
        "http://photos.example:22/", "http://photos.example:99999/", "http://a:b@photos.example/",
        "http://photos.example@evil.example/", "http://photos.example\\@evil.example/",
        "http://photos.example/a b", "http://photos.example/\r\nHost: x", "http://[::1/",
        "http://photos.example/" + "x" * 2000, "http://" + "x" * 70 + ".example/", "http://a..b/",
    ],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(fetch, url):
    assert refused(fetch, url)
    assert fetch.connected == []


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3",
        "100.64.0.1", "100.100.100.200", "169.254.169.254", "192.0.0.192", "198.18.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::7f00:1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::",
        "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "fec0::1",
        "localhost", "", "2130706433", "0x7f.1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public(address):
    assert not fetching.is_public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, OTHER_PUBLIC, "1.1.1.1", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_an_address_that_is_public(address):
    assert fetching.is_public(address)


def test_the_addresses_of_this_machine_are_not_asked():
    own = {
        each.address for addresses in psutil.net_if_addrs().values() for each in addresses
        if each.family in (socket.AF_INET, socket.AF_INET6)
    }  # fmt: skip
    assert own
    assert not any(fetching.is_public(address) for address in own)


def test_an_error_and_nonsense_are_no_photo(fetch):
    assert "error" in refused(fetch, "http://photos.example/missing")
    assert refused(fetch, "http://photos.example/nonsense") == fetching.UNREACHABLE


def test_more_than_20_mb_are_not_fetched(fetch, site):
    assert "20 MB" in refused(fetch, "http://photos.example/large")


def test_a_server_that_dawdles_is_left(fetch, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS_IN_ALL", 1.5)  # a busy machine answers within it
    assert set(fetch("http://photos.example/slow")) <= set(b"x")


def test_a_server_that_says_nothing_is_left(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(RefusedError) as refusal:
            fetching.fetch_photo(
                "http://photos.example/photo",
                resolve,
                lambda *_: socket.create_connection(silent.getsockname(), 0.1),
            )
        assert refusal.value.problems["photo"] == fetching.UNREACHABLE


def test_nobody_there_is_told(monkeypatch):
    def nobody(address, seconds):
        raise ConnectionRefusedError

    with pytest.raises(RefusedError):
        fetching.fetch_photo("https://photos.example/photo", resolve, nobody)


def test_a_certificate_for_another_name_is_refused(fetch, site):
    """The site speaks no TLS at all; a handshake that fails is a refusal."""
    assert refused(fetch, "https://photos.example/photo") == fetching.UNREACHABLE
    assert fetch.connected == [(PUBLIC, 443)]
    assert fetching._TLS.verify_mode is ssl.CERT_REQUIRED
    assert fetching._TLS.check_hostname


def test_it_is_off_unless_switched_on(fetch, monkeypatch):
    monkeypatch.delenv("WATCH_FETCH_PHOTOS")
    assert not fetching.allowed()
    assert "switched off" in refused(fetch, "http://photos.example/photo")
    assert fetch.connected == []


def test_a_name_that_is_not_known_is_told(monkeypatch):
    def unknown(host, port):
        raise socket.gaierror

    with pytest.raises(RefusedError):
        fetching.fetch_photo("https://photos.example/photo", unknown)


def test_numbers_that_mean_this_machine_are_looked_up_as_the_system_does():
    assert fetching.resolve("127.1", 80) == ["127.0.0.1"]
    for disguise in ("http://2130706433/", "http://0x7f000001/", "http://127.1/"):
        with pytest.raises(RefusedError):
            fetching.fetch_photo(disguise)
