"""Joining a household by an invitation: signed in, with an account, or with a new one."""

from uuid import UUID

from app import rate_limits
from app.authenticator import NewAccount, by_field, hash_password
from app.language import N_
from data import accounts, db, members
from data.accounts import Visitor
from data.errors import RefusedError

NOT_GOOD = N_("This invitation can’t be used any more. Ask whoever sent it for a new one.")


def accept(user_id: UUID, code_hash: bytes, visitor: Visitor) -> UUID:
    """Use the invitation up; returns the household that was joined.

    Raises:
        RefusedError: it is not good any more.
    """
    with db.write(None) as connection:
        email = accounts.email_of(connection, user_id)
        home = members.accept(connection, user_id, email, code_hash, visitor)
    if home is None:
        raise RefusedError({"": NOT_GOOD})
    return home


def with_new_account(code_hash: bytes, draft: NewAccount, visitor: Visitor) -> UUID:
    """Create an account for who was invited, also while registration is closed.

    Raises:
        RefusedError: with a sentence for every wrong field, or the invitation is not good any more.
    """
    draft.check()
    rate_limits.check("sign_up", visitor.network, field="email")
    password_hash = hash_password(draft.password)
    try:
        with db.write(None) as connection:
            user_id = members.sign_up(
                connection,
                email=draft.email,
                name=draft.name,
                password_hash=password_hash,
                currency=draft.currency,
                token_hash=code_hash,
                visitor=visitor,
            )
    except RefusedError as error:
        raise by_field(error) from error
    if user_id is None:
        raise RefusedError({"": NOT_GOOD})
    return user_id
