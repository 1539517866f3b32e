"""Fixtures: a real PostgreSQL, a fresh database a test, members of two households, pages to run.

A page test in three lines::

    at = open_page("settings.py", member)   # AppTest, signed in, the page has run
    at.text_input(key="profile.name").set_value("Ana").run()
    assert not at.exception
"""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import bcrypt
import psycopg
import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, app_test, local_script_runner
from streamlit_authenticator import Hasher
from xdist.scheduler import LoadFileScheduling

from app import authenticator, rate_limits
from app.authenticator import digest
from data import db, embedded, start_up
from data.accounts import Member
from tests.people import new_member, new_session

ROOT = Path(__file__).parent.parent
# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
A_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# The tables that a test fills: these, and all that refer to them; and what counts their ids.
FILLED = """
    with recursive filled as (
        select unnest(array['household', 'app_user', 'instance_setting', 'security_event', 'sign_in_failure',
                            'sign_in_lock', 'rate_limit_hit', 'job_run']::regclass[])::oid as filled
        union select conrelid from pg_constraint join filled on confrelid = filled where contype = 'f')
    select filled::regclass::text, pg_get_serial_sequence(filled::regclass::text, attname)
    from filled left join pg_attribute on attrelid = filled and attidentity <> ''"""


class ByFile(LoadFileScheduling):
    """How several workers share the tests: a file is one worker's, and so are all browser tests.

    Two Chromiums at once are too much for two cores. They come first, beside all others.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling:
    return ByFile(config, log)


def pytest_make_parametrize_id(val: object) -> str | None:
    """The name of a test is the same in each worker, though a random id be among its parameters."""
    text = str(val) if isinstance(val, (str, UUID)) else ""
    return A_UUID.sub("uuid", text) if A_UUID.search(text) else None


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords() -> None:
    """A bcrypt of cost 4 instead of 12: a millisecond instead of a quarter of a second."""
    gensalt = bcrypt.gensalt
    bcrypt.gensalt = lambda: gensalt(4)
    authenticator.NOBODY = Hasher.hash("nobody's")


@pytest.fixture(autouse=True, scope="session")
def one_scan() -> None:
    """Streamlit looks for components in all installed packages once, and not in each AppTest."""
    manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    compiled = ScriptCache()
    app_test.ScriptCache = local_script_runner.ScriptCache = lambda: compiled


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests, without a database name."""
    folder = Path(tempfile.mkdtemp(prefix="watch-test-"))
    folder.chmod(0o755)  # PostgreSQL runs as another user when we are root
    before = os.environ.get("WATCH_VAR")
    os.environ["WATCH_VAR"] = str(folder)
    url = embedded.start()
    with psycopg.connect(url, autocommit=True) as owner:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            owner.execute(f"alter system set {setting} = off")
        owner.execute("select pg_reload_conf()")
    yield url.replace("/postgres?", "/{}?")
    embedded.stop()
    shutil.rmtree(folder, ignore_errors=True)
    if before is None:
        del os.environ["WATCH_VAR"]
    else:
        os.environ["WATCH_VAR"] = before


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """The name of a database as the first start leaves it: migrated, reference data loaded."""
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute("create database template_watch")
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = server.format("template_watch")
    start_up.prepare()
    db.close()
    if before is None:
        del os.environ["DATABASE_URL"]
    else:
        os.environ["DATABASE_URL"] = before
    return "template_watch"


@pytest.fixture(scope="session")
def shared(server: str, template: str) -> str:
    """The owner's URL of the database that most tests use in turn."""
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f"create database shared_watch template {template} strategy file_copy")
    return server.format("shared_watch")


@pytest.fixture(scope="session")
def emptying(shared: str) -> str:
    """The SQL that deletes what a test has left; ``truncate`` would make hundreds of files anew."""
    with psycopg.connect(shared) as owner:
        tables = dict(owner.execute(FILLED).fetchall())
    return ";".join(
        [
            "set local lock_timeout = '10s'",
            "set local session_replication_role = replica",  # no triggers
            f"lock {', '.join(tables)}",  # so nobody is writing any more
            *(f"delete from {table}" for table in tables),
            *(f"select setval('{ids}', 1, false)" for ids in tables.values() if ids),
        ]
    )


@pytest.fixture
def database(
    request: pytest.FixtureRequest,
    server: str,
    shared: str,
    emptying: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The owner's URL of a database in which nobody has an account yet; data/ works on it.

    Reference data and rates are shared with other tests; one that changes them is marked
    ``own_database`` and gets a database that is thrown away after it.
    """
    rate_limits.forget()
    if request.node.get_closest_marker("own_database"):
        name = f"test_{uuid4().hex[:12]}"
        db.close()
        with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
            owner.execute(f"create database {name} template template_watch strategy file_copy")
            monkeypatch.setenv("DATABASE_URL", server.format(name))
            yield server.format(name)
            db.close()
            owner.execute(f"drop database {name} with (force)")
        return
    with psycopg.connect(shared) as owner:
        owner.execute(emptying)
    monkeypatch.setenv("DATABASE_URL", shared)
    yield shared


@pytest.fixture
def owner(database: str) -> Iterator[psycopg.Connection]:
    """A connection that sees all households, to look behind the scenes and to move clocks."""
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def member(database: str) -> Member:
    """Ana: admin of the box and owner of her household; password ``PASSWORD``, amounts in EUR."""
    return new_member("ana@example.com", "Ana")


@pytest.fixture
def other(member: Member) -> Member:
    """Bob: owner of another household, not an admin; amounts in USD."""
    return new_member("bob@example.com", "Bob", "USD")


@pytest.fixture
def sign_in() -> Callable[[AppTest, Member], AppTest]:
    """``sign_in(at, member)``: what the app runs from now on, it runs as that member."""

    def as_member(at: AppTest, member: Member) -> AppTest:
        token_hash = digest(new_session(member))
        at.user = {"id": str(member.user_id), "session": token_hash.hex()}
        return at

    return as_member


@pytest.fixture
def open_page(sign_in: Callable[[AppTest, Member], AppTest]) -> Callable[..., AppTest]:
    """``open_page("watch.py", member, id="…")``: the page has run, with that in the URL."""

    def opened(page: str, member: Member | None, /, **query: str) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=30)
        at.context = {"locale": "en-GB", "timezone": "Europe/London"}
        at.user = {}
        at.run()  # as a stranger, which makes the pages known and runs none of them
        if member is not None:
            sign_in(at, member)
        at.query_params.update(query)
        return at.switch_page(f"../pages/{page}").run()

    return opened
