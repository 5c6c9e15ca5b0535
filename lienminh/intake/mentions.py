"""Where a text names places: by name, behind a level word, or only in general."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from lienminh.intake.gazetteer import KIND_OF_WORD, LEVEL_WORD, Gazetteer
from lienminh.intake.rows import places_of_rows
from lienminh.places import naming
from lienminh.places.naming import split_title
from lienminh.rules import text
from lienminh.rules.reading.cues import listed
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.sentences import Passage
from lienminh.rules.reading.words import Words, cut
from lienminh.rules.reading.writing import written

REMEMBERED = 8192  # names
fold = lru_cache(maxsize=REMEMBERED)(text.fold)
LEVELS = ("nation", "grouping", "province", "district", "commune")
LONGEST_NAME = 4  # words
GENERAL = {
    "whole_nation": "nation",
    "name_of_nation": "nation",
    "whole_province": "province",
    "whole_district": "district",
    "whole_commune": "commune",
    "whole_grouping": "grouping",
}
_LOWER = frozenset({"district", "commune"})
_TELLING = frozenset((*GENERAL, LEVEL_WORD))
_DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+vn)\b")
_HIGH = frozenset(("province", "region", "emulation_cluster"))
_LEVEL_OF_KIND = {kind: level for level, kinds in naming.KINDS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at words `first` up to, not with, `last`.

    `refs` are the units of that name; `level` is set and `refs` empty when the text speaks of the
    place in general ("toàn tỉnh"). `shown` is the name as a person would write it. `weak`: the
    nation is named, as in that of its alliance, which says little of where something is counted.
    """

    first: int
    last: int
    level: str
    refs: tuple[str, ...] = ()
    shown: str = ""
    titled: bool = False
    weak: bool = False

    @property
    def general(self) -> bool:
        """Whether the place is not named here."""
        return not self.refs and not self.shown


def mentions(passage: Passage, gazetteer: Gazetteer, day: date | None) -> list[Mention]:
    """Every mention of a place, in order."""
    found: list[Mention] = []
    for mention in _Finder(passage, gazetteer, day).find():
        if found and (whole := _with_parent(found[-1], mention, passage.words, gazetteer)):
            found[-1] = whole
        else:
            found.append(mention)
    again = [*_again(found, passage.words), *_of_rows(passage, gazetteer, day)]
    return sorted((*found, *again), key=lambda one: one.first) if again else found


def _again(found: Sequence[Mention], words: Words) -> Iterator[Mention]:
    """A district or commune named before with its level, and now without: Nghĩa Hưng có 22 xã."""
    named: dict[str, dict[tuple[str, ...], Mention]] = {}
    for told in found:
        titled = split_title(told.shown) if told.titled and told.level in _LOWER else None
        told_so = cut(written(titled.name, bare=words.writing.bare)) if titled else []
        if len(told_so) > 1:
            named.setdefault(told_so[0], {}).setdefault(tuple(told_so), told)
    taken = {word for told in found for word in range(told.first, told.last)} if named else set()
    for first, word in enumerate(words.said):
        for name, told in named.get(word, {}).items():
            last = first + len(name)
            if (
                tuple(words.said[first:last]) == name
                and first not in taken
                and _is_alone(first, words)
            ):
                yield replace(told, first=first, last=last, titled=False)
                break


def _of_rows(passage: Passage, gazetteer: Gazetteer, day: date | None) -> Iterator[Mention]:
    """Districts named alone in the labels of a table."""
    for (first, last), ref in places_of_rows(passage, gazetteer, day):
        title = naming.KIND_WORDS[gazetteer.places[ref].spells[-1].kind]
        yield Mention(first, last, "district", (ref,), _shown(title, gazetteer.name(ref, day)))


def _is_alone(first: int, words: Words) -> bool:
    """Whether a name is written with a capital and is not that of a cooperative or a person."""
    if not words.is_capital(first) or not first:
        return words.is_capital(first)
    before = words.plain(first - 1, first)
    return not before.isalpha() or (before[0].islower() and before != "xã")


def _with_parent(
    lower: Mention, upper: Mention, words: Words, gazetteer: Gazetteer
) -> Mention | None:
    """Huyện Bắc Hà (Lào Cai): the district is meant, its province tells which one."""
    between = words.said[lower.last : upper.first]
    if lower.general or upper.general or len(between) > 1 or between not in ([","], ["("]):
        return None
    if LEVELS.index(lower.level) <= LEVELS.index(upper.level):
        return None
    inside = tuple(ref for ref in lower.refs if set(upper.refs) & set(gazetteer.line_of(ref)))
    return replace(lower, last=upper.last, refs=inside or lower.refs)


