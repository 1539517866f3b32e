"""Taking one's data along, deleting one's account, deleting a household: pages and the route."""

import csv
import io
import json
import zipfile

import pytest

from app import rate_limits, takeout
from data import db, members, photos
from data.pictures import read as read_picture
from tests.asking import Browser
from tests.collector import TODAY, add_value, add_watch
from tests.people import HERE, PASSWORD, again, new_member
from tests.pictures import picture
from tests.sql.households import join

PAGE = "account.py"


@pytest.fixture(autouse=True)
def limits():
    rate_limits.forget()


@pytest.fixture(autouse=True)
def own_files(monkeypatch, tmp_path):
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))


@pytest.fixture
def ask(database):
    def asked(member=None, query="", **headers):
        return Browser(member).get(takeout.PATH + query, headers=headers)

    return asked


def opened(answer):
    assert answer.status_code == 200, answer.text
    return zipfile.ZipFile(io.BytesIO(answer.content))


def table(packed, end):
    (name,) = [name for name in packed.namelist() if name.endswith(end)]
    return list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))


def type_in(at, **typed):
    for key, value in typed.items():
        at.text_input(key=f"delete_account.{key}").set_value(value)


def press(at, label):
    next(button for button in at.button if button.label == label).click()
    return at.run()


def problems(at):
    html = " ".join(block.proto.body for block in at.html)
    return html + " ".join(error.value for error in at.error)


def accounts_left(owner):
    return {email for (email,) in owner.execute("select email::text from app_user").fetchall()}


# ── download ──────────────────────────────────────────────────────────────────────────────


def test_a_stranger_downloads_nothing(ask):
    assert ask().status_code == 401


def test_the_zip_is_kept_by_nobody_on_the_way(ask, member):
    answer = ask(member)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_it_holds_who_they_are_and_where_they_were(ask, member):
    packed = opened(ask(member))
    assert packed.testzip() is None
    profile = json.loads(packed.read("profile.json"))
    assert (profile["name"], profile["email"]) == ("Ana", "ana@example.com")
    assert "password" not in packed.read("profile.json").decode()
    assert {row["kind"] for row in table(packed, "security.csv")} >= {"sign_up", "data_downloaded"}
    assert [row["name"] for row in table(packed, "households.csv")] == ["Ana's watches"]
    assert table(packed, "sessions.csv")[0]["client"] == HERE.client
    assert "watches.csv" in packed.read("README.txt").decode()


def test_it_holds_the_watches_of_each_household_and_harmless_text(ask, member):
    with db.write(member) as connection:
        home = members.add_household(connection, member, "../../etc: <x>", HERE)
    watch_id = add_watch(member, "=HYPERLINK(1)", notes="@x", price="5 EUR")
    add_value(member, watch_id, "7 CHF")
    packed = opened(ask(member))
    folders = {name.split("/")[0] for name in packed.namelist() if "/" in name}
    assert len(folders) == 2
    assert all(".." not in name and not name.startswith("/") for name in packed.namelist())
    first = f"Ana's watches {str(member.household_id)[:8]}"
    row = table(packed, f"{first}/watches.csv")[0]
    assert (row["brand"], row["notes"], row["cost"]) == ("'=HYPERLINK(1)", "'@x", "5.00")
    value = table(packed, f"{first}/valuations.csv")[0]
    assert (value["watch_id"], value["amount"], value["currency"]) == (str(watch_id), "7.00", "CHF")
    assert table(packed, f"{str(home)[:8]}/watches.csv") == []


def test_a_watch_that_is_private_to_somebody_else_is_not_in_it(ask, owner, member):
    editor = join(owner, new_member("ed@example.com", "Ed"), member)
    secret = add_watch(editor, model="Secret", owner_id=editor.user_id, is_private=True)
    add_value(editor, secret, "9 EUR")
    packed = opened(ask(member))
    assert table(packed, "/watches.csv") == []
    assert table(packed, "/valuations.csv") == []
    assert b"Secret" not in packed.read(next(n for n in packed.namelist() if "watches.csv" in n))
    assert len(table(opened(ask(editor)), "/watches.csv")) == 1


def test_who_is_removed_while_a_download_runs_gets_no_more(owner, member, other):
    add_watch(member, model="Nautilus")
    viewer = join(owner, other, member, "viewer")
    pieces = takeout.packed(viewer, TODAY, with_files=True)
    begun = next(pieces)
    owner.execute("delete from membership where user_id = %s", [viewer.user_id])
    packed = zipfile.ZipFile(io.BytesIO(begun + b"".join(pieces)))
    assert not [name for name in packed.namelist() if name.endswith("watches.csv")]


