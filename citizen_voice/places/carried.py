"""The rows of a file, carried by the page that shows what they would change.

So the file that is applied is the one that was shown: the text is sealed with the site's secret.
"""

import hashlib
import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from flask import current_app

from citizen_voice.errors import Refusal
from citizen_voice.places.wardfile import Row
from citizen_voice.words import _


@dataclass(frozen=True, slots=True)
class Carried:
    """What a page carries: the rows, whether others are retired, and the mark of the plan seen."""

    rows: Sequence[Row]
    retire_others: bool
    seen: str


def seal(carried: Carried) -> str:
    """As text for a hidden field."""
    rows = [astuple(row) for row in carried.rows]
    told = json.dumps([rows, carried.retire_others, carried.seen], ensure_ascii=False)
    text = urlsafe_b64encode(zlib.compress(told.encode())).decode()
    return f"{_seal_of(text)}.{text}"


def unseal(sealed: str) -> Carried:
    """What was sealed; raises ``Refusal`` for anything else."""
    seal_, _dot, text = sealed.partition(".")
    if not hmac.compare_digest(seal_.encode(), _seal_of(text).encode()):
        raise Refusal(_("That is not the file that was shown. Choose it again."))
    rows, retire_others, seen = json.loads(zlib.decompress(urlsafe_b64decode(text)))
    return Carried([Row(*row) for row in rows], retire_others, seen)


def _seal_of(text: str) -> str:
    key: bytes = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"wards:" + text.encode(), hashlib.sha256).hexdigest()
