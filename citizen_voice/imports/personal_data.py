"""What imports hold about people."""

from citizen_voice.imports import models
from citizen_voice.register import Erase, Personal, declare
from citizen_voice.words import _

_WHOSE = "the imported participant"

for _model in (models.ImportSource, models.ImportBatch, models.ImportedIdea):
    declare(_model.__tablename__, plain=[column.name for column in _model.__table__.columns])

declare(
    "imported_people",
    title=_("Where your answers were imported from"),
    of={_WHOSE: ("person_id",)},
    plain=("source_id",),
    personal={
        "external_id": Personal(
            "taking-part",
            _WHOSE,
            "number in the source",
            Erase.KEEP,
            "so that reading the same file again does not bring your answers back",
        ),
        "person_id": Personal("taking-part", _WHOSE, None, Erase.PSEUDONYM, "your own key"),
    },
)