def domains(ends: str, gazetteer: Gazetteer, day: date | None) -> Iterator[str]:
    """Refs of provinces whose name stands in an address: baolangson.vn."""
    names = gazetteer.domains
    for host in sorted(set(_DOMAIN.findall(ends))):
        labels = re.sub(r"[-.]", "", host)
        inside = [name for name in names if name in labels]
        if inside:
            yield gazetteer.living(names[max(inside, key=len)], day)[0]


def _shown(title: str, name: str) -> str:
    """The name behind its level word, in small letters where it stood in capitals."""
    plain = " ".join(name.split())
    return f"{title} {plain.title() if plain.isupper() else plain}"


class _Finder:
    """Finds the places named in one text."""

    def __init__(self, passage: Passage, gazetteer: Gazetteer, day: date | None) -> None:
        self._hits, self._words = passage.hits, passage.words
        self._gazetteer, self._day = gazetteer, day

    def find(self) -> Iterator[Mention]:
        """Every mention in order; none overlaps another."""
        end = 0
        for index, hit in enumerate(self._hits):
            entry = hit.entry
            told = entry.names or not entry.cues.isdisjoint(_TELLING)
            mention = self._mention(index, hit) if told and hit.first >= end else None
            if mention is not None:
                yield mention
                end = mention.last

    def _mention(self, index: int, hit: Hit) -> Mention | None:
        cues = hit.entry.cues
        if hit.entry.names:
            return self._named(hit)
        for cue, level in GENERAL.items():
            if cue in cues:
                weak = cue == "name_of_nation" and self._is_in_office(hit)
                plain = Mention(hit.first, hit.last, level, weak=weak)
                return self._after_general(index) or plain
        return self._titled(index, hit) if LEVEL_WORD in cues else None

    def _is_in_office(self, hit: Hit) -> bool:
        """Whether the nation's name ends that of an office: Liên minh HTX Việt Nam."""
        words = self._words
        before = words.said[hit.first - 1] if hit.first else ""
        at = listed("at", words.writing.bare)
        return (
            words.sentence_of(hit.first).first != hit.first
            and before.isalpha()
            and before not in at
        )

    def _after_general(self, index: int) -> Mention | None:
        """Trên địa bàn tỉnh Bình Phước: the general words go on with the name."""
        hit = self._hits[index]
        after = self._hits[index + 1] if index + 1 < len(self._hits) else None
        if after and after.first == hit.last and after.entry.names:
            named = self._named(after, titled=True)
            return named and replace(named, first=hit.first)
        word = fold(self._words.said[hit.last - 1])
        return self._behind(hit.first, hit.last, word)

    def _named(self, hit: Hit, *, titled: bool = False) -> Mention | None:
        """A province, grouping or the nation by its own name, written with capitals."""
        words = self._words
        if not words.writing.bare and not words.is_capital(hit.last - 1):
            return None
        if not titled and hit.first and self._is_in_name(hit.first - 1):
            return None
        refs = self._gazetteer.living(hit.entry.names, self._day)
        fact = self._gazetteer.places[refs[0]]
        shown = " ".join(words.plain(hit.first, hit.last).split())
        if all(fold(shown) != fold(spell.name) for spell in fact.spells):
            shown = self._gazetteer.name(refs[0], self._day)
        if shown.isupper():
            shown = self._gazetteer.name(refs[0], self._day)
        if fact.level == "province" and (lower := self._district_before(hit, refs)):
            return lower
        if fact.level == "grouping":
            if hit.first and words.said[hit.first - 1] == "-":  # miền Trung - Tây Nguyên
                return None
            name = self._gazetteer.name(refs[0], self._day)
            cluster = fact.spells[-1].kind == "emulation_cluster"
            shown = f"cụm {name}" if cluster else name
        return Mention(hit.first, hit.last, fact.level, refs, shown, titled)

    def _district_before(self, hit: Hit, provinces: tuple[str, ...]) -> Mention | None:
        """Mộc Châu (Sơn La); (Na Hang, Tuyên Quang): a district whose level is not said."""
        words, last = self._words, hit.first - 1
        if last < 1 or words.said[last] not in ",(":
            return None
        first = last
        while first > 0 and last - first < LONGEST_NAME and self._names(first - 1):
            first -= 1
        for start in range(first, last):
            if start and fold(words.said[start - 1]) in KIND_OF_WORD:
                return None
            if refs := self._districts(words.plain(start, last), provinces):
                return Mention(
                    start, hit.last, "district", refs, self._with_kind(refs[0]), titled=True
                )
        return None

    def _districts(self, name: str, inside: tuple[str, ...]) -> tuple[str, ...]:
        """Districts of a name that lie in one of these places, or hold one of them."""
        gazetteer = self._gazetteer
        named = gazetteer.living(gazetteer.districts.get(fold(name), ()), self._day)
        return tuple(
            ref
            for ref in named
            if set(inside) & set(gazetteer.line_of(ref))
            or any(ref in gazetteer.line_of(one) for one in inside)
        )

    def _with_kind(self, ref: str) -> str:
        """The name of a place behind its level word."""
        title = naming.KIND_WORDS[self._gazetteer.places[ref].spells[-1].kind]
        return _shown(title, self._gazetteer.name(ref, self._day))

    def _is_in_name(self, before: int) -> bool:
        """Whether the word before makes the name part of a longer one: Nguyễn Thái Bình."""
        words = self._words
        if not words.said[before].isalpha() or not words.is_capital(before):
            return False
        opens = words.sentence_of(before).first == before
        return not opens and not words.plain(before, before + 1).isupper()

    def _titled(self, index: int, hit: Hit) -> Mention | None:
        """Huyện Bắc Sơn, TP. Hải Dương, tỉnh Bình Phước."""
        said, kind = self._words.said, KIND_OF_WORD.get(fold(hit.phrase))
        dotted = hit.last < len(said) and said[hit.last] == "."
        after = hit.last + 1 if dotted else hit.last
        near = self._hits[index + 1 : index + 3]
        following = next((one for one in near if one.first == after and one.entry.names), None)
        if following:
            fact = self._gazetteer.places[
                self._gazetteer.living(following.entry.names, self._day)[0]
            ]
            is_city = kind == "city" and fact.spells[-1].kind == "city"
            if is_city or kind in _HIGH:
                named = self._named(following, titled=True)
                return named and replace(named, first=hit.first)
        return self._behind(hit.first, after, fold(hit.phrase))

    def _behind(self, first: int, after: int, level_word: str) -> Mention | None:
        """A district or commune: the level word and the capitalised words behind it."""
        words, kind = self._words, KIND_OF_WORD.get(level_word)
        level = "district" if kind == "city" else _LEVEL_OF_KIND.get(kind or "")
        if kind is None or level not in ("district", "commune"):
            return None
        if told := self._told_before(first, kind, level):
            return told
        after = self._after_adjective(after)
        last = after
        while last < len(words.said) and last - after < LONGEST_NAME and self._names(last):
            last += 1
        title = naming.KIND_WORDS[kind]
        for end in range(last, after, -1):
            name = words.plain(after, end)
            if refs := self._gazetteer.lower.get((kind, fold(name))):
                living = self._gazetteer.living(refs, self._day)
                stop, inside = self._in_district(end, living)
                return Mention(first, stop, level, inside, _shown(title, name), titled=True)
        if last == after:
            return self._in_general(first, after, level)
        shown = _shown(title, words.plain(after, last))
        return Mention(first, last, level, (), shown, titled=True)

    def _in_general(self, first: int, after: int, level: str) -> Mention | None:
        """Huyện đã …, xã có …: the one the text has named."""
        said, bare = self._words.said, self._words.writing.bare
        begins = self._words.sentence_of(first).first == first or not said[first - 1].isalnum()
        if begins and after < len(said) and said[after] in listed("does", bare):
            return Mention(first, after, level)
        return None

    def _in_district(self, end: int, refs: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        """Xã Hồng Thái (Na Hang): the district behind tells which of the communes is meant."""
        words, after = self._words, end + 1
        if after >= len(words.said) or words.said[end] not in "(,":
            return end, refs
        last = after
        while last < len(words.said) and last - after < LONGEST_NAME and self._names(last):
            last += 1
        for stop in range(last, after, -1):
            for district in self._districts(words.plain(after, stop), refs):
                inside = [ref for ref in refs if district in self._gazetteer.line_of(ref)]
                return (stop, tuple(inside)) if inside else (end, refs)
        return end, refs

    def _told_before(self, first: int, kind: str, level: str) -> Mention | None:
        """Tả Văn Chư là xã vùng cao: the name stands before."""
        words, last = self._words, first - 1
        if last < 1 or words.said[last] not in listed("is", words.writing.bare):
            return None
        start = last
        while start > 0 and last - start < LONGEST_NAME and self._names(start - 1):
            start -= 1
        if start == last:
            return None
        name = words.plain(start, last)
        refs = self._gazetteer.lower.get((kind, fold(name)), ())
        shown = _shown(naming.KIND_WORDS[kind], name)
        return Mention(
            start, first + 1, level, self._gazetteer.living(refs, self._day), shown, titled=True
        )

    def _after_adjective(self, word: int) -> int:
        """Huyện miền núi Minh Hóa: the name stands behind what kind of district it is."""
        words = self._words
        kinds = listed("kinds_of_place", words.writing.bare)
        for count in (2, 1):
            if " ".join(words.said[word : word + count]) in kinds:
                return word + count
        return word

    def _names(self, word: int) -> bool:
        return self._words.said[word].isalpha() and self._words.is_capital(word)
