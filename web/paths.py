"""Addresses that a browser hands back: only those on this site are followed."""


def local_path(text: str) -> str | None:
    """Return a path on this site, or None where it is none, or leads elsewhere."""
    is_local = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if is_local and "\\" not in text else None
