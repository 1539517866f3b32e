"""A round of the scheduler: everybody is told what is new, and sent what may be sent now.

A member is looked at again only when something moved: their household's data, the day where they
are, their settings, a sign-in, an invitation. So an idle box asks one question a round.
"""

import logging
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from app import bell, language, notice_words
from data import db, mail, notices, push
from data.calc import sending
from data.errors import AppError
from data.notices import Notice, Recipient, Way

log = logging.getLogger(__name__)
Key = tuple[UUID, UUID]
WAYS: tuple[Way, ...] = ("mail", "push")
FIRST_REST, LONGEST_REST = timedelta(minutes=5), timedelta(hours=6)
MOST_FAILURES = 3  # by one way in a round; then its server is away, and nobody waits for it


@dataclass(frozen=True)
class Rest:
    """A way that failed is left alone for a while."""

    until: datetime
    failures: int


_told: dict[Key, object] = {}  # member → what was the case when they were told last
_resting: dict[tuple[Key, Way], Rest] = {}


def run(now: datetime) -> None:
    """Tell and send; what fails for one member is logged and does not keep the others waiting."""
    with db.maintenance() as owner:
        everybody = notices.recipients(owner)
    here = {_key(to) for to in everybody}
    for gone in _told.keys() - here:
        del _told[gone]
    failed: Counter[object] = Counter()
    for to in everybody:
        try:
            waiting = _tell(to, now)
            quiet = to.quiet_from, to.quiet_until
            if waiting and sending.may_send(to.rhythm, quiet, waiting, now, to.zone):
                for way in WAYS:
                    server = (
                        way if way == "mail" else to.user_id
                    )  # for push everybody names their own
                    if failed[server] < MOST_FAILURES and not _send(to, way, now):
                        failed[server] += 1
        except AppError as error:
            log.warning("Member %s could not be told: %s", to.user_id, error)


def forget() -> None:
    """Look at everybody again in the next round."""
    _told.clear()
    _resting.clear()


def _tell(to: Recipient, now: datetime) -> datetime | None:
    """Make their notices if there may be new ones; since when something waits to be sent."""
    today = sending.today(now, to.zone)
    as_it_is = (replace(to, waiting_since=None), today)
    if _told.get(_key(to)) == as_it_is:
        return to.waiting_since
    ways = {"mails": mail.is_configured(), "pushes": True}
    with db.write(to) as connection:
        made = notices.make(connection, to, now, today, **ways)
    _told[_key(to)] = as_it_is
    if made:
        bell.forget(to)
        return to.waiting_since or now
    return to.waiting_since


def _send(to: Recipient, way: Way, now: datetime) -> bool:
    """Send what waits, in the member's language; what can't be sent waits for another round.

    False: it failed.
    """
    rest = _resting.get((_key(to), way))
    if (rest and now < rest.until) or (way == "mail" and not mail.is_configured()):
        return True
    with db.write(to) as connection:
        found = notices.claim(connection, to, way, now)
    if not found:
        return True
    try:
        with language.used(language.reader_of(to.language, to.number_format)):
            _hand_over(to, way, found)
    except AppError as error:
        failures = rest.failures + 1 if rest else 1
        wait = min(FIRST_REST * 2 ** min(failures - 1, 10), LONGEST_REST)
        _resting[_key(to), way] = Rest(now + wait, failures)
        log.warning("Notices of member %s were not sent by %s: %s", to.user_id, way, error)
        with db.write(to) as connection:
            notices.give_back(connection, to, way, found)
        return False
    _resting.pop((_key(to), way), None)
    return True


def _hand_over(to: Recipient, way: Way, found: list[Notice]) -> None:
    """Send them by one way. Raises UnavailableError."""
    subject = notice_words.subject(found, to.household)
    text = notice_words.text(found, mail.site())
    if way == "mail":
        mail.send(to.email, subject, text)
        return
    with db.read(to) as connection:
        url = notices.push_url(connection, to)
    if url:  # else it was removed a moment ago
        push.send(url, subject, text)


def _key(to: Recipient) -> Key:
    return to.household_id, to.user_id
