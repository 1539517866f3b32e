"""The page of members: who is here, roles, inviting, leaving, several households."""

import re
from uuid import uuid4

import pytest

from app import rate_limits
from app.authenticator import digest
from data import db, members
from tests.mailbox import SENDER, mail_server
from tests.people import HERE, again, new_member
from tests.sql.households import join


@pytest.fixture
def editor(owner, member):
    return join(owner, new_member("ed@example.com", "Ed <b>"), member)


@pytest.fixture
def viewer(owner, member):
    return join(owner, new_member("vera@example.com", "Vera"), member, "viewer")


def html(at):
    return " ".join(block.proto.body for block in at.html)


def press(at, label):
    next(button for button in at.button if button.label == label).click()
    return at.run()


def labels(at):
    return [button.label for button in at.button]


def titles(at):
    assert not at.exception, at.exception
    return [title.value for title in at.title]


def roles(member):
    with db.read(member) as connection:
        return {one.email: one.role for one in members.details(connection, member)}


def said(at):
    return [error.value for error in at.error]


def link(at):
    return at.code[0].value


def offered(at):
    code = re.search(r"code=([\w-]+)", link(at))[1]
    with db.read(None) as connection:
        return members.find_offer(connection, digest(code))


def test_everybody_sees_who_is_here_and_names_are_text(member, editor, viewer, open_page):
    for who in (member, editor, viewer):
        at = open_page("sharing.py", who)
        assert titles(at) == ["Members"]
        for text in ("vera@example.com", "Ed &lt;b&gt;", "Owner", "Editor", "Viewer", "(you)"):
            assert text in html(at)


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_an_owner_sees_controls(request, member, open_page, role):
    who = request.getfixturevalue(role)
    with db.write(member) as connection:
        members.invite(connection, member, b"x", role="viewer", email=None, note=None, visitor=HERE)
    for query in ({}, {"person": str(member.user_id)}):
        at = open_page("sharing.py", who, **query)
        assert titles(at) == ["Members"]
        assert not {"Create invitation", "Save role", "Remove from household", "Revoke"} & set(
            labels(at)
        )
        assert "Edit" not in re.findall(r">(\w+)</a>", html(at))


def test_an_invitation_shows_its_link_once_with_a_code_to_scan(member, open_page):
    at = open_page("sharing.py", member)
    at.radio(key="invite.role").set_value("viewer")
    at.text_input(key="invite.email").set_value("zoe@example.com")
    press(at, "Create invitation")
    assert (offered(at).role, offered(at).email) == ("viewer", "zoe@example.com")
    assert 'src="data:image/svg+xml' in html(at)
    assert press(at, "Done").code == []


def test_a_wrong_address_is_refused_at_its_field(member, open_page):
    at = open_page("sharing.py", member)
    at.text_input(key="invite.email").set_value("zoe")
    press(at, "Create invitation")
    assert "Write an e-mail address like ana@example.com." in html(at)
    assert at.text_input(key="invite.email").value == "zoe"


def test_nobody_makes_invitations_without_end(member, open_page):
    rate_limits.forget()
    while rate_limits.take("invite", str(member.user_id)):
        pass
    at = press(open_page("sharing.py", member), "Create invitation")
    assert [text for text in said(at) if "many invitations" in text]
    rate_limits.forget()


def test_an_open_invitation_is_taken_back(member, open_page):
    at = press(open_page("sharing.py", member), "Create invitation")
    before = offered(at)
    assert before
    code = link(at)
    press(at, "Revoke")
    assert "Revoke" not in labels(at)
    with db.read(None) as connection:
        assert members.find_offer(connection, digest(code.partition("code=")[2])) is None


def test_an_owner_changes_a_role(member, viewer, open_page):
    at = open_page("sharing.py", member, person=str(viewer.user_id))
    assert titles(at) == ["Vera"]
    at.radio(key=f"member.role.{viewer.user_id}").set_value("editor")
    press(at, "Save role")
    assert titles(at) == ["Members"]
    assert roles(member)["vera@example.com"] == "editor"


def test_an_owner_removes_somebody(member, viewer, open_page):
    at = press(open_page("sharing.py", member, person=str(viewer.user_id)), "Remove from household")
    assert titles(at) == ["Members"]
    assert list(roles(member)) == ["ana@example.com"]


def test_an_owner_hands_over_and_is_an_editor(member, editor, open_page):
    at = press(open_page("sharing.py", member, person=str(editor.user_id)), "Hand over")
    assert titles(at) == ["Members"]
    assert roles(member) == {"ed@example.com": "owner", "ana@example.com": "editor"}
    assert "Create invitation" not in labels(at)


