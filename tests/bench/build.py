"""Invented households of any size, brought in by COPY."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import psycopg

MODELS = {
    "Rolex": ["Submariner", "Daytona", "GMT-Master II", "Explorer", "Datejust", "Sea-Dweller"],
    "Omega": ["Speedmaster", "Seamaster", "Constellation", "De Ville", "Railmaster"],
    "A. Lange & Söhne": ["Lange 1", "Saxonia", "Odysseus", "Zeitwerk"],
    "Patek Philippe": ["Nautilus", "Aquanaut", "Calatrava", "World Time"],
    "Audemars Piguet": ["Royal Oak", "Royal Oak Offshore", "Code 11.59"],
    "Seiko": ["SKX007", "Alpinist", "Presage", "Marinemaster", "Turtle"],
    "Grand Seiko": ["Snowflake", "White Birch", "Shunbun"],
    "Cartier": ["Tank", "Santos", "Panthère"],
    "Tudor": ["Black Bay", "Pelagos", "Ranger"],
    "Jaeger-LeCoultre": ["Reverso", "Master Control", "Polaris"],
    "Nomos": ["Tangente", "Orion", "Club"],
    "Zenith": ["El Primero", "Defy", "Chronomaster"],
}
WORDS = ["bought", "from", "friend", "scratch", "bezel", "polished", "anniversary", "original", "dial",
         "faded", "bracelet", "serviced", "gift", "travel", "auction", "unworn", "patina", "tritium"]  # fmt: skip
PHOTO = """copy photo (household_id, watch_id, content_hash, width_px, height_px, size_bytes, position) from stdin"""
SERVICE = """copy service (household_id, watch_id, kind, provider, serviced_on, cost, currency, next_due_on) from stdin"""
PLANS = [
    ("automatic", "service", 60),
    ("manual", "service", 60),
    ("quartz", "battery", 36),
    (None, "pressure_test", 12),
]
DOCUMENT = """insert into document (household_id, watch_id, title, content_hash, media_type, size_bytes)
    select household_id, watch_id, 'Receipt', repeat(md5(watch_id::text), 2), 'application/pdf', 90000
    from watch where household_id = %s"""
EVENT = """insert into audit_event (household_id, action, entity, entity_id, watch_id, after)
    select household_id, action, 'watch', watch_id, watch_id, '{"notes": "x"}'
    from watch cross join unnest(array['added', 'changed']) action where household_id = %s"""
EXPENSE = "copy expense (household_id, watch_id, kind, paid_on, amount, currency, every_months) from stdin"
GOLD = """insert into gold_price (day, amount)
    select day, 150 + 50 * random() from generate_series(date '2013-01-02', %s, interval '1 day') day
    where extract(isodow from day) < 6
    on conflict do nothing"""
CURRENCIES = ["EUR", "USD", "CHF", "GBP", "JPY"]
RANDOM = random.Random(7)
TODAY = date(2026, 10, 30)
WATCH = """copy watch (household_id, watch_id, brand_id, model, reference, serial_number, nickname, status, condition,
    collection_id, notes, purchased_on, retailer, purchase_price, purchase_currency, disposed_on, sale_price,
    sale_currency, movement_type, added_at) from stdin"""
TAG = "copy watch_tag (household_id, watch_id, tag) from stdin"
COMPLICATION = "copy watch_complication (household_id, watch_id, complication) from stdin"
VALUATION = (
    "copy valuation (household_id, watch_id, amount, currency, valued_on, source) from stdin"
)


def household(db: psycopg.Connection, watches: int, months: int, email: str) -> UUID:
    """A household of ``watches`` watches with a value for each of the last ``months`` months.

    ``db`` is the owner's connection. Triggers are off while the rows come in; what they derive
    is derived once at the end. Returns the household's id.
    """
    found = db.execute(
        "with u as (insert into app_user (email, name, password_hash) values (%s, 'Bench', 'x') returning user_id),"
        " h as (insert into household (name) values ('Bench') returning household_id),"
        " v as (insert into data_version (household_id) select household_id from h)"
        " insert into membership (household_id, user_id, role) select household_id, user_id, 'owner' from h, u"
        " returning household_id",
        [email],
    ).fetchone()
    assert found
    home: UUID = found[0]
    db.execute("set session_replication_role = replica")
    brands = {name: uuid4() for name in MODELS}
    with db.cursor() as cursor:
        cursor.executemany(
            "insert into brand (household_id, brand_id, name, brand_slug) select %s, %s, %s,"
            " (select brand_slug from brand_reference where name = %s)",
            [(home, brand_id, name, name) for name, brand_id in brands.items()],
        )
        collections = [uuid4() for _ in range(4)]
        cursor.executemany(
            "insert into collection (household_id, collection_id, name, colour) values (%s, %s, %s, 'brass')",
            [(home, one, f"Collection {n}") for n, one in enumerate(collections)],
        )
        rows = list(_watches(home, brands, collections, watches))
        with cursor.copy(WATCH) as copy:
            for row in rows:
                copy.write_row(row)
        with cursor.copy(TAG) as copy:
            for row in rows:
                copy.write_row((row[0], row[1], RANDOM.choice(WORDS)))
        with cursor.copy(COMPLICATION) as copy:
            for row in rows:
                copy.write_row((row[0], row[1], RANDOM.choice(["date", "chronograph", "gmt"])))
        with cursor.copy(PHOTO) as copy:
            for row in rows:
                for place in (1, 2, 3):
                    copy.write_row((row[0], row[1], uuid4().hex * 2, 2560, 1920, 400_000, place))
        with cursor.copy(SERVICE) as copy:
            for row in rows:
                done = TODAY - timedelta(RANDOM.randrange(2000))
                copy.write_row(
                    (
                        row[0],
                        row[1],
                        "service",
                        RANDOM.choice(["Bucherer", "Juwelier"]),
                        done,
                        600,
                        "EUR",
                        done + timedelta(1825),
                    )
                )
        cursor.executemany(
            "insert into care_plan (household_id, movement_type, kind, months) values (%s, %s, %s, %s)",
            [(home, *plan) for plan in PLANS],
        )
        _costs_and_series(cursor, home, rows, months)
        cursor.execute(DOCUMENT, [home])
        cursor.execute(EVENT, [home])
        with cursor.copy(VALUATION) as copy:
            for row in rows:
                for value in _values(row, months):
                    copy.write_row(value)
    db.execute("set session_replication_role = origin")
    db.execute("analyze")
    ids = [row[1] for row in rows]
    for start in range(0, len(ids), 2000):
        db.execute("call derive_watches(%s, %s)", [home, ids[start : start + 2000]])
    return home


def _costs_and_series(
    cursor: psycopg.Cursor, home: UUID, rows: list[tuple[object, ...]], months: int
) -> None:
    """Owners, other costs, gold, and a benchmark with the household's id and a point a day."""
    cursor.execute(
        "update watch w set owner_id = m.user_id from membership m where m.household_id = %s"
        " and w.household_id = m.household_id and mod(abs(hashtext(w.watch_id::text)), 2) = 0",
        [home],
    )
    with cursor.copy(EXPENSE) as copy:
        copy.write_row((home, None, "insurance", TODAY - timedelta(2000), 900, "CHF", 12))
        for number, row in enumerate(rows):
            day, amount = TODAY - timedelta(RANDOM.randrange(2000)), RANDOM.randrange(20, 900)
            if number % 5 == 0:
                copy.write_row((home, row[1], "accessory", day, amount, row[14], None))
            if number % 10 == 0:
                copy.write_row((home, row[1], "insurance", day, amount, row[14], 12))
    cursor.execute(
        "insert into benchmark (household_id, benchmark_id, name, currency)"
        " values (%s, %s, 'Index', 'USD')",
        [home, home],
    )
    cursor.execute(
        "insert into benchmark_point (household_id, benchmark_id, day, amount)"
        " select %s, %s, cast(%s as date) - n, 100 + n from generate_series(0, %s) n",
        [home, home, TODAY, months * 30],
    )
    cursor.execute(GOLD, [TODAY])


