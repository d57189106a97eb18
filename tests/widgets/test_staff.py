"""Staff make widgets, change them, take them away, and say which sites may show them."""

import html
import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from citizen_voice import clock
from citizen_voice.accounts import erasures
from citizen_voice.db import db, write
from citizen_voice.ideas import services as ideas
from citizen_voice.journal.models import JournalEntry
from citizen_voice.team.models import ADMINISTRATOR, MODERATOR, PILOT_OWNER
from citizen_voice.widgets import queries
from citizen_voice.widgets.models import Widget
from citizen_voice.widgets.queries import WayBack
from tests.client import HTMX, Client
from tests.factories.challenges import challenge
from tests.factories.ideas import idea
from tests.factories.team import colleague
from tests.factories.widgets import SITE, allow, refused, seen, stored, widget

LOOK = {"accent": "", "radius": "8", "scheme": "auto", "language": "en"}


def typed(**further: str) -> dict[str, str]:
    """What somebody types into the form."""
    return {"name": "Bench", "sites": "www.example.gov.uk", **LOOK, **further}


def staff(app: Flask, *roles: str) -> Client:
    """The browser of a colleague with some roles; a moderator's without any."""
    client = app.test_client()
    assert isinstance(client, Client)
    client.sign_in(colleague(*(roles or (MODERATOR,))), staff=True)
    return client


def test_moderators_and_administrators_make_widgets_and_nobody_else(app: Flask) -> None:
    number = widget()
    for address in ("/staff/widgets", "/staff/widgets/new/idea", f"/staff/widgets/{number}"):
        assert staff(app, PILOT_OWNER).get(address).status_code == 403
        for role in (MODERATOR, ADMINISTRATOR):
            assert staff(app, role).get(address).status_code == 200
    assert staff(app, MODERATOR).get("/staff/widgets/sites").status_code == 403
    assert staff(app, ADMINISTRATOR).get("/staff/widgets/sites").status_code == 200
    assert "/staff/widgets/sites" not in staff(app, MODERATOR).get("/staff/widgets").text


def test_without_widgets_there_is_a_sentence_and_a_button(app: Flask) -> None:
    page = staff(app).get("/staff/widgets").text
    assert "No widgets yet" in page
    assert "/staff/widgets/new" in page


def test_a_widget_of_an_idea_is_made_with_everything_that_was_typed(app: Flask) -> None:
    number, client = idea(), staff(app)
    said = typed(
        subject=f"http://localhost/ideas/CV-{number}?order=fair",
        sites="HTTPS://www.Example.gov.uk/\nhttps://news.example.gov.uk",
        accent="7A1F5C",
        radius="12 px",
        scheme="light",
        language="cy",
        return_address="https://www.example.gov.uk/parks",
    )
    answer = client.send("/staff/widgets/new/idea", data=said)
    assert answer.status_code == 303, answer.text
    made = db.session.scalars(select(Widget)).one()
    assert (made.idea_id, made.accent, made.radius) == (number, "#7a1f5c", 12)
    assert (made.scheme, made.language, made.kind) == ("light", "cy", "idea")
    found = queries.widget(made.id)
    assert found.origins == (SITE, "https://news.example.gov.uk")
    page = client.get(answer.location).text
    assert f"http://localhost/widgets/{made.id}" in page
    newest = select(JournalEntry.act, JournalEntry.subject).order_by(JournalEntry.number.desc())
    assert tuple(db.session.execute(newest).first() or ()) == ("widget made", f"widget {made.id}")


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(app: Flask) -> None:
    client = staff(app)
    said = typed(
        name="", subject="CV-999", sites="https://*.gov.uk", radius="90", return_address="/parks"
    )
    answer = client.send("/staff/widgets/new/idea", data=said)
    assert answer.status_code == 422
    for words in ("There is no idea", "has a * in it", "from 0 to 24", "is not the whole address"):
        assert words in html.unescape(answer.text)
    for value in ("CV-999", "https://*.gov.uk", '"90"', "/parks"):
        assert value in html.unescape(answer.text)
    answer = client.send("/staff/widgets/new/changes", data=typed(name=" ", subject=""))
    assert "Give it a name" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Widget)) == 0
    answer = client.send("/staff/widgets/new/top", data=typed(subject="17"))
    assert "Choose one of these." in answer.text
    assert client.get("/staff/widgets/new/nothing").status_code == 404


