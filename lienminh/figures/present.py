"""An answer as the command line and the API give it."""

from typing import Any

from lienminh.figures.models import Posting
from lienminh.figures.questions import Answer, Given, number_of
from lienminh.figures.words import SOURCES
from lienminh.places.models import Place
from lienminh.places.queries import name_of
from lienminh.rules.wording import quantity


def as_json(answer: Answer) -> dict[str, Any]:
    """The contract of `lienminh figure --json`; database ids never appear."""
    question, amount = answer.question, answer.amount
    period, partial = question.period, answer.partial
    return {
        "indicator": answer.indicator.code,
        "place": place_json(question.place, answer),
        "period": {
            "text": str(period),
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
        },
        "where": question.cell,
        "geography": answer.geography.isoformat(),
        "known_at": known_at_json(answer.known_at),
        "series": question.series,
        "value": answer.value,
        "why": answer.why and answer.why.english,
        "partial": partial
        and {
            "value": number_of(partial.amount),
            "reporting": partial.reporting,
            "expected": partial.expected,
        },
        "unit": answer.indicator.unit,
        "bound": amount.bound if amount else None,
        "approx": amount.approx if amount else False,
        "counting": answer.counting,
        "as_of": answer.as_of and answer.as_of.isoformat(),
        "as_of_basis": answer.as_of_basis,
        "status": answer.status,
        "derived": answer.derived,
        "sources": {
            kind: _given_json(answer.sources.get(kind)) for kind in ("counted", "reported", "read")
        },
        "source": answer.source,
        "entries": list(answer.entries),
        "conflicts": list(answer.conflicts),
        "part_of": _part_of_json(answer),
        "parts": answer.parts
        and {
            "items": [as_json(part) for part in answer.parts.items],
            "overlaps": answer.parts.overlaps,
        },
        "lineage": answer.lineage,
    }


def place_json(place: Place, answer: Answer) -> dict[str, str]:
    """A place by its public ref, and its name on the period's last day."""
    name = name_of(place, answer.question.period.last)
    return {"ref": place.ref, "name": name, "level": place.level}


def known_at_json(number: int) -> dict[str, Any]:
    """A posting's number and its instant with offset; None before the first."""
    instant = Posting.objects.filter(number=number).values_list("instant", flat=True).first()
    return {"posting": number, "instant": instant and instant.isoformat()}


def _given_json(given: Given | None) -> dict[str, Any] | None:
    if given is None:
        return None
    return {
        "value": number_of(given.amount),
        "bound": given.amount.bound,
        "approx": given.amount.approx,
        "status": given.status,
        "as_written": given.as_written,
    }


def _part_of_json(answer: Answer) -> Any:
    """None, the place an ended one became, or the list of them."""
    became = [
        {"ref": place.ref, "name": name_of(place, answer.geography), "level": place.level}
        for place in answer.part_of
    ]
    return became[0] if len(became) == 1 else became or None


def as_text(answer: Answer) -> str:
    """The figure as Vietnamese offices write it, or why there is none, with what is known of it."""
    question = answer.question
    name = name_of(question.place, question.period.last)
    head = f"{answer.indicator.label_vi} – {name}, {question.period.in_words()}"
    head += f" [{question.cell}]" if question.cell else ""
    if answer.amount is not None:
        return f"{head}: {_figure_text(answer)}"
    lines = [f"{head}: chưa có số liệu – {answer.why and answer.why.vietnamese}."]
    if answer.partial:
        part = quantity(answer.partial.amount, answer.indicator.unit)
        lines.append(f"  phần đã có: {part}")
    if answer.parts:
        overlap = " (có thể trùng nhau, không cộng)" if answer.parts.overlaps else ""
        lines.append(f"  từng phần{overlap}:")
        lines += [f"    [{part.question.cell}] {_figure_text(part)}" for part in answer.parts.items]
    return "\n".join(lines)


def _figure_text(answer: Answer) -> str:
    turns = answer.counting == "turns"
    text = quantity(answer.amount, answer.indicator.unit, turns=turns) if answer.amount else ""
    if answer.as_of:
        text += f" (tính đến {answer.as_of:%d/%m/%Y})"
    source = SOURCES[answer.source or "sum"]
    return f"{text}  ← {source}, bút toán {', '.join(answer.entries[:3])}"
