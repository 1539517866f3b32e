"""How our pages compare with an empty Streamlit page, in the same browser and the same minute.

Run by ``make bench``. Warm: a click in the menu until the page's title stands and the script
rests. Cold: a browser without a cache, from the address to the same. A household of 1,000
watches; medians.
"""

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from data import accounts, db, embedded, media, pictures, start_up
from data.accounts import Visitor
from tests.bench import build

ROOT = Path(__file__).parents[2]
WATCHES = 1_000
RUNS = 7
PICTURES = 34  # of each place: every one stands for thirty watches
PORT, EMPTY_PORT = 8897, 8898
EMPTY = """
import streamlit as st
def page(title):
    def run():
        st.title(title)
    run.__name__ = title.lower()
    return st.Page(run, title=title)
st.navigation([page("Alpha"), page("Beta")]).run()
"""
RESTS = """(title) => new Promise(done => {
    const start = performance.now();
    const look = () => {
        const app = document.querySelector('[data-testid="stApp"]');
        const head = document.querySelector('[data-testid="stMain"] h1');
        const there = head && head.textContent.includes(title);
        if (there && app.dataset.testScriptState === 'notRunning') done(performance.now() - start);
        else requestAnimationFrame(look);
    };
    const link = [...document.querySelectorAll('[data-testid="stSidebarNavLink"]')]
        .find(one => one.textContent.includes(title));
    link.click();
    requestAnimationFrame(look);
})"""
TRANSFERRED = """() => performance.getEntriesByType('resource')
    .filter(one => one.name.includes('/photo/')).reduce((sum, one) => sum + one.transferSize, 0)"""
STANDS = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const head = document.querySelector('[data-testid="stMain"] h1');
    return head && app && app.dataset.testScriptState === 'notRunning' && performance.now();
}"""


@contextmanager
def served(command: list[str], port: int, health: str, **environment: str) -> Iterator[str]:
    """A server until the end of the block; its address."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        while not _answers(url + health):
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def warm(page: Page, titles: list[str]) -> dict[str, float]:
    """Title → median milliseconds from the click to a page at rest."""
    found: dict[str, list[float]] = {title: [] for title in titles}
    for _ in range(RUNS + 1):
        for title in titles:
            found[title].append(page.evaluate(RESTS, title))
    return {title: statistics.median(times[1:]) for title, times in found.items()}


def cold(new: Callable[[], BrowserContext], url: str) -> float:
    """Median milliseconds from the address to a page at rest, with an empty cache."""
    times = []
    for _ in range(RUNS):
        context = new()
        page = context.new_page()
        page.goto(url, wait_until="commit")
        times.append(float(page.wait_for_function(STANDS).json_value()))
        context.close()
    return statistics.median(times)


def household() -> str:
    """Build the household; returns the token of a signed-in browser."""
    start_up.prepare()
    with psycopg.connect(db.owner_url()) as owner:
        home = build.household(owner, WATCHES, 24, "bench@example.com")
        photographed(owner, home)
        found = owner.execute(
            "select user_id from membership where household_id = %s", [home]
        ).fetchone()
        assert found
    from app.authenticator import digest  # noqa: PLC0415  (Streamlit only here)

    token = "bench-" * 8
    with db.write(None) as connection:
        accounts.create_session(connection, found[0], digest(token), Visitor())
    db.close()
    return token


def images(new: Callable[[], BrowserContext], url: str) -> list[int]:
    """Bytes of photos that a page of cards transfers: at first sight, and on return."""
    context, found = new(), []
    for page in (context.new_page(), context.new_page()):
        page.goto(url)
        page.wait_for_function(STANDS)
        page.get_by_role("link", name="Next").scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        found.append(int(page.evaluate(TRANSFERRED)))
    context.close()
    return found


def photographed(owner: psycopg.Connection, home: UUID) -> None:
    """Give the photos of a household files: a hundred pictures, as heavy as cards may be."""
    owner.execute("set session_replication_role = replica")
    for place in (1, 2, 3):
        for number in range(PICTURES):
            noise = Image.effect_noise((640, 480), 60 + number % 40)
            kept = pictures.read(_png(noise))
            for size, content in kept.files.items():
                media.put(media.photo_key(home, kept.content_hash, size), content)
            owner.execute(
                "update photo set content_hash = %s where household_id = %s and position = %s"
                " and mod(abs(hashtext(watch_id::text)), %s) = %s",
                [kept.content_hash, home, place, PICTURES, number],
            )
    owner.execute("set session_replication_role = origin")


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def main() -> None:
    """Print each page beside the empty one, as times and as ratios."""
    folder = Path(tempfile.mkdtemp(prefix="watch-bench-"))
    folder.chmod(0o755)
    os.environ["WATCH_VAR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    toy = folder / "empty.py"
    toy.write_text(EMPTY)
    stock = [sys.executable, "-m", "streamlit", "run", str(toy), "--server.port", str(EMPTY_PORT),
             "--server.headless", "true", "--server.fileWatcherType", "auto", "--runner.postScriptGC", "true"]  # fmt: skip
    ours = [sys.executable, "-m", "app", "--port", str(PORT)]
    try:
        token = household()
        with (
            served(ours, PORT, "/health") as app,
            served(stock, EMPTY_PORT, "/_stcore/health") as empty,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium",
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            compare(browser, app, empty, token)
            browser.close()
    finally:
        embedded.stop()
        shutil.rmtree(folder, ignore_errors=True)


def compare(browser: Browser, app: str, empty: str, token: str) -> None:
    """Measure both in turn."""

    def stranger() -> BrowserContext:
        return browser.new_context(viewport={"width": 1440, "height": 900})

    def member() -> BrowserContext:
        context = stranger()
        context.add_cookies([{"name": "watch_session", "value": token, "url": app}])
        return context

    page = stranger().new_page()
    page.goto(empty)
    page.wait_for_function(STANDS)
    nothing = statistics.mean(warm(page, ["Alpha", "Beta"]).values())
    page = member().new_page()
    page.goto(app)
    page.wait_for_function(STANDS)
    pages = warm(page, ["Watches", "Add watch", "Collections", "Settings", "Analytics", "Overview"])
    print(f"{'empty page, warm':26}{nothing:8.0f} ms")
    for title, milliseconds in pages.items():
        print(f"{title + ', warm':26}{milliseconds:8.0f} ms {milliseconds / nothing:6.2f}×")
    first, again = images(member, app + "/watches")
    print(
        f"{'24 cards, first sight':26}{first / 1000:8.0f} kB of images, on return {again / 1000:.0f} kB"
    )
    nothing = cold(stranger, empty)
    print(f"{'empty page, cold':26}{nothing:8.0f} ms")
    for path in ("/", "/watches", "/analytics", "/add_watch"):
        milliseconds = cold(member, app + path)
        print(f"{path + ', cold':26}{milliseconds:8.0f} ms {milliseconds / nothing:6.2f}×")


if __name__ == "__main__":
    main()
