"""Mail on its way out, to a real little server."""

from urllib.parse import quote

import pytest

from data import mail
from data.errors import UnavailableError
from tests.mailbox import PASSWORD, SENDER, USER, mail_server

# The library warns of what these tests are about: a password over an open connection.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


@pytest.fixture
def mailbox(monkeypatch):
    with mail_server("gone@example.com") as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv("MAIL_FROM", SENDER)
        yield box


def test_a_mail_arrives_as_it_was_written(mailbox):
    mail.send("zoe@example.com", "Café watches", "Grüße,\nAna\n")
    found = mailbox.next()
    assert (found["To"], found["From"], found["Subject"]) == (
        "zoe@example.com",
        SENDER,
        "Café watches",
    )
    assert found.get_content().replace("\r\n", "\n") == "Grüße,\nAna\n"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Message-ID"].endswith("@example.com>")


@pytest.mark.parametrize(
    "to",
    [
        "zoe@example.com\r\nBcc: eve@example.com",
        "zoe@example.com\nBcc: eve@example.com",
        "zoe@example.com, eve@example.com",
        "zoe,eve@example.com",
        "Zoe <zoe@example.com>",
        "<zoe@example.com>",
        "zoe@example.com;eve@example.com",
        '"zoe"@example.com',
        "zoe@exam\0ple.com",
        "zoe(eve@example.com)@example.com",
        "zoë@example.com",
        "zoe",
        "",
        "z" * 250 + "@example.com",
    ],
)
def test_an_address_that_is_more_than_one_plain_address_gets_no_mail(mailbox, to):
    with pytest.raises(UnavailableError, match="No mail can be sent"):
        mail.send(to, "Subject", "Text")
    assert mailbox.is_empty()


def test_a_subject_cannot_add_a_header_or_end_the_head(mailbox):
    mail.send("zoe@example.com", "Hello\r\nBcc: eve@example.com\r\n\r\nText of mine", "Text")
    receivers, found = mailbox.arrived.get(timeout=20)
    assert receivers == ["zoe@example.com"]
    assert found["Bcc"] is None
    assert found["Subject"] == "Hello Bcc: eve@example.com Text of mine"
    assert found.get_content().strip() == "Text"


def test_a_line_with_one_dot_does_not_end_the_mail(mailbox):
    mail.send("zoe@example.com", "Dots", "One\n.\nMAIL FROM:<eve@example.com>\n")
    assert mailbox.next().get_content().splitlines() == ["One", ".", "MAIL FROM:<eve@example.com>"]
    assert mailbox.is_empty()


def test_the_sender_may_stand_in_the_address_of_the_server(mailbox, monkeypatch):
    monkeypatch.delenv("MAIL_FROM")
    url = f"smtp://127.0.0.1:{mailbox.port}?from={quote('Our box <box@example.com>')}"
    monkeypatch.setenv("SMTP_URL", url)
    mail.send("zoe@example.com", "Subject", "Text")
    assert mailbox.next()["From"] == "Our box <box@example.com>"


def test_user_and_password_are_read_from_the_address_of_the_server(monkeypatch):
    with mail_server(asks_password=True) as box:
        monkeypatch.setenv("MAIL_FROM", SENDER)
        login = f"{USER}:{quote(PASSWORD, safe='')}"
        monkeypatch.setenv("SMTP_URL", f"smtp://{login}@127.0.0.1:{box.port}")
        mail.send("zoe@example.com", "Subject", "Text")
        assert box.next()["To"] == "zoe@example.com"
        monkeypatch.setenv("SMTP_URL", f"smtp://{USER}:wrong@127.0.0.1:{box.port}")
        with pytest.raises(UnavailableError, match="could not be sent"):
            mail.send("zoe@example.com", "Subject", "Text")


def test_a_password_is_not_sent_over_an_open_connection(monkeypatch):
    with mail_server(asks_password=True) as box:
        monkeypatch.setattr(mail, "THIS_MACHINE", set())
        monkeypatch.setenv("MAIL_FROM", SENDER)
        login = f"{USER}:{quote(PASSWORD, safe='')}"
        monkeypatch.setenv("SMTP_URL", f"smtp://{login}@127.0.0.1:{box.port}")
        with pytest.raises(UnavailableError, match="could not be sent"):
            mail.send("zoe@example.com", "Subject", "Text")
        assert box.is_empty()


def test_a_mail_that_the_server_does_not_take_is_told(mailbox):
    with pytest.raises(UnavailableError, match="could not be sent"):
        mail.send("gone@example.com", "Subject", "Text")


def test_a_server_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:1")
    with pytest.raises(UnavailableError, match="could not be sent"):
        mail.send("zoe@example.com", "Subject", "Text")


@pytest.mark.parametrize(
    "url", ["http://example.com", "smtp://", "smtp://host:port", "example.com", "smtp://[::1"]
)
def test_a_setting_that_cannot_be_read_is_told(monkeypatch, url):
    monkeypatch.setenv("SMTP_URL", url)
    with pytest.raises(UnavailableError, match="set up wrongly"):
        mail.send("zoe@example.com", "Subject", "Text")


def test_without_a_server_no_mail_is_sent(monkeypatch):
    monkeypatch.delenv("SMTP_URL", raising=False)
    assert not mail.is_configured()
    with pytest.raises(UnavailableError, match="can't send mail"):
        mail.send("zoe@example.com", "Subject", "Text")


@pytest.mark.parametrize(
    ("said", "site"),
    [
        ("https://watches.example.com/", "https://watches.example.com"),
        ("http://box.local:8501", "http://box.local:8501"),
        ("https://watches.example.com@evil.example", ""),
        ("javascript:alert(1)", ""),
        ("watches.example.com", ""),
        ("", ""),
    ],
)
def test_the_public_address_is_scheme_and_host(monkeypatch, said, site):
    monkeypatch.setenv("WATCH_URL", said)
    assert mail.site() == site
