"""Publishing notices: every version kept, nothing changed once it is published."""

import hashlib
from datetime import datetime
from typing import Any

from citizen_voice import clock
from citizen_voice.consent import elements, queries
from citizen_voice.consent.models import Notice
from citizen_voice.consent.models.notices import EVERYONE, FULL
from citizen_voice.db import db


def publish_notice(
    name: str,
    texts: dict[str, str],
    *,
    changed: dict[str, str] | None = None,
    material: bool = False,
    effective_from: datetime | None = None,
    sections: dict[str, Any] | None = None,
) -> int:
    """Publish the next version of a notice (language → words), inside the caller's transaction.

    ``changed`` says what is other than before, in each language; a ``material`` version is put
    before people at their next visit. Audience and layer are those of the declared notice.

    Gives the version. Where the words are those of the version in force, nothing is published.
    What an officer writes is looked at before (``drafting.publish``).
    """
    current = queries.current_notices(name)
    if {row.language: row.text for row in current} == texts:
        return int(current[0].version)
    version = 1 + queries.newest_version(name)
    declared = elements.NOTICES.get(name)
    now = clock.now()
    for language, text in texts.items():
        db.session.add(
            Notice(
                name=name,
                version=version,
                language=language,
                text=text,
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                effective_from=effective_from or now,
                audience=declared.audience if declared else EVERYONE,
                layer=declared.layer if declared else FULL,
                changed=(changed or {}).get(language, ""),
                material=material,
                sections=sections,
                published_at=now,
            )
        )
    db.session.flush()
    return version
