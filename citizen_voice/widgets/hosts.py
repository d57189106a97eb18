"""Sites that may show a widget: how people write them down, and what a browser compares."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import SplitResult, quote, urlsplit

import idna

from citizen_voice.errors import Refusal
from citizen_voice.widgets.models import LONGEST_ADDRESS, LONGEST_HOST
from citizen_voice.words import _

HERE = ("localhost", "127.0.0.1")
"""Somebody's own machine: the one place where a page may come without TLS."""

LONGEST_REFERRER = 4096
_IN_PATHS = "/?%:@!$&()*+,;=~-._"

_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_TWO_NAMES = frozenset("ßς\u200c\u200d")
"""What browsers of now keep, and older ones put into other letters: two sites would be meant."""
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
"""What a host ends in that is the address of a machine."""
_SCHEME = re.compile(r"[^/:]+:(?![0-9])")
_USUAL = {"https": 443, "http": 80}

NOT_A_SITE = _("‘%(said)s’ is not the address of a site. Write it like https://www.example.gov.uk")
NOT_A_PAGE = _("‘%(said)s’ is not the whole address of a page. It begins with https://")


def origin(said: str) -> str:
    """A site as a browser compares it: ``https://www.example.gov.uk``, the port if it has one.

    Upper case, a dot at the end, the usual port and letters beyond a–z are put right; raises
    ``Refusal`` for what names no site, or more than one.
    """
    said = said.strip()
    if "*" in said:
        raise Refusal(_wanted(_("‘%(said)s’ has a * in it. Name each site by itself."), said))
    several = re.split(r"[\s,;]+", said)
    if len(several) > 1 and all("." in each for each in several):
        raise Refusal(_wanted(_("‘%(said)s’ is more than one site. Write one a line."), said))
    scheme, parts = _split(said)
    host = _host(parts, said)
    if scheme == "http" and host not in HERE:
        raise Refusal(_wanted(_("‘%(said)s’ begins with http. A site has to use https."), said))
    found = f"{scheme}://{host}{_port(parts, scheme, said)}"
    if parts.path.strip("/") or parts.query or parts.fragment:
        words = _("‘%(said)s’ is one page. Name the site alone: %(site)s")
        raise Refusal(str(words) % {"said": _short(said), "site": found})
    return found


def origins(said: str) -> list[str]:
    """The sites that somebody wrote, one a line, each once, in their order; raises ``Refusal``."""
    lines = [line for line in said.splitlines() if line.strip()]
    return list(dict.fromkeys(origin(line) for line in lines))


def return_address(said: str) -> str:
    """The address of a page to go back to, or nothing; raises ``Refusal``."""
    said = said.strip()
    if not said:
        return ""
    if said.startswith("/"):
        raise Refusal(_wanted(NOT_A_PAGE, said))
    scheme, parts = _split(said)
    host = _host(parts, said)
    if scheme != "https" and host not in HERE:
        raise Refusal(_wanted(_("‘%(said)s’ begins with http. A site has to use https."), said))
    found = f"{scheme}://{host}{_port(parts, scheme, said)}"
    try:
        for mark, part in (("", parts.path or "/"), ("?", parts.query), ("#", parts.fragment)):
            found += mark + quote(part, safe=_IN_PATHS) if part else ""
    except UnicodeError:
        raise Refusal(_wanted(NOT_A_SITE, said)) from None
    if len(found) > LONGEST_ADDRESS:
        raise Refusal(_("Give an address of 300 letters or fewer."))
    if not found.isascii() or not found.isprintable() or re.search(r"[\s\"'<>\\]", found):
        raise Refusal(_wanted(NOT_A_SITE, said))
    return found


def of_referrer(referrer: str | None) -> str | None:
    """The origin of the page that shows us, as ``Referer`` tells it; ``None`` where it does not.

    Empty for one that cannot be read: it is no site that anybody can have allowed.
    """
    if not referrer:
        return None
    if len(referrer) > LONGEST_REFERRER:
        return ""
    try:
        scheme, parts = _split(referrer)
        return f"{scheme}://{_host(parts, referrer)}{_port(parts, scheme, referrer)}"
    except Refusal:
        return ""


def of_origin(site: str) -> str:
    """The host of an origin, with its port where it has one."""
    return site.partition("://")[2]


def allows(sites: Iterable[str], site: str | None) -> bool:
    """Whether a page of a site may show what these may. Who does not tell (``None``) may.

    The browser keeps to the list in any case: this is for what staff read of it.
    """
    return site is None or site in sites


def can_be_allowed(site: str) -> bool:
    """Whether an origin is one for staff to allow: a name, by TLS, and no machine's number.

    The address of a machine may be somebody's own, and is not written down.
    """
    host = of_origin(site)
    return bool(host) and site == site_of(host) and not _is_number(host.partition(":")[0])


def site_of(host: str) -> str:
    """The origin that a host is allowed as: by TLS, but for somebody's own machine."""
    scheme = "http" if host.partition(":")[0] in HERE else "https"
    return origin(f"{scheme}://{host}")


def _split(said: str) -> tuple[str, SplitResult]:
    text = said if "://" in said else f"https://{said}"
    if text != said and _SCHEME.match(said):
        raise Refusal(_wanted(NOT_A_SITE, said))
    try:
        parts = urlsplit(text)
    except ValueError:
        raise Refusal(_wanted(NOT_A_SITE, said)) from None
    if parts.scheme not in _USUAL:
        raise Refusal(_wanted(NOT_A_SITE, said))
    if "@" in parts.netloc:
        raise Refusal(_wanted(_("‘%(said)s’ has a name or password in it. Leave it out."), said))
    return parts.scheme, parts


def _host(parts: SplitResult, said: str) -> str:
    """The host in lower case and in ASCII, without a dot at its end."""
    name = parts.netloc.partition(":")[0].removesuffix(".")
    host = name.lower() if name.isascii() else _ascii(name, said)
    labels = host.split(".")
    if len(host) > LONGEST_HOST - len(":65535") or not all(map(_LABEL.fullmatch, labels)):
        raise Refusal(_wanted(NOT_A_SITE, said))
    if _NUMBER.fullmatch(labels[-1]) and not _is_number(host):
        raise Refusal(_wanted(NOT_A_SITE, said))
    return host


def _ascii(name: str, said: str) -> str:
    """A name with letters beyond a–z as browsers ask for it (UTS 46)."""
    try:
        # what they make of it first: a capital ẞ is a ß to them
        read = idna.uts46_remap(name, std3_rules=True, transitional=False)
        if not _TWO_NAMES.isdisjoint(read):
            words = _(
                "‘%(said)s’ has a letter in it that can stand for two names. Write it as xn--…."
            )
            raise Refusal(_wanted(words, said))
        return idna.encode(read, std3_rules=True).decode("ascii")
    except UnicodeError:
        words = _(
            "‘%(said)s’ has a letter in it that not all browsers read alike. Write it as xn--…."
        )
        raise Refusal(_wanted(words, said)) from None


def _is_number(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _port(parts: SplitResult, scheme: str, said: str) -> str:
    try:
        port = parts.port
    except ValueError:
        raise Refusal(_wanted(NOT_A_SITE, said)) from None
    if port == 0:
        raise Refusal(_wanted(NOT_A_SITE, said))
    return "" if port is None or port == _USUAL[scheme] else f":{port}"


def _wanted(words: object, said: str) -> str:
    return str(words) % {"said": _short(said)}


def _short(said: str) -> str:
    return said if len(said) <= 100 else said[:99] + "…"
