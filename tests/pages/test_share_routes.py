"""Shared pages as a stranger gets them: what is allowed is there, and nothing else, ever."""

import secrets
from datetime import date, timedelta
from itertools import chain

import pytest

from app import rate_limits, share_routes
from app.authenticator import digest, hash_password
from app.format import SPACE
from data import collections, db, documents, photos, share_links, watches
from data.documents import DocumentDraft
from data.share_links import LinkDraft
from tests.asking import Browser
from tests.collector import TODAY, add_value, add_watch, get_watch
from tests.papers import pdf
from tests.people import HERE
from tests.sql.test_photos import picture

PASSWORD = "a pass phrase for guests"
VISITOR = {"user-agent": "Mozilla/5.0 (iPhone) Version/19 Mobile Safari/605"}
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def apart(tmp_path, monkeypatch):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    rate_limits.forget()


def share(who, kind="watch", *watch_ids, password=None, **facts):
    """The address of a new link."""
    token = secrets.token_urlsafe(32)
    hashed = hash_password(password) if password else None
    with db.write(who) as connection:
        draft = LinkDraft(kind, watch_ids, **facts)
        share_links.add(connection, who, draft, digest(token), hashed, HERE)
    return f"/share/{token}"


def get(path, **more):
    return Browser().get(path, headers=VISITOR, **more)


def text(path):
    answer = get(path)
    assert answer.status_code == 200
    return answer.text.replace(SPACE, " ")


def links(who):
    with db.read(who) as connection:
        return share_links.page(connection, who, 50)


def take_photo(who, watch_id, colour, role):
    kept = picture(colour)
    photos.store(who, kept)
    with db.write(who) as connection:
        photo_id = photos.add(connection, who, watch_id, kept, role=role)
        return photos.get(connection, who, photo_id).content_hash


@pytest.fixture
def whole(member):
    """A watch with everything, and what of it is where."""
    watch_id = add_watch(
        member, price="6512 EUR", purchased_on=date(2025, 2, 3), serial_number="SN-7788",
        reference="310.30.42", nickname="Moonwatch", notes="In the SAFE at home", tags=["secret tag"],
        retailer="Bucherer Zug", calibre="3861", case_diameter_mm="42", complications=["date"],
    )  # fmt: skip
    add_value(member, watch_id, "7234 EUR")
    roles = {role: take_photo(member, watch_id, n, role) for n, role in enumerate(("dial", "serial", "papers"))}  # fmt: skip
    with db.write(member) as connection:
        paper = documents.add(
            connection, member, watch_id, DocumentDraft("Certificate of Ana", "certificate"),
            documents.take(pdf("hello")), TODAY,
        )  # fmt: skip
    return watch_id, roles, paper


MARKS = {
    "show_values": ["7,234"],
    "show_prices": ["6,512", "3 Feb 2025"],
    "show_serials": ["SN-7788"],
    "show_documents": ["Certificate of Ana", "/document/"],
}
NEVER = ["SAFE", "secret tag", "Bucherer", "Ana's watches", "ana@example.com"]
CHOICES = [(), *[(one,) for one in MARKS], ("show_values", "show_prices"), tuple(MARKS)]


@pytest.mark.parametrize("allowed", CHOICES, ids=lambda names: "+".join(names) or "nothing")
def test_each_field_is_shown_only_where_the_option_allows_it(member, whole, allowed):
    watch_id, roles, paper = whole
    at = share(member, "watch", watch_id, **dict.fromkeys(allowed, True))
    page = text(at)
    for option, marks in MARKS.items():
        for mark in marks:
            assert (mark in page) == (option in allowed), (option, mark)
    assert ("Gain" in page) == ({"show_values", "show_prices"} <= set(allowed))
    assert "722" not in page.replace("7,234", "") or "Gain" in page
    for fact in ("Speedmaster", "310.30.42", "Moonwatch", "3861", "42 mm", "Date"):
        assert fact in page
    for secret in (*NEVER, str(watch_id), str(member.household_id)):
        assert secret not in page
    for role, option in (("dial", None), ("serial", "show_serials"), ("papers", "show_documents")):
        is_shown = option is None or option in allowed
        assert (roles[role] in page) == is_shown
        for size in ("thumb", "card", "full"):
            status = get(f"{at}/photo/{roles[role]}/{size}.webp").status_code
            assert status == (200 if is_shown else 404)
    status = get(f"{at}/document/{paper}").status_code
    assert status == (200 if "show_documents" in allowed else 404)


