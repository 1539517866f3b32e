"""A household of 100 members and 2,000 share links beside one of a single person without a link.

Both have 1,000 watches; what to look at is the ratio. Run by ``make bench``.
"""

import os
import shutil
import tempfile
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import psycopg

from data import db, embedded, start_up
from data.listing import WatchFilter
from data.scope import EVERYTHING
from tests.bench import build
from tests.bench.build import TODAY
from tests.bench.database import RUNS, Bench, _once

WATCHES, MEMBERS, LINKS, VISITS = 1_000, 100, 2_000, 5
PEOPLE = """
    with u as (insert into app_user (email, name, password_hash)
               select 'member' || n || '@example.com', 'Member ' || n, 'x' from generate_series(2, %s) n returning user_id)
    insert into membership (household_id, user_id, role) select %s, user_id, 'editor' from u"""
SHARED = """
    insert into share_link (household_id, token_hash, kind, watch_ids, show_values, currency, created_by, created_at, expires_at)
    select m.household_id, sha256(cast(n as text)::bytea), 'watch',
           array(select watch_id from watch w where w.household_id = m.household_id order by watch_id offset n %% 1000 limit 1),
           true, 'CHF', m.user_id, now() - make_interval(mins => n), now() + interval '30 days'
    from generate_series(1, %s) n
    join (select *, row_number() over (order by user_id) as place from membership where household_id = %s) m
      on m.place = 1 + n %% %s"""
SEEN = """
    insert into share_view (household_id, link_id, seen_at, client)
    select household_id, link_id, now() - make_interval(hours => v), 'Firefox on Windows'
    from share_link cross join generate_series(1, %s) v where household_id = %s"""


def main() -> None:
    """Build both households, time the queries, print the table."""
    folder = Path(tempfile.mkdtemp(prefix="watch-bench-"))
    folder.chmod(0o755)
    os.environ["WATCH_VAR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    try:
        start_up.prepare()
        one, many = (
            _household("one@example.com", 1, 0),
            _household("many@example.com", MEMBERS, LINKS),
        )
        with psycopg.connect(db.owner_url(), autocommit=True) as owner:
            owner.execute("vacuum analyze")
        print_table(times(one), times(many))
    finally:
        db.close()
        embedded.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _household(email: str, people: int, links: int) -> UUID:
    with psycopg.connect(db.owner_url()) as owner:
        home = build.household(owner, WATCHES, 24, email)
        owner.execute(PEOPLE, [people, home])
        owner.execute(SHARED, [links, home, people])
        owner.execute(SEEN, [VISITS, home])
    return home


def times(home: UUID) -> dict[str, float]:
    """Label → milliseconds, for the owner of the household."""
    with psycopg.connect(db.owner_url()) as owner:
        found = owner.execute(
            "select user_id from membership where household_id = %s and role = 'owner'", [home]
        ).fetchone()
        assert found
        shown = owner.execute("select watch_id from watch where household_id = %s limit 1", [home])
        watch = shown.fetchone()
        assert watch
    with db.read(Bench(home, found[0])) as connection:
        return {
            label: min(_once(connection, name, params) for _ in range(RUNS))
            for label, (name, params) in _asked(home, found[0], watch[0]).items()
        }


def _asked(home: UUID, person: UUID, watch: UUID) -> dict[str, tuple[str, dict[str, object]]]:
    """Label → (query name, parameters)."""
    of_home: dict[str, object] = {"household_id": home}
    asked = {**of_home, "currency": "CHF", "today": TODAY}
    page = {**asdict(WatchFilter()), **asked, "after_key": None, "after_id": None, "limit": 24}
    mine = {**page, "owner_ids": [person]}
    link = {**of_home, "kind": "watch", "collection_id": None, "watch_ids": [watch]}
    return {
        "members": ("member_list", of_home),
        "members page": ("member_details", of_home),
        "invitations": ("invitation_list", of_home),
        "share links, first page": ("share_link_page", {**of_home, "limit": 51, "offset": 0}),
        "share links, last page": ("share_link_page", {**of_home, "limit": 51, "offset": 1_950}),
        "look-up of a share link": ("share_link_open", {"token_hash": sha256(b"7").digest()}),
        "watch of a share link": ("share_watches", {**link, "limit": 24, "offset": 0}),
        "first list page": ("watch_page_added_down", page),
        "first list page of mine": ("watch_page_added_down", mine),
        "count": ("watch_count", {**asdict(WatchFilter()), **asked}),
        "overview totals": ("household_totals", {**asked, **EVERYTHING.params()}),
    }


def print_table(one: dict[str, float], many: dict[str, float]) -> None:
    """A row a query: milliseconds of both households, and the ratio."""
    print(f"{'query':26}{'1 member':>14}{f'{MEMBERS} members, {LINKS:,} links':>32}")
    for label, before in one.items():
        ratio = f"{many[label]:9.2f} ms {many[label] / before:6.1f}×"
        print(f"{label:26}{before:>11.2f} ms{ratio:>32}")


if __name__ == "__main__":
    main()
