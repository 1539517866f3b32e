"""Attacks on pages and addresses, each tried in every place where it could work."""

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text as sql_text

from app import navigation, server
from app.authenticator import digest
from data import accounts, collections, db, documents, services, valuations
from data.documents import DocumentDraft
from data.services import ServiceDraft
from data.valuations import ValuationDraft
from data.watches import Status
from tests.asking import Browser
from tests.collector import TODAY, add_value, add_watch
from tests.papers import pdf
from tests.people import again, new_session

ROOT = Path(__file__).parents[2]
PAGES = [f"{address.strip('/') or 'overview'}.py" for address in navigation.ADDRESSES]
MARKUP = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> ![p](https://evil.example/p.png)"
)
NASTY = [
    "'; drop table watch cascade; --",
    "\x00",
    "%27%22",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "../../etc/passwd",
    "{{7*7}}",
    "ⅷ\u202e😀\u0301" * 3,
    str(uuid4()),
    MARKUP,
]
NAMES = re.compile(
    r"""query_params(?:\.get)?[\[(]"(\w+)"|^[A-Z_]+ = "([a-z_]{2,12})"$""", re.MULTILINE
)


@pytest.fixture(autouse=True)
def own_files(monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))


def parameters():
    """Every name that an address of ours may have, as the code has them."""
    sources = [
        path.read_text("utf-8") for room in ("app", "pages") for path in (ROOT / room).glob("*.py")
    ]
    found = {one for source in sources for pair in NAMES.findall(source) for one in pair if one}
    assert {"id", "ids", "tab", "currency", "q", "page"} <= found
    return sorted(found)


def shown(at):
    """All HTML and all Markdown that went to the browser."""
    assert not at.exception, at.exception
    html = " ".join(one.proto.body for one in at.html if "<style" not in one.proto.body)
    said = [one.value for one in [*at.markdown, *at.caption, *at.title, *at.info, *at.error]]
    labels = [
        one.label
        for kind in ("button", "checkbox", "text_input", "selectbox")
        for one in at.get(kind)
    ]
    return html, " ".join(map(str, said + labels))


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("where", PAGES)
def test_no_parameter_of_an_address_breaks_a_page(open_page, member, where, nasty):
    own = add_watch(member, price="6500 EUR")
    query = dict.fromkeys(parameters(), nasty)
    at = open_page(where, member, **query)
    shown(at)
    if where in ("watch.py", "edit_watch.py"):
        shown(open_page(where, member, **query | {"id": str(own)}))
    with db.read(member) as connection:
        assert connection.execute(sql_text("select count(*) from watch")).scalar() == 1


@pytest.mark.parametrize("where", PAGES)
def test_ids_of_another_household_show_nothing_of_it(open_page, member, other, where):
    member, other = other, member  # who attacks is not the admin of the box
    theirs = add_watch(other, "Patek Philippe", "Secret Nautilus", price="99999 USD")
    add_value(other, theirs, "123456 USD")
    with db.write(other) as connection:
        group = collections.add(connection, other, "Vault", "navy")
        kept = documents.take(pdf("Receipt"))
        paper = documents.add(connection, other, theirs, DocumentDraft("Secret"), kept, TODAY)
    for stolen in (theirs, group, paper, other.household_id, other.user_id):
        query = dict.fromkeys(parameters(), str(stolen))
        html, said = shown(open_page(where, member, **query))
        for secret in ("Nautilus", "Vault", "Secret", "99,999", "123,456", "ana@example.com"):
            if (secret, where) == ("Bob", "admin.py"):  # an admin sees the accounts, and no more
                continue
            assert secret not in html + said, (where, stolen)


