"""How rounds are reviewed: what the coordinator decided of each."""

from datetime import date

from sqlalchemy import Connection, delete, insert, select

from lirk.domain.round_rules import RoundRules
from lirk.storage.desk_tables import round_rules


class RulesOfRounds:
    """The rules of the rounds, of a unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, round_id: int) -> RoundRules:
        """Return the rules of a round; the usual ones where nothing was decided."""
        fields = [column for column in round_rules.c if column.name != "round_id"]
        statement = select(*fields).where(round_rules.c.round_id == round_id)
        row = self._db.execute(statement).mappings().one_or_none()
        return RoundRules(**row) if row else RoundRules()

    def deadlines(self) -> dict[int, date]:
        """Return the deadlines by round; a round without one is left out."""
        statement = select(round_rules.c.round_id, round_rules.c.deadline).where(
            round_rules.c.deadline.is_not(None)
        )
        return {row.round_id: row.deadline for row in self._db.execute(statement)}

    def keep(self, round_id: int, rules: RoundRules) -> None:
        """Keep the rules of a round in place of those before."""
        values = {
            column.name: getattr(rules, column.name) for column in round_rules.c if column.name != "round_id"
        }
        self._db.execute(delete(round_rules).where(round_rules.c.round_id == round_id))
        self._db.execute(insert(round_rules).values(round_id=round_id, **values))
