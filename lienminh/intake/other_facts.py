"""What else a text holds than figures: conferences, documents, organisations, programmes, tasks,
difficulties and recommendations, proposed to a person with the words that told.
"""

from lienminh.intake.gazetteer import gazetteer
from lienminh.intake.mentions import mentions
from lienminh.intake.reading import lexicons_of_places
from lienminh.rules.reading.dates import points
from lienminh.rules.reading.dating import day_of
from lienminh.rules.reading.facts import bodies, citations, matters, meetings
from lienminh.rules.reading.facts.prose import Fact, Prose, prose
from lienminh.rules.reading.sentences import Passage
from lienminh.rules.reading.words import words
from lienminh.rules.reading.writing import write

__all__ = ["Fact", "other_facts"]
_READERS = (
    citations.documents,
    citations.programmes,
    bodies.organisations,
    meetings.conferences,
    matters.matters,
)


def other_facts(text: str) -> tuple[Fact, ...]:
    """Every other fact of a text, by where it begins; any string is taken.

    Organisations and programmes are given once, where they are named first; documents each time
    they are cited, for the same number may come with two dates. Persons are not named.
    """
    told = _made_ready(text)
    found = [fact for read in _READERS for fact in read(told)]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind)))


def _made_ready(text: str) -> Prose:
    writing = write(text)
    lexicon = lexicons_of_places()[writing.bare]
    cut, day = words(writing), day_of(writing)
    passage = Passage(cut, lexicon.find(cut), points(writing, day), ())
    found = mentions(passage, gazetteer(), day)
    return prose(writing, ((one.first, one.last, one.shown) for one in found if one.shown))
