"""All benches: ``python -m tests.bench``, or ``SIZES="100 1000" python -m tests.bench``."""

from tests.bench import browser, database, people

database.main()
people.main()
browser.main()
