"""Sign-ins that failed lately, by the SHA-256 of who was tried from where."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from lirk.domain.accounts import Failures
from lirk.storage.tables import failed_sign_in


class FailedSignIns:
    """The failed sign-ins of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, keys: Iterable[str]) -> Mapping[str, Failures]:
        """Return what is known of each of the keys; those without a failure are left out."""
        failed = failed_sign_in.c
        rows = self._db.execute(
            select(failed.key_hash, failed.failures, failed.last_at).where(failed.key_hash.in_(list(keys)))
        )
        return {key: Failures(count, last_at) for key, count, last_at in rows}

    def set_all(self, failures: Mapping[str, Failures]) -> None:
        """Keep the failures of each key, in place of what was kept of it."""
        self.delete(failures)
        rows = [
            {"key_hash": key, "failures": one.count, "last_at": one.last_at} for key, one in failures.items()
        ]
        if rows:
            self._db.execute(insert(failed_sign_in), rows)

    def delete(self, keys: Iterable[str]) -> None:
        """Forget the failures of these keys."""
        self._db.execute(delete(failed_sign_in).where(failed_sign_in.c.key_hash.in_(list(keys))))

    def delete_before(self, moment: datetime) -> None:
        """Forget the keys whose last failure is older than this."""
        # Compared here: SQL would compare the texts of two moments, which may differ by their offset only.
        rows = self._db.execute(select(failed_sign_in.c.key_hash, failed_sign_in.c.last_at)).all()
        old = [key for key, last_at in rows if last_at < moment]
        if old:
            self.delete(old)
