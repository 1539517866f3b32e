"""Inviting somebody, from the link to the day they are out again, in two real browsers."""

from playwright.sync_api import expect

from tests.browser.conftest import sign_up


def heading(page, name):
    return page.get_by_role("heading", name=name, exact=True)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def invite(page, url, role):
    """A link that Ana makes on the page of members."""
    page.goto(f"{url}/sharing")
    page.get_by_text(f"{role}:").click()
    button(page, "Create invitation").click()
    expect(page.get_by_text("Send this link.")).to_be_visible()
    expect(page.get_by_alt_text("The link of the invitation as a QR code")).to_be_visible()
    return page.locator("[data-testid=stCode] code").inner_text().strip()


def test_invited_joined_given_a_role_and_removed(running, ana, visitor, faults):
    ours = ana.new_page()
    link = invite(ours, running.url, "Viewer")
    assert link.startswith(f"{running.url}/join?code=")

    theirs = visitor().new_page()  # a browser that was never here
    theirs.goto(link)
    expect(heading(theirs, "Join Ana's watches")).to_be_visible()
    sign_up(theirs, "Zoë", "zoe@example.com")
    expect(heading(theirs, "Overview")).to_be_visible()
    theirs.goto(f"{running.url}/sharing")
    expect(heading(theirs, "Members")).to_be_visible()
    expect(theirs.get_by_text("You are a viewer.")).to_be_visible()
    expect(button(theirs, "Create invitation")).to_have_count(0)

    late = visitor().new_page()
    late.goto(link)
    expect(late.get_by_text("This invitation can’t be used")).to_be_visible()

    ours.goto(f"{running.url}/sharing")
    ours.get_by_role("link", name="Edit Zoë").click()
    expect(heading(ours, "Zoë")).to_be_visible()
    expect(button(ours, "Create invitation")).to_have_count(0)  # the page before is gone
    ours.get_by_text("Editor:").click()
    button(ours, "Save role").click()
    expect(ours.get_by_text("is an editor now")).to_be_visible()
    theirs.reload()
    expect(theirs.get_by_text("You are an editor.")).to_be_visible()
    theirs.goto(f"{running.url}/settings")
    expect(heading(theirs, "Settings")).to_be_visible()

    ours.get_by_role("link", name="Edit Zoë").click()
    button(ours, "Remove").click()
    button(ours, "Remove from household").click()
    expect(ours.get_by_text("is not a member any more")).to_be_visible()
    button(theirs, "Save profile").click()  # a page of a household they are out of
    expect(theirs.get_by_text("You are looking at Zoë's watches now.")).to_be_visible()
    expect(heading(theirs, "Overview")).to_be_visible()
    theirs.goto(f"{running.url}/sharing")
    expect(theirs.get_by_text("Who shares Zoë's watches")).to_be_visible()
    expect(theirs.get_by_text("ana@example.com")).to_have_count(0)
    assert faults == []
