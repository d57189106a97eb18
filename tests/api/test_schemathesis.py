"""The OpenAPI document and the app say the same: a full run of schemathesis finds nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import strategies
from schemathesis import hooks
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.specs.openapi import formats

from citizen_voice.api.addresses import ADDRESSES, CURSOR
from citizen_voice.challenges.models import Challenge
from citizen_voice.challenges.services import slugs
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.pilots import services as pilots
from tests.api.conftest import Site
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.ideas import idea
from tests.factories.merging import joined
from tests.factories.pilots import a_pilot, owner_of, shortlisted

PLACE = "the-place-of-a-next-page"
"""Stands for a cursor that the list at hand has given: those are valid, and no others."""
CONFIG = {
    "seed": 1_907,
    "generation": {"deterministic": True, "max-examples": 40},
    "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "302", "404", "410"]}},
}
PHASES = {"examples", "coverage", "fuzzing", "stateful"}
FEWEST = 700
STATUSES = {200, 302, 400, 404, 410}
"""What has to come up in a full run."""


@pytest.fixture
def things(site: Site) -> Iterator[None]:
    """Things that are there, hidden, joined, renamed and gone, named among what may be asked."""
    hidden, merged, held = (idea(site.first) for _ in range(3))
    silent = comment(hidden)
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
    joined(merged, site.ideas[3])
    renamed, draft = challenge(slug="before"), challenge(published=False)
    with write():
        slugs.change(db.session.get_one(Challenge, renamed.id), "after")
    cancelled = a_pilot(*shortlisted([held]))
    with write():
        pilots.cancel(cancelled, actor=owner_of(cancelled))
    numbers = (site.ideas[1], site.ideas[2], hidden, merged, 9_999)
    slugs_ = [site.first.slug, site.second.slug, "before", "after", draft.slug]
    known = {
        "ref": [f"CV-{number}" for number in numbers],
        "pilot_ref": [f"CVT-{number}" for number in (site.pilot, site.decided, cancelled)],
        "comment_id": [str(key) for key in (*site.comments, silent)],
        "slug": slugs_,
        "challenge": slugs_,
    }

    def before_load_schema(_context: Any, document: dict[str, Any]) -> None:
        for item in document["paths"].values():
            for asked in item["get"]["parameters"]:
                if asked["name"] in known:
                    real = known[asked["name"]]
                    either = [{"enum": real}, asked["schema"]]
                    asked["schema"] = {"anyOf": either, "examples": real}

    schemathesis.hook(before_load_schema)
    yield
    hooks.unregister(before_load_schema)


@pytest.fixture
def places(client: Client, site: Site) -> Iterator[dict[str, str]]:
    """A cursor of each list that goes on, by its path in the document and its order."""
    orders = ("number", "supported")
    lists = {
        **{f"/ideas {order}": f"/ideas?order={order}&limit=2" for order in orders},
        "/ideas": "/ideas?limit=2",
        "/pilots/{pilot_ref}/readings": f"/pilots/CVT-{site.pilot}/readings?limit=1",
    }
    found = {}
    for name, path in lists.items():
        found[name] = client.get(f"/api/v1{path}").get_json()["next"].rpartition("after=")[2]

    def before_call(_context: Any, case: Any, _kwargs: Any) -> None:
        if case.query and case.query.get("after") == PLACE:
            path = case.operation.path
            case.query["after"] = found.get(f"{path} {case.query.get('order')}", found[path])

    schemathesis.hook(before_call)
    schemathesis.openapi.format(CURSOR, strategies.just(PLACE))
    yield found
    hooks.unregister(before_call)
    formats.unregister_string_format(CURSOR)


@pytest.mark.parametrize("database", ["sqlite"])
@pytest.mark.usefixtures("things", "places")
def test_a_full_run_finds_no_disagreement(app: Flask) -> None:
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)
    asked, found, phases = 0, [], set()
    answered: dict[str, set[int]] = {}
    for event in from_schema(schema).execute():
        assert not isinstance(event, events.FatalError), event
        if isinstance(event, events.NonFatalError):
            found.append(str(event.info))
        if isinstance(event, events.ScenarioFinished):
            phases.add(event.phase.value)
            asked += len(event.recorder.cases)
            found += failures(event.recorder)
            for path, status in statuses(event.recorder):
                answered.setdefault(path, set()).add(status)
    assert not found, "\n".join(found[:20])
    assert phases == PHASES
    assert answered.keys() == {each.path for each in ADDRESSES}
    assert all(200 in each for each in answered.values()), answered
    assert set.union(*answered.values()) >= STATUSES
    assert asked > FEWEST, f"{asked} requests are no full run."


def statuses(recorder: Any) -> Iterator[tuple[str, int]]:
    """What each address of the document answered with."""
    for key, each in recorder.interactions.items():
        if each.response is not None:
            yield recorder.cases[key].value.operation.path, each.response.status_code


def failures(recorder: Any) -> list[str]:
    """What did not agree: the request, and what was wrong with the answer."""
    return [
        f"{case.method} {case.path} {case.path_parameters} {case.query}: "
        f"{check.failure_info.failure}"
        for key, checks in recorder.checks.items()
        for check in checks
        if check.failure_info is not None
        for case in [recorder.cases[key].value]
    ]
