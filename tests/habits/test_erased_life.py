"""Somebody who did everything through the screens, and left with their words: nothing stays."""

import re
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from citizen_voice.accounts import wiping
from citizen_voice.accounts.models import Person
from citizen_voice.comments import services as commenting
from citizen_voice.db import db, write
from citizen_voice.desk import services as desk
from citizen_voice.desk.models import GRANTED, RESTRICTION, Restriction, RightsRequest
from citizen_voice.moderation import services as moderating
from citizen_voice.search import indexes
from citizen_voice.team.models import Colleague, Invitation
from tests.accounts import walk
from tests.client import Client
from tests.factories.challenges import challenge
from tests.factories.comments import comment
from tests.factories.copies import made
from tests.factories.desk import ICO, officer
from tests.factories.desk import asked as asked_about
from tests.factories.desk import draft as answer
from tests.factories.ideas import idea
from tests.factories.moderation import case, decide
from tests.factories.reports import report
from tests.factories.team import colleague
from tests.habits import erasing
from tests.team.walk import accept, equipped, link

ADDRESS = "zqaddress@example.org"
WORDS = (
    "zqaddress",
    "zqname",
    "zqtitle",
    "zqbody",
    "zqsecond",
    "zqcomment",
    "zqedited",
    "zqtaken",
    "zqappeal",
    "zqanswer",
    "zqreason",
    "zqnote",
    "zqwithdrawn",
    "zqreporter",
    "zqdraft",
    "zqunsent",
    "zqoutcome",
    "zqletter",
)
"""A word for each thing that somebody typed, or that was typed about their words."""


def live(client: Client) -> tuple[UUID, UUID]:
    """Join, take part, be moderated, ask for one's data; gives the key, and that of the copy."""
    walk.sign_in(client, ADDRESS)
    client.send("/me/name", {"name": "Zqname Ferch"})
    row = walk.person(ADDRESS)
    assert row is not None
    me: UUID = row.id
    asked = challenge()
    number = idea(asked, me, title="A zqtitle by the pond", body="For zqbody who waits.")
    words = {"title": "A zqtitle", "body": "For zqsecond.", "lang": "en", "place": ""}
    client.send(f"/ideas/CV-{number}/edit", words)
    said, gone = comment(number, me, body="I say zqcomment."), comment(number, me, body="Zqtaken.")
    client.send(f"/comments/{said}/edit", {"comment": "I say zqedited.", "lang": "en"})
    with write():
        commenting.remove(gone, me)
    back = idea(asked, me)
    client.send(f"/ideas/CV-{back}/withdraw", {"why": "other", "words": "It is zqwithdrawn."})
    about, moderator, another = case(idea_id=number), colleague(), colleague()
    with write():
        moderating.leave_note(about, moderator, "Zqnote, again.")
    decided = decide(about, "warn", actor=moderator, words="It is zqreason.")
    with write():
        appeal = moderating.appeal(decided, me, words="It is zqappeal.", language="en").id
    with write():
        moderating.decide_appeal(appeal, upheld=False, reason="Zqanswer.", actor=another)
    report(idea_id=idea(asked), email="zqreporter@example.org", reporter_id=me)
    use_rights(client, me)
    half_done(client, asked.slug)
    return me, made(me)


def use_rights(client: Client, me: UUID) -> None:
    """Choose, take it back, ask for something, and have an answer."""
    shown = client.get("/my-data/choices").text
    versions = {}
    for name in ("notice_version", "brief_version"):
        (versions[name],) = set(re.findall(rf'name="{name}" value="(\d+)"', shown))
    for choice in ("yes", "no"):
        told = {"choice": choice} | versions
        assert client.send("/my-data/choices/newsletter", told).status_code == 303
    number = asked_about(me)
    written, actor = answer(body=f"Here is your zqletter.\n\n{ICO}"), officer()
    with write():
        desk.decide(number, GRANTED, "It is zqoutcome.", written, actor=actor)


