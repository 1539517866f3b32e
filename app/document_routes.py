"""The addresses of documents: the file, always as a download, and pictures of its pages.

A document is served to the members of its household and to nobody else; for all others it does
not exist. The file is never shown in the browser by itself: what was uploaded may be hostile.
"""

import logging
from urllib.parse import quote
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app import routes
from app.language import _
from data import documents
from data.accounts import Member
from data.db import read
from data.documents import Document
from data.errors import NotFoundError, UnavailableError

log = logging.getLogger(__name__)
CONFINED = {  # whatever is in it, it may do nothing and is nothing but what we say
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}


async def download(request: Request) -> Response:
    """The file, under its title."""
    return await run_in_threadpool(_answer, request, None)


async def page(request: Request) -> Response:
    """A page as a picture; browsers keep it and ask each time whether they still may show it."""
    return await run_in_threadpool(_answer, request, int(request.path_params["number"]))


def _answer(request: Request, number: int | None) -> Response:
    """The file (no number) or a page of it; 401 for a stranger, 404 for what is not theirs."""
    try:
        member = routes.find_member(request)
        routes.use_reader(request, member)
        if member is None:
            return PlainTextResponse(_("Sign in to see this."), 401, headers=routes.NOT_STORED)
        with read(member) as db:
            document = documents.get(db, member, UUID(request.path_params["document_id"]))
        if number is None:
            return _file(member, document)
        return _page(member, document, number, request.headers.get("if-none-match", ""))
    except (ValueError, NotFoundError):
        return PlainTextResponse(_("There is nothing here."), 404, headers=routes.NOT_STORED)
    except UnavailableError as error:
        return PlainTextResponse(_(str(error)), 503, headers=routes.NOT_STORED)


def _file(member: Member, document: Document) -> Response:
    content = documents.find_file(member, document)
    if content is None:
        log.error("the file of document %s is lost", document.document_id)
        raise NotFoundError(documents.GONE)
    headers = CONFINED | routes.NOT_STORED | {"content-disposition": attachment(document.file_name)}
    return Response(content, media_type=document.media_type, headers=headers)


def _page(member: Member, document: Document, number: int, known: str) -> Response:
    tag = f'"{document.content_hash}-{number}"'
    caching = {"cache-control": "private, no-cache", "etag": tag, "vary": "cookie"}
    if tag in known:
        return Response(status_code=304, headers=CONFINED | caching)
    content = documents.find_page(member, document, number)
    if content is None:
        raise NotFoundError(documents.GONE)
    return Response(content, media_type="image/webp", headers=CONFINED | caching)


def attachment(file_name: str) -> str:
    """The header that makes a browser store a file, under this name (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"


ROUTES: list[BaseRoute] = [
    Route("/document/{document_id}", download, methods=["GET"]),
    Route("/document/{document_id}/page/{number:int}.webp", page, methods=["GET"]),
    Route("/document/{rest:path}", routes.nothing),
]
