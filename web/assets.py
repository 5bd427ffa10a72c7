"""The static files: read once, kept compressed, and addressed by a digest so that browsers keep them."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

ROOT = Path(__file__).parent / "static"
#: Files that are compressed already.
COMPRESSED = {".woff", ".woff2", ".png", ".jpg"}
MEDIA_TYPES = {
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes as they are, and compressed where that saves anything."""

    content: bytes
    zipped: bytes | None
    media_type: str

    @classmethod
    def read(cls, path: Path) -> "Asset":
        """Return a file."""
        content = path.read_bytes()
        zipped = None if path.suffix in COMPRESSED else gzip.compress(content, 9, mtime=0)
        guessed = MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        return cls(content, zipped, guessed or "application/octet-stream")


class Assets:
    """All static files by their path."""

    KEPT: ClassVar[dict[str, str]] = {"cache-control": "public, max-age=31536000, immutable"}

    def __init__(self, root: Path) -> None:
        paths = sorted(path for path in root.rglob("*") if path.is_file())
        self.files = {path.relative_to(root).as_posix(): Asset.read(path) for path in paths}
        digest = hashlib.sha256()
        for name, asset in self.files.items():
            digest.update(f"{name}\n{len(asset.content)}\n".encode() + asset.content)
        self.digest = digest.hexdigest()[:12]

    def address(self, name: str) -> str:
        """Return the address of a file.

        Raises
        ------
        KeyError
            If there is no such file: a template names one that was forgotten.
        """
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.digest}/{name}"

    def response(self, name: str, *, zipped: bool) -> Response[bytes]:
        """Return a file as the server sends it.

        Raises
        ------
        NotFoundException
            If there is no such file.
        """
        asset = self.files.get(name.lstrip("/"))
        if asset is None:
            raise NotFoundException
        headers = {**self.KEPT, "vary": "accept-encoding"}
        if zipped and asset.zipped is not None:
            return Response(
                asset.zipped, media_type=asset.media_type, headers={**headers, "content-encoding": "gzip"}
            )
        return Response(asset.content, media_type=asset.media_type, headers=headers)


@cache
def assets() -> Assets:
    """Return the files that ship with LIRK, read the first time."""
    return Assets(ROOT)


@get("/static/{digest:str}/{name:path}", opt={"open": True, "bare": True}, sync_to_thread=False)
def static_file(
    request: Request[object, object, State], digest: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """Return a static file; an older address gets the file as it is now, which is not kept."""
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    response = assets().response(str(name), zipped=zipped)
    if digest != assets().digest:
        response.headers["cache-control"] = "no-cache"
    return response
