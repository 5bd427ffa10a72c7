"""What every response says to the browser, whatever made it."""

from litestar.types import Message, Scope

#: Nothing but what this site itself sends: no inline script or style, no frame around it.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}


#: Only over HTTPS: the browser shall never ask this site otherwise again.
HTTPS_HEADERS = {"strict-transport-security": "max-age=31536000"}


# As they go over the wire, put together once for all responses.
_ALWAYS = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())
_HTTPS = (*_ALWAYS, *((name.encode(), value.encode()) for name, value in HTTPS_HEADERS.items()))


async def add_headers(message: Message, scope: Scope) -> None:
    """Add the headers to a response as it is sent; no handler sets any of them."""
    if message["type"] != "http.response.start":
        return
    sent = message.get("headers", [])
    message["headers"] = [*sent, *(_HTTPS if scope["app"].state.settings.https else _ALWAYS)]
