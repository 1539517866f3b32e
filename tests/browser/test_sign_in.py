"""The front door in a real browser: cookies, tabs, deep links, and what attackers try."""

import signal
import subprocess
import sys

import httpx
import psutil
import pytest
from playwright.sync_api import expect

from app.authenticator import digest
from tests.browser.conftest import PASSWORD, sign_in, sign_up

SESSION = "watch_session"


def cookie(context, name=SESSION):
    return next((one for one in context.cookies() if one["name"] == name), None)


def is_alive(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def heading(page, name):
    return page.get_by_role("heading", name=name, exact=True)


def test_the_first_visitor_creates_an_account_and_is_in(fresh, visitor, faults):
    context = visitor()
    page = context.new_page()
    page.goto(f"{fresh.url}/settings?x=1")
    expect(heading(page, "Create the first account")).to_be_visible()
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Write your name.")).to_be_visible()
    sign_up(page)
    expect(heading(page, "Settings")).to_be_visible()
    assert page.url == f"{fresh.url}/settings?x=1"
    kept = cookie(context)
    assert (kept["httpOnly"], kept["sameSite"], kept["path"]) == (True, "Lax", "/")
    assert SESSION not in page.evaluate("document.cookie")
    assert faults == []


def test_a_deep_link_survives_signing_in(running, ana, visitor, faults):
    page = visitor().new_page()
    page.goto(f"{running.url}/settings?x=1")
    expect(heading(page, "Sign in")).to_be_visible()
    sign_in(page, "ANA@example.com")
    expect(heading(page, "Settings")).to_be_visible()
    assert page.url == f"{running.url}/settings?x=1"
    page.go_back()
    assert page.url in ("about:blank", f"{running.url}/settings?x=1")  # no code in the history
    assert faults == []


def test_a_wrong_password_keeps_the_address_that_was_typed(running, ana, visitor, faults):
    page = visitor().new_page()
    page.goto(running.url)
    sign_in(page, "ana@example.com", "not this pass phrase")
    expect(page.get_by_text("do not belong together")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("ana@example.com")
    assert faults == []


def test_password_managers_know_the_fields(running, ana, visitor):
    page = visitor().new_page()
    page.goto(running.url)
    expect(page.get_by_label("E-mail")).to_have_attribute("autocomplete", "username")
    password = page.locator("input[type=password]")
    expect(password).to_have_attribute("autocomplete", "current-password")


def test_signing_out_in_one_tab_ends_the_other_at_its_next_click(running, ana, faults):
    one, two = ana.new_page(), ana.new_page()
    for page in (one, two):
        page.goto(f"{running.url}/settings")
        expect(heading(page, "Settings")).to_be_visible()
    old = cookie(ana)["value"]
    one.get_by_role("button", name="Sign out", exact=True).click()
    expect(heading(one, "Sign in")).to_be_visible()
    assert cookie(ana) is None
    two.get_by_role("button", name="Save profile").click()
    expect(heading(two, "Sign in")).to_be_visible()
    expect(two.get_by_text("You were signed out. Sign in to go on.")).to_be_visible()
    assert two.url == f"{running.url}/settings"
    ana.add_cookies([{"name": SESSION, "value": old, "url": running.url}])
    three = ana.new_page()
    three.goto(f"{running.url}/settings")
    expect(heading(three, "Sign in")).to_be_visible()
    assert faults == []


def test_a_token_of_an_attacker_is_never_adopted(running, ana, visitor):
    context = visitor()
    context.add_cookies([{"name": SESSION, "value": "chosen-by-an-attacker", "url": running.url}])
    page = context.new_page()
    page.goto(f"{running.url}/settings")
    expect(heading(page, "Sign in")).to_be_visible()
    sign_in(page)
    expect(heading(page, "Settings")).to_be_visible()
    assert cookie(context)["value"] != "chosen-by-an-attacker"


def test_headers_that_claim_an_identity_give_nothing(running, ana, visitor):
    token = cookie(ana)["value"]
    page = ana.new_page()
    page.goto(f"{running.url}/settings")
    expect(heading(page, "Settings")).to_be_visible()
    claimed = {"x-app-user-id": "00000000-0000-0000-0000-000000000000"}
    claimed["x-app-session"] = digest(token).hex()
    stranger = visitor(extra_http_headers=claimed).new_page()
    stranger.goto(f"{running.url}/settings")
    expect(heading(stranger, "Sign in")).to_be_visible()


def test_a_hand_off_from_another_site_or_without_its_browser_signs_nobody_in(running, ana):
    with httpx.Client(base_url=running.url) as client:
        client.get("/")
        crossing = {"sec-fetch-site": "cross-site"}
        assert client.get("/session/handoff?code=x", headers=crossing).status_code == 403
        assert client.post("/session/end", headers=crossing).status_code == 403
        assert client.get("/session/end").status_code == 404
        answer = client.get("/session/handoff?code=x")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        assert SESSION not in client.cookies


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/health", 200),
        ("/watch/extra", 404),
        ("/_stcore/metrics", 404),
        ("/_stcore/agent/openapi.json", 404),
        ("/_stcore/health", 200),
    ],
)
def test_only_what_is_for_browsers_answers(running, path, status):
    assert httpx.get(f"{running.url}{path}").status_code == status


def test_every_answer_carries_the_security_headers(running):
    for path in ("/", "/health", "/_stcore/health", "/watch/extra"):
        headers = httpx.get(f"{running.url}{path}").headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_scripts_go_out_compressed(running):
    running.wait_until(lambda: any((running.var / "bundles").glob("*/index.*.js.br")))
    html = httpx.get(running.url).text
    script = html.partition('src="./')[2].partition('"')[0]
    running.wait_until(
        lambda: httpx.get(f"{running.url}/{script}").headers.get("content-encoding") != "gzip"
    )

    def is_compressed():
        answer = httpx.get(f"{running.url}/{script}", headers={"accept-encoding": "br"})
        return answer.headers.get("content-encoding") == "br" and len(answer.content) > 10_000

    running.wait_until(is_compressed)


def test_after_a_crash_the_app_starts_again_and_everybody_is_still_in(fresh, visitor):
    context = visitor()
    page = context.new_page()
    page.goto(fresh.url)
    sign_up(page)
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    fresh.stop(signal.SIGKILL)
    postmaster = fresh.postmaster()
    fresh.start()
    page.goto(f"{fresh.url}/settings")
    expect(heading(page, "Settings")).to_be_visible()
    fresh.stop()
    assert not is_alive(postmaster), "the clean stop stops PostgreSQL too"


def test_while_the_database_is_away_the_page_says_so_and_then_goes_on(fresh, visitor):
    page = visitor().new_page()
    page.goto(f"{fresh.url}/settings")
    sign_up(page)
    expect(heading(page, "Settings")).to_be_visible()
    with_the_server_gone = fresh.postmaster()
    with_the_server_gone.suspend()  # nothing answers, but nothing has died: no revival yet
    with_the_server_gone.kill()
    page.get_by_role("button", name="Save profile").click()
    away = page.get_by_text("The database does not answer")
    expect(away.first.or_(page.get_by_text("Profile saved."))).to_be_visible()
    fresh.wait_until(lambda: fresh.health() == 200)
    if away.first.is_visible():
        page.get_by_role("button", name="Try again").click()
    page.goto(f"{fresh.url}/settings")
    expect(heading(page, "Settings")).to_be_visible()


def test_a_second_server_on_a_taken_port_says_so(running):
    command = [sys.executable, "-m", "app", "--port", str(running.port)]
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert f"Port {running.port} is in use." in second.stderr
    assert PASSWORD not in running.log()
