"""An administrator invites: by letter, once, in the language chosen, and takes it back."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.errors import Conflict, NotAllowed, Refusal
from citizen_voice.site import services as site
from citizen_voice.team import queries, services
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR
from tests.client import Client
from tests.team import walk
from tests.team.walk import BO, accept, equipped


def test_nobody_is_invited_twice_nor_without_a_role_nor_by_who_may_not(app: Flask) -> None:
    boss, other = equipped(), equipped(MODERATOR, email=BO)
    with pytest.raises(Conflict), write():
        services.invite(BO, [MODERATOR], actor=boss.key, language="en")
    for roles in ([], ["emperor"], [MODERATOR, "emperor"]):
        with pytest.raises(Refusal, match="Choose one role"), write():
            services.invite("ada@example.org", roles, actor=boss.key, language="en")
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(Refusal, match="still to come"), write():
        services.invite(
            "ada@example.org", [MODERATOR], actor=boss.key, language="en", ends_on=yesterday
        )
    with pytest.raises(NotAllowed), write():
        services.invite("ada@example.org", [ADMINISTRATOR], actor=other.key, language="en")
    assert queries.invitations() == []


def test_an_administrator_invites_by_letter_in_the_language_chosen(
    app: Flask, client: Client
) -> None:
    with write():
        site.change(welsh_on=True)
    client.sign_in(equipped().key, staff=True)
    fields = {"email": f" {BO.upper()} ", "roles": ["moderator"], "ends_on": "", "language": "cy"}
    answer = client.send("/staff/people/invite", fields)
    assert (answer.status_code, answer.location) == (303, "/staff/people?done=invited")
    assert "The invitation is on its way" in client.get(answer.location).text
    link = walk.link(BO)
    assert link.startswith("/cy/staff/invitation/")
    shown = client.get("/staff/people").text
    assert BO in shown
    assert accept(walk.another(app), link).status_code == 200
    assert BO not in client.get("/staff/people").text  # addresses of colleagues are shown on demand


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "nonsense"}, "email"),
        ({"email": "megan@example.org"}, "email"),
        ({"roles": []}, "roles"),
        ({"roles": ["emperor"]}, "roles"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"ends_on": "soon"}, "ends_on"),
    ],
)
def test_a_wrong_field_of_an_invitation_is_named_and_all_is_kept(
    client: Client, fields: dict[str, object], field: str
) -> None:
    client.sign_in(equipped().key, staff=True)
    sent = {"email": BO, "roles": ["moderator", "pilot-owner"], "ends_on": "2093-01-01"} | fields
    answer = client.send("/staff/people/invite", {**sent, "language": "en"})
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text
    assert str(sent["ends_on"]) in answer.text
    assert str(sent["email"]) in answer.text
    ticked = answer.text.count('name="roles" type="checkbox" value=')
    assert ticked == 4
    assert ('value="pilot-owner" checked' in answer.text) == ("roles" not in fields)
    assert queries.invitations() == []


def test_an_invitation_is_sent_again_with_another_link_and_taken_back(client: Client) -> None:
    client.sign_in(equipped().key, staff=True)
    client.send("/staff/people/invite", {"email": BO, "roles": ["moderator"], "language": "en"})
    first = walk.link(BO)
    (row,) = queries.invitations()
    client.send(f"/staff/people/invitations/{row.id}/again")
    second = walk.link(BO)
    visitor = client.application.test_client()
    assert first != second
    assert visitor.get(first).status_code == 410
    assert visitor.get(second).status_code == 200
    answer = client.send(f"/staff/people/invitations/{row.id}/withdraw")
    assert answer.status_code == 303
    assert visitor.get(second).status_code == 410
    assert client.send(f"/staff/people/invitations/{row.id}/withdraw").status_code == 404
    assert client.send(f"/staff/people/invitations/{row.id}/again").status_code == 404
    assert BO not in client.get("/staff/people").text
    assert walk.acts()[-3:] == [
        "staff invited",
        "invitation sent again",
        "invitation withdrawn",
    ]
