"""One walk on PostgreSQL: the whole site on the database of a larger council."""

from collections.abc import Callable

from tests.browser.town import settle
from tests.browser.walk import Walk
from tests.servers.browser import Visits
from tests.servers.postgres import PostgresDatabases
from tests.servers.site import LiveSite


def test_the_main_journey(
    postgres: PostgresDatabases, new_site: Callable[..., LiveSite], visit: Visits
) -> None:
    url = postgres.create_database("walked")
    site = new_site(database_url=url)
    site.command("demo")
    site.start()
    town = settle(site, url)
    Walk(town, visit()).whole()
    town.close()
    site.stop()
    postgres.drop_database("walked")
