"""Notices to a phone or a chat, by an Apprise URL of the member.

The URL is a secret: never logged, and never shown again but for the service it names. It is
followed in a process of its own (data/push_worker.py), to the public internet only;
WATCH_NOTIFY_LOCAL=1 lets it lead to the networks of this box too, for a server at home.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from data.errors import RefusedError, UnavailableError
from data.said import said

WORKER = Path(__file__).parent / "push_worker.py"
PATIENCE = 40  # seconds by the clock
LONGEST = 1_000  # characters
# Services that take a message over HTTP: none that reads files or starts programs, and no mail.
SERVICES = frozenset({
    "bark", "barks", "discord", "feishu", "flock", "form", "forms", "gchat", "gotify",
    "gotifys", "groupme", "guilded", "hassio", "hassios", "ifttt", "join", "json", "jsons",
    "lametric", "lametrics", "lark", "line", "mastodon", "mastodons", "matrix", "matrixs",
    "misskey", "misskeys", "mmost", "mmosts", "ncloud", "nclouds", "nctalk", "nctalks",
    "notica", "noticas", "notifiarr", "ntfy", "ntfys", "pbul", "pover", "prowl", "pushdeer",
    "pushdeers", "pushed", "pushme", "pushy", "revolt", "rocket", "rockets", "ryver", "signal",
    "signals", "simplepush", "slack", "spush", "synology", "synologys", "tgram", "threema",
    "twist", "webex", "wecombot", "workflow", "workflows", "wxteams", "xml", "xmls", "zulip",
})  # fmt: skip
FILES = frozenset({"template", "attach", "attach-as", "cert", "key", "config"})  # name files here
NOT_ONE = said("This is no Apprise URL. It begins like ntfys://, tgram:// or discord://.")
UNKNOWN = said("Apprise does not understand this URL. Look up how it is written for your service.")
NO_FILES = said("A URL that names a file can't be used.")
NOT_SENT = said("It could not be sent. Check the URL, and that the service can be reached.")
_at_once = threading.BoundedSemaphore(2)  # workers, of some 60 MB


def check(url: str) -> str:
    """The service that a URL names, which may be shown.

    Raises:
        RefusedError: with the reason at ``push_url``; nothing of the URL is in it.
        UnavailableError: Apprise can't be started.
    """
    service = _service(url)
    if _ask(url, "", "") == "unknown":
        raise _refusal(UNKNOWN)
    return service


def send(url: str, title: str, text: str) -> None:
    """Send one message; takes up to 40 seconds.

    Raises:
        UnavailableError: it did not arrive; nothing of the URL is in the sentence.
    """
    if _ask(url, title, text) != "sent":
        raise UnavailableError(NOT_SENT)


def _service(url: str) -> str:
    odd = any(char.isspace() or not char.isprintable() for char in url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise _refusal(NOT_ONE) from error
    if odd or len(url) > LONGEST or parts.scheme not in SERVICES or not parts.netloc:
        raise _refusal(NOT_ONE)
    named = {name.strip("+-: ").casefold() for name, _ in parse_qsl(parts.query)}
    if named & FILES:
        raise _refusal(NO_FILES)
    return parts.scheme


def _ask(url: str, title: str, text: str) -> str:
    asked = {
        "url": url,
        "title": title,
        "body": text,
        "local": os.environ.get("WATCH_NOTIFY_LOCAL") == "1",
    }
    command = [sys.executable, "-I", str(WORKER)]
    with _at_once:
        try:
            done = subprocess.run(  # noqa: S603  (our own file; the address goes to its input)
                command,
                input=json.dumps(asked).encode(),
                capture_output=True,
                timeout=PATIENCE,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired as error:
            raise UnavailableError(NOT_SENT) from error
    if done.returncode != 0:
        raise UnavailableError(NOT_SENT)
    return done.stdout.decode().strip()


def _refusal(sentence: str) -> RefusedError:
    return RefusedError({"push_url": sentence})
