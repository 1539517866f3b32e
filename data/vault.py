"""Secrets that we must be able to read again are encrypted; their key is not in the database.

Who gets hold of a dump of the database alone reads none of them. The key is in the file
``secret.key`` of the folder of this instance, made when it is first needed; WATCH_SECRET_KEY takes
its place where several machines share one database. To change the key, write a new line above
the old one: the first encrypts, all of them decrypt.
"""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from data import embedded
from data.errors import UnavailableError
from data.said import said

LOST = said("The key that this box keeps its secrets with is not the right one. Tell its admin.")


def seal(text: str) -> bytes:
    """The text, encrypted and signed.

    Raises:
        UnavailableError: there is a key, but it is none.
    """
    return _keys().encrypt(text.encode())


def unseal(sealed: bytes) -> str:
    """What was sealed.

    Raises:
        UnavailableError: it was sealed with another key, or changed since.
    """
    try:
        return _keys().decrypt(sealed).decode()
    except InvalidToken as error:
        raise UnavailableError(LOST) from error


def _keys() -> MultiFernet:
    written = os.environ.get("WATCH_SECRET_KEY") or _file().read_text("ascii")
    try:
        return MultiFernet([Fernet(key) for key in written.split()])
    except ValueError as error:
        raise UnavailableError(LOST) from error


def _file() -> Path:
    """The file with the key; of several processes that make it at once, one does."""
    path = embedded.var() / "secret.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
        unfinished.touch(0o600)
        unfinished.write_bytes(Fernet.generate_key() + b"\n")
        try:
            os.link(unfinished, path)  # whole or not at all, and never over another one
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path
