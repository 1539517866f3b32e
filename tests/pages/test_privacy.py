"""Privacy mode: no page sends an amount of money to this device while it is on."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from data import accounts, db
from data.watches import Status
from tests.collector import TODAY, add_value, add_watch
from tests.people import again

AMOUNTS = ("8642", "9753", "7531")  # cost, value, target: no other number here looks like them
PAGES = [
    ("overview.py", {}),
    ("watches.py", {"view": "table"}),
    ("watches.py", {"view": "values"}),
    ("watch.py", {}),
    ("watch.py", {"tab": "value"}),
    ("watch.py", {"tab": "timeline"}),
    ("edit_watch.py", {}),
    ("compare.py", {}),
    ("analytics.py", {}),
    ("analytics.py", {"tab": "return"}),
    ("analytics.py", {"tab": "watches"}),
    ("analytics.py", {"tab": "allocation"}),
    ("analytics.py", {"tab": "ownership"}),
    ("update_values.py", {}),
    ("wishlist.py", {}),
    ("what_if.py", {}),
    ("service.py", {}),
]


@pytest.fixture
def watch(member):
    one = add_watch(member, price="8642 EUR", purchased_on=date(2025, 3, 1))
    add_value(member, one, "9753 EUR", TODAY)
    other = add_watch(member, "Tudor", "Ranger", price="2468 EUR")
    add_watch(
        member, "Rolex", "GMT-Master II", status=Status.WISHLIST,
        target_price=Decimal(7531), target_currency="EUR",
    )  # fmt: skip
    return one, other


def hide(at):
    at.session_state["page.privacy.chosen"] = True
    return at.run()


def shown(at):
    """All that is read on the page, digits together; fields of amounts show dots."""
    assert not at.exception, at.exception
    parts = [one.proto.body for one in at.html if "<style" not in one.proto.body]
    parts += [one.value for one in [*at.markdown, *at.caption, *at.title, *at.info, *at.metric]]
    parts += [str(one.value) for one in at.dataframe]
    parts += [one.placeholder for one in at.text_input]
    for field in at.text_input:
        secret = field.proto.type == field.proto.PASSWORD
        parts.append("" if secret else str(field.value))
    text = unescape(re.sub(r"<[^>]*>", " ", " ".join(map(str, parts))))
    return re.sub(r"(?<=\d)[,.’ \u202f\xa0](?=\d)", "", text)


@pytest.mark.parametrize(("page", "query"), PAGES)
def test_no_page_shows_an_amount_in_privacy_mode(open_page, member, watch, page, query):
    one, other = watch
    of = {"id": str(one)} if page in ("watch.py", "edit_watch.py") else {}
    of |= {"ids": f"{one},{other}"} if page == "compare.py" else {}
    at = open_page(page, again(member), **query, **of)
    before = shown(at)
    after = shown(hide(at))
    assert not [amount for amount in AMOUNTS if amount in after]
    assert len(after) > len(before) / 2  # the page is still there


def test_without_it_the_amounts_are_there(open_page, member, watch):
    assert "8642" in shown(open_page("watch.py", again(member), id=str(watch[0])))


def test_one_click_hides_and_one_shows_again(open_page, member, watch):
    at = open_page("overview.py", again(member))
    at.button(key="privacy.switch").click().run()
    assert at.button(key="privacy.switch").label == "Show amounts"
    assert "12221" not in shown(at)  # 9,753 + 2,468
    at.button(key="privacy.switch").click().run()
    assert "12221" in shown(at)


def test_the_profile_chooses_language_format_and_theme(open_page, member):
    at = open_page("settings.py", member)
    at.selectbox(key="profile.language").select("fr")
    at.selectbox(key="profile.number_format").select("de_CH")
    at.selectbox(key="profile.theme").select("dark")
    at.button[0].click().run()
    now = again(member)
    assert (now.language, now.number_format, now.theme) == ("fr", "de_CH", "dark")


def test_numbers_are_written_as_the_member_chose(open_page, member, watch):
    with db.write(member) as connection:
        profile = accounts.Profile("Ana", "EUR", language="en", number_format="de_CH")
        accounts.change_profile(connection, member, profile)
    at = open_page("watch.py", again(member), id=str(watch[0]))
    assert "9’753" in " ".join(one.proto.body for one in at.html)
