"""Sites as people write them: put right, or refused in words that say what to write."""

import pytest

from citizen_voice.errors import Refusal
from citizen_voice.widgets import hosts

SAID = {
    "www.example.gov.uk": "https://www.example.gov.uk",
    "  HTTPS://WWW.Example.GOV.uk./ ": "https://www.example.gov.uk",
    "https://www.example.gov.uk:443": "https://www.example.gov.uk",
    "www.example.gov.uk:8443": "https://www.example.gov.uk:8443",
    "https://bwrdd-sir-fôn.cymru": "https://xn--bwrdd-sir-fn-oib.cymru",
    "https://BWRDD-SIR-FÔN.cymru": "https://xn--bwrdd-sir-fn-oib.cymru",
    "https://\u13f8.uk": "https://xn--gce.uk",
    "https://\ua7f2.uk": "https://c.uk",
    "https://\u039f\u0394\u039f\u03a3.gr": "https://xn--pxavbq.gr",
    "https://\uff57\uff57\uff57\u3002example.gov.uk": "https://www.example.gov.uk",
    "https://XN--n3h.net": "https://xn--n3h.net",
    "http://localhost:5000": "http://localhost:5000",
    "https://192.0.2.7": "https://192.0.2.7",
}
REFUSED = {
    "https://*.gov.uk": "has a * in it",
    "*": "has a * in it",
    "www.example.gov.uk, news.example.gov.uk": "one a line",
    "www.example.gov.uk news.example.gov.uk": "one a line",
    "https:/www.example.gov.uk": "is not the address of a site",
    "data:": "is not the address of a site",
    "http://www.example.gov.uk": "begins with http",
    "https://somebody:secret@example.gov.uk": "name or password",
    "https://www.example.gov.uk/parks": "is one page. Name the site alone: https://www.example.gov.uk",
    "https://www.example.gov.uk?page=1": "is one page",
    "https://straße.de": "two names",
    "https://STRAẞE.de": "two names",
    "https://\u1f48\u0394\u03a5\u03a3\u03a3\u0395\u038e\u03c2.gr": "two names",
    "https://a\u200db.uk": "two names",
    "https://\U0001f120.uk": "not all browsers read alike. Write it as xn--",
    "https://☃.net": "not all browsers read alike. Write it as xn--",
    "https://a_ô.uk": "not all browsers read alike. Write it as xn--",
    "https://a_b.uk": "is not the address of a site",
    "https://1.0x7f": "is not the address of a site",
    "https://www.example.gov.uk; script-src data:": "is not the address of a site",
    "https://a..b": "is not the address of a site",
    "https://[::1]": "is not the address of a site",
    "https://192.0.2": "is not the address of a site",
    "https://example.gov.uk:99999": "is not the address of a site",
    "javascript:alert(1)": "is not the address of a site",
    "data://x": "is not the address of a site",
    "https://a b.uk": "is not the address of a site",
    "https://" + "a." * 130 + "uk": "is not the address of a site",
    "'self'": "is not the address of a site",
    "": "is not the address of a site",
}


@pytest.mark.parametrize(("said", "origin"), SAID.items())
def test_a_site_is_kept_as_a_browser_compares_it(said: str, origin: str) -> None:
    assert hosts.origin(said) == origin
    assert hosts.origin(origin) == origin


@pytest.mark.parametrize(("said", "words"), REFUSED.items())
def test_what_names_no_site_or_more_than_one_is_refused(said: str, words: str) -> None:
    with pytest.raises(Refusal, match=words.replace("*", r"\*")):
        hosts.origin(said)


def test_sites_stand_one_a_line_each_once() -> None:
    said = "www.example.gov.uk\n\n https://news.example.gov.uk \nHTTPS://WWW.EXAMPLE.GOV.UK\n"
    assert hosts.origins(said) == ["https://www.example.gov.uk", "https://news.example.gov.uk"]
    assert hosts.origins("") == []


def test_a_page_to_go_back_to_is_by_https_and_safe_in_a_link() -> None:
    assert hosts.return_address("") == ""
    for odd in ("//.evil.example", "//[::1", "//:99999/", "///evil.example", "/?a=//b#//c"):
        assert hosts.return_address(f"https://www.example.gov.uk{odd}") == (
            f"https://www.example.gov.uk{odd.replace('[', '%5B')}"
        )
    assert hosts.return_address("www.example.gov.uk") == "https://www.example.gov.uk/"
    found = hosts.return_address("https://www.example.gov.uk/môr a thir?a=1#b")
    assert found == "https://www.example.gov.uk/m%C3%B4r%20a%20thir?a=1#b"
    with pytest.raises(Refusal, match="whole address of a page"):
        hosts.return_address("/parks")
    for said in (
        "javascript:alert(1)",
        "https:/x.y",
        "/parks",
        "http://example.org/",
        "https://x/" + 300 * "a",
    ):
        with pytest.raises(Refusal):
            hosts.return_address(said)


def test_the_page_that_shows_us_is_known_by_its_site_alone() -> None:
    told = "https://www.example.gov.uk/parks?who=me"
    assert hosts.of_referrer(told) == "https://www.example.gov.uk"
    for site in ("https://www.example.gov.uk:8443", "http://www.example.gov.uk"):
        assert hosts.of_referrer(f"{site}/") == site
    for nothing in (None, ""):
        assert hosts.of_referrer(nothing) is None
    for nonsense in ("about:blank", "https://", "https://a b/", "https://[::1]/", "x" * 5000):
        assert hosts.of_referrer(nonsense) == ""


def test_a_site_is_allowed_as_a_whole_and_who_does_not_tell_is_not_refused() -> None:
    sites = ("https://www.example.gov.uk", "https://news.example.gov.uk:8443")
    assert hosts.allows(sites, "https://www.example.gov.uk")
    assert hosts.allows(sites, "https://news.example.gov.uk:8443")
    for other in ("http://www.example.gov.uk", "https://news.example.gov.uk", "https://gov.uk", ""):
        assert not hosts.allows(sites, other)
    assert hosts.allows(sites, None)
    assert hosts.site_of("www.example.gov.uk") == "https://www.example.gov.uk"
    assert hosts.site_of("localhost:5000") == "http://localhost:5000"
