# ruff: noqa: PLC0415  (AppTest.from_function runs a function's source alone)
"""What every page relies on: who is here, fresh reads, one-time notices, a form's snapshot."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from data import accounts, db
from tests.pages import reads
from tests.people import HERE, again


def page():
    """A page that counts how often a cached read is really run, and writes in three ways."""
    import streamlit as st

    from app import session
    from app.cache import cached
    from tests.pages import reads

    def rename(name):
        with session.write() as db:
            reads.touch(db, session.member(), name)

    st.button("callback", on_click=rename, args=["by callback"])
    if st.button("inline"):
        rename("inline")
    st.text(f"{cached(reads.household_name)} in {session.member().currency}")
    session.show_notices()
    st.text(str(session.today()))


def run(member, sign_in, script=page, **context):
    at = AppTest.from_function(script, default_timeout=30)
    at.context = context
    return sign_in(at, member).run()


def texts(at):
    assert not at.exception, at.exception
    return [text.value for text in at.text]


@pytest.mark.parametrize("way", [0, 1])
def test_what_a_click_wrote_is_read_in_the_same_rerun(member, sign_in, way):
    at = run(member, sign_in)
    assert texts(at)[0] == "Ana's watches in EUR"
    at.button[way].click().run()
    assert texts(at)[0] == f"{['by callback', 'inline'][way]} in EUR"


def test_a_write_of_somebody_else_is_read_at_the_next_rerun(member, sign_in):
    at = run(member, sign_in)
    with db.write(member) as connection:
        reads.touch(connection, member, "by another member")
    assert texts(at.run())[0] == "by another member in EUR"


def test_the_same_data_is_asked_for_once(member, sign_in):
    at = run(member, sign_in)
    before = reads.asked
    at.run().run()
    assert reads.asked == before


def test_another_household_never_gets_a_cached_answer_of_mine(member, other, sign_in):
    assert texts(run(member, sign_in))[0] == "Ana's watches in EUR"
    assert texts(run(other, sign_in))[0] == "Bob's watches in USD"


def test_another_currency_is_another_answer(member, sign_in):
    at = run(member, sign_in)
    with db.write(member) as connection:
        accounts.change_profile(connection, member, accounts.Profile("Ana", "CHF"))
    assert again(member).data_version == member.data_version
    assert texts(at.run())[0] == "Ana's watches in CHF"


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "no/where", ""])
def test_today_is_the_day_of_the_browser(member, sign_in, zone):
    expected = ZoneInfo(zone) if "Pacific" in zone else UTC
    shown = texts(run(member, sign_in, timezone=zone))[1]
    assert shown == str(datetime.now(expected).date())


def gone():
    """A page with a callback and a fragment, whose session may have ended."""
    import streamlit as st

    from app import session

    st.button("callback", on_click=session.member)
    if session.find_member() is None:
        st.text("the front door")
        st.stop()

    @st.fragment
    def part():
        st.button("fragment")
        st.text(session.member().name)

    part()


@pytest.mark.parametrize("way", [0, 1])
def test_a_session_that_ended_ends_in_a_fragment_and_in_a_callback_too(member, sign_in, way):
    at = run(member, sign_in, gone)
    assert texts(at) == ["Ana"]
    with db.write(None) as connection:
        accounts.revoke_session(connection, bytes.fromhex(at.user["session"]), HERE)
    at.button[way].click().run()
    if way:
        assert texts(at) == ["the front door"]
    else:
        assert at.exception  # app/server.py turns it into a sentence
        assert texts(at.run()) == ["the front door"]
