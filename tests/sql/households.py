"""Two people in one household, without an invitation: a membership moved behind the scenes."""

import psycopg

from data.accounts import Member
from tests.people import again


def join(owner: psycopg.Connection, person: Member, home: Member, role: str = "editor") -> Member:
    """``person`` leaves their household for that of ``home``; returns them as they are then."""
    owner.execute("delete from membership where user_id = %s", [person.user_id])
    owner.execute(
        "insert into membership (household_id, user_id, role) values (%s, %s, %s)",
        [home.household_id, person.user_id, role],
    )
    return again(person)