def furnish(member):
    """A household in which every text is an attack."""
    with db.write(member) as connection:
        accounts.change_profile(connection, member, accounts.Profile(MARKUP[:90], "EUR"))
        accounts.rename_household(connection, member, MARKUP[:90])
        group = collections.add(connection, member, MARKUP[:60], "navy")
    facts = dict.fromkeys(
        ("reference", "serial_number", "nickname", "notes", "retailer", "crystal", "dial_colour", "bezel", "strap",
         "calibre", "case_material"), MARKUP[:90],
    )  # fmt: skip
    one = add_watch(
        member, MARKUP[:80], MARKUP[:90], price="6500 EUR", collection_id=group, tags=[MARKUP[:40]],
        purchased_on=date(2020, 1, 2), **facts,
    )  # fmt: skip
    add_watch(
        member, MARKUP[:80], MARKUP[:80], status=Status.SOLD, buyer=MARKUP[:90], price="100 EUR",
        purchased_on=date(2020, 1, 2), disposed_on=date(2021, 1, 2), sale_price=Decimal(90), sale_currency="EUR",
    )  # fmt: skip
    add_watch(member, MARKUP[:80], MARKUP[:70], status=Status.WISHLIST)
    with db.write(member) as connection:
        for days in (900, 400, 30):
            draft = ValuationDraft(
                Decimal(7000 - days),
                "EUR",
                TODAY - timedelta(days),
                note=MARKUP[:90],
                confirmed=True,
            )
            valuations.add(connection, member, one, draft, TODAY)
        kept = documents.take(pdf("Receipt"))
        documents.add(connection, member, one, DocumentDraft(MARKUP[:90]), kept, TODAY)
        done = ServiceDraft(
            serviced_on=date(2023, 1, 2), provider=MARKUP[:90], description=MARKUP[:90]
        )
        services.add(connection, member, one, done, TODAY)
    return one


@pytest.mark.parametrize("where", PAGES)
def test_what_people_wrote_is_text_on_every_page(open_page, member, where):
    one = furnish(member)
    tabs = (
        ["", "value", "service", "documents", "photos", "timeline"] if where == "watch.py" else [""]
    )
    tabs = (
        ["", "return", "risk", "watches", "allocation", "ownership"]
        if where == "analytics.py"
        else tabs
    )
    for tab in tabs:
        query = {"id": str(one)} if where in ("watch.py", "edit_watch.py") else {}
        query |= {"ids": str(one)} if where in ("compare.py", "edit_many.py") else {}
        query |= {"tab": tab} if tab else {}
        html, said = shown(open_page(where, again(member), **query))
        assert "<script" not in html
        assert "<img src=x" not in html
        assert not re.search(r"(?<!\\)!\[p\]\(https", said), f"a picture from elsewhere on {where}"
        assert not re.search(r"<img src=x|<script", said.replace("\\<", "")), where


def test_what_a_browser_claims_to_be_gives_no_right(open_page, member, other):
    at = open_page("sharing.py", other)
    at.user = dict(at.user) | {"id": str(member.user_id), "role": "owner", "is_admin": True}
    at.session_state["page.role"] = at.session_state["role"] = "owner"
    at.session_state["household_id"] = str(member.household_id)
    html, said = shown(at.run())
    assert "Ana" not in html + said
    assert "ana@example.com" not in html + said


@pytest.mark.parametrize("claimed", ["user-id", "session", "address"])
def test_headers_that_claim_an_identity_open_no_address(member, claimed):
    one = add_watch(member)
    with db.write(member) as connection:
        kept = documents.take(pdf("Receipt"))
        paper = documents.add(connection, member, one, DocumentDraft("Receipt"), kept, TODAY)
    token = new_session(member)
    headers = {
        f"x-app-{claimed}": str(member.user_id),
        "x-forwarded-user": member.email,
        "authorization": token,
    }
    assert Browser().get(f"/document/{paper}", headers=headers).status_code == 401


POSTS = [
    (method, re.sub(r"\{\w+(:\w+)?\}", "x", route.path))
    for route in server.ROUTES
    for method in sorted((getattr(route, "methods", None) or set()) - {"GET", "HEAD"})
]


@pytest.mark.parametrize(("method", "path"), POSTS)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_can_change_nothing(member, method, path, site):
    token = new_session(member)
    headers = {"sec-fetch-site": site, "origin": "https://evil.example"}
    answer = Browser(token=token).ask(method, path, headers=headers, content=b"password=x")
    assert answer.status_code in (403, 404)
    with db.read(None) as connection:
        assert accounts.find_member(connection, digest(token)) is not None


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(member):
    token = new_session(member)
    thief = Browser(token=token)
    one = add_watch(member)
    with db.write(member) as connection:
        kept = documents.take(pdf("Receipt"))
        paper = documents.add(connection, member, one, DocumentDraft("Receipt"), kept, TODAY)
    assert thief.get(f"/document/{paper}").status_code == 200
    Browser(token=token).ask("POST", "/session/end")
    assert thief.get(f"/document/{paper}").status_code == 401


def test_a_body_without_end_is_not_read_to_its_end(member):
    read = 0

    async def endless():
        nonlocal read
        for _ in range(200):
            read += 1
            yield b"x" * 1_000_000

    answer = Browser(member).ask("POST", "/share/x", content=endless())
    assert answer.status_code in (303, 403, 404, 413)
    assert read < 20