def test_only_what_everybody_may_see_can_be_shown(app: Flask) -> None:
    hidden, draft = idea(), challenge(published=False)
    with write():
        ideas.hide(hidden, actor=None, reason="Names somebody")
    client = staff(app)
    answer = client.send("/staff/widgets/new/idea", data=typed(subject=f"CV-{hidden}"))
    assert "is not public" in answer.text
    answer = client.send("/staff/widgets/new/challenge", data=typed(subject=str(draft.id)))
    assert answer.status_code == 422
    assert str(draft.question_en) not in answer.text


def test_a_colour_that_cannot_be_read_is_refused_with_one_press_for_the_nearest(app: Flask) -> None:
    client = staff(app)
    said = typed(subject="", accent="#ffcc00")
    answer = client.send("/staff/widgets/new/changes", data=said)
    assert answer.status_code == 422
    assert "That colour cannot be read" in answer.text
    found = re.search(r'name="shade" value="(#[0-9a-f]{6})"', answer.text)
    assert found is not None
    taken = client.send("/staff/widgets/new/changes", data=said | {"shade": found[1]})
    assert taken.status_code == 200
    assert f'value="{found[1]}"' in taken.text
    assert db.session.scalar(select(func.count()).select_from(Widget)) == 0
    answer = client.send("/staff/widgets/new/changes", data=said | {"accent": found[1]})
    assert answer.status_code == 303
    nonsense = client.send("/staff/widgets/new/changes", data=said | {"accent": "red"})
    assert "Enter a colour" in nonsense.text


def test_a_preview_shows_what_is_typed_and_saves_nothing(app: Flask) -> None:
    number, client = idea(), staff(app)
    said = typed(subject=f"CV-{number}", accent="#7a1f5c", radius="0", language="cy")
    seen_as = f"/cy/widgets/idea/CV-{number}?accent=%237a1f5c&radius=0&scheme=auto"
    for headers in ({}, HTMX):
        answer = client.send(
            "/staff/widgets/new/idea", data=said | {"preview": "yes"}, headers=headers
        )
        assert answer.status_code == 200
        assert f'src="{seen_as}"' in html.unescape(answer.text)
        assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
        assert ("<h1>" in answer.text) == (headers != HTMX)
    assert db.session.scalar(select(func.count()).select_from(Widget)) == 0
    frame = client.get(seen_as)
    assert frame.status_code == 200
    assert "frame-ancestors 'self'" in frame.headers["Content-Security-Policy"]


def test_a_widget_is_changed_where_it_stands_unless_somebody_else_was_quicker(app: Flask) -> None:
    number, client = widget(), staff(app)
    address = f"/staff/widgets/{number}/edit"
    mark = re.search(r'name="seen" value="([^"]+)"', client.get(address).text)
    assert mark is not None
    said = typed(subject="", name="One", sites="") | {"seen": html.unescape(mark[1])}
    assert client.send(address, data=said).status_code == 303
    assert (stored(number).name, queries.widget(number).origins) == ("One", ())
    late = client.send(address, data=said | {"name": "Two"})
    assert late.status_code == 409
    assert "Somebody else changed this widget meanwhile" in late.text
    assert 'value="Two"' in late.text
    mark = re.search(r'name="seen" value="([^"]+)"', late.text)
    assert mark is not None
    again = said | {"name": "Two", "seen": html.unescape(mark[1])}
    assert client.send(address, data=again).status_code == 303
    assert stored(number).name == "Two"


def test_a_widget_is_taken_away_and_brought_back(app: Flask) -> None:
    number, client = widget(), staff(app)
    for _time in range(2):
        assert client.send(f"/staff/widgets/{number}/end").status_code == 303
    assert stored(number).ended_at is not None
    assert "Bring it back" in client.get(f"/staff/widgets/{number}").text
    assert client.send(f"/staff/widgets/{number}/restore").status_code == 303
    assert stored(number).ended_at is None
    acts = db.session.scalars(select(JournalEntry.act).order_by(JournalEntry.number)).all()
    assert acts[-2:] == ["widget taken away", "widget brought back"]
    for act in ("end", "restore", "allow"):
        assert client.send(f"/staff/widgets/{2**31 - 1}/{act}").status_code == 404


