"""What is tried too often: a calm sentence at its place, and nothing that was typed is lost."""

import pytest

from app import authenticator, invited, rate_limits, uploads
from app.authenticator import NewAccount
from app.uploads import Upload
from data.errors import RefusedError
from tests.collector import add_watch
from tests.pages.test_sign_in import fill, press, sentences
from tests.people import HERE, PASSWORD, new_member

ACCOUNTS = "Many accounts were made from here in a short time. Try again in an hour."
FILES = "You added many files in a short time. Add this one again in an hour."


def use_up(kind, *subject):
    while rate_limits.take(kind, *subject):
        pass


def test_many_new_accounts_from_one_address_are_refused_and_what_was_typed_stays(
    database, owner, open_page
):
    use_up("sign_up", "address ")
    at = open_page("settings.py", None)
    fill(at, sign_up__name="Cy", sign_up__email="cy@example.com", sign_up__password=PASSWORD)
    press(at, "Create account")
    assert sentences(at) == [ACCOUNTS]
    assert at.text_input(key="sign_up.name").value == "Cy"
    assert at.text_input(key="sign_up.password").value == PASSWORD
    assert owner.execute("select count(*) from app_user").fetchone() == (0,)


def test_what_is_typed_wrongly_does_not_count(database):
    draft = NewAccount("Cy", "cy", "short", "", "EUR")
    for _try in range(40):
        with pytest.raises(RefusedError):
            authenticator.sign_up(draft, HERE)
    assert rate_limits.take("sign_up", HERE.network)


def test_accounts_by_invitation_count_too(database):
    use_up("sign_up", HERE.network)
    draft = NewAccount("Cy", "cy@example.com", PASSWORD, "", "EUR")
    with pytest.raises(RefusedError, match="Many accounts"):
        invited.with_new_account(b"x" * 32, draft, HERE)


def test_photos_beyond_the_limit_are_named_with_the_reason(member, other):
    watch_id = add_watch(member)
    use_up("upload", str(member.user_id))
    batch = uploads.start(member, watch_id, [Upload("a.jpg", 3, lambda: b"abc")])
    assert [(one.name, one.sentence) for one in batch.refused] == [("a.jpg", FILES)]
    bobs = uploads.start(other, add_watch(other), [Upload("b.jpg", 3, lambda: b"abc")])
    uploads.stop()
    assert FILES not in [one.sentence for one in bobs.refused], "it is counted by person"


def test_invitations_and_links_of_one_person_do_not_count_for_another(member):
    use_up("invite", str(member.user_id))
    assert rate_limits.take("invite", str(new_member("bob@example.com", "Bob").user_id))
