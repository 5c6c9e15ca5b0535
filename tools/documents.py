"""Look at finished dossiers as a reader would: `python tools/documents.py FOLDER [--pages FOLDER]`.

Every .docx and .xlsx opens in LibreOffice, every page of them and of every .pdf is drawn, none is
empty, and each file has a sane number of pages. Needs soffice and poppler's pdftoppm.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdf

PAGES = range(1, 41)
DOTS_PER_INCH = 60
INK = 0.003  # the share of a page that must not be white
CHARACTERS = 60  # that a page must hold; a lonely page number is fewer
MISSING = "\ufffd"
WHITE = 255
PATIENCE = 300  # seconds for one program


def main(arguments: Sequence[str]) -> int:
    """Check every dossier of a folder; the number of files found wanting."""
    parser = argparse.ArgumentParser(description="Check the dossiers of a folder, page by page.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=Path, help="where to draw each page as a picture")
    options = parser.parse_args(arguments)
    files = sorted(
        path for path in options.folder.iterdir() if path.suffix in (".docx", ".pdf", ".xlsx")
    )
    if not files:
        sys.exit(f"There are no dossiers in {options.folder}; make them first: make demo SERVE=0")
    with tempfile.TemporaryDirectory() as scratch:
        printed = as_pdf(files, Path(scratch))
        faults = [fault for file in files for fault in faults_of(file, printed[file])]
        if options.pages:
            for file in files:
                draw(printed[file], options.pages / file.name)
    for fault in faults:
        print(fault)
    print(f"{len(files)} files looked at, {len(faults)} faults found.")
    return min(len(faults), 1)


def as_pdf(files: Sequence[Path], folder: Path) -> dict[Path, Path]:
    """Each file as a PDF: itself, or as LibreOffice prints it into the folder."""
    printed = {file: file for file in files if file.suffix == ".pdf"}
    for suffix in (".docx", ".xlsx"):
        office = [file for file in files if file.suffix == suffix]
        if not office:
            continue  # without a file LibreOffice would open its window and wait
        target = folder / suffix[1:]
        run(
            program("soffice"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(target),
            *map(str, office),
        )
        printed |= {file: target / f"{file.stem}.pdf" for file in office}
    return printed


def faults_of(file: Path, printed: Path) -> Iterator[str]:
    """What is wrong with a file, in words."""
    if not printed.exists():
        yield f"{file.name}: LibreOffice cannot open it."
        return
    pages = pypdf.PdfReader(printed).pages
    if len(pages) not in PAGES:
        yield f"{file.name}: it has {len(pages)} pages."
    with tempfile.TemporaryDirectory() as folder:
        run(program("pdftoppm"), "-gray", "-r", str(DOTS_PER_INCH), str(printed), f"{folder}/page")
        drawn = sorted(Path(folder).iterdir())
        for number, (page, picture) in enumerate(zip(pages, drawn, strict=True), start=1):
            text = page.extract_text()
            if ink(picture) < INK or len(text) < CHARACTERS:
                yield f"{file.name}: page {number} is as good as empty."
            if MISSING in text:
                yield f"{file.name}: page {number} has a character without a glyph."


def ink(picture: Path) -> float:
    """The share of a grey picture (PGM) that is not white."""
    dots = picture.read_bytes().split(b"\n", 3)[3]
    return 1 - dots.count(WHITE) / len(dots)


def draw(printed: Path, folder: Path) -> None:
    """Draw every page as a picture into a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    run(program("pdftoppm"), "-png", "-r", "100", str(printed), str(folder / "page"))


def program(name: str) -> str:
    """The path of a program; ends in one sentence when it is not installed."""
    found = shutil.which(name)
    if found is None:
        sys.exit(f"{name} is not installed (Debian and Ubuntu: libreoffice-writer, poppler-utils).")
    return found


def run(*command: str) -> None:
    """Run a program quietly; its own words when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    if done.returncode:
        sys.exit(f"{command[0]} failed: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
