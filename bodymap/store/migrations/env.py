"""How alembic runs here: on the connection, and within the transaction, that ``Store`` holds."""

from alembic import context

from bodymap.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
