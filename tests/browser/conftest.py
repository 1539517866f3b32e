"""A real server and a real Chromium: what no simulation shows."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_urlsafe

import httpx
import psutil
import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.authenticator import digest
from app.routes import SESSION_COOKIE

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
SIGN_IN = """
    insert into session (token_hash, user_id, expires_at)
    select %s, user_id, now() + interval '1 day' from app_user where email = 'ana@example.com'"""
START = 60  # seconds; a first start makes a database
expect.set_options(timeout=20_000)


class Server:
    """``python -m app`` on a port and in a folder of its own; its database too, unless one is given."""

    def __init__(self, database: str | None = None) -> None:
        self.var = Path(tempfile.mkdtemp(prefix="watch-browser-"))
        self.var.chmod(0o755)
        self.database = database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://localhost:{self.port}"

    def start(self) -> None:
        environment = os.environ | {"WATCH_VAR": str(self.var)}
        environment.pop("DATABASE_URL", None)
        if self.database:
            environment["DATABASE_URL"] = self.database
        with (self.var / "app.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", "--port", str(self.port)],
                cwd=ROOT, env=environment, stdout=log, stderr=log,
            )  # fmt: skip
        self.wait_until(lambda: self.health() == 200)

    def health(self) -> int:
        try:
            return httpx.get(f"{self.url}/health", timeout=10).status_code
        except httpx.TransportError:
            return 0

    def wait_until(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + START
        while not happened():
            assert self.process.poll() is None, self.log()
            assert time.monotonic() < end, self.log()
            time.sleep(0.05)  # between two looks at a condition

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(START)

    def remove(self) -> None:
        """Stop it, if a test has not, and leave nothing."""
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.var, ignore_errors=True)

    def log(self) -> str:
        return (self.var / "app.log").read_text()[-5000:]

    def postmaster(self) -> psutil.Process:
        pid = (self.var / "postgres" / "postmaster.pid").read_text().partition("\n")[0]
        return psutil.Process(int(pid))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not here: apt-get install chromium")
    return {
        "executable_path": str(CHROMIUM),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--use-fake-ui-for-media-stream",  # Chromium's own test picture is the camera
            "--use-fake-device-for-media-stream",
        ],
    }


@pytest.fixture
def fresh(browser_type_launch_args) -> Iterator[Server]:
    """A server that nobody has used before, at its first start."""
    server = Server()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="session")
def started(browser_type_launch_args, server: str, template: str) -> Iterator[Server]:
    """The server that most tests use in turn (see ``running``)."""
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f"create database browser_watch template {template} strategy file_copy")
    app = Server(server.format("browser_watch"))
    app.start()
    yield app
    app.remove()


@pytest.fixture(scope="module")
def running(started: Server, emptying: str) -> Server:
    """A server for all tests of a module; nobody has an account in the beginning (see ``ana``)."""
    with psycopg.connect(started.database) as owner:
        owner.execute(emptying)
    return started


PASSWORD = "a long pass phrase"


def sign_up(page: Page, name: str = "Ana", email: str = "ana@example.com") -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()


def sign_in(page: Page, email: str = "ana@example.com", password: str = PASSWORD) -> None:
    page.get_by_label("E-mail").fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture
def faults(request) -> list[str]:
    """What the browser complained about; empty at the end of every test that uses it."""
    return []


def watch_for_faults(page: Page, faults: list[str]) -> Page:
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request",
        lambda asked: (
            asked.url.startswith("http")
            and "//localhost:" not in asked.url
            and faults.append(f"went outside: {asked.url}")
        ),
    )
    return page


@pytest.fixture
def visitor(browser: Browser, faults: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """``visitor()``: another browser, with no cookies; closed after the test."""
    contexts = []

    def new(**settings: object) -> BrowserContext:
        context = browser.new_context(
            **{"locale": "en-GB", "timezone_id": "Europe/London"} | settings
        )
        context.on("page", lambda page: watch_for_faults(page, faults))
        contexts.append(context)
        return context

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def ana(running: Server, visitor) -> BrowserContext:
    """A browser in which Ana is signed in; the first test of a module creates her account."""
    context, token = visitor(), token_urlsafe(32)
    with psycopg.connect(running.database) as owner:
        known = owner.execute(SIGN_IN, [digest(token)]).rowcount
    if known:
        context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": running.url}])
        return context
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    page.close()
    return context
