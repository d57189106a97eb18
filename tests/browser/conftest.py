"""A served demonstration council for each file of tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.judging import Findings
from tests.browser.pages import Places, places
from tests.browser.town import Town, settle
from tests.servers.site import LiveSite


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance folder of the demonstration council, made once, to be copied."""
    folder = tmp_path_factory.mktemp("demonstration") / "instance"
    LiveSite(folder).command("demo")
    return folder


@pytest.fixture(scope="module")
def town(demonstration: Path, new_site: Callable[..., LiveSite]) -> Iterator[Town]:
    """The demonstration council, served, on SQLite: shared by the tests of a file."""
    site = new_site()
    shutil.copytree(demonstration, site.instance, dirs_exist_ok=True)
    site.start()
    town = settle(site)
    yield town
    town.close()


@pytest.fixture
def own_town(demonstration: Path, new_site: Callable[..., LiveSite]) -> Iterator[Town]:
    """A town of the test's own, which it may stop."""
    site = new_site()
    shutil.copytree(demonstration, site.instance, dirs_exist_ok=True)
    site.start()
    town = settle(site)
    yield town
    town.close()
    site.stop()


@pytest.fixture(scope="module")
def where(town: Town) -> Places:
    """The town's pages."""
    return places(town)


@pytest.fixture
def findings() -> Iterator[Findings]:
    """Collects over many pages, and fails with all of it at the end."""
    collected = Findings()
    yield collected
    collected.refuse()
