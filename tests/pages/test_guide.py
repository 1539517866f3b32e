"""The guide in the app: every chapter of docs/user-guide.md, without links that lead nowhere."""

import re

from app import guide


def test_every_chapter_of_the_file_is_there():
    titles = re.findall(r"^## (.+)$", guide.PATH.read_text("utf-8"), re.MULTILINE)
    assert [one.title for one in guide.chapters()] == titles
    assert len({one.key for one in guide.chapters()}) == len(titles)


def test_no_chapter_shows_a_picture_or_a_link_to_a_file():
    assert not [one.title for one in guide.chapters() if re.search(r"!\[|\]\((?!http|#)", one.text)]


def test_an_address_opens_its_chapter(open_page, member):
    at = open_page("guide.py", member, chapter="exchange-rates-and-more")
    assert at.header[0].value == guide.chapters()[0].title
    last = guide.chapters()[-1]
    at = open_page("guide.py", member, chapter=last.key)
    assert at.header[0].value == last.title
    assert not at.exception
