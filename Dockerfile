# Caseback with its own PostgreSQL inside; with DATABASE_URL it uses that server instead (compose.yaml).
# The house inside is the same as outside: /caseback is the project, /caseback/var is what it keeps.
FROM python:3.11-slim

# 0.0.0.0: who may reach the port is decided outside. Without the welcome message, Streamlit asks
# nobody on the internet for its own address.
ENV PYTHONUNBUFFERED=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE=true

WORKDIR /caseback

COPY requirements.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

COPY .streamlit ./.streamlit
COPY app ./app
COPY data ./data
COPY docs/user-guide.md ./docs/
COPY pages ./pages
COPY sql ./sql
COPY LICENSE pyproject.toml ./

# The code is root's; the app may write only into var. PostgreSQL refuses to run as root anyway.
RUN useradd --system --uid 10001 --home-dir /caseback --shell /usr/sbin/nologin caseback \
    && install -d -o caseback -g caseback -m 0755 var
USER caseback

VOLUME ["/caseback/var"]
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/health', timeout=4)"]

CMD ["python", "-m", "app"]
