"""Alembic migrations, shipped with LIRK and run by ``lirk db upgrade``."""
