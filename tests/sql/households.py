"""Two people in one household, without an invitation: a membership moved behind the scenes."""

import psycopg

from data.accounts import Member
from tests.people import again


def join(owner: psycopg.Connection, person: Member, home: Member, role: str = "editor") -> Member:
    """``person`` leaves their household for that of ``home``; returns them as they are then."""
    owner.execute(
        "update membership set household_id = %s, role = %s where user_id = %s",
        [home.household_id, role, person.user_id],
    )
    return again(person)
