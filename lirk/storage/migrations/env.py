"""Runs the migrations inside the transaction that ``Database.upgrade`` has opened."""

from alembic import context

from lirk.storage.migrating import MIGRATION_OPTIONS

context.configure(connection=context.config.attributes["connection"], **MIGRATION_OPTIONS)
with context.begin_transaction():
    context.run_migrations()
