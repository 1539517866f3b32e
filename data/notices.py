"""Notices: what a member is told, once each, and how they want it.

What there is to tell is found by one query a member, on their behalf: what they may not see they
are not told. Words are made in app/notice_words.py; here is nothing but what they need.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, time
from typing import Any, Literal, cast
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from data import queries, vault
from data.calc import sending
from data.db import Asker
from data.errors import ConflictError, NotFoundError, RefusedError
from data.said import said

KINDS = (
    "service_due",
    "warranty_ending",
    "value_stale",
    "target_reached",
    "price_change",
    "invitation",
    "new_sign_in",
)
LONGEST_LEAD, LARGEST_PERCENT = 365, 500  # days, %
CHANGED = said("These settings were changed meanwhile, in another window. Look at them again.")
GONE = said("This notice is not here any more.")
QUIET = said("Choose both ends of the quiet hours, and not the same time twice.")
Way = Literal["mail", "push"]
CLAIM: dict[Way, str] = {"mail": "notice_claim_mail", "push": "notice_claim_push"}
UNCLAIM: dict[Way, str] = {"mail": "notice_unclaim_mail", "push": "notice_unclaim_push"}


@dataclass(frozen=True)
class SettingDraft:
    """How a member wants notices, as they enter it."""

    kinds: list[str] = field(default_factory=lambda: list(KINDS))  # some of KINDS
    lead_days: int = 14  # how long before a date
    price_percent: int = 10  # a price that changed by as much is told
    by_mail: bool = False
    rhythm: str = sending.AT_ONCE  # one of sending.RHYTHMS; of mail and push
    quiet_from: time | None = None  # in the member's time zone; both or none
    quiet_until: time | None = None

    def check(self) -> None:
        """Refuse what a form explains better than a constraint. Raises RefusedError."""
        problems: dict[str, str] = {}
        if not 0 <= self.lead_days <= LONGEST_LEAD:
            problems["lead_days"] = said("Choose 0 to {limit} days.", limit=LONGEST_LEAD)
        if not 1 <= self.price_percent <= LARGEST_PERCENT:
            problems["price_percent"] = said("Choose 1% to {limit}%.", limit=LARGEST_PERCENT)
        one_end = (self.quiet_from is None) != (self.quiet_until is None)
        if one_end or (self.quiet_from is not None and self.quiet_from == self.quiet_until):
            problems["quiet"] = QUIET
        if problems:
            raise RefusedError(problems)


@dataclass(frozen=True)
class Setting(SettingDraft):
    """How a member wants notices; ``version`` is what an edit must quote back."""

    push_service: str | None = None  # what may be shown of the Apprise URL; None: there is none
    version: int = 1


@dataclass(frozen=True)
class Notice:
    """Something a member was told; ``facts`` are for its words, never an amount."""

    notice_id: UUID
    kind: str  # one of KINDS
    watch_id: UUID | None
    brand: str | None  # of the watch
    model: str | None
    due_on: date | None
    facts: dict[str, Any]
    made_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """How many notices a member has."""

    every: int
    unread: int


@dataclass(frozen=True, kw_only=True)
class Recipient(Setting):
    """Somebody who may be told something, in one of their households."""

    household_id: UUID
    user_id: UUID
    email: str
    language: str | None
    number_format: str | None
    time_zone: str | None
    household: str
    data_version: int
    signed_in_at: datetime | None  # the newest sign-in
    invited_at: datetime | None  # the newest open invitation
    is_home: bool  # here they are told what belongs to no household
    waiting_since: datetime | None  # what waits longest to be sent; None: nothing does

    @property
    def zone(self) -> ZoneInfo:
        """Their time zone; UTC while the profile names none."""
        try:
            return ZoneInfo(self.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")


def setting(db: Connection, member: Asker) -> Setting:
    """How this member wants notices."""
    found = queries.first(db, Setting, "notice_setting_get", **_who(member))
    if found is None:
        raise NotFoundError(said("You are not a member of this household any more."))
    return found


def change_setting(db: Connection, member: Asker, old: Setting, draft: SettingDraft) -> None:
    """Set how this member wants notices, if it is still as ``old``.

    Raises:
        RefusedError: with a sentence for every wrong field.
        ConflictError: it was changed meanwhile.
    """
    draft.check()
    values = {each.name: getattr(draft, each.name) for each in fields(SettingDraft)}
    changed = queries.value(db, "notice_setting_set", **values, version=old.version, **_who(member))
    if changed is None:
        raise ConflictError(CHANGED)
    queries.do(db, "notice_stop_waiting", **_who(member))


def set_push(db: Connection, member: Asker, url: str, service: str) -> None:
    """Keep an Apprise URL, encrypted; data/push.py has checked it. Empty: none any more."""
    sealed = vault.seal(url) if url else None
    keys = {"push_url": sealed, "push_service": service if url else None}
    queries.do(db, "notice_push_set", **keys, **_who(member))
    queries.do(db, "notice_stop_waiting", **_who(member))


def push_url(db: Connection, member: Asker) -> str:
    """The Apprise URL, for sending only; empty: there is none.

    Raises:
        UnavailableError: the key it was sealed with is missing.
    """
    sealed = queries.value(db, "notice_push_get", **_who(member))
    return vault.unseal(bytes(cast("bytes", sealed))) if sealed else ""


def page(db: Connection, member: Asker, limit: int, offset: int = 0) -> list[Notice]:
    """What this member was told, the newest first."""
    return queries.many(db, Notice, "notice_page", limit=limit, offset=offset, **_who(member))


def counts(db: Connection, member: Asker) -> Counts:
    """How many notices this member has, and how many are unread."""
    found = queries.first(db, Counts, "notice_counts", **_who(member))
    return found or Counts(0, 0)


def unread(db: Connection, member: Asker, most: int) -> int:
    """How many notices are unread; counted up to ``most``."""
    return cast("int", queries.value(db, "notice_unread", most=most, **_who(member)))


def read(db: Connection, member: Asker, notice_id: UUID) -> tuple[str, UUID | None]:
    """Mark a notice as read; returns its kind and its watch. Raises NotFoundError."""
    found = queries.run(db, "notice_read", {"notice_id": notice_id, **_who(member)}).one_or_none()
    if found is None:
        raise NotFoundError(GONE)
    return cast("tuple[str, UUID | None]", tuple(found))


def read_all(db: Connection, member: Asker, until: datetime) -> int:
    """Mark all that were made up to then as read; returns how many were not."""
    return queries.do(db, "notice_read_all", until=until, **_who(member))


def recipients(db: Connection) -> list[Recipient]:
    """Everybody who may be told something (maintenance)."""
    return queries.many(db, Recipient, "notice_members")


def make(
    db: Connection, to: Recipient, now: datetime, today: date, *, mails: bool, pushes: bool
) -> int:
    """Tell a member what they were not told yet; returns how many notices that were.

    ``mails`` and ``pushes``: whether this box can send by these ways at all.
    """
    return queries.do(
        db,
        "notice_make",
        **_who(to),
        now=now,
        today=today,
        kinds=to.kinds,
        lead_days=to.lead_days,
        price_percent=to.price_percent,
        is_home=to.is_home,
        by_mail=to.by_mail and mails,
        by_push=to.push_service is not None and pushes,
    )


def claim(db: Connection, to: Asker, way: Way, now: datetime) -> list[Notice]:
    """Take what waits to be sent, so that nobody else sends it; the newest first."""
    return queries.many(db, Notice, CLAIM[way], now=now, **_who(to))


def give_back(db: Connection, to: Asker, way: Way, taken: Sequence[Notice]) -> None:
    """It could not be sent: it waits again."""
    ids = [notice.notice_id for notice in taken]
    queries.do(db, UNCLAIM[way], notice_ids=ids, **_who(to))


def purge(db: Connection) -> None:
    """Forget old notices that can't come again (maintenance)."""
    queries.do(db, "notice_purge")


def draft_of(stored: Setting) -> SettingDraft:
    """The part of a setting that a member enters."""
    names = {each.name for each in fields(SettingDraft)}
    return SettingDraft(**{name: v for name, v in asdict(stored).items() if name in names})


def _who(member: Asker) -> dict[str, object]:
    return {"household_id": member.household_id, "user_id": member.user_id}