def test_only_photos_shows_a_name_and_photos(member, whole):
    watch_id, roles, paper = whole
    at = share(member, "watch", watch_id, photos_only=True, **dict.fromkeys(MARKS, True))
    page = text(at)
    assert "Speedmaster" in page
    assert roles["dial"] in page
    for secret in (*NEVER, *chain(*MARKS.values()), "310.30.42", "Moonwatch", "3861"):
        assert secret not in page
    assert get(f"{at}/document/{paper}").status_code == 404


@pytest.mark.parametrize("kind", ["comparison", "collection", "overview"])
@pytest.mark.parametrize("allowed", [(), ("show_values",), ("show_prices",), ("show_serials",)])
def test_several_watches_show_what_is_allowed_and_their_first_photo(member, whole, kind, allowed):
    watch_id, roles, _ = whole
    second = take_photo(member, watch_id, 9, "wrist")
    two = add_watch(member, "Rolex", "Explorer", price="1000 EUR")
    add_value(member, two, "1500 EUR")
    facts = {}
    if kind == "collection":
        with db.write(member) as connection:
            facts = {"collection_id": collections.add(connection, member, "Divers", "navy")}
            connection.exec_driver_sql(
                "update watch set collection_id = %s", (str(facts["collection_id"]),)
            )
    ids = (watch_id, two) if kind == "comparison" else ()
    at = share(member, kind, *ids, **facts, **dict.fromkeys(allowed, True))
    page = text(at)
    assert page.index("Speedmaster") != page.index("Explorer")
    for option in ("show_values", "show_prices", "show_serials"):
        assert (MARKS[option][0] in page) == (option in allowed)
    if kind != "comparison":
        assert ("8,734" in page) == ("show_values" in allowed)
        assert ("7,512" in page) == ("show_prices" in allowed)
    titles = {
        "comparison": "Omega Speedmaster and Rolex Explorer",
        "collection": "Divers: 2 watches",
        "overview": "2 watches",
    }
    assert f'property="og:title" content="{titles[kind]}"' in page
    for secret in NEVER:
        assert secret not in page
    assert get(f"{at}/photo/{roles['dial']}/card.webp").status_code == 200
    assert get(f"{at}/photo/{second}/card.webp").status_code == 404


def test_a_page_tells_browsers_and_search_engines_to_keep_nothing(member, whole):
    at = share(member, "watch", whole[0], show_documents=True)
    answer = get(at)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    for path in (
        at,
        f"{at}/photo/{whole[1]['dial']}/card.webp",
        f"{at}/document/{whole[2]}",
        "/share/x",
    ):
        headers = get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-robots-tag"].startswith("noindex")
    assert '<meta name="robots" content="noindex' in answer.text
    assert "<script" not in answer.text
    assert 'content="Omega Speedmaster"' in answer.text
    assert "attachment" in get(f"{at}/document/{whole[2]}").headers["content-disposition"]


def answers_alike(*paths):
    found = [get(path) for path in paths]
    assert {one.status_code for one in found} == {404}
    assert len({one.content for one in found}) == 1
    assert len({tuple(sorted(one.headers.items())) for one in found}) == 1


def test_what_does_not_work_is_told_alike(member, owner, whole):
    watch_id, roles, paper = whole
    gone = add_watch(member, model="Gone")
    unknown = f"/share/{secrets.token_urlsafe(32)}"
    revoked, expired, binned, locked = (
        share(member, "watch", watch_id), share(member, "watch", watch_id),
        share(member, "watch", gone), share(member, "watch", watch_id, password=PASSWORD),
    )  # fmt: skip
    for path, change in ((revoked, "revoked_at = now()"), (expired, "created_at = now() - interval '40 days', expires_at = now()")):  # fmt: skip
        owner.execute(
            f"update share_link set {change} where token_hash = %s",
            [digest(path.removeprefix("/share/"))],
        )
    with db.write(member) as connection:
        watches.remove(connection, member, gone, get_watch(member, gone).version)
    photo, document = f"photo/{roles['dial']}/card.webp", f"document/{paper}"
    answers_alike(
        unknown, revoked, expired, binned, "/share/", "/share/x", unknown + "x",
        f"{unknown}/{photo}", f"{revoked}/{photo}", f"{locked}/{photo}", f"{locked}/{document}",
        f"{revoked}/{document}", f"{unknown}?page=2", f"{share(member, 'watch', watch_id)}?page=2",
    )  # fmt: skip


def test_guesses_find_nothing(member, whole):
    at = share(member, "watch", whole[0])
    token = at.removeprefix("/share/")
    swapped = token[:-1] + ("A" if token[-1] != "A" else "B")
    stored = digest(token).hex()
    answers_alike(
        f"/share/{swapped}", f"/share/{token.lower()}x", f"/share/{token[:-1]}", f"/share/{token}%00",
        f"/share/{stored}", "/share/%27%20or%201=1--", "/share/" + "A" * 43, "/share/" + "é" * 43,
    )  # fmt: skip


