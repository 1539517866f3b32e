"""Two queries for the tests of the shell: one to read through the cache, one to write."""

from sqlalchemy import text

asked = 0


def household_name(connection, member):
    global asked  # noqa: PLW0603
    asked += 1
    return connection.execute(text("select name from household")).scalar()


def touch(connection, member, name):
    """Rename the household, and move its data_version on as a tenant's table would."""
    connection.execute(text("update household set name = :name"), {"name": name})
    connection.execute(text("update data_version set version = version + 1"))
