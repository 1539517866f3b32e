"""Who the tests are about: how to make a member, and how to sign one in."""

import secrets

import bcrypt

from app.authenticator import digest
from data import accounts, db
from data.accounts import Member, Visitor

PASSWORD = "a long pass phrase"
PASSWORD_HASH = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()  # fast
HERE = Visitor("192.0.2.7", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0")


def new_member(email: str, name: str, currency: str = "EUR") -> Member:
    """Sign somebody up, though registration is closed after the first one, who is admin."""
    _set_registration("open")
    with db.write(None) as connection:
        user_id = accounts.sign_up(
            connection,
            email=email,
            name=name,
            password_hash=PASSWORD_HASH,
            household=f"{name}'s watches",
            currency=currency,
            visitor=HERE,
        )
        accounts.create_session(connection, user_id, user_id.bytes, HERE)
        found = accounts.find_member(connection, user_id.bytes)
        accounts.revoke_session(connection, user_id.bytes, HERE)
    _set_registration("closed")
    assert found is not None
    return found


def _set_registration(value: str) -> None:
    """Behind the scenes: only an admin may, and there is none yet."""
    with db.maintenance() as owner:
        owner.exec_driver_sql(
            "insert into instance_setting values ('registration', %s)"
            " on conflict (name) do update set value = excluded.value",
            (value,),
        )


def again(member: Member) -> Member:
    """The same member as they are now."""
    with db.write(None) as connection:
        token = secrets.token_bytes(32)
        accounts.create_session(connection, member.user_id, token, HERE)
        found = accounts.find_member(connection, token)
        accounts.revoke_session(connection, token, HERE)
    assert found is not None
    return found


def new_session(member: Member) -> str:
    """Sign a member in with another browser; returns the token of its cookie."""
    token = secrets.token_urlsafe(32)
    with db.write(None) as connection:
        accounts.create_session(connection, member.user_id, digest(token), HERE)
    return token