def test_photos_and_papers_of_other_watches_and_households_stay_shut(member, other, whole):
    watch_id, _, _ = whole
    second = add_watch(member, model="Railmaster")
    third = add_watch(other)
    ours, theirs = take_photo(member, second, 7, "dial"), take_photo(other, third, 8, "dial")
    papers = []
    for who, one in ((member, second), (other, third)):
        with db.write(who) as connection:
            papers.append(
                documents.add(
                    connection, who, one, DocumentDraft("Receipt", "receipt"),
                    documents.take(pdf("x", str(one))), TODAY,
                )
            )  # fmt: skip
    at = share(member, "watch", watch_id, show_documents=True, show_serials=True)
    answers_alike(
        *[f"{at}/photo/{one}/card.webp" for one in (ours, theirs, "0" * 64)],
        *[
            f"{at}/document/{one}"
            for one in (*papers, watch_id, "x", "%00", "..%2f..%2fetc%2fpasswd")
        ],
    )


@pytest.mark.parametrize(
    "tail",
    [
        "/photo/{hash}/huge.webp", "/photo/{hash}/card.jpg", "/photo/{hash}%0a/card.webp", "/photo/{upper}/card.webp",
        "/photo/..%2f{hash}/card.webp", "/photo/..%2f..%2fetc/card.webp", "/photo/{hash}/..%2fcard.webp", "/photo/", "/%2e%2e/photo", "//evil.example", "/document/", "/document/1/2", "/x",
    ],
)  # fmt: skip
def test_path_tricks_lead_nowhere(member, whole, tail):
    at, found = share(member, "watch", whole[0], show_documents=True), whole[1]["dial"]
    answer = get(at + tail.format(hash=found, upper=found.upper()))
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content


def test_a_photo_in_the_bin_is_not_shown_any_more(member, whole):
    watch_id, roles, _ = whole
    at = share(member, "watch", watch_id)
    with db.write(member) as connection:
        (dial,) = [p for p in photos.of_watch(connection, member, watch_id) if p.content_hash == roles["dial"]]  # fmt: skip
        photos.remove(connection, member, dial)
    assert get(f"{at}/photo/{roles['dial']}/card.webp").status_code == 404


def test_what_people_wrote_is_text_everywhere(member):
    fields = ("reference", "nickname", "calibre", "crystal", "bezel", "strap", "dial_colour", "case_material", "serial_number")  # fmt: skip
    facts = dict.fromkeys(fields, EVIL[:60])
    watch_id = add_watch(member, f"B{EVIL}"[:90], EVIL, **facts)
    with db.write(member) as connection:
        group = collections.add(connection, member, EVIL[:50], "navy")
        connection.exec_driver_sql("update watch set collection_id = %s", (str(group),))
        documents.add(
            connection, member, watch_id, DocumentDraft(EVIL, "other"),
            documents.take(pdf("hello")), TODAY,
        )  # fmt: skip
    options = {"show_serials": True}
    for at in (
        share(member, "watch", watch_id, show_documents=True, **options),
        share(member, "comparison", watch_id, add_watch(member), **options),
        share(member, "collection", collection_id=group, **options),
        share(member, "overview", **options),
    ):
        page = get(at).text
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert "<img src=x" not in page


