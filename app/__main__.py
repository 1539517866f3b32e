"""``python -m app``: start everything, on this machine's port 8501 or another."""

import argparse
import logging
import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> None:
    """Run the server until Ctrl-C or SIGTERM."""
    if "WATCH_VAR" in os.environ:
        os.environ["WATCH_VAR"] = str(Path(os.environ["WATCH_VAR"]).resolve())
    os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from here, when it is imported
    # uvicorn believes X-Forwarded-… of 127.0.0.1 unless told otherwise; behind a proxy, say whose.
    os.environ.setdefault("FORWARDED_ALLOW_IPS", "")
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for ours in ("app", "data"):
        logging.getLogger(ours).setLevel(logging.INFO)
    port = _port()

    from streamlit import config  # noqa: PLC0415
    from streamlit.web import bootstrap  # noqa: PLC0415

    settings = _settings() | ({"server.port": port} if port else {})
    bootstrap.load_config_options(settings)
    port = int(config.get_option("server.port"))
    address = str(config.get_option("server.address") or "0.0.0.0")  # noqa: S104  (as Streamlit)
    if not _is_free(address, port):
        sys.exit(f"Port {port} is in use. Choose another: python -m app --port {port + 1}")

    logging.disable(logging.WARNING)  # libraries remark that no session is there while they load
    from app.server import app  # noqa: PLC0415

    logging.disable(logging.NOTSET)
    app.run(config=settings)


def _settings() -> dict[str, object]:
    """Streamlit's settings from the environment, which only its own command line reads.

    ``STREAMLIT_SERVER_ADDRESS=0.0.0.0`` opens the app to the network, for one.
    """
    from streamlit import config  # noqa: PLC0415

    found: dict[str, object] = {}
    for name, option in config._config_options_template.items():  # noqa: SLF001
        given = os.environ.get(option.env_var)
        if given is not None and not option.sensitive:
            found[name] = given.lower() in ("1", "true") if option.type is bool else given
            if option.type in (int, float):
                found[name] = option.type(given)
    return found


def _port() -> int | None:
    """The port asked for by ``--port`` or else by the environment's PORT."""
    parser = argparse.ArgumentParser(prog="python -m app", description="A watch collection.")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT"))
    return parser.parse_args().port  # type: ignore[no-any-return]


def _is_free(address: str, port: int) -> bool:
    """Whether a server may listen there."""
    family, kind, proto, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, proto) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError:
            return False
    return True


if __name__ == "__main__":
    main()
