"""Files as a program reads them."""

import csv
import io

from tests.client import Client

BOM = b"\xef\xbb\xbf"
Row = dict[str, str]


def read(client: Client, address: str) -> list[Row]:
    """The rows of a file by their headings."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "text/csv"
    assert answer.data.startswith(BOM)
    text = answer.data.removeprefix(BOM).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def headings(client: Client, address: str) -> list[str]:
    """Its first line."""
    text = client.get(address).data.decode("utf-8-sig")
    return next(csv.reader(io.StringIO(text, newline="")))


def column(rows: list[Row], name: str) -> list[str]:
    """One column of all rows."""
    return [row[name] for row in rows]
