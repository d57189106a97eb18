"""``citizen-voice staff``: the first administrator, and the way back in."""

from urllib.parse import urlsplit

import pytest

from citizen_voice import config, create_app
from tests.cli.installation import Run
from tests.client import Client, token_in
from tests.team import walk
from tests.team.walk import accept


def test_the_first_administrator_gets_a_printed_link_that_works(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("staff", "list").output == ""
    output = run("staff", "invite", "ann@example.org", "--role", "administrator").output
    link = output.split()[-1]
    assert link.startswith("http://127.0.0.1:5000/staff/invitation/")
    app = create_app(config.load())
    app.test_client_class = Client
    with app.app_context():
        client = walk.another(app)
        assert len(walk.codes_on(accept(client, urlsplit(link).path))) == 10
        assert walk.is_staff(client)
        assert token_in(client.get("/staff/people").text)
    assert "ann@example.org  Administrator  can sign in" in run("staff", "list").output
    run("staff", "invite", "ann@example.org", "--role", "moderator", expect=1)
    reset = run("staff", "reset", "Ann@example.org").output.split()[-1]
    assert reset.startswith("http://127.0.0.1:5000/staff/invitation/")
    assert "has not set up" in run("staff", "list").output
    run("staff", "reset", "nobody@example.org", expect=1)
    run("journal", "verify")


def test_wrong_use_is_refused_in_words(run: Run) -> None:
    run("staff", "invite", "ann@example.org", expect=2)
    run("staff", "invite", "ann@example.org", "--role", "emperor", expect=2)
    run("staff", "invite", "ann@example.org", "--role", "moderator", "--ends-on", "soon", expect=2)
    refused = run("staff", "invite", "nonsense", "--role", "moderator", expect=1)
    assert "e-mail address" in refused.output
    past = ("--role", "moderator", "--ends-on", "2020-01-01")
    assert "still to come" in run("staff", "invite", "ann@example.org", *past, expect=1).output


def test_a_welsh_link_leads_to_the_welsh_page(run: Run) -> None:
    arguments = ("staff", "invite", "ann@example.org", "--role", "moderator", "--language", "cy")
    assert "/cy/staff/invitation/" in run(*arguments).output
