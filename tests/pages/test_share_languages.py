"""A shared page speaks the language of the visitor's browser, whoever made the link."""

import secrets

import pytest

from app import rate_limits
from app.authenticator import digest
from app.format import SPACE
from data import db, share_links
from data.share_links import LinkDraft
from tests.asking import Browser
from tests.collector import add_watch
from tests.people import HERE


@pytest.fixture
def path(member, tmp_path, monkeypatch):
    """The address of a link to a watch with its price."""
    monkeypatch.setenv("MEDIA_URL", str(tmp_path))
    rate_limits.forget()
    token = secrets.token_urlsafe(32)
    watch_id = add_watch(member, price="6512 EUR")
    with db.write(member) as connection:
        draft = LinkDraft("watch", (watch_id,), show_prices=True)
        share_links.add(connection, member, draft, digest(token), None, HERE)
    return f"/share/{token}"


def get(path, accepted):
    answer = Browser().get(path, headers={"accept-language": accepted})
    assert "Accept-Language" in answer.headers["vary"]
    return answer.text.replace(SPACE, " ")


@pytest.mark.parametrize(
    ("accepted", "spoken", "amount"),
    [
        ("", "en-GB", "EUR 6,512"),
        ("pl", "en-GB", "EUR 6,512"),
        ("de-DE,de;q=0.9,en;q=0.8", "de", "6.512 EUR"),
        ("de-CH", "de", "EUR 6’512"),
        ("fr-FR", "fr", "6\N{NARROW NO-BREAK SPACE}512 EUR"),
    ],
)
def test_a_page_is_written_for_the_visitor(path, accepted, spoken, amount):
    text = get(path, accepted)
    assert f'<html lang="{spoken}">' in text
    assert amount in text


def test_what_does_not_work_is_said_in_the_visitors_language_too():
    assert '<html lang="fr">' in get("/share/nothing", "fr")


def test_one_visitor_leaves_no_language_to_the_next(path):
    get(path, "de")
    assert '<html lang="en-GB">' in get(path, "")
