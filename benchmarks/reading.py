"""Reading figures out of prose, beside word segmentation of the same text by underthesea.

The peer only cuts the text into words, the first step of any reader; it is measured where it is
installed (`pip install underthesea`, which the project does not need). Sentences are those of the
cases, which are dense with figures, among sentences of the demo, which hold few.
"""

from collections.abc import Callable
from importlib import resources

import yaml

from benchmarks.measuring import Report, interleaved, peak_memory
from lienminh.demo.cast_files import packaged, read_cast
from lienminh.intake.reading import propose

RUNS = 5
PAGE = 3_000  # characters
PAGES, MANY = 40, 3_500  # of a long report; of ten megabytes
READ, PEER = "propose(), 40 pages", "underthesea.word_tokenize(), 40 pages"


def main() -> None:
    """Measure a long report, and the memory of ten megabytes of text."""
    report = Report("reading")
    long, text = pages(MANY), pages(PAGES)
    found = len(propose(long))
    peak = peak_memory()  # before the peer is imported
    cases: dict[str, Callable[[], object]] = {READ: lambda: propose(text)}
    tokenize = _peer()
    if tokenize:
        cases[PEER] = lambda: tokenize(text)
    report.cases += interleaved(cases, times=RUNS)
    if tokenize:
        report.ratio(READ, PEER)
    report.facts = {
        "peer": "measured" if tokenize else "underthesea is not installed: not measured",
        "figures on a page": round(len(propose(text)) / PAGES, 1),
        "pages a second, computed": round(PAGES / min(report.cases[0].cpu)),
        "megabytes in one text": round(len(long.encode()) / 1e6, 1),
        "figures in it": found,
        "peak MiB with it": peak,
    }
    report.write()


def pages(count: int) -> str:
    """So many pages of sentences of the project's own, in paragraphs."""
    cases = yaml.safe_load(
        (resources.files("lienminh.rules") / "cases" / "reading.yaml").read_text("utf-8")
    )
    dense = [case["câu"] for case in cases]
    told = [point.text for _, review in read_cast(packaged()) for point in review.points]
    paragraphs = [
        f"{told[n % len(told)]} {dense[n % len(dense)]} {told[(n * 7 + 3) % len(told)]}"
        for n in range(len(dense) * len(told))
    ]
    text = "\n\n".join(paragraphs)
    while len(text) < count * PAGE:
        text += "\n\n" + text
    return text[: count * PAGE]


def _peer() -> Callable[[str], object] | None:
    try:
        from underthesea import word_tokenize  # noqa: PLC0415 - only where it is installed
    except ImportError:
        return None
    segment: Callable[[str], object] = word_tokenize
    return segment
