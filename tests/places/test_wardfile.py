"""Files of wards: whatever wrote them, what they say is understood, and what is wrong is named."""

import pytest

from citizen_voice.errors import Refusal
from citizen_voice.places import wardfile
from citizen_voice.places.wardfile import Row

TABLE = "code,name,welsh\nW01,Château,Y Castell\nW02,Penrhos,Pen-rhos\n"
ROWS = [Row("W01", "Château", "Y Castell"), Row("W02", "Penrhos", "Pen-rhos")]


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("cp1252"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode("utf-16"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        ("\n\n" + TABLE + "\n,,\n").encode(),
    ],
    ids=[
        "utf-8", "with its mark", "utf-16", "utf-16 le", "utf-16 be", "windows-1252",
        "semicolons", "tabs in utf-16", "crlf", "cr", "empty lines",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_saved_is_read(content: bytes) -> None:
    read = wardfile.read(content)
    assert list(read.rows) == ROWS
    assert not read.faults


@pytest.mark.parametrize(
    ("header", "welsh"),
    [
        ("WD24CD,WD24NM,WD24NMW", True),
        ("WD24CD,WD24NM", False),
        ("Code,Name", False),
        ("code,name_en,name_cy", True),
        ("Cod,Saesneg,Cymraeg", True),
        ("cod ward,enw", False),
        (" GSS Code , Ward Name , Welsh name ", True),
    ],
)
def test_columns_go_by_our_names_by_welsh_ones_and_by_those_of_the_ons(
    header: str, welsh: bool
) -> None:
    read = wardfile.read(f"{header}\nW01,Castle,Y Castell\n".encode())
    assert read.rows == [Row("W01", "Castle", "Y Castell" if welsh else None)]


def test_further_columns_in_any_order_are_passed_over() -> None:
    content = b"OBJECTID,WD24NM,LAD24NM,WD24CD\n1,Armley,Leeds,E05011389\n"
    assert wardfile.read(content).rows == [Row("E05011389", "Armley", None)]


def test_every_bad_row_is_named_with_its_line_and_why() -> None:
    read = wardfile.read(
        (
            "code,name\n"
            "W01,Castle\n"
            ",Nowhere\n"
            "W02,\n"
            f"W03,{'x' * 81}\n"
            f"{'W' * 21},Long\n"
            "Castle ward,Castle\n"
            "w01,Castle again\n"
            "W04,Left\u202eright\n"
            "W05\n"
            '"W06","Two\nlines"\n'
            "W07,Fine\n"
        ).encode()
    )
    assert [row.code for row in read.rows] == ["W01", "W07"]
    said = {fault.line: str(fault.what) for fault in read.faults}
    assert sorted(said) == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert "no code" in said[3]
    assert "no name" in said[4]
    assert "80" in said[5]
    assert "20" in said[6]
    assert "not a code" in said[7]
    assert "line 2" in said[8], "the line where the code stands first"
    assert "can’t be shown" in said[9]
    assert "no name" in said[10]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no wards"),
        (b"\n\n", "no wards"),
        (b"code,name\n", "no wards"),
        (b"name\nArmley\n", "column with the codes"),
        (b"code\nE1\n", "column with the names"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "can’t read that file"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0", "can’t read that file"),
        (b"\xff\xfe\x00", "can’t read that file"),
        (b'code,name\nE1,"' + b"x" * 140_000 + b'"\n', "Line 2"),
        (b"code,name\n" + b"".join(b"E%d,x\n" % n for n in range(1001)), "1,000"),
    ],
    ids=range(10),
)
def test_what_is_no_file_of_wards_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        wardfile.read(content)
    assert refused.value.field == "file"


def test_what_was_downloaded_reads_as_what_it_was() -> None:
    read = wardfile.read(b"code,name,welsh\nW01,'=1+1,'@x\nW02,'s-Hertogenbosch,\n")
    assert read.rows == [Row("W01", "=1+1", "@x"), Row("W02", "'s-Hertogenbosch", "")]
