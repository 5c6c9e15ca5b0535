"""Tasks by actor, difficulties, and recommendations with whom they are for.

What opens them (nhiệm vụ thời gian tới, khó khăn như:, đề nghị) holds to the end of its paragraph,
a heading to the next heading. In what they open, each clause between semicolons is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lienminh.rules.reading.facts.bodies import named
from lienminh.rules.reading.facts.prose import Fact, Prose, Run, listed
from lienminh.rules.reading.lexicon import Hit
from lienminh.rules.reading.words import Sentence

FEWEST, AHEAD = 4, 16  # words of a matter; words in which its verb stands
MOST_ACTOR, MOST_ADDRESSEE = 14, 28  # words
LIST_AHEAD, BEFORE = 32, 3  # words to the mark of a list; words before a noun
TASK, DIFFICULTY, RECOMMENDATION = "task", "difficulty", "recommendation"
_HEADINGS = (RECOMMENDATION, TASK, DIFFICULTY, "other")


@dataclass
class Open:
    """What the text tells of at the moment: the kind, for whom, by which words."""

    kind: str = ""
    actor: str = ""
    why: str = ""


def matters(prose: Prose) -> Iterator[Fact]:
    """Tasks, difficulties and recommendations, in order."""
    section, now = Open(), Open()
    for sentence in prose.words.sentences:
        run = prose.run_of(sentence)
        if run[1] - run[0] < 1:
            continue
        if sentence.opens and not _goes_on(prose, sentence, now):
            now = section
        if sentence.heading and (told := _heading(prose, run)):
            section = now = told
            continue
        opened = _opened(prose, run, sentence)
        if opened:
            now, run = opened
        yield from _matters(prose, run, now)
        if not opened and not now.kind:
            yield from _alone(prose, run)


def _goes_on(prose: Prose, sentence: Sentence, now: Open) -> bool:
    """Whether the items of a list go on with what opened it."""
    said = prose.words.said
    return bool(now.kind) and said[sentence.first] in ("-", "+", "*", "•")


def _heading(prose: Prose, run: Run) -> Open | None:
    for kind in _HEADINGS:
        if hit := prose.first(f"heading_{kind}", run):
            return Open("" if kind == "other" else kind, "", hit.phrase)
    return None


def _opened(prose: Prose, run: Run, sentence: Sentence) -> tuple[Open, Run] | None:
    """What a sentence opens, and the words of it that are told."""
    asks = prose.first("recommends", run)
    orders = prose.first("orders", run)
    to_come = prose.first("to_come", run)
    if to_come and (orders or to_come.first - run[0] <= AHEAD) and not _is_past(prose, run):
        head = orders if orders and orders.first > run[0] else to_come
        actor = _addressee(prose, (head.last, run[1])) if head is orders else ""
        return Open(TASK, actor, to_come.phrase), (_behind_list(prose, head.last, run), run[1])
    if asks and not _is_noun(prose, asks) and _asks(prose, asks):
        addressee = _addressee(prose, (asks.last, run[1]))
        return Open(RECOMMENDATION, addressee, asks.phrase), (asks.first, run[1])
    ordered = (orders.last, run[1]) if orders else run
    if (
        orders
        and not _is_noun(prose, orders)
        and not _is_past(prose, ordered)
        and _acts(prose, ordered)
    ):
        return Open(TASK, "", orders.phrase), (_behind_list(prose, orders.last, run), run[1])
    trouble = prose.first("difficulty", run)
    lists = prose.first("lists", (trouble.last, run[1])) if trouble else None
    if trouble and lists:
        return Open(DIFFICULTY, "", trouble.phrase), (_behind_list(prose, lists.first, run), run[1])
    short = run[1] - run[0] <= FEWEST  # "Trong năm 2024.": the rest of the paragraph tells
    if _is_future(prose, sentence) and (short or _acts(prose, run)):
        return Open(TASK, "", prose.plain((run[0], min(run[1], run[0] + FEWEST)))), run
    return None


def _matters(prose: Prose, run: Run, now: Open) -> Iterator[Fact]:
    for whole in _clauses(prose, run) if now.kind else ():
        clause = _trimmed(prose, whole)
        if clause[1] - clause[0] < FEWEST:
            continue
        if now.kind == TASK and (_is_past(prose, clause) or not _acts(prose, clause)):
            continue
        asked = clause[0] == whole[0] and prose.first("recommends", (clause[0], clause[0] + 1))
        told = asked or (_acts(prose, clause) and not _is_past(prose, clause))
        if now.kind == RECOMMENDATION and not told:
            continue
        yield prose.fact(now.kind, clause, _details(prose, clause, now), sure=now.kind, why=now.why)


def _details(prose: Prose, run: Run, now: Open) -> dict[str, str]:
    if now.kind == RECOMMENDATION:
        return {"addressee": now.actor}
    if now.kind != TASK:
        return {}
    lead, helps = prose.first("lead", run), prose.first("cooperate", run)
    act = prose.first("acts", run)
    actor = _actor(prose, run, act) or now.actor
    partner = _addressee(prose, (helps.last, run[1])) if helps else ""
    role = "lead" if lead else "perform"
    return {"actor": actor, "role": role if actor else "", "with": partner}


def _actor(prose: Prose, run: Run, act: Hit | None) -> str:
    """Who does it: what stands before the verb."""
    if act is None or not 0 < act.first - run[0] <= MOST_ACTOR:
        return ""
    bodies = [prose.plain(one) for one, _ in named(prose, (run[0], act.first))]
    told = prose.plain((run[0], act.first)).strip(" ,()0123456789")
    connects = told.lower() in listed("connectives", prose.bare)
    return "; ".join(bodies) or ("" if connects else told)


def _addressee(prose: Prose, run: Run) -> str:
    """Whom words are for: the bodies, or the words, up to the verb."""
    act = prose.first("acts", run)
    last = min(act.first if act else run[1], run[0] + MOST_ADDRESSEE)
    bodies = [prose.plain(one) for one, _ in named(prose, (run[0], last))]
    told = prose.plain((run[0], min(last, run[0] + MOST_ACTOR)))
    return told.strip(" ,:") if act and not bodies else "; ".join(dict.fromkeys(bodies))


def _alone(prose: Prose, run: Run) -> Iterator[Fact]:
    """Sentences that say of themselves that something must be done, or is lacking."""
    for clause in _commas(prose, run):
        must = prose.first("must", clause)
        if must and must.first > clause[0] and prose.first("acts", (must.last, clause[1])):
            now = Open(TASK, prose.plain((clause[0], must.first)), must.phrase)
            yield prose.fact(
                TASK, clause, _details(prose, clause, now), sure="alone", why=must.phrase
            )
            return
    contrast, lacks = prose.first("contrast", run), prose.first("lacking", run)
    if contrast and lacks and contrast.first - run[0] <= AHEAD and contrast.first < lacks.first:
        why = f"{contrast.phrase} … {lacks.phrase}"
        yield prose.fact(DIFFICULTY, run, {}, sure="alone", why=why)


def _behind_list(prose: Prose, word: int, run: Run) -> int:
    """Behind the colon or "như" that opens a list, or the word itself."""
    said, end = prose.words.said, min(run[1], word + LIST_AHEAD)
    opens = listed("lists", prose.bare)
    found = next((n for n in range(word, end) if said[n] in (":", "như") or said[n] == "nhu"), None)
    if found is None or said[found] not in opens:
        return word
    behind = found + 1
    return behind + 1 if behind < run[1] and said[behind] == ":" else behind


def _clauses(prose: Prose, run: Run) -> Iterator[Run]:
    """The stretches between semicolons, quotations whole."""
    said, first, quoted = prose.words.said, run[0], False
    for at in range(*run):
        if said[at] in '“”"':
            quoted = said[at] == "“" or (said[at] == '"' and not quoted)
        if said[at] == ";" and not quoted:
            yield first, at
            first = at + 1
    yield first, run[1]


def _asks(prose: Prose, hit: Hit) -> bool:
    """Whether "kiến nghị" asks for something, and is not what was asked."""
    said = prose.words.said
    after = said[hit.last] if hit.last < len(said) else "\n"
    return after not in listed("not_asking", prose.bare)


def _trimmed(prose: Prose, run: Run) -> Run:
    """A clause without the marks around it."""
    said, (first, last) = prose.words.said, run
    while first < last and not said[first].isalnum() and said[first] not in '(“"':
        first += 1
    while last > first and said[last - 1] in ",;:":
        last -= 1
    return first, last


def _commas(prose: Prose, run: Run) -> Iterator[Run]:
    """A clause, and what stands in it behind "tuy nhiên"."""
    for clause in _clauses(prose, run):
        turn = prose.first("contrast", (clause[0] + 1, clause[1]))
        yield (turn.last, clause[1]) if turn else clause


def _is_past(prose: Prose, run: Run) -> bool:
    """Whether something is told as done: "đã" before its verb."""
    act = prose.first("acts", run)
    past = prose.first("past", (run[0], act.first if act else min(run[1], run[0] + AHEAD)))
    return past is not None


def _acts(prose: Prose, run: Run) -> bool:
    return prose.first("acts", (run[0], min(run[1], run[0] + AHEAD))) is not None


def _is_future(prose: Prose, sentence: Sentence) -> bool:
    """Whether a sentence begins with a period after the day of the text."""
    points = prose.passage.points_in(sentence)
    near = points and prose.words.at(points[0].start) - sentence.first <= FEWEST
    return bool(near and prose.day and points[0].first and points[0].first > prose.day)


def _is_noun(prose: Prose, hit: Hit) -> bool:
    """97 kiến nghị, các kiến nghị, ý kiến, kiến nghị: what was asked, not the asking."""
    said = prose.words.said
    before = said[hit.first - 1] if hit.first else ""
    behind = " ".join(said[max(0, hit.first - BEFORE) : hit.first])
    if before.isdecimal() or behind in listed("noun_lists", prose.bare):
        return True
    return before in listed("before_noun", prose.bare)
