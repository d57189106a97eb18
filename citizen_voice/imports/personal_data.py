"""What imports hold about people."""

from citizen_voice.imports import models
from citizen_voice.register import Erase, Personal, declare

_WHOSE = "the imported participant"

for _model in (models.ImportSource, models.ImportBatch, models.ImportedIdea):
    declare(_model.__tablename__, plain=[column.name for column in _model.__table__.columns])

declare(
    "imported_people",
    plain=("source_id",),
    personal={
        "external_id": Personal("taking-part", _WHOSE, "number in the source", Erase.DELETE_ROW),
        "person_id": Personal("taking-part", _WHOSE, None, Erase.DELETE_ROW, "your own key"),
    },
)