def test_nothing_of_another_household_or_person_is_in_it(ask, member, other):
    add_watch(other, model="Theirs")
    packed = opened(ask(member))
    assert all(b"Theirs" not in packed.read(n) and b"bob@" not in packed.read(n) for n in packed.namelist())  # fmt: skip


def test_photos_come_along_when_asked_for_and_one_that_is_lost_is_named(ask, member, owner):
    watch_id = add_watch(member, model="A/B\\..")
    kept = read_picture(picture())
    photos.store(member, kept)
    with db.write(member) as connection:
        photos.add(connection, member, watch_id, kept)
    assert not [n for n in opened(ask(member)).namelist() if n.endswith(".webp")]
    packed = opened(ask(member, "?files=1"))
    (name,) = [n for n in packed.namelist() if n.endswith(".webp")]
    assert packed.read(name)[8:12] == b"WEBP"
    assert name.split("/")[1:3] == ["photos", f"Omega A B {str(watch_id)[:8]}"]
    owner.execute("update photo set content_hash = %s", ["0" * 64])
    packed = opened(ask(member, "?files=1"))
    assert "Omega A/B" in packed.read("README.txt").decode().partition("could not be read")[2]


def test_nobody_is_sent_here_by_another_site_and_nobody_asks_all_day(ask, member):
    assert ask(member, **{"sec-fetch-site": "cross-site"}).status_code == 403
    answers = [ask(member).status_code for _ in range(11)]
    assert (answers[0], answers[-1]) == (200, 429)


# ── deleting the account ──────────────────────────────────────────────────────────────────


def test_the_page_says_what_goes(open_page, other):
    add_watch(other)
    at = open_page(PAGE, other)
    assert not at.exception
    assert any(
        "goes with all in it: 1 watch, 0 photos, 0 documents" in m.value for m in at.markdown
    )


@pytest.mark.parametrize(("current", "typed", "said"), [
    ("wrong password 123", "delete", "not your current password"),
    ("", "delete", "Write your password"),
    (PASSWORD, "", "Write delete to go on"),
    (PASSWORD, "deleted", "Write delete to go on"),
])  # fmt: skip
def test_nothing_goes_without_the_password_and_the_word(
    open_page, owner, other, current, typed, said
):
    at = open_page(PAGE, other)
    type_in(at, current=current, typed=typed)
    press(at, "Delete my account")
    assert said in problems(at)
    assert "bob@example.com" in accounts_left(owner)


def test_an_account_goes_and_the_sign_in_form_says_so(open_page, owner, other):
    at = open_page(PAGE, other)
    type_in(at, current=PASSWORD, typed=" Delete ")
    press(at, "Delete my account")
    assert not at.exception
    assert [info.value for info in at.info] == ["Your account was deleted."]
    assert accounts_left(owner) == {"ana@example.com"}


def test_the_last_owner_chooses_first(open_page, owner, other):
    vera = join(owner, new_member("vera@example.com", "Vera"), other, "viewer")
    at = open_page(PAGE, other)
    type_in(at, current=PASSWORD, typed="delete")
    press(at, "Delete my account")
    assert "Choose what becomes of Bob" in problems(at)
    box = at.selectbox(key=f"leaving.{other.household_id}")
    assert box.options == ["Make Vera its owner", "Delete it with everything in it"]
    box.set_value(str(vera.user_id)).run()
    type_in(at, current=PASSWORD, typed="delete")
    press(at, "Delete my account")
    assert again(vera).role == "owner"
    assert "bob@example.com" not in accounts_left(owner)


def test_the_only_admin_is_told_to_name_another(open_page, owner, member, other):
    at = open_page(PAGE, member)
    type_in(at, current=PASSWORD, typed="delete")
    press(at, "Delete my account")
    assert "Make somebody else an admin first" in problems(at)
    assert "ana@example.com" in accounts_left(owner)


# ── deleting a household ──────────────────────────────────────────────────────────────────


def test_an_owner_deletes_a_household_by_its_name(open_page, owner, other):
    add_watch(other)
    at = open_page("sharing.py", other)
    at.text_input(key="delete_household.typed").set_value("Ana's watches")
    press(at, "Delete household")
    assert "Write Bob's watches to go on" in problems(at).replace("&#x27;", "'").replace(
        "&#39;", "'"
    )
    at.text_input(key="delete_household.typed").set_value("bob's watches")
    press(at, "Delete household")
    assert not at.exception
    assert owner.execute("select count(*) from watch").fetchone() == (0,)
    assert again(other).household_id != other.household_id


def test_others_see_no_way_to_delete_it(open_page, owner, member):
    editor = join(owner, new_member("ed@example.com", "Ed"), member)
    at = open_page("sharing.py", editor)
    assert "Delete household" not in [button.label for button in at.button]
