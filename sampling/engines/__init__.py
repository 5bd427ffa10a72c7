"""Drawing where the register lives: one small module an engine, all of them held to the same tickets.

``open_engine`` connects to one by its address. Who has a connection already hands it to the class of its
engine: :class:`sampling.engines.duckdb_engine.DuckdbEngine`,
:class:`sampling.engines.postgres_engine.PostgresEngine`, :class:`sampling.engines.spark_engine.SparkEngine`.
The libraries of the engines are imported when one of them is used.
"""

from sampling.engines.opening import open_engine
from sampling.engines.table import Engine, Period, Relation

__all__ = ["Engine", "Period", "Relation", "open_engine"]
