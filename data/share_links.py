"""Share links: what somebody without an account may see; made, listed, revoked, and opened.

The token of a link is known to nobody but who has its address: what is stored is its SHA-256, and
of a password its hash. What a link shows is read by data/shared.py.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Connection

from data import accounts, queries
from data.accounts import Member, Visitor
from data.currencies import CURRENCIES
from data.errors import NotFoundError, RefusedError
from data.said import said
from data.typed import cleaned

WATCH, COMPARISON, COLLECTION, OVERVIEW = "watch", "comparison", "collection", "overview"
KINDS = (WATCH, COMPARISON, COLLECTION, OVERVIEW)
DAYS, LONGEST_DAYS = 30, 366
NOTE_LIMIT = 200
NOBODY = UUID(int=0)  # a guest is no member: nothing that belongs to one person is theirs
GONE = said("This link is not here any more, or was revoked already.")
PRIVATE = said("A private watch can't be shared. Take the mark “Private” off it first.")
NOTHING = said("What you wanted to share is not in your collection any more.")


@dataclass(frozen=True)
class LinkDraft:
    """What a link is to show, and for how long."""

    kind: str  # one of KINDS
    watch_ids: tuple[UUID, ...] = ()  # one of a watch, two to four of a comparison
    collection_id: UUID | None = None
    show_values: bool = False
    show_prices: bool = False
    show_serials: bool = False
    show_documents: bool = False  # of a single watch
    photos_only: bool = False  # and none of the above
    currency: str = "EUR"  # ISO 4217; the one amounts are shown in
    days: int | None = DAYS  # how long it works; None: until it is revoked
    note: str | None = None  # for whom

    def tidy(self) -> "LinkDraft":
        """The same, without options that cannot be, and its note in one line."""
        alone, note = self.photos_only, " ".join((cleaned(self.note) or "").split())
        return replace(
            self,
            note=note or None,
            show_values=self.show_values and not alone,
            show_prices=self.show_prices and not alone,
            show_serials=self.show_serials and not alone,
            show_documents=self.show_documents and not alone and self.kind == WATCH,
        )

    def check(self) -> None:
        """Refuse what a form explains better than a constraint. Raises RefusedError."""
        problems: dict[str, str] = {}
        if self.days is not None and not 1 <= self.days <= LONGEST_DAYS:
            problems["days"] = said("A link works for 1 day to 1 year, or until it is revoked.")
        if self.note and len(self.note) > NOTE_LIMIT:
            problems["note"] = said(
                "A note has up to {limit} characters; please shorten it.", limit=NOTE_LIMIT
            )
        if self.currency not in CURRENCIES:
            problems["currency"] = said("Choose a currency from the list.")
        if problems:
            raise RefusedError(problems)


@dataclass(frozen=True)
class ShareLink:
    """A link as who made it, or an owner, sees it."""

    link_id: UUID
    kind: str  # one of KINDS
    names: list[str]  # the watches of a watch or a comparison that are still here
    collection: str | None
    show_values: bool
    show_prices: bool
    show_serials: bool
    show_documents: bool
    photos_only: bool
    has_password: bool
    note: str | None
    maker: str | None  # None: they left the household
    created_at: datetime
    expires_at: datetime | None  # None: until it is revoked
    revoked_at: datetime | None
    works: bool  # neither revoked nor expired, and who made it may still share
    views: int  # visits so far
    seen_at: datetime | None  # the last of them
    client: str | None  # and its browser, in words


@dataclass(frozen=True)
class Opened:
    """What a link that works allows; as an asker, a guest of its household and nobody in it."""

    household_id: UUID
    kind: str
    watch_ids: list[UUID]
    collection_id: UUID | None
    show_values: bool
    show_prices: bool
    show_serials: bool
    show_documents: bool
    photos_only: bool
    currency: str
    expires_at: datetime | None
    password_hash: str | None

    @property
    def user_id(self) -> UUID:
        """Nobody's."""
        return NOBODY


def add(
    db: Connection,
    member: Member,
    draft: LinkDraft,
    token_hash: bytes,
    password_hash: str | None,
    visitor: Visitor,
) -> UUID:
    """Make a link and note it in the security log; returns its id.

    Raises:
        RefusedError: an option can't be, what is to be shared is not here, or a viewer asks.
    """
    tidy = draft.tidy()
    tidy.check()
    things = {
        "household_id": member.household_id,
        "watch_ids": list(tidy.watch_ids),
        "collection_id": tidy.collection_id,
    }
    named = queries.run(db, "share_link_things", things).one()
    if named.here != len(tidy.watch_ids) + (tidy.kind == COLLECTION):
        raise RefusedError({"": NOTHING})
    if named.private:
        raise RefusedError({"": PRIVATE})
    link_id = queries.value(
        db,
        "share_link_insert",
        **things,
        token_hash=token_hash,
        kind=tidy.kind,
        show_values=tidy.show_values,
        show_prices=tidy.show_prices,
        show_serials=tidy.show_serials,
        show_documents=tidy.show_documents,
        photos_only=tidy.photos_only,
        currency=tidy.currency,
        days=tidy.days,
        password_hash=password_hash,
        note=tidy.note,
        created_by=member.user_id,
    )
    _log(db, member, "share_link_created", visitor)
    return cast("UUID", link_id)


def page(db: Connection, member: Member, limit: int, offset: int = 0) -> list[ShareLink]:
    """An owner's household's links, or an editor's own; the newest first."""
    return queries.many(
        db,
        ShareLink,
        "share_link_page",
        household_id=member.household_id,
        limit=limit,
        offset=offset,
    )


def revoke(db: Connection, member: Member, link_id: UUID, visitor: Visitor) -> None:
    """End a link for good, and note it in the security log.

    Raises:
        NotFoundError: it is revoked already, or not this member's to revoke.
    """
    keys = {"household_id": member.household_id, "link_id": link_id}
    if queries.value(db, "share_link_revoke", **keys) is None:
        raise NotFoundError(GONE)
    _log(db, member, "share_link_revoked", visitor)


def find(db: Connection, token_hash: bytes) -> Opened | None:
    """What a token allows; None for one that is unknown, expired or revoked: all the same."""
    return queries.first(db, Opened, "share_link_open", token_hash=token_hash)


def note_seen(db: Connection, token_hash: bytes, client: str) -> None:
    """Count a visit; ``client`` is the browser in words."""
    queries.do(db, "share_link_seen", token_hash=token_hash, client=client)


def purge(db: Connection) -> None:
    """Forget links that ended a year ago, and their visits (maintenance)."""
    queries.do(db, "share_link_purge")


def _log(db: Connection, member: Member, kind: str, visitor: Visitor) -> None:
    accounts.log(db, kind, visitor, user_id=member.user_id, email=member.email)
