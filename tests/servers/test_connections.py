"""A connection that a test leaves open is seen at that test's end."""

from contextlib import closing

import psycopg

from tests.servers import connections
from tests.servers.postgres import PostgresDatabases


def test_who_leaves_a_connection_open_is_known(postgres: PostgresDatabases) -> None:
    before = connections.still_open()
    with closing(psycopg.connect(postgres.url("postgres"))) as connection:
        (found,) = connections.still_open().keys() - before.keys()
        assert found is connection
        assert "test_who_leaves_a_connection_open_is_known" in connections.still_open()[found]
    assert connections.still_open().keys() == before.keys()
