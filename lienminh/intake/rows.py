"""The places that the rows of a table are of: a label that is only a district's name.

Such names are common words, so that a row alone tells nothing; several rows with districts of one
province do, and then each is the district of that province.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from lienminh.intake.gazetteer import Gazetteer
from lienminh.rules.reading.sentences import Passage
from lienminh.rules.reading.tables import Run
from lienminh.rules.text import fold

FEWEST = 2  # rows of one province that make its districts of them


def places_of_rows(
    passage: Passage, gazetteer: Gazetteer, day: date | None
) -> Iterator[tuple[Run, str]]:
    """The words of each label that names a district, with its ref."""
    told: dict[Run, Mapping[str, str]] = {}
    for run in passage.tables.labels():
        name = fold(passage.words.plain(*run))
        refs = () if name.isdecimal() else gazetteer.districts.get(name, ())
        if refs:
            told[run] = {
                province: ref
                for ref in gazetteer.living(refs, day)
                if (province := gazetteer.province_of(ref))
            }
    votes = Counter(province for named in told.values() for province in named)
    if not votes:
        return
    province, rows = votes.most_common(1)[0]
    if rows >= FEWEST:
        yield from ((run, named[province]) for run, named in told.items() if province in named)
