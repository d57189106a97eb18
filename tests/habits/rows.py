"""Everything that stands in the database, to be compared."""

from sqlalchemy import inspect, text

from citizen_voice.db import db

Rows = dict[str, list[str]]


def everything() -> Rows:
    """Every row of every table, those of the worker's queue included: table → its rows, sorted."""
    with db.engines["read"].connect() as connection:
        quote = connection.dialect.identifier_preparer.quote
        return {
            table: sorted(
                repr(tuple(row))
                for row in connection.execute(text(f"SELECT * FROM {quote(table)}"))
            )
            for table in sorted(inspect(connection).get_table_names())
        }


def changed(before: Rows, after: Rows) -> set[str]:
    """The tables that differ."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