def test_the_last_owner_sees_why_there_is_no_way_out(member, editor, open_page):
    at = open_page("sharing.py", member, person=str(member.user_id))
    assert at.radio(key=f"member.role.{member.user_id}").disabled
    assert "make somebody else an owner first" in " ".join(one.value for one in at.main.caption)
    at = press(open_page("sharing.py", member), "Leave")
    assert said(at) == [r"A household needs an owner\. Make somebody else an owner first\."]


def test_who_leaves_is_in_their_own_household_at_once(editor, open_page):
    at = press(open_page("sharing.py", editor), "Leave")
    assert titles(at) == ["Overview"]
    assert again(editor).role == "owner"
    assert "Ed \\<b\\>" in " ".join(toast.value for toast in at.toast)


@pytest.mark.parametrize("asked", ["", "x", "\0", str(uuid4()), "stranger"])
def test_an_odd_address_shows_the_list(member, other, open_page, asked):
    asked = str(other.user_id) if asked == "stranger" else asked
    at = open_page("sharing.py", member, person=asked)
    assert titles(at) == ["Members"]
    assert at.info


def test_another_household_is_started_and_looked_at(member, open_page):
    at = open_page("sharing.py", member)
    assert not at.sidebar.selectbox
    at.text_input(key="another_household.name").set_value("The safe")
    press(at, "Start household")
    assert titles(at) == ["Overview"]
    assert at.sidebar.selectbox[0].value.name == "The safe"
    assert again(member).households == 2


def test_a_household_needs_a_name(member, open_page):
    at = press(open_page("sharing.py", member), "Start household")
    assert "Write a name for the household." in html(at)


def test_the_menu_switches_between_households(member, open_page):
    with db.write(member) as connection:
        members.add_household(connection, member, "The safe", HERE)
    at = open_page("settings.py", member)
    assert at.sidebar.selectbox[0].value.household_id == member.household_id
    at.sidebar.selectbox[0].select("The safe").run()
    assert titles(at) == ["Overview"]
    assert at.sidebar.selectbox[0].value.name == "The safe"


def test_a_form_of_one_household_does_not_write_into_another(member, open_page):
    at = open_page("settings.py", member)
    at.text_input(key="household.name").set_value("Renamed")
    with db.write(member) as connection:
        home = members.add_household(connection, member, "The safe", HERE)
        members.look_at(connection, member, bytes.fromhex(at.user["session"]), home)
    at = press(at, "Rename household")
    assert titles(at) == ["Overview"]
    with db.read(member) as connection:
        names = {one.name for one in members.households(connection)}
    assert names == {"Ana's watches", "The safe"}


def test_what_was_shown_for_one_household_is_forgotten_in_the_next(member, open_page):
    with db.write(member) as connection:
        members.add_household(connection, member, "The safe", HERE)
    at = press(open_page("sharing.py", member), "Create invitation")
    assert link(at)
    at.sidebar.selectbox[0].select("The safe").run()
    at.switch_page("../pages/sharing.py").run()
    assert titles(at) == ["Members"]
    assert at.code == []


# ── by mail ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mailbox(monkeypatch):
    with mail_server("gone@example.com") as box:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{box.port}")
        monkeypatch.setenv("MAIL_FROM", SENDER)
        monkeypatch.setenv("WATCH_URL", "https://watches.example.com")
        yield box


def test_an_invitation_with_an_address_is_also_sent(member, open_page, mailbox):
    at = open_page("sharing.py", member)
    at.text_input(key="invite.email").set_value("zoe@example.com")
    press(at, "Create invitation")
    assert r"It was sent to zoe@example\.com\." in [one.value for one in at.caption]
    message = mailbox.next()
    assert message["To"] == "zoe@example.com"
    assert message["Subject"] == "Ana invites you to Ana's watches"
    assert link(at) in message.get_content()
    assert link(at).startswith("https://watches.example.com/join?code=")
    assert offered(at).email == "zoe@example.com"


def test_an_invitation_that_cannot_be_sent_keeps_its_link_and_says_so(member, open_page, mailbox):
    at = open_page("sharing.py", member)
    at.text_input(key="invite.email").set_value("gone@example.com")
    press(at, "Create invitation")
    said = " ".join(one.value.replace("\\", "") for one in at.caption)
    assert "It was not sent to gone@example.com. The mail could not be sent." in said
    assert offered(at)


def test_without_an_address_nothing_is_sent(member, open_page, mailbox):
    at = press(open_page("sharing.py", member), "Create invitation")
    assert offered(at)
    assert mailbox.is_empty()


def test_names_cannot_add_a_receiver_to_the_mail(member, owner, open_page, mailbox):
    owner.execute("update household set name = E'Vault\r\nBcc: eve@example.com'")
    at = open_page("sharing.py", member)
    at.text_input(key="invite.email").set_value("zoe@example.com")
    press(at, "Create invitation")
    receivers, message = mailbox.arrived.get(timeout=20)
    assert receivers == ["zoe@example.com"]
    assert message["Bcc"] is None
