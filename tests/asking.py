"""Routes asked as a browser would, signed in or as a stranger, without a server in between."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
from starlette.applications import Starlette

from app import server
from app.routes import SESSION_COOKIE
from tests.people import new_session


class Browser:
    """Asks the addresses that are no pages, with the session's cookie of a member, if any."""

    def __init__(self, member=None, token=""):
        token = new_session(member) if member else token
        self.cookies = {SESSION_COOKIE: token} if token else {}

    def ask(self, method, path, **more):
        async def asked():
            transport = httpx.ASGITransport(Starlette(routes=server.ROUTES))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://localhost", cookies=self.cookies
            ) as client:
                return await client.request(method, path, **more)

        with ThreadPoolExecutor(1) as elsewhere:  # a browser test may have a loop of its own here
            return elsewhere.submit(asyncio.run, asked()).result()

    def get(self, path, **more):
        return self.ask("GET", path, **more)
