"""What is in an archive, and archives that were tampered with."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any


def members(file: Path) -> dict[str, bytes]:
    """What is in an archive."""
    with tarfile.open(file) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}  # type: ignore[union-attr]


def archive(file: Path, content: dict[str, bytes], *further: tarfile.TarInfo) -> Path:
    """Write an archive, with further entries without content."""
    with tarfile.open(file, "w") as tar:
        for name, value in content.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(value)
            tar.addfile(entry, io.BytesIO(value))
        for entry in further:
            tar.addfile(entry)
    return file


def changed(file: Path, target: Path, **manifest: Any) -> Path:
    """The same backup with another manifest."""
    content = members(file)
    said = json.loads(content["manifest.json"]) | manifest
    return archive(target, content | {"manifest.json": json.dumps(said).encode()})
