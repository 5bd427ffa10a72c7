"""Bodies that are too big: read to their end and thrown away, so that the browser gets to see the answer."""

from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

#: Beyond so many times the limit the line is cut.
PATIENCE = 10


class TooBig(ASGIMiddleware):
    """Refuse a request that says that it is bigger than the application takes."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, limit: int) -> None:
        self.limit = limit

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Pass the request on, or refuse it."""
        length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        said = int(length) if length.isdigit() else 0
        if said <= self.limit:
            await next_app(scope, receive, send)
            return
        if said <= self.limit * PATIENCE:
            await _drain(receive)
        raise HTTPException(status_code=413)


async def _drain(receive: Receive) -> None:
    more = True
    while more:
        message = await receive()
        more = message["type"] == "http.request" and message.get("more_body", False)
