"""The shell around the pages: identity, session, cache, look, routes; the only Streamlit room."""

from datetime import UTC, datetime

VERSION = "0.1.0"  # as in pyproject.toml
STARTED = datetime.now(UTC)  # of this process
