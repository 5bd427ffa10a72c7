"""The draws of a round and their certificates."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, exists, insert, select, update

from lirk.domain.rounds import Draw
from lirk.storage.changes import change_one
from lirk.storage.tables import draw, frame


class Draws:
    """The draws of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(
        self,
        *,
        round_id: int,
        number: int,
        reason: str | None,
        seed: str,
        drawn_at: datetime,
        digest: str,
        certificate: Mapping[str, object],
    ) -> Draw:
        """Add a draw; its number must be free in the round."""
        values = {
            "round_id": round_id,
            "number": number,
            "reason": reason,
            "seed": seed,
            "drawn_at": drawn_at,
            "digest": digest,
            "certificate": certificate,
        }
        added = self._db.execute(insert(draw).values(values).returning(*draw.c))
        return Draw(**added.mappings().one())

    def of(self, round_id: int) -> tuple[Draw, ...]:
        """Return the draws of a round, by number."""
        statement = select(draw).where(draw.c.round_id == round_id).order_by(draw.c.number)
        return tuple(Draw(**row) for row in self._db.execute(statement).mappings())

    def replace_certificate(self, draw_id: int, *, certificate: Mapping[str, object], digest: str) -> None:
        """Keep the certificate that a replacement has made, in place of the one before.

        Raises
        ------
        NotFound
            If there is no such draw.
        """
        changed = update(draw).where(draw.c.id == draw_id)
        change_one(self._db, changed.values(certificate=certificate, digest=digest))

    def seed_used(self, fingerprint: str, seed: str) -> bool:
        """Return whether any round has drawn from this very frame with this seed."""
        drawn = exists().where(draw.c.seed == seed, draw.c.round_id == frame.c.round_id)
        statement = select(exists().where(frame.c.fingerprint == fingerprint, drawn))
        return bool(self._db.scalar(statement))