def test_one_press_allows_a_host_that_was_refused(app: Flask) -> None:
    number, client = widget(), staff(app)
    refused(number)
    page = client.get(f"/staff/widgets/{number}").text
    assert "parks.example.org" in page
    answer = client.send(f"/staff/widgets/{number}/allow", data={"host": "parks.example.org"})
    assert answer.status_code == 303
    assert "https://parks.example.org" in queries.widget(number).origins
    assert "Allow this site" not in client.get(f"/staff/widgets/{number}").text
    bad = client.send(f"/staff/widgets/{number}/allow", data={"host": "*"})
    assert bad.status_code == 422


def test_the_list_for_the_whole_site_is_an_administrators(app: Flask) -> None:
    client = staff(app, ADMINISTRATOR)
    refused(None)
    answer = client.send(
        "/staff/widgets/sites", data={"sites": "www.example.gov.uk\nnews.example.gov.uk"}
    )
    assert answer.status_code == 303
    assert queries.site_wide() == ("https://news.example.gov.uk", SITE)
    client.send("/staff/widgets/sites/allow", data={"host": "parks.example.org"})
    assert "https://parks.example.org" in queries.site_wide()
    wrong = client.send("/staff/widgets/sites", data={"sites": "https://www.example.gov.uk/a"})
    assert wrong.status_code == 422
    assert "Name the site alone" in wrong.text
    assert len(queries.site_wide()) == 3
    denied = staff(app, MODERATOR).send("/staff/widgets/sites/allow", data={"host": "a.uk"})
    assert denied.status_code == 403


def test_views_stand_with_the_widget_by_site_and_day(app: Flask) -> None:
    number, client = widget(), staff(app)
    seen(number, times=3)
    with clock.at(clock.now() - timedelta(days=8)):
        seen(number)
    with clock.at(clock.now() - timedelta(days=31)):
        seen(number, times=50)
    cells = re.findall(r'class="site-table__number">(\d+)<', client.get("/staff/widgets").text)
    assert cells == ["3", "4"]
    page = client.get(f"/staff/widgets/{number}").text
    assert "Views in 30 days: 4" in page
    assert "www.example.gov.uk" in page


def test_who_made_a_widget_is_forgotten_with_them_and_the_widget_stays(app: Flask) -> None:
    maker = colleague(MODERATOR)
    colleague(ADMINISTRATOR)
    number = widget(created_by=maker)
    assert stored(number).created_by == maker
    with write():
        erasures.erase(maker, remove_words=False)
    assert stored(number).created_by is None


def test_the_way_back_leads_to_a_site_that_may_show_it(app: Flask) -> None:
    plain, led = widget(), widget(return_address="https://www.example.gov.uk/parks")
    allow("https://news.example.gov.uk")
    host, news = "www.example.gov.uk", "news.example.gov.uk"
    for told in (None, host):
        came = told is not None
        assert queries.way_back(plain, told, 1) == WayBack(f"{SITE}/", host, came)
        assert queries.way_back(led, told, 1) == WayBack(f"{SITE}/parks", host, came)
    back = queries.way_back(None, news, 1)
    assert back == WayBack(f"https://{news}/", news, came=True)
    for widget_id, said in ((None, "evil.example.org"), (None, None), (2**40, None), (-1, None)):
        assert queries.way_back(widget_id, said, 1) is None
    assert queries.way_back(widget(sites=()), None, 1) is None


def test_snippets_are_whole_and_nobodys_words_break_out_of_them(app: Flask) -> None:
    number = idea(title='A "bench" <script>alert(1)</script>')
    key = widget("idea", idea_id=number)
    page = staff(app).get(f"/staff/widgets/{key}").text
    areas = re.findall(
        r'<textarea class="govuk-textarea" id="widget-[^>]+>([^<]*)</textarea>', page
    )
    link, script, frame, card = (html.unescape(area) for area in areas)
    assert link == f"http://localhost/widgets/{key}"
    assert 'src="http://localhost/widgets/loader.js"' in script
    assert f'data-widget="{key}"' in script
    assert f'src="{link}"' in frame
    assert f'href="http://localhost/ideas/CV-{number}"' in card
    assert "alert(1)" not in script + frame
    assert "<script>" not in card
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in card
    gone = widget(ended=True)
    assert "widget-link" not in staff(app).get(f"/staff/widgets/{gone}").text
