"""Documents cited with their number and day, laws by their year, programmes and schemes by name."""

import re
from collections.abc import Iterator
from datetime import date

from lienminh.rules.reading.facts.prose import Fact, Prose, Run, kind_of, listed
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.names import QUOTES

MOST_NAME, FEWEST_NAME = 60, 2  # words
LONGEST_WHY = 60  # characters
_CODE = r"[^\W\d_][\w&]{0,30}"
# Nghị quyết số 20-NQ/TW; Thông tư liên tịch 21/2015/TTLT; Luật Hợp tác xã số 17/2023/QH15
_NUMBER = re.compile(
    r"(?:\s+[^\W\d_]+){0,6}?\s+(?P<told>số\s*:?\s*)?"
    rf"(?P<number>\d{{1,5}}(?:/\d{{4}})?(?:\s?[/-]\s?{_CODE}(?:\s?-\s?{_CODE}){{0,4}}){{0,4}})"
    r"(?:\s*,?\s*(?:ký\s+)?ngày\s+(?P<d>\d{1,2})(?:\s?[/.-]\s?|\s+tháng\s+)(?P<m>\d{1,2})"
    r"(?:\s?[/.-]\s?|\s+năm\s+)(?P<y>\d{4}))?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"[^\n.;“\"]{0,90}?\bvề\s+[“\"](?P<title>[^”\"\n]{1,300})[”\"]", re.IGNORECASE)
_LAW = re.compile(
    r"\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){0,7}?)\s+(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_STOPS = frozenset(";.:()\n") | QUOTES


def documents(prose: Prose) -> Iterator[Fact]:
    """Every citation of a document, in order: each may give another day for the same number."""
    end = 0
    for hit in prose.hits("documents", (0, len(prose.words.said))):
        if hit.first < end:
            continue
        found = _numbered(prose, hit) or _law(prose, hit)
        if found:
            yield found[0]
            end = prose.words.at(found[1])


def programmes(prose: Prose) -> Iterator[Fact]:
    """Programmes, schemes, their components and movements, each once, where it is named first."""
    told: set[str] = set()
    for hit in prose.hits("programmes", (0, len(prose.words.said))):
        run = _named(prose, hit)
        if run is None:
            continue
        name = prose.plain(run)
        if name.casefold() not in told:
            told.add(name.casefold())
            kind = kind_of("programmes", hit.phrase, prose.bare)
            details = {"kind": kind, "name": name, "period": _period(prose, run)}
            yield prose.fact("programme", run, details, sure="programme", why=hit.phrase)


def _numbered(prose: Prose, hit: Hit) -> tuple[Fact, int] | None:
    plain, start = prose.words.writing.plain, prose.words.starts[hit.first]
    found = _NUMBER.match(plain, prose.words.ends[hit.last - 1])
    if found is None or not _is_number(found):
        return None
    kind = kind_of("documents", hit.phrase, prose.bare)
    end = found.end()
    title = _TITLE.match(plain, end)
    details = {
        "kind": kind,
        "number": "".join(found["number"].split()),
        "date": _day(found),
        "title": title["title"] if title else "",
    }
    end = title.end() if title else end
    why = plain[start : min(end, start + LONGEST_WHY)].split("\n")[0]
    return prose.told("document", (start, end), details, sure="document", why=why), end


def _is_number(found: re.Match[str]) -> bool:
    """Whether digits are the number of a document: told so, or with a code in capitals."""
    code = re.search(r"[/-]\s?([^\W\d_]+)", found["number"])
    return bool(found["told"]) or bool(code and code[1].isupper() and len(code[1]) > 1)


def _day(found: re.Match[str]) -> str:
    if not found["y"]:
        return ""
    try:
        return str(date(int(found["y"]), int(found["m"]), int(found["d"])))
    except ValueError:
        return ""


def _law(prose: Prose, hit: Hit) -> tuple[Fact, int] | None:
    """Luật Hợp tác xã năm 2023."""
    cut = prose.words
    if kind_of("documents", hit.phrase, prose.bare) != "law" or not cut.is_capital(hit.first):
        return None
    found = _LAW.match(cut.writing.plain, cut.ends[hit.last - 1])
    if found is None:
        return None
    name = f"{prose.plain((hit.first, hit.last))} {' '.join(found['name'].split())}"
    details = {"kind": "law", "title": name, "year": found["year"]}
    letters = cut.starts[hit.first], found.end()
    fact = prose.told("document", letters, details, sure="law", why=hit.phrase)
    return fact, found.end()


def _named(prose: Prose, hit: Hit) -> Run | None:
    """The words of a name behind "Đề án"; None where none follows."""
    said, first = prose.words.said, hit.last
    if first >= len(said):
        return None
    quoted = said[first] in QUOTES
    unnamed = said[first][0].isdecimal() or said[first] in listed("no_names", prose.bare)
    if not quoted and (unnamed or not prose.words.is_capital(hit.first)):
        return None
    last = _closing(said, first) if quoted else _end(prose, first)
    return (hit.first, last) if last - first >= FEWEST_NAME else None


def _closing(said: list[str], first: int) -> int:
    stop = min(len(said), first + MOST_NAME)
    return next((n + 1 for n in range(first + 1, stop) if said[n] in QUOTES), first)


def _end(prose: Prose, first: int) -> int:
    """Where a name that stands without quotation marks ends."""
    said, bare, last = prose.words.said, prose.bare, first
    stops, commas = listed("name_ends", bare), listed("comma_ends", bare)
    stop = min(len(said), first + MOST_NAME)
    while last < stop and said[last] not in _STOPS and said[last] not in stops:
        after = said[last + 1] if last + 1 < len(said) else "\n"
        if said[last] == "," and (after in commas or after in _STOPS):
            break
        if said[last] in listed("and_of", bare) and _begins_another(prose, last + 1):
            break
        last += 1
    return last - 1 if last > first and said[last - 1] in ",-" else last


def _begins_another(prose: Prose, word: int) -> bool:
    """Whether the next programme or a body in capitals begins at a word."""
    hits = prose.passage.hits_in(word, word + 1)
    return bool(hits) and prose.words.is_capital(word)


def _period(prose: Prose, run: Run) -> str:
    """The years in a name: giai đoạn 2022-2025."""
    cut = prose.words
    start, end = cut.starts[run[0]], cut.ends[run[1] - 1]
    told = [one for one in prose.passage.points if start <= one.start < end and one.first]
    if not told or told[-1].first is None or told[-1].last is None:
        return ""
    first, last = told[-1].first.year, told[-1].last.year
    return f"{first}..{last}" if first != last else str(first)
