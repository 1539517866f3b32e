"""One search box: every word, its beginning, its spelling; and nothing for nothing."""

import pytest

from data import collections, db, listing
from data.listing import Sort, WatchFilter
from tests.collector import TODAY, add_watch

COLLECTION = {
    "sub": {"brand": "Rolex", "model": "Submariner Date", "reference": "116610LN", "serial_number": "Z-482.913"},
    "speedy": {"brand": "Omega", "model": "Speedmaster Professional", "reference": "310.30.42.50.01.002", "nickname": "Moonwatch"},
    "lange": {"brand": "A. Lange & Söhne", "model": "Lange 1", "retailer": "Wempe München"},
    "gmt": {"brand": "Rolex", "model": "GMT-Master II", "reference": "126710 BLNR", "notes": "Birthday present; scratch at seven"},
    "seiko": {"brand": "Seiko", "model": "アルピニスト", "tags": ["green dial"], "production_year": 1998},
}  # fmt: skip


@pytest.fixture
def ids(member):
    return {add_watch(member, **facts): key for key, facts in COLLECTION.items()}


def find(member, typed, sort=Sort.BEST):
    with db.read(member) as connection:
        return listing.page(
            connection, member, WatchFilter(search=typed), sort, True, "EUR", TODAY, None, 100
        )


@pytest.mark.parametrize("sort", [Sort.BEST, Sort.NAME])
def test_what_is_typed_finds(member, ids, sort, subtests):
    for typed, found in [
        ("sub", {"sub"}), ("SUBM", {"sub"}), ("rolex submariner", {"sub"}), ("submariner rolex", {"sub"}),
        ("rolex", {"sub", "gmt"}), ("rolex speed", set()), ("omega speedmaster", {"speedy"}),
        ("Sohne", {"lange"}), ("söhne", {"lange"}), ("a. lange & söhne", {"lange"}), ("munchen", {"lange"}),
        ("116610ln", {"sub"}), ("116610 LN", {"sub"}), ("116610", {"sub"}), ("ln", {"sub"}),
        ("310.30.42", {"speedy"}), ("31030", {"speedy"}), ("310 30 42", {"speedy"}), ("126710BLNR", {"gmt"}),
        ("gmt master", {"gmt"}), ("gmt-master", {"gmt"}), ("gmtmaster", {"gmt"}),
        ("moonwatch", {"speedy"}), ("913", {"sub"}), ("82913", {"sub"}), ("z-482.913", {"sub"}),
        ("scratch", {"gmt"}), ("wempe", {"lange"}), ("green", {"seiko"}), ("アルピ", {"seiko"}), ("1998", {"seiko"}),
        ("%", set()), ("_", set()), ("'", set()), ("\\", set()), ('"', set()), (":* | !", set()), ("⌚", set()),
        ("x" * 5000, set()), ("rolex " * 900, {"sub", "gmt"}), ("a'b\\c:d&e|f!g(h)i<->j", set()),
    ]:  # fmt: skip
        with subtests.test(typed=typed):
            assert {ids[row.watch_id] for row in find(member, typed, sort)} == found


def test_a_typo_still_finds(member, ids, subtests):
    for typed, meant in [
        ("sbmariner", "submariner"),
        ("Speedmastr", "speedmaster"),
        ("rolx submariner", "rolex submariner"),
        ("moonwach", "moonwatch"),
        ("qqqqqq", None),
        ("xy", None),
        ("%", None),
    ]:
        with subtests.test(typed=typed), db.read(member) as connection:
            assert listing.corrected(connection, member, typed) == meant


def test_a_name_counts_for_more_than_a_note(member):
    noted = add_watch(member, "Tudor", "Ranger", notes="Wore it more than the Submariner")
    named = add_watch(member, "Rolex", "Submariner")
    assert [row.watch_id for row in find(member, "submariner")] == [named, noted]


def test_a_renamed_collection_is_found_by_its_new_name_only(member):
    with db.write(member) as connection:
        group = collections.add(connection, member, "Daily", "navy")
    watch_id = add_watch(member, collection_id=group)
    with db.write(member) as connection:
        collections.change(
            connection, member, collections.every(connection, member)[0], "Holiday", "navy"
        )
    assert [row.watch_id for row in find(member, "holiday")] == [watch_id]
    assert find(member, "daily") == []


def test_another_household_finds_nothing_not_even_by_a_typo(member, other, ids):
    assert find(other, "rolex") == []
    with db.read(other) as connection:
        assert listing.corrected(connection, other, "sbmariner") is None
