"""Templates, compiled once for each language with their sentences in place.

To look a sentence up costs more than anything else that a template does, so `_('…')` becomes text
when the template is compiled, and addresses without arguments with it: there is an environment a
language.
"""

from collections.abc import Hashable, MutableMapping
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, request
from flask import url_for as make_address
from flask.templating import Environment
from jinja2 import nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from citizen_voice.kept import Bounded
from citizen_voice.words import LANGUAGES, catalogue, gettext, language, ngettext

KEPT_ADDRESSES = 4096
KEPT_PIECES = 2048  # of a kilobyte
MARK = "\ue000"  # of the private use area, which is in no word that is stored
_ENVIRONMENTS = "citizen_voice.environments"
_PIECES = "citizen_voice.pieces"


class _Folding(NodeTransformer):
    """Puts the sentences of one language in place of the calls that look them up."""

    def __init__(self, code: str) -> None:
        self._gettext = catalogue(code).gettext

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802
        """`_('words')` becomes the words, `_('%(day)s …', day=x)` their formatting."""
        self.generic_visit(node, *args, **kwargs)
        plain = isinstance(node.node, nodes.Name) and node.node.name == "_"
        if not plain or not node.args or not isinstance(node.args[0], nodes.Const):
            return node
        text = self._gettext(node.args[0].value)
        if not node.kwargs:
            return nodes.Const(Markup(text % {})).set_lineno(node.lineno)  # nosec B704  # our own
        words = nodes.Const(Markup(text))  # nosec B704  # our own
        pairs = [
            nodes.Pair(nodes.Const(each.key), each.value).set_lineno(node.lineno)
            for each in node.kwargs
        ]
        return nodes.Mod(words, nodes.Dict(pairs)).set_lineno(node.lineno)


class LanguageEnvironment(Environment):
    """Flask's environment, for templates in one language."""

    language = "en"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A template's globals as one flat dictionary: a chain costs at each include and import."""
        return {**self.globals, **(d or {})}

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(_Folding(self.language).visit(source), *args, **kwargs)


def add(app: Flask) -> None:
    """Give the app an environment a language. Its loader and globals have to be there already."""
    environments = {}
    for code in LANGUAGES:
        environment = app.jinja_env.overlay(cache_size=400)
        environment.language = code  # type: ignore[attr-defined]  # ours
        environments[code] = environment
    app.extensions[_ENVIRONMENTS] = environments
    app.extensions[_PIECES] = Bounded(KEPT_PIECES)
    app.jinja_env.globals.update(
        _=lambda words, **values: Markup(gettext(words)) % values,  # nosec B704  # our own
        ngettext=lambda *args, **values: Markup(ngettext(*args, **values)),  # nosec B704
        url_for=url_for,
    )


def environment() -> Environment:
    """The environment of the language of the page at hand."""
    environments: dict[str, Environment] = current_app.extensions[_ENVIRONMENTS]
    return environments[language()]


def piece(template: str, macro: str, made_from: Hashable, csrf: Markup, *args: Any) -> Markup:
    """The HTML of a macro that needs no context; kept, so that it is rendered once.

    ``made_from`` is everything that makes it what it is, but for the language, which is added, and
    ``csrf``, the hidden field of who reads, which is the macro's last argument and put in here.
    """
    key = (template, macro, language(), made_from)
    kept: dict[Hashable, list[str]] = current_app.extensions[_PIECES]
    pieces = kept.get(key)
    if pieces is None:
        render = getattr(environment().get_template(template).module, macro)
        pieces = str(render(*args, Markup(MARK))).split(MARK)  # nosec B704  # our own
        kept[key] = pieces
    return Markup(str(csrf).join(pieces))  # nosec B704  # rendered by a template


def url_for(endpoint: str, **values: Any) -> str:
    """The address of an endpoint, as Flask makes it; those made before are kept."""
    try:
        return _address(request.script_root, endpoint, **values)
    except TypeError:  # a value that cannot be kept
        return make_address(endpoint, **values)


@lru_cache(maxsize=KEPT_ADDRESSES)
def _address(_root: str, endpoint: str, **values: Any) -> str:
    return make_address(endpoint, **values)
