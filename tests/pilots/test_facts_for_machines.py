"""What the pages of trials tell programs of themselves (schema.org)."""

from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted
from tests.signposts.reading import BASE
from tests.signposts.test_schema import SCHEMA, only


def test_a_trial_names_itself_and_the_council(client: Client) -> None:
    number = a_pilot(*shortlisted([idea()]), title_en="Six <stalls>")
    found = only(client, f"/pilots/CVT-{number}")
    assert found.kind == SCHEMA + "WebPage"
    assert found["name"] == "Six <stalls>"
    assert found["url"] == f"{BASE}/pilots/CVT-{number}"
    assert found["inLanguage"] == "en"
    assert found["publisher"].kind == SCHEMA + "GovernmentOrganization"


def test_what_changed_is_a_collection_in_the_language_of_the_page(client: Client) -> None:
    asked = challenge()
    found = only(client, "/changes")
    assert (found.kind, found["name"]) == (SCHEMA + "CollectionPage", "What changed")
    found = only(client, f"/cy/challenges/{asked.slug}/changes")
    assert asked.question_cy in found["name"]
    assert found["url"] == f"{BASE}/cy/challenges/{asked.slug}/changes"
    assert found["inLanguage"] == "cy"
