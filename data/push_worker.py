"""Sends one notice by Apprise, in a process of its own: ``push_worker.py`` and JSON on its input.

The address is a stranger's, and Apprise has two hundred ways to follow one. Here Python's own audit
hook sees every connection with the IP address it really goes to, after looking names up and
following redirects: only the public internet is reached, unless the person who runs this box allows
more. Files of this machine are not read, and programs not started. The answer is one word.
"""

import json
import logging
import os
import resource
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MEMORY = 1 << 30  # bytes of address space
SECONDS = 20  # of CPU
READABLE = ("/etc/ssl/", "/usr/lib/ssl/", "/usr/share/", "/etc/mime.types", os.devnull)
CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
STARTS = ("subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "ctypes.")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def guard(*, local: bool) -> None:
    """From now on this process reaches only the public internet, and no file but Python's own."""
    sys.path.insert(0, str(ROOT))
    from data.fetching import is_public  # noqa: PLC0415  (of the project, from here only)

    allowed = (f"{sys.prefix}/", f"{sys.base_prefix}/", *READABLE)

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event in CONNECTS and not local:
            to = args[1]
            if not (isinstance(to, tuple) and to and is_public(str(to[0]))):
                raise PermissionError("not the public internet")
        elif event == "open" and not isinstance(args[0], int):
            path, flags = os.path.realpath(os.fsdecode(str(args[0]))), args[2]
            if (isinstance(flags, int) and flags & WRITES) or not path.startswith(allowed):
                raise PermissionError("no file of this machine")
        elif event.startswith(STARTS):
            raise PermissionError("no program")

    sys.addaudithook(hook)


def main() -> str:
    """``sent``, ``failed``, or ``unknown`` for an address that Apprise does not understand."""
    asked = json.loads(sys.stdin.buffer.read())
    import apprise  # noqa: PLC0415  (it reads two hundred files, before the guard is there)

    logging.disable(logging.CRITICAL)  # its messages tell the address
    guard(local=asked["local"])
    there = apprise.Apprise()
    if not there.add(asked["url"]) or len(there) != 1:
        return "unknown"
    if not asked["body"]:
        return "sent"
    return "sent" if there.notify(title=asked["title"], body=asked["body"]) else "failed"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.dont_write_bytecode = True
    sys.stdout.write(main())