def neighbours(db: psycopg.Connection, count: int, like: UUID) -> None:
    """``count`` households that own the same as ``like``: ids need only differ between tables."""
    db.execute("set session_replication_role = replica")
    db.execute(
        "create temporary table next_door on commit drop as"
        " select gen_random_uuid() as household_id from generate_series(1, %s)",
        [count],
    )
    db.execute(
        "insert into household (household_id, name) select household_id, 'Next door' from next_door"
    )
    for table in COPIED:
        columns = [
            name
            for (name,) in db.execute(
                "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0"
                " and not attisdropped and attgenerated = '' and attidentity = '' and attname <> 'household_id'",
                [table],
            )
        ]
        names = ", ".join(columns)
        db.execute(
            f"insert into {table} (household_id, {names})"
            f" select n.household_id, {', '.join('t.' + name for name in columns)}"
            f" from {table} t cross join next_door n where t.household_id = %s",
            [like],
        )
    db.execute("set session_replication_role = origin")


COPIED = ["brand", "collection", "watch", "watch_tag", "watch_complication", "valuation", "value_step", "value_day",
          "search_word", "photo", "service", "care_plan", "document", "audit_event", "expense", "benchmark", "benchmark_point"]  # fmt: skip


def _watches(
    home: UUID, brands: dict[str, UUID], collections: list[UUID], count: int
) -> Iterator[tuple[object, ...]]:
    for n in range(count):
        brand = RANDOM.choice(list(MODELS))
        bought = TODAY - timedelta(RANDOM.randrange(30, 4000))
        sold = RANDOM.random() < 0.1
        price = RANDOM.randrange(200, 60000)
        currency = RANDOM.choice(CURRENCIES)
        yield (
            home, uuid4(), brands[brand], RANDOM.choice(MODELS[brand]),
            f"{RANDOM.randrange(100, 999)}.{RANDOM.randrange(10, 99)}.{RANDOM.randrange(10, 99)}.{n % 1000:03d}",
            f"S{n:07d}{RANDOM.randrange(100)}", None, "sold" if sold else "owned",
            RANDOM.choice(["mint", "excellent", "good", "fair"]), RANDOM.choice([*collections, None]),
            " ".join(RANDOM.sample(WORDS, 6)), bought, RANDOM.choice(["Bucherer", "Chronext", "eBay", "Watchfinder"]),
            price, currency, bought + timedelta(29) if sold else None, price + 100 if sold else None,
            currency if sold else None, RANDOM.choice(["automatic", "manual", "quartz"]),
            f"{TODAY - timedelta(seconds=n * 60 + 86400)} 12:{n % 60:02d}:00Z",
        )  # fmt: skip


def _values(row: tuple[object, ...], months: int) -> Iterator[tuple[object, ...]]:
    amount = float(str(row[13]))
    for month in range(months, 0, -1):
        amount *= RANDOM.uniform(0.97, 1.04)
        yield row[0], row[1], round(amount, 2), row[14], TODAY - timedelta(30 * month), "import"
