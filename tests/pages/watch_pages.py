"""What the tests of the pages about watches share: fields by name, sentences, stored rows."""

import re
from datetime import date
from html import unescape
from uuid import UUID

from data import db, watches
from data.watches import WatchDraft
from tests.people import again

TODAY = date.today()  # noqa: DTZ011  (the page's own today, in the tests' time zone)
TAGS = re.compile(r"<span[^>]*aria-hidden.*?</span>|<[^>]+>")


MENU = {"Hide amounts", "Sign out"}  # the buttons that stand in the menu of every page


def problems(at):
    """What stands at the fields and in the bar, as a person reads it."""
    assert not at.exception, at.exception
    found = [
        re.findall(r'<p class="cb-problem"[^>]*>.*?</p>', block.proto.body) for block in at.html
    ]
    return [unescape(TAGS.sub("", one)).strip() for each in found for one in each]


def html(at):
    return " ".join(block.proto.body for block in at.html)


def titles(at):
    assert not at.exception, at.exception
    return [title.value for title in at.title]


def field(at, name):
    """The field whose key ends so: ``field(at, "model")``; a date has its filling behind it."""
    kinds = [at.text_input, at.text_area, at.selectbox, at.multiselect, at.date_input]
    every = [each for kind in kinds for each in kind if each.key]
    return next(f for f in every if re.search(rf"\.{name}(\.(empty|filled))?$", f.key))


def has_field(at, name):
    try:
        return bool(field(at, name))
    except StopIteration:
        return False


def fill(at, **values):
    """Type into fields by name; what a list does not have yet is added to it."""
    for name, value in values.items():
        one = field(at, name)
        for each in value if isinstance(value, list) else [value]:
            options = getattr(one, "options", None)
            if options is not None and each is not None and one.format_func(each) not in options:
                options.append(each)
        one.set_value(value)
    return at


def choose_status(at, status):
    return at.button_group[0].set_value(status).run()


def press(at, label):
    for box in at.selectbox:  # what was typed as new is no option on the server, but in the browser
        if box.value is not None and box.format_func(box.value) not in box.options:
            box.options.append(box.format_func(box.value))
    next(button for button in at.button if button.label == label).click()
    return at.run()


def new_watch(member, brand="Rolex", model="Submariner", **more):
    """A stored watch of this member's household."""
    with db.write(member) as connection:
        brand_id = watches.take_brand(connection, member, brand)
        draft = WatchDraft(brand_id=brand_id, model=model, **more)
        watch_id = watches.add(connection, member, draft, TODAY)
        return watches.get(connection, member, watch_id)


def as_viewer(owner, member):
    owner.execute("update membership set role = 'viewer' where user_id = %s", [member.user_id])
    return again(member)


def stored(member, watch_id):
    with db.read(member) as connection:
        return watches.get(connection, member, UUID(str(watch_id)))


def only_watch(member, owner):
    """The one watch there is."""
    rows = owner.execute("select watch_id from watch").fetchall()
    assert len(rows) == 1, rows
    return stored(member, rows[0][0])


def count(owner, table="watch"):
    return owner.execute(f"select count(*) from {table}").fetchone()[0]
