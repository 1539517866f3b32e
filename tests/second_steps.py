"""People with a second step, for the tests: their codes, and who owes one in which browser."""

from datetime import UTC, datetime

import pyotp

from app import second_step
from data import db
from data import second_step as stored
from tests.people import HERE

BROWSER = "a browser's cookie"


def code_at(secret, steps_ahead=0):
    """The code of now, or of a half minute before or after; no test waits for one."""
    now = int(datetime.now(UTC).timestamp()) // second_step.SECONDS
    return pyotp.TOTP(secret).generate_otp(now + steps_ahead)


def turn_on(member):
    """Two-step sign-in is on; the secret, and the recovery codes."""
    secret = second_step.new_secret()
    with db.write(member) as connection:
        stored.start(connection, member, secret)
    return secret, second_step.confirm(member, code_at(secret, -1), HERE)
