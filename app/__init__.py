"""The shell around the pages: identity, session, cache, look, routes; the only Streamlit room."""
