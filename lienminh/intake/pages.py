"""The text of a PDF, read in a process of its own with limits of time and memory.

`python -m lienminh.intake.pages` takes the file on its input and writes its text in UTF-8. What the
library cannot bear ends that process, not ours.
"""

import sys

from lienminh.intake import apart, columns
from lienminh.intake.refusing import Unreadable

MOST_PAGES = 5_000
LOCKED, BROKEN, TOO_LONG = 3, 4, 5
_SENTENCES = {
    LOCKED: ("encrypted", "the PDF is locked with a password; save it without one."),
    TOO_LONG: ("pages", f"the PDF has more than {MOST_PAGES} pages; split it."),
}
_BROKEN_SENTENCE = (
    "heavy",
    "the PDF is damaged or too heavy to read; print it to a new PDF, or send its text.",
)
_SCANNED = (
    "scan",
    (
        "the PDF has no text, only pictures of pages (a scan); recognise its text (OCR) first, "
        "or send the document it was printed from."
    ),
)


def text_of(content: bytes) -> str:
    """The text of a PDF; Unreadable when it is locked, damaged or a scan."""
    done = apart.run("lienminh.intake.pages", content)
    if done is None:
        raise Unreadable(*_BROKEN_SENTENCE)
    if done.returncode:
        raise Unreadable(*_SENTENCES.get(done.returncode, _BROKEN_SENTENCE))
    text = done.stdout.decode("utf-8", "replace")
    if not text.strip():
        raise Unreadable(*_SCANNED)
    return text


def main() -> int:
    """Write the text of the PDF on the input; the exit status says what is wrong with it."""
    apart.bounded()
    import pypdfium2  # noqa: PLC0415 - under the limits, and in this process alone

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as fault:
        return LOCKED if "password" in str(fault).lower() else BROKEN
    if len(document) > MOST_PAGES:
        return TOO_LONG
    for page in document:
        text = columns.text_of(page.get_textpage())
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
