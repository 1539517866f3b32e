"""The second step against PostgreSQL: what is kept, what works once, and what attackers try."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import second_step
from app.authenticator import change_password, handoff_url, hash_password, sign_in, sign_up
from data import accounts, db, vault
from data import second_step as stored
from data.errors import RefusedError, UnavailableError
from tests.people import HERE, PASSWORD, new_session
from tests.second_steps import BROWSER, code_at, turn_on
from tests.sql.test_accounts import draft, events, open_registration

ELSEWHERE = accounts.Visitor("198.51.100.9", "curl")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def own_key(tmp_path, monkeypatch):
    monkeypatch.setenv("WATCH_SECRET_KEY", vault.Fernet.generate_key().decode())


def take(code, browser=BROWSER, visitor=HERE):
    """What the person reads: nothing, or the sentence at the code."""
    try:
        second_step.take(browser, code, visitor)
    except RefusedError as error:
        return str(error)
    return None


def half(member, browser=BROWSER):
    second_step.begin(member.user_id, browser)


def test_a_code_of_the_app_completes_a_sign_in(member, owner):
    secret, _codes = turn_on(member)
    half(member)
    assert take(code_at(secret)) is None
    assert events(owner)[-2:] == ["second_step_on", "sign_in"]
    assert take(code_at(secret, 1)) == second_step.OVER, "one password is one sign-in"


def test_a_code_works_once_and_none_before_it(member):
    secret, _codes = turn_on(member)
    half(member)
    assert take(code_at(secret, 1)) is None
    half(member)
    assert take(code_at(secret, 1)) == second_step.USED
    assert take(code_at(secret, 0)) == second_step.USED


def test_the_code_that_turned_it_on_signs_nobody_in(member):
    secret, _codes = turn_on(member)
    half(member)
    assert take(code_at(secret, -1)) == second_step.USED


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_time_is_refused(member, steps):
    secret, _codes = turn_on(member)
    half(member)
    assert take(code_at(secret, steps)) == second_step.WRONG


def test_of_the_same_code_sent_ten_times_at_once_one_works(member):
    secret, _codes = turn_on(member)
    browsers = [f"browser {number}" for number in range(4)]
    for browser in browsers:
        half(member, browser)
    code = code_at(secret)
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda browser: take(code, browser), browsers))
    assert said.count(None) == 1
    assert set(said) == {None, second_step.USED}


def test_a_recovery_code_works_once_however_it_is_written(member, owner):
    _secret, codes = turn_on(member)
    assert len(set(codes)) == second_step.CODES
    half(member)
    written = codes[0].replace("-", " ").replace("0", "o").replace("1", "l").upper()
    assert take(f"  {written} ") is None
    half(member)
    assert take(codes[0]) == second_step.NO_SUCH_RECOVERY_CODE
    with db.read(member) as connection:
        assert stored.find(connection, member).codes_left == second_step.CODES - 1
    detail = "select detail from security_event where kind = 'sign_in'"
    assert owner.execute(detail).fetchall() == [("with a recovery code",)]


def test_a_recovery_code_of_somebody_else_is_none(member, other):
    turn_on(member)
    _secret, codes = turn_on(other)
    half(member)
    assert take(codes[0]) == second_step.NO_SUCH_RECOVERY_CODE


def test_new_recovery_codes_end_the_old_ones(member):
    _secret, old = turn_on(member)
    new = second_step.new_recovery_codes()
    with db.write(member) as connection:
        stored.renew_codes(connection, member, second_step.digests(new), HERE)
    half(member)
    assert take(old[0]) == second_step.NO_SUCH_RECOVERY_CODE
    assert take(new[0]) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "\0", "x" * 5000, "' or 1=1"])
def test_what_is_no_code_is_said_and_not_counted(member, owner, typed):
    turn_on(member)
    half(member)
    assert take(typed) == second_step.ODD
    assert owner.execute("select count(*) from sign_in_failure").fetchone() == (0,)


def test_five_wrong_codes_close_the_door_for_a_right_one_too(member, owner):
    secret, codes = turn_on(member)
    half(member)
    said = [take("000000", visitor=ELSEWHERE) for _ in range(5)]
    assert said == [second_step.WRONG] * 4 + ["Too many wrong codes. Try again in 1 minute."]
    for right in (code_at(secret), codes[0]):
        assert take(right) == "Too many wrong codes. Try again in 1 minute."
    assert events(owner)[-2:] == ["second_step_failed", "locked"]
    owner.execute("update sign_in_lock set locked_until = now() - interval '1 second'")
    assert take(code_at(secret)) is None, "a right code after the wait"


def test_the_right_password_again_does_not_forgive_wrong_codes(member):
    turn_on(member)
    for _ in range(4):
        half(member)
        assert take("000000") == second_step.WRONG
        sign_in(member.email, PASSWORD, HERE)
    half(member)
    assert take("000000").startswith("Too many wrong codes.")


def test_wrong_codes_of_one_account_do_not_lock_another(member, other):
    turn_on(member)
    secret, _codes = turn_on(other)
    half(member)
    for _ in range(5):
        take("000000", visitor=ELSEWHERE)
    half(other)
    assert take(code_at(secret)) is None


def test_twenty_guesses_at_once_are_five_guesses(member, owner):
    turn_on(member)
    half(member)
    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: take("000000"), range(20)))
    assert said.count(second_step.WRONG) <= 5
    assert events(owner).count("second_step_failed") <= 5


def test_who_owes_a_code_is_bound_to_the_browser_and_to_five_minutes(member, owner):
    secret, _codes = turn_on(member)
    half(member)
    assert second_step.waiting(BROWSER).user_id == member.user_id
    assert second_step.waiting("another browser") is None
    assert take(code_at(secret), "another browser") == second_step.OVER
    owner.execute("update half_sign_in set expires_at = expires_at - interval '5 minutes'")
    assert second_step.waiting(BROWSER) is None
    assert take(code_at(secret)) == second_step.OVER


def test_a_half_sign_in_is_no_session(member, owner):
    turn_on(member)
    sign_in(member.email, PASSWORD, HERE)
    half(member)
    assert owner.execute("select count(*) from handoff").fetchone() == (0,)
    assert owner.execute("select count(*) from session where revoked_at is null").fetchone() == (0,)
    assert "sign_in" not in events(owner)
    assert events(owner)[-1] == "password_right"


def test_postgresql_hands_nobody_in_who_has_not_taken_the_step(member, owner):
    turn_on(member)
    with pytest.raises(RefusedError, match="asks for a code as well"):
        handoff_url(member.user_id, "/", BROWSER)
    assert owner.execute("select count(*) from handoff").fetchone() == (0,)
    assert handoff_url(member.user_id, "/", BROWSER, passed=True).startswith("/session/handoff?")


def test_signing_up_with_a_known_address_and_its_password_is_no_way_around(member, owner):
    turn_on(member)
    open_registration(member)
    found = sign_up(draft(member.email), HERE)
    assert second_step.is_asked_for(found)
    with pytest.raises(RefusedError):
        handoff_url(found, "/", BROWSER)


def test_a_new_password_ends_half_sign_ins(member):
    turn_on(member)
    half(member)
    change_password(member, PASSWORD, "another pass phrase", b"", HERE)
    assert second_step.waiting(BROWSER) is None


def test_who_was_disabled_meanwhile_is_not_waited_for(member, owner):
    turn_on(member)
    half(member)
    owner.execute("update app_user set disabled_at = now()")
    assert second_step.waiting(BROWSER) is None


def test_a_wrong_password_tells_nothing_about_a_second_step(member, other):
    turn_on(member)
    said = set()
    for email in (member.email, other.email, "nobody@example.com"):
        with pytest.raises(RefusedError) as refusal:
            sign_in(email, "not this pass phrase", HERE)
        said.add(str(refusal.value))
    assert said == {"This e-mail address and password do not belong together."}


def test_nothing_is_asked_for_until_a_code_confirms_it(member):
    with db.write(member) as connection:
        stored.start(connection, member, SECRET)
    assert not second_step.is_asked_for(member.user_id)
    with pytest.raises(RefusedError, match="not right"):
        second_step.confirm(member, "000000", HERE)
    assert not second_step.is_asked_for(member.user_id)


def test_a_setup_that_takes_longer_than_a_quarter_of_an_hour_begins_again(member, owner):
    with db.write(member) as connection:
        stored.start(connection, member, SECRET)
    owner.execute("update second_step set started_at = started_at - interval '15 minutes'")
    with pytest.raises(RefusedError, match="took too long"):
        second_step.confirm(member, code_at(SECRET), HERE)


def test_it_cannot_be_started_over_while_it_is_on(member):
    secret, _codes = turn_on(member)
    with pytest.raises(RefusedError, match="on already"), db.write(member) as connection:
        stored.start(connection, member, SECRET)
    half(member)
    assert take(code_at(secret)) is None


def test_neither_the_secret_nor_a_code_is_in_the_database(member, owner):
    secret, codes = turn_on(member)
    kept = owner.execute("select secret::text from second_step").fetchone()[0]
    assert secret.encode().hex() not in kept
    hashes = [row[0] for row in owner.execute("select code_hash from recovery_code")]
    assert sorted(hashes) == sorted(second_step.recovery_digest(code) for code in codes)


def test_with_another_key_recovery_codes_still_work(member, monkeypatch):
    secret, codes = turn_on(member)
    monkeypatch.setenv("WATCH_SECRET_KEY", vault.Fernet.generate_key().decode())
    half(member)
    with pytest.raises(UnavailableError, match="not the right one"):
        second_step.take(BROWSER, code_at(secret), HERE)
    assert take(codes[0]) is None


def test_switching_it_off_forgets_everything(member, owner):
    turn_on(member)
    with db.write(member) as connection:
        stored.switch_off(connection, member, HERE)
    assert not second_step.is_asked_for(member.user_id)
    assert owner.execute("select count(*) from recovery_code").fetchone() == (0,)
    assert events(owner)[-1] == "second_step_off"


def test_an_admin_switches_it_off_for_somebody_and_the_log_says_so(member, other, owner):
    turn_on(other)
    half(other)
    with db.write(member) as connection:
        args = (other.user_id, other.email, HERE)
        assert stored.switch_off_for(connection, member, *args)
        assert not stored.switch_off_for(connection, member, *args), "it was off"
    assert second_step.waiting(BROWSER) is None
    logged = "select kind, email::text, detail from security_event order by event_id desc limit 1"
    by = "by ana@example.com"
    assert owner.execute(logged).fetchone() == ("second_step_off_by_admin", other.email, by)


def test_nobody_else_switches_it_off(member, other):
    turn_on(member)
    with pytest.raises(RefusedError, match="Only the admin"), db.write(other) as connection:
        stored.switch_off_for(connection, other, member.user_id, member.email, HERE)
    assert second_step.is_asked_for(member.user_id)


def test_other_browsers_stay_signed_in_when_it_is_turned_on(member, owner):
    new_session(member)
    turn_on(member)
    assert owner.execute("select count(*) from session where revoked_at is null").fetchone() == (1,)


def test_what_came_to_nothing_is_forgotten(member, owner):
    turn_on(member)
    half(member)
    owner.execute("update half_sign_in set expires_at = now() - interval '1 second'")
    with db.maintenance() as connection:
        stored.purge(connection)
    assert owner.execute("select count(*) from half_sign_in").fetchone() == (0,)


@given(st.integers(0, 2**40), st.integers(0, 29))
def test_a_code_is_good_for_its_half_minute_and_the_ones_beside_it(step, second):
    at = datetime.fromtimestamp(0, UTC) + timedelta(seconds=(step % 2**26 + 2) * 30 + second)
    now = int(at.timestamp()) // 30
    code = pyotp.TOTP(SECRET).generate_otp(now)
    assert second_step.step_of(SECRET, code, at) in (now - 1, now, now + 1)
    for late in (-1, 1):
        assert second_step.step_of(SECRET, code, at + timedelta(seconds=30 * late)) is not None


class TestKey:
    """The key beside the database."""

    @pytest.fixture(autouse=True)
    def folder(self, tmp_path, monkeypatch):
        monkeypatch.delenv("WATCH_SECRET_KEY")
        monkeypatch.setenv("WATCH_VAR", str(tmp_path / "var"))
        self.file = tmp_path / "var" / "secret.key"

    def test_it_is_made_when_it_is_first_needed_and_nobody_else_reads_it(self):
        sealed = vault.seal("words")
        assert vault.unseal(sealed) == "words"
        assert oct(self.file.stat().st_mode)[-3:] == "600"
        assert [one.name for one in self.file.parent.iterdir()] == ["secret.key"]

    def test_of_several_that_make_it_at_once_all_use_the_same(self):
        with ThreadPoolExecutor(8) as pool:
            sealed = list(pool.map(vault.seal, "abcdefgh"))
        assert "".join(vault.unseal(one) for one in sealed) == "abcdefgh"

    def test_a_new_line_above_is_the_new_key_and_the_old_one_still_reads(self):
        old = vault.seal("words")
        key = self.file.read_text()
        self.file.write_text(f"{vault.Fernet.generate_key().decode()}\n{key}")
        assert vault.unseal(old) == "words"
        new = vault.seal("words")
        self.file.write_text(key)
        with pytest.raises(UnavailableError):
            vault.unseal(new)

    @pytest.mark.parametrize("content", ["", "no key", "x" * 44])
    def test_what_is_no_key_is_told(self, content):
        self.file.parent.mkdir()
        self.file.write_text(content)
        with pytest.raises(UnavailableError):
            vault.seal("words")


def test_a_forgotten_password_is_no_way_around_it(member, owner):
    secret, _codes = turn_on(member)
    half(member)
    owner.execute("update app_user set password_hash = %s", [hash_password("another pass phrase")])
    assert second_step.waiting(BROWSER) is None, "the old password was typed before"
    found = sign_in(member.email, "another pass phrase", HERE)
    with pytest.raises(RefusedError, match="asks for a code as well"):
        handoff_url(found, "/", BROWSER)
    half(member)
    assert take(code_at(secret)) is None