def test_a_password_is_asked_for_and_remembered_for_this_link_alone(member, whole):
    watch_id, roles, _ = whole
    at = share(member, "watch", watch_id, password=PASSWORD)
    second = share(member, "watch", watch_id, password=PASSWORD)
    shut = get(at)
    assert shut.status_code == 200
    assert "asks for a password" in shut.text
    for secret in ("Omega", "Speedmaster", "og:title", roles["dial"]):
        assert secret not in shut.text
    guest = Browser()
    wrong = guest.ask("POST", at, data={"password": "not this one at all"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (403, False)
    right = guest.ask("POST", at, data={"password": PASSWORD})
    assert (right.status_code, right.headers["location"]) == (303, at)
    cookie = right.headers["set-cookie"].lower()
    for part in ("httponly", "samesite=lax", f"path={at}".lower()):
        assert part in cookie
    guest.cookies = {share_routes.PROOF: right.cookies[share_routes.PROOF]}
    assert "Speedmaster" in guest.get(at).text
    assert guest.get(f"{at}/photo/{roles['dial']}/card.webp").status_code == 200
    assert "Speedmaster" not in guest.get(second).text
    for forged in ("", "1", "x" * 64, "é"):
        other_guest = Browser()
        assert (
            "Speedmaster"
            not in other_guest.get(
                at, headers={"cookie": f"{share_routes.PROOF}={forged}".encode()}
            ).text
        )


def test_a_cookie_is_secure_over_https(member, whole):
    answer = get(share(member, "watch", whole[0]).join(["https://localhost", ""]))
    assert "secure" in answer.headers["set-cookie"].lower()


def test_passwords_are_tried_ten_times_from_an_address(member, whole, monkeypatch):
    tried = []
    monkeypatch.setattr(share_routes, "is_password", lambda *typed: tried.append(typed) or False)
    at = share(member, "watch", whole[0], password=PASSWORD)
    codes = [
        Browser().ask("POST", at, data={"password": f"guess number {n}"}).status_code
        for n in range(14)
    ]
    assert codes == [403] * 10 + [429] * 4
    assert len(tried) == 10


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"password=" + b"x" * 5000,
        b"\xff\xfe",
        b"a=1&" * 50,
        b"password=%00",
        b"password[]=x",
        b"{}",
    ],
)
def test_an_odd_form_is_a_wrong_password(member, whole, body):
    at = share(member, "watch", whole[0], password=PASSWORD)
    assert Browser().ask("POST", at, content=body).status_code == 403


def test_another_site_cannot_type_for_a_visitor(member, whole):
    at = share(member, "watch", whole[0], password=PASSWORD)
    answer = Browser().ask(
        "POST", at, data={"password": PASSWORD}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_visit_counts_once_owners_too_and_a_preview_by_head_does_not(member, whole):
    at = share(member, "watch", whole[0])
    Browser().ask("HEAD", at, headers=VISITOR)
    assert links(member)[0].views == 0
    first = get(at)
    again = Browser()
    again.cookies = {share_routes.VISIT: first.cookies[share_routes.VISIT]}
    again.get(at)
    (link,) = links(member)
    assert (link.views, link.client) == (1, "Safari on iPhone")
    Browser(member).get(at, headers=VISITOR)
    assert links(member)[0].views == 2


def test_calling_all_the_time_fills_no_table(member, whole):
    at = share(member, "watch", whole[0])
    for _ in range(25):
        assert get(at).status_code == 200
    assert links(member)[0].views == 20


def test_a_locked_page_is_no_visit(member, whole):
    get(share(member, "watch", whole[0], password=PASSWORD))
    assert links(member)[0].views == 0


def test_a_long_list_has_pages(member, monkeypatch):
    monkeypatch.setattr(share_routes.share_page, "PER_PAGE", 2)
    for number in range(3):
        add_watch(member, model=f"Model {number}")
    at = share(member, "overview")
    assert "Model 0" in text(at)
    assert "?page=2" in text(at)
    assert "Model 2" in text(f"{at}?page=2")
    for odd in ("0", "-1", "x", "9" * 40, "%00", "1.5", ""):
        assert "Model 0" in text(f"{at}?page={odd}")


def test_numbers_equal_those_inside(member, whole):
    from data import figures  # noqa: PLC0415

    add_value(member, add_watch(member, price="99.5 CHF"), "250.25 USD")
    today = share_routes.datetime.now(share_routes.UTC).date()
    with db.read(member) as connection:
        totals = figures.totals(connection, member, "CHF", today)
    page = text(share(member, "overview", currency="CHF", show_values=True, show_prices=True))
    for amount in (totals.value, totals.cost):
        assert share_routes.share_page.say.money(amount, "CHF").replace(SPACE, " ") in page


def test_until_when_it_works_is_said(member, whole):
    until = share_routes.datetime.now(share_routes.UTC).date() + timedelta(days=30)
    page = text(share(member, "watch", whole[0]))
    assert f"This link works until {share_routes.share_page.say.day(until)}." in page
    assert "works until" not in text(share(member, "watch", whole[0], days=None))


def test_the_style_is_a_file(member):
    answer = get(share_routes.share_markup.STYLE)
    assert answer.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in answer.text
    assert get(share_routes.share_markup.ICON_AT).headers["content-type"].startswith("image/svg")


def test_while_the_database_or_the_files_are_away_a_sentence_says_so(
    member, whole, tmp_path, monkeypatch
):
    at = share(member, "watch", whole[0])
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MEDIA_URL", str(tmp_path / "file"))
    answers = [get(f"{at}/photo/{whole[1]['dial']}/card.webp")]
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    db.close()
    answers.append(get(at))
    for answer in answers:
        assert (answer.status_code, answer.headers["cache-control"]) == (503, "no-store")
        assert "Traceback" not in answer.text
        assert "can&#x27;t be shown now" in answer.text
    db.close()
