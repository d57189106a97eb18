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

from citizen_voice.api.addresses import CURSOR
from tests.api.conftest import Site
from tests.client import Client

PLACE = "the-place-of-a-next-page"
"""Stands for a cursor that the list at hand has given: those are valid, and no others."""
CONFIG = {"seed": 1_907, "generation": {"deterministic": True, "max-examples": 10}}
PHASES = {"examples", "coverage", "fuzzing", "stateful"}
FEWEST = 300


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
@pytest.mark.usefixtures("places")
def test_a_full_run_finds_no_disagreement(app: Flask) -> None:
    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, config=config)
    asked, found, phases = 0, [], set()
    for event in from_schema(schema).execute():
        assert not isinstance(event, events.FatalError), event
        if isinstance(event, events.NonFatalError):
            found.append(str(event.info))
        if isinstance(event, events.ScenarioFinished):
            phases.add(event.phase.value)
            asked += len(event.recorder.cases)
            found += failures(event.recorder)
    assert not found, "\n".join(found[:20])
    assert phases == PHASES
    assert asked > FEWEST, f"{asked} requests are no full run."


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
