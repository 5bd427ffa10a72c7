"""The files of published reports, byte for byte; no version of them is ever changed or taken away."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, case, insert, select

from lirk.domain.report_stages import ReportState
from lirk.storage.report_tables import published_file, report_stage


class PublishedFiles:
    """The published files of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, round_id: int, centre: str, version: int, files: Mapping[str, bytes]) -> None:
        """Keep the files of a version by their names."""
        rows = [
            {
                "round_id": round_id,
                "centre": centre,
                "version": version,
                "name": name,
                "sha256": sha256(content).hexdigest(),
                "content": content,
            }
            for name, content in sorted(files.items())
        ]
        self._db.execute(insert(published_file), rows)

    def find(self, round_id: int, centre: str, version: int, name: str) -> bytes | None:
        """Return a file, or None where there is none of that version and name."""
        table = published_file.c
        place = (table.round_id == round_id, table.centre == centre)
        statement = select(table.content).where(*place, table.version == version, table.name == name)
        found = self._db.execute(statement).scalar_one_or_none()
        return None if found is None else bytes(found)

    def sums(self, round_id: int, centre: str, version: int) -> Mapping[str, str]:
        """Return the checksum (SHA-256) of each file of a version by its name."""
        table = published_file.c
        place = (table.round_id == round_id, table.centre == centre, table.version == version)
        rows = self._db.execute(select(table.name, table.sha256).where(*place).order_by(table.name))
        return {row.name: row.sha256 for row in rows}

    def in_force(self, round_id: int, names: Collection[str]) -> Mapping[str, Mapping[str, bytes]]:
        """Return the files of these names that count now, by centre and name.

        While the next version is a draft, the one that it will replace counts.
        """
        table = published_file.c
        statement = (
            select(table.centre, table.name, table.content)
            .join_from(published_file, report_stage, _same() & (_latest() == table.version))
            .where(table.round_id == round_id, table.name.in_(sorted(names)))
            .order_by(table.centre, table.name)
        )
        found: dict[str, dict[str, bytes]] = defaultdict(dict)
        for centre, name, content in self._db.execute(statement):
            found[centre][name] = bytes(content)
        return found

    def superseded(
        self, round_id: int, names: Collection[str]
    ) -> Mapping[str, Mapping[int, Mapping[str, bytes]]]:
        """Return the files of these names that a later published version took the place of.

        By centre, version and name.
        """
        table = published_file.c
        statement = (
            select(table.centre, table.version, table.name, table.content)
            .join_from(published_file, report_stage, _same() & (_latest() > table.version))
            .where(table.round_id == round_id, table.name.in_(sorted(names)))
            .order_by(table.centre, table.version, table.name)
        )
        found: dict[str, dict[int, dict[str, bytes]]] = {}
        for centre, version, name, content in self._db.execute(statement):
            found.setdefault(centre, {}).setdefault(version, {})[name] = bytes(content)
        return found


def _same() -> ColumnElement[bool]:
    """Return that a file and a stage are of the same report."""
    table, stage = published_file.c, report_stage.c
    return (stage.round_id == table.round_id) & (stage.centre == table.centre)


def _latest() -> ColumnElement[int]:
    """Return the number of a report's version that counts now."""
    stage = report_stage.c
    return case((stage.state == ReportState.PUBLISHED, stage.version), else_=stage.version - 1)