def stand_still(client: Client, me: UUID) -> None:
    """Ask that nothing is done with it for now; the officer notes what may be wrong."""
    client.send("/my-data/ask", {"kind": "restriction", "words": "Zqrestricted."})
    (number,) = db.session.scalars(
        select(RightsRequest.id).where(
            RightsRequest.person_id == me, RightsRequest.kind == RESTRICTION
        )
    )
    theirs = walk.another(client.application)
    theirs.sign_in(officer(), staff=True)
    for step, words in (("note", "It is zqnoted."), ("disputed", "It is zqdisputed.")):
        done = theirs.send(f"/staff/privacy/requests/{number}/steps/{step}", {"words": words})
        assert done.status_code == 303, step
    (held,) = db.session.scalars(select(Restriction).where(Restriction.person_id == me))
    assert held.hidden["ideas"], "nothing was hidden"


def half_done(client: Client, slug: str) -> None:
    """A draft that is kept, and a sign-in elsewhere that brought words and was never finished."""
    words = {"title": "A zqdraft to go on with", "body": "", "lang": "en", "place": ""}
    client.send(f"/challenges/{slug}/suggest", words | {"_draft": "1"})
    elsewhere = walk.another(client.application)
    words = {"title": "A zqunsent idea", "body": "So that all can rest.", "lang": "en", "place": ""}
    assert elsewhere.send(f"/challenges/{slug}/suggest", words).location == "/sign-in"
    walk.ask(elsewhere, ADDRESS)


def join_the_team(app: Flask, email: str) -> UUID:
    """Be invited by letter, take it up, and leave; gives the key of who invited."""
    lead = equipped()
    theirs, own = walk.another(app), walk.another(app)
    theirs.sign_in(lead.key, staff=True)
    fields = {"email": email, "roles": ["moderator"], "ends_on": "", "language": "en"}
    assert theirs.send("/staff/people/invite", fields).status_code == 303
    assert accept(own, link(email), name="Zqcolleague Bell").status_code == 200
    (key,) = db.session.scalars(select(Person.id).where(Person.email == email))
    assert theirs.send(f"/staff/people/{key}/end").status_code == 303
    return lead.key


def seen(app: Flask, words: tuple[str, ...] = WORDS) -> dict[str, list[str]]:
    """In which files each word stands, however it is written."""
    kept = {name: content.lower() for name, content in erasing.kept_bytes(app).items()}
    return erasing.standing({word: [word.encode()] for word in words}, kept)


def test_nothing_that_somebody_typed_stays_in_any_file(app: Flask, client: Client) -> None:
    me, copy = live(client)
    before = seen(app)
    assert set(WORDS) == set(before), f"never typed: {set(WORDS) - set(before)}"
    folder = Path(app.config["INSTANCE"])
    assert [path for path in folder.rglob("*") if str(copy) in path.name or copy.hex in path.name]
    for index in indexes():
        assert "zqtitl" in str(
            db.session.execute(db.text(f"SELECT * FROM {index.name}_terms")).all()
        )
    client.send("/me/leave", {"words": "remove"})
    wiping.wipe()
    assert not seen(app)
    assert not [
        path for path in folder.rglob("*") if str(copy) in path.name or copy.hex in path.name
    ]
    assert str(me) not in client.get("/ideas").text


def test_nothing_stays_of_somebody_whose_account_stood_still(app: Flask, client: Client) -> None:
    me, _copy = live(client)
    stand_still(client, me)
    typed = (*WORDS, "zqrestricted", "zqnoted", "zqdisputed")
    before = seen(app, typed)
    assert set(typed) == set(before), f"never typed: {set(typed) - set(before)}"
    client.send("/me/leave", {"words": "remove"})
    wiping.wipe()
    assert not seen(app, typed)
    (held,) = db.session.scalars(select(Restriction))
    assert (held.person_id, held.hidden) == (None, {})


def test_nothing_stays_of_a_colleague_who_left_the_team_and_then_the_site(
    app: Flask, client: Client
) -> None:
    typed = ("zqinvited", "zqcolleague")
    lead = join_the_team(app, "zqinvited@example.org")
    before = seen(app, typed)
    assert set(typed) == set(before), f"never typed: {set(typed) - set(before)}"
    walk.sign_in(client, "zqinvited@example.org")
    assert client.send("/me/leave", {"words": "remove"}).status_code == 303
    wiping.wipe()
    assert not seen(app, typed)
    assert [row.person_id for row in db.session.scalars(select(Colleague))] == [lead]
    assert db.session.scalars(select(Invitation)).all() == []
