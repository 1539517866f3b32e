"""A little OpenID provider that runs in a thread, and lies in whatever way a test wants."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

KEY, ANOTHER_KEY = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))
CLIENT, SECRET = "caseback", "the client's secret"


class Provider:
    """Discovery, keys, authorization and token endpoint; everybody who comes is ``person``."""

    def __init__(self):
        self.person = {"sub": "zoe-1", "email": "zoe@example.com", "email_verified": True}
        self.person["name"] = "Zoë"
        self.lie = {}  # claims of the ID token that are not as they should be
        self.key = KEY
        self.header = {"alg": "RS256", "kid": "one"}
        self.token = lambda header, claims: jwt.encode(header, claims, self.key, ["RS256", "HS256"])
        self.userinfo = None
        self.asked = {}  # code → what was asked for
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://localhost:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def about(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def authorize(self, url):
        """The person says yes: where the browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = token_urlsafe(16)
        self.asked[code] = asked
        query = urlencode({"code": code, "state": asked["state"]})
        return f"{asked['redirect_uri']}?{query}"

    def redeem(self, form, authorization):
        """What the token endpoint answers; a code works once, with its verifier and our secret."""
        asked = self.asked.pop(form.get("code"), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if (
            asked is None
            or authorization != f"Basic {basic}"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or base64.urlsafe_b64encode(challenge).decode().rstrip("=") != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"]} | self.person | self.lie
        claims = {name: value for name, value in claims.items() if value is not None}
        answer = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
        return 200, answer | {"id_token": self.token(self.header, claims)}

    def _handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = urlsplit(self.path).path
                if path == "/authorize":
                    self.send_response(303)
                    self.send_header("location", provider.authorize(self.path))
                    self.send_header("content-length", "0")
                    self.end_headers()
                elif path == "/userinfo":
                    self._answer(200, provider.userinfo or provider.person)
                elif path == "/keys":
                    self._answer(200, {"keys": [KEY.as_dict(private=False)]})
                else:
                    self._answer(200, provider.about())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self._answer(*provider.redeem(form, self.headers.get("authorization")))

            def _answer(self, status, content):
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Be quiet."""

        return Handler
