"""Who may do what where: every page, address and table, tried in every role.

docs/security.md shows what was found as tables; `make docs` writes them (``WRITE_DOCS=1``), and
otherwise this fails when they are not what is so.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from app import navigation, print_routes, server
from app.photo_links import photo_url
from data import db, documents
from data.documents import DocumentDraft
from tests.asking import Browser
from tests.collector import TODAY, add_value, add_watch
from tests.pages.test_share_routes import share
from tests.papers import pdf
from tests.people import again, new_member
from tests.sql.households import join
from tests.sql.test_photos import add as add_photo
from tests.sql.test_photos import get as get_photo
from tests.sql.test_roles import OF_ALL, OF_OWNERS, OWN_ROWS, WALLED

DOC = Path(__file__).parents[2] / "docs" / "security.md"
ROLES = ("stranger", "elsewhere", "viewer", "editor", "owner", "admin")
CONTROLS = ("button", "toggle", "checkbox", "text_input", "text_area", "selectbox", "file_uploader")


@pytest.fixture
def people(member, owner):
    """Olga owns the household and the others have a role in it; the admin of the box has none."""
    home = new_member("olga@example.com", "Olga")
    return {
        "stranger": None,
        "elsewhere": new_member("bob@example.com", "Bob"),
        "viewer": join(owner, new_member("vera@example.com", "Vera"), home, "viewer"),
        "editor": join(owner, new_member("ed@example.com", "Ed"), home),
        "owner": again(home),
        "admin": member,
    }


@pytest.fixture
def watch(people, monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    found = add_watch(people["owner"], price="6500 EUR", purchased_on=date(2024, 3, 1))
    add_value(people["owner"], found, "7300 EUR")
    return found


def controls(at):
    """What there is to press or to fill in."""
    assert not at.exception, at.exception
    return {(kind, one.label) for kind in CONTROLS for one in at.get(kind)}


def words(at):
    return " ".join(one.proto.body for one in at.html) + " ".join(one.value for one in at.title)


def test_every_page_in_every_role(open_page, people, watch):
    rows = []
    for address in navigation.ADDRESSES:
        page = f"{address.strip('/') or 'overview'}.py"
        query = {"id": str(watch)} if page in ("watch.py", "edit_watch.py") else {}
        query |= {"ids": str(watch)} if page == "compare.py" else {}
        shown = {role: open_page(page, person, **query) for role, person in people.items()}
        has = {role: controls(at) for role, at in shown.items()}
        cells = [address, *(cell(role, page, has) for role in ROLES)]
        rows.append(cells)
        is_public = address.strip("/") in navigation.PUBLIC
        assert cells[1] == ("open" if is_public else "sign in"), address
        assert not has["viewer"] - has["editor"] - has["owner"], address
        for role in ("elsewhere", "admin"):
            assert "Speedmaster" not in words(shown[role]), (address, role)
    check("pages", ["page", *ROLES], rows)


def cell(role, page, has):
    """What the page is to a role, told from what other roles can press and fill in there."""
    if role == "stranger":
        return "open" if page.removesuffix(".py") in navigation.PUBLIC else "sign in"
    if role == "elsewhere" or (page == "admin.py" and role != "admin"):
        # What others get for the admin's page is the overview, as for any address that is not there.
        return "own household" if page != "admin.py" else "not there"
    if role == "admin":
        more = has["admin"] - has["elsewhere"]
        return "manages the box" if more else "own household"
    if role == "owner" and has["owner"] - has["editor"]:
        return "manages"
    if role in ("editor", "owner"):
        return "changes" if has["editor"] - has["viewer"] else "reads"
    return "reads"


def test_every_address_in_every_role(people, watch):
    home = people["owner"]
    with db.write(home) as connection:
        kept = documents.take(pdf("Receipt"))
        paper = documents.add(connection, home, watch, DocumentDraft("Receipt"), kept, TODAY)
    photo = get_photo(home, add_photo(home, watch, 1))
    known = {
        "/photo/{content_hash}/{size}.webp": photo_url(photo.content_hash, "card"),
        "/document/{document_id}": f"/document/{paper}",
        "/document/{document_id}/page/{number:int}.webp": f"/document/{paper}/page/1.webp",
        "/print/watches": print_routes.address([watch], "EUR"),
        "/share/{token}": share(home, "watch", watch),
    }
    rows = []
    for route in server.ROUTES:
        path = known.get(route.path, re.sub(r"\{\w+(:\w+)?\}", "x", route.path))
        for method in sorted((route.methods or {"GET"}) - {"HEAD"}):
            answers = [
                Browser(people[role]).ask(method, path, follow_redirects=False).status_code
                for role in ROLES
            ]
            name = re.sub(r"[0-9a-f]{12}", "…", route.path)  # the hash of a style sheet
            rows.append([f"{method} {name}", *map(str, answers)])
            if route.path in known and not route.path.startswith("/share"):
                assert answers[1:2] + answers[5:] == [404, 404], route.path
                assert answers[0] == 401, route.path
                assert answers[2:5] == [200, 200, 200], route.path
    check("addresses", ["address", *ROLES], rows)


def test_every_table_in_every_role(owner):
    rows = []
    for (table,) in owner.execute(WALLED).fetchall():
        if table in OWN_ROWS:
            rights = ["own rows"] * 3
        elif table in OF_OWNERS:
            rights = ["reads", "reads", "writes"]
        elif table == "membership":
            rights = ["reads", "reads", "by functions"]
        elif table in OF_ALL:
            rights = ["counts"] * 3
        else:
            rights = ["reads", "writes", "writes"]
        rows.append([f"`{table}`", "–", "–", *rights, "–"])
    check("tables", ["table", *ROLES], rows)


def check(name, head, rows):
    """Compare with what stands between the marks in docs/security.md, or write it there."""
    lines = [head, ["---"] * len(head), *rows]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    text = DOC.read_text("utf-8")
    begin, end = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
    before, rest = text.split(begin)
    held, after = rest.split(end)
    if os.environ.get("WRITE_DOCS"):
        DOC.write_text(before + begin + table + end + after, "utf-8")
        return
    assert held == table, "run `make docs`"
