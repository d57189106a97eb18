"""Finding texts by their words, the same on both databases; knows of no feature.

``Index`` holds the words, ``parse`` makes a query of any text, ``marks`` shows what was found.
"""

from citizen_voice.search.documents import Document, document
from citizen_voice.search.index import Index, indexes
from citizen_voice.search.query import Query, Term, parse

__all__ = ["Document", "Index", "Query", "Term", "document", "indexes", "parse"]
