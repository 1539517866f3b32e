"""How the box is: what it stores and how much room is left, whether it is well, what runs."""

import os
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

import app
from app import format as say
from app import session, ui
from app.document_words import size
from app.language import N_, _
from data import admin, embedded, mail, media
from data.accounts import Member
from data.admin import BoxFacts, Job, TableSize
from data.db import read
from data.errors import UnavailableError

TABLES = 12  # the largest
GB = 1_000_000_000
SECONDS = 600  # files are counted once in ten minutes
OUTCOMES = {
    "done": N_("done"),
    "failed": N_("failed"),
    "interrupted": N_("interrupted"),
    None: N_("running"),
}
JOBS = {
    "tidy": N_("Tidying"),
    "rates": N_("Exchange rates"),
    "gold": N_("Gold prices"),
    "notices": N_("Notices"),
}


@dataclass(frozen=True)
class Files:
    """The files of photos and documents."""

    count: int
    bytes: int


def tab(member: Member) -> None:
    """Health first, then storage, tables and jobs."""
    with read(member) as db:
        facts = admin.facts(db)
        tables = admin.table_sizes(db, TABLES)
        jobs = admin.jobs(db)
    st.subheader(_("Health"), anchor=False)
    ui.facts(_health(facts))
    st.subheader(_("Storage"), anchor=False)
    ui.facts(_storage(facts))
    st.subheader(_("Jobs"), anchor=False)
    _jobs(jobs)
    st.subheader(_("Largest tables"), anchor=False)
    _tables(tables)


def _health(facts: BoxFacts) -> list[tuple[str, str]]:
    is_own = not os.environ.get("DATABASE_URL")
    place = _("embedded") if is_own else _("of its own (DATABASE_URL)")
    since = app.STARTED.astimezone(session.time_zone())
    site = mail.site()
    return [
        (_("Caseback"), app.VERSION),
        (_("Running since"), f"{say.day(since.date())}, {since:%H:%M}"),
        (_("PostgreSQL"), f"{facts.server_version}, {place}"),
        (_("Migrations"), say.number(facts.migrations)),
        (_("Newest exchange rates"), say.day(facts.rates_on)),
        (_("Mail"), _("set up") if mail.is_configured() else _("not set up (SMTP_URL)")),
        (_("Public address"), site or _("not set (WATCH_URL)")),
        (_("Python"), platform.python_version()),
    ]


def _storage(facts: BoxFacts) -> list[tuple[str, str]]:
    found = [(_("Database"), _size(facts.database_bytes))]
    try:
        files = _files(os.environ.get("MEDIA_URL", ""))
    except UnavailableError:
        found.append((_("Photos and documents"), _("can't be reached at the moment")))
    else:
        told = say.count(files.count, "file", "files")
        found.append((_("Photos and documents"), f"{_size(files.bytes)}, {told}"))
    free = shutil.disk_usage(embedded.var()).free
    return [*found, (_("Free on this disk"), _size(free))]


def _size(size_bytes: int) -> str:
    """As of a document, and from a gigabyte on like ``78.4 GB``."""
    if size_bytes < GB:
        return size(size_bytes)
    return f"{say.localised(f'{size_bytes / GB:.1f}')}{say.SPACE}GB"


@st.cache_data(ttl=SECONDS, show_spinner=False)
def _files(place: str) -> Files:  # noqa: ARG001  (another place, another count)
    """How many files there are, and how large they are together."""
    sizes = [file.size_bytes for file in media.keys()]  # noqa: SIM118  (a function)
    return Files(len(sizes), sum(sizes))


def _tables(tables: list[TableSize]) -> None:
    columns = [
        ui.Column(_("Table")),
        ui.Column(_("Rows, about"), number=True),
        ui.Column(_("Size"), number=True),
    ]
    lines = [
        ui.TableRow(
            href="",
            brand="",
            model=one.name,
            cells=(ui.Cell(say.number(one.about_rows)), ui.Cell(_size(one.bytes))),
        )
        for one in tables
    ]
    ui.table(_("Largest tables"), columns, lines)


def _jobs(jobs: list[Job]) -> None:
    if not jobs:
        st.caption(_("Nothing has run yet."))
        return
    columns = [
        ui.Column(_("Job")),
        ui.Column(_("Last run")),
        ui.Column(_("Took"), number=True),
        ui.Column(_("How it went")),
    ]
    ui.table(_("Jobs"), columns, [_job(one) for one in jobs])


def _job(one: Job) -> ui.TableRow:
    here = one.started_at.astimezone(session.time_zone())
    seconds = ((one.ended_at or datetime.now(UTC)) - one.started_at).total_seconds()
    went = _(OUTCOMES.get(one.outcome, one.outcome or ""))
    return ui.TableRow(
        href="",
        brand="",
        model=_(JOBS[one.name]) if one.name in JOBS else one.name,
        cells=(
            ui.Cell(f"{say.day(here.date())}, {here:%H:%M}"),
            ui.Cell(f"{say.localised(f'{seconds:.1f}')}{say.SPACE}s"),
            ui.Cell(f"{went}: {one.detail}" if one.detail else went),
        ),
    )
