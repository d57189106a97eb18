"""What is expected each time the database is in trouble, and what residents do about it."""

from collections.abc import Callable
from urllib.parse import urlencode

from sqlalchemy import func, select
from werkzeug.test import TestResponse

from citizen_voice.db import db
from citizen_voice.ideas.models import Idea, IdeaListing, IdeaVersion
from tests.client import Client, FormFinder
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.people import resident
from tests.faults.resident import Resident

TITLE = "A zebra crossing at Mill Lane"
BODY = "Children cross there <every> day & nobody stops."
Tab = Callable[..., Resident]
SENT = {"title": TITLE, "body": BODY, "lang": "en", "place": ""}


NOT_SAVED = "Nothing was changed. Please try again soon."
UNSURE = "We can&#39;t tell whether that was saved. Send it again: it counts once."


def assert_can_be_sent_again(answer: TestResponse, said: str = NOT_SAVED) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"
    assert said in answer.text
    assert "Send it again" in answer.text


def assert_typed_is_given_back(answer: TestResponse) -> None:
    assert_can_be_sent_again(answer)
    assert "What you typed is here" in answer.text
    assert TITLE in answer.text
    assert "Children cross there &lt;every&gt; day &amp; nobody stops." in answer.text


def assert_reading_works(client: Client, number: int) -> None:
    for address in ("/", "/ideas", f"/ideas/CV-{number}", "/challenges", "/cy/ideas"):
        assert client.get(address).status_code == 200, address


def send_again(client: Client, answer: TestResponse) -> TestResponse:
    """Press the button of the page."""
    forms = FormFinder(answer.text, answer.request.path).forms
    form = next(each for each in forms if each["action"] == answer.request.path)
    return client.post(form["action"], data=form["fields"])


def suggesting(client: Client) -> tuple[str, int]:
    """Somebody is signed in and has read the form; gives its address, and an idea to read."""
    asked = challenge()
    number = idea(asked)
    client.sign_in(resident())
    address = f"/challenges/{asked.slug}/suggest"
    client.send("/cookies")  # which finds their token
    assert client.get(address).status_code == 200
    return address, number


def saved() -> int:
    """How many ideas there are; each is whole."""
    db.session.rollback()
    numbers = [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Idea, IdeaVersion, IdeaListing)
    ]
    assert len(set(numbers)) == 1
    return numbers[0] or 0


def token_of(who: Resident, number: int) -> str:
    _status, _place, body = who.ask("GET", f"/ideas/CV-{number}", None, who.headers)
    return str(FormFinder(body).forms[0]["fields"]["csrf_token"])


def post(who: Resident, address: str, form: dict[str, str]) -> tuple[int, str | None, str]:
    headers = who.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    return who.ask("POST", address, urlencode(form), headers)
