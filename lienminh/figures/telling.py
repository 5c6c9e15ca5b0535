"""Sentences about a figure: the rule by which it was answered, and the one to quote it by."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from lienminh.documents.models import Document
from lienminh.figures import words
from lienminh.figures.models import Entry, Indicator
from lienminh.figures.questions import Answer
from lienminh.figures.sheet import Line
from lienminh.places.words import place_title


def rule_of(answer: Answer, lines: Sequence[Line]) -> str:
    """How the answer was found, in one plain sentence; '' where there is none."""
    if answer.amount is None:
        return ""
    if answer.source == "counted":
        return _("Đếm từ các biến động ghi trong hồ sơ, vì sổ của nơi này đã mở cho cả kỳ.")
    if answer.source == "sum":
        return _(
            "Nơi này không có số của chính mình; mọi đơn vị phải báo cáo đều đã có số, "
            "nên cộng số của các đơn vị ấy."
        )
    if answer.source == "ratio":
        return _("Không nguồn nào nêu số này; lấy hai vế tại cùng nơi, cùng kỳ mà chia.")
    if not answer.derived:
        return _stated(answer)
    return _derived(answer, lines)


def _stated(answer: Answer) -> str:
    if answer.as_of:
        return _(
            "Lấy số được nêu cho ngày muộn nhất trong kỳ; số đếm từ hồ sơ đứng trước số báo cáo, "
            "số báo cáo đứng trước số đọc từ văn bản."
        )
    return _(
        "Lấy số được nêu cho đúng kỳ này; số đếm từ hồ sơ đứng trước số báo cáo, số báo cáo đứng "
        "trước số đọc từ văn bản."
    )


def _derived(answer: Answer, lines: Sequence[Line]) -> str:
    if any(line.entry.cumulative for line in lines):
        return _("Lấy số lũy kế đến hết kỳ trừ số lũy kế đến trước kỳ, của cùng một nguồn.")
    if any(line.entry.cell.text != answer.question.cell for line in lines):
        return _(
            "Cộng các phần của cùng một nguồn; nguồn hoặc chỉ tiêu định rằng chúng hợp thành tổng."
        )
    return _("Cộng các số của cùng một nguồn cho những kỳ ngắn hơn, vừa khít kỳ này.")


def sentence(answer: Answer, lines: Sequence[Line], *, label: str, cell: str) -> str:
    """The figure in a sentence with its source, to be pasted into a report; '' without a figure."""
    if answer.amount is None:
        return ""
    question = answer.question
    what = label[:1].lower() + label[1:]
    details = [cell] if cell else []
    if question.series != Entry.Series.ACTUAL:
        details.append(str(words.SERIES[question.series]))
    when = words.period_words(question.period)
    if answer.as_of and answer.indicator.measure == Indicator.Measure.STOCK:
        when = _("tính đến ngày %(day)s") % {"day": f"{answer.as_of:%d/%m/%Y}"}
    told = _("%(source)s%(what)s%(details)s tại %(place)s %(when)s là %(figure)s (%(codes)s).") % {
        "source": _source(answer, lines),
        "what": what,
        "details": f" ({'; '.join(details)})" if details else "",
        "place": place_title(question.place, question.period.last),
        "when": when,
        "figure": words.written(answer.amount, answer.indicator, answer.counting),
        "codes": codes(answer),
    }
    return told[:1].upper() + told[1:]


def codes(answer: Answer, most: int = 3) -> str:
    """The printed codes of the entries behind, the first few."""
    shown = ", ".join(answer.entries[:most])
    more = len(answer.entries) - most
    if not shown:
        return _("sổ số liệu Liên Minh")
    tail = _(" và %(n)d bút toán nữa") % {"n": more} if more > 0 else ""
    return _("bút toán %(codes)s") % {"codes": shown} + tail


def _source(answer: Answer, lines: Sequence[Line]) -> str:
    if answer.source not in ("reported", "read") or not lines:
        return ""
    entry = lines[0].entry
    document = entry.document or entry.source.document
    name = described(document) if document else entry.source.title
    return _("Theo %(source)s, ") % {"source": name}


def described(document: Document) -> str:
    """A document in a few words: who published it, its title, its day."""
    day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    inside = ", ".join(filter(None, (f"“{document.title}”", document.number, day)))
    return f"{document.issuer} ({inside})" if document.issuer else inside
