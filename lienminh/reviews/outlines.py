"""The outline of a dossier, by the kind of its conference; each section is filled or Missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from lienminh.conferences.models import Agreement, Conference
from lienminh.paper.document import (
    Block,
    Bullets,
    Heading,
    Italic,
    Missing,
    Paragraph,
    Text,
)
from lienminh.reviews.blocks import (
    NO_DETAIL,
    Numbers,
    dialogue_table,
    list_points,
    recommendations_table,
    results_table,
    section,
    statements,
    tasks_table,
)
from lienminh.reviews.cited import plans_cited
from lienminh.reviews.models import Point, Review, Subject
from lienminh.reviews.printing import Printed, cell_in_words
from lienminh.reviews.sentences import keys_in
from lienminh.rules.periods import Period

Points = Mapping[str, Sequence[Point]]
Section = Point.Section

NO_COMPARISON = "So với kế hoạch và so với cùng kỳ: "


@dataclass(frozen=True)
class Material:
    """What an outline is filled with."""

    review: Review
    points: Points
    numbers: Numbers
    subjects: Sequence[Subject]
    agreements: Sequence[Agreement]

    @property
    def period(self) -> str:
        """The period under review in words."""
        return Period(self.review.first, self.review.last).in_words()

    def section(self, level: Literal[1, 2], title: str, name: str) -> list[Block]:
        """The points of the section of this name under a heading."""
        return section(level, title, self.points[name], self.numbers)

    def numbers_of(self, points: Sequence[Point]) -> list[Printed]:
        """The numbers that these points print, in reading order."""
        return [self.numbers[key] for point in points for key in keys_in(point.text)]


def outline(material: Material) -> list[Block]:
    """The body of the dossier, without head and annexes."""
    kind = Conference.Kind(material.review.conference.kind)
    return _OUTLINES[kind](material)


def _interim_review(material: Material) -> list[Block]:
    return [
        *_first_part(material),
        Heading(0, "PHẦN THỨ HAI: PHƯƠNG HƯỚNG, NHIỆM VỤ"),
        *tasks_table(material.points[Section.TASK], material.numbers),
        *_third_part(material),
    ]


def _cluster_review(material: Material) -> list[Block]:
    return [
        *_first_part(material),
        Heading(0, "PHẦN THỨ HAI: PHƯƠNG HƯỚNG, NHIỆM VỤ"),
        Heading(1, "I. Nhiệm vụ năm tiếp theo"),
        *tasks_table(material.points[Section.TASK], material.numbers),
        Heading(1, "II. Giao ước thi đua"),
        *_agreements(material),
        *_third_part(material),
    ]


def _monthly_meeting(material: Material) -> list[Block]:
    return [
        *material.section(1, "I. Nội dung hội nghị", Section.PROCEEDINGS),
        *material.section(1, f"II. Kết quả công tác {material.period}", Section.RESULT),
        Heading(1, "III. Tiến độ thực hiện kế hoạch"),
        *(plans_cited(source) if (source := material.review.document) else []),
        Paragraph(("Nội dung báo cáo tiến độ: ", Missing(NO_DETAIL))),
        Heading(1, "IV. Đánh giá chung"),
        *statements(material.points[Section.VERDICT], material.numbers),
        *material.section(2, "1. Tồn tại, hạn chế", Section.LIMIT),
        *material.section(2, "2. Nguyên nhân", Section.CAUSE),
        Heading(1, "V. Nhiệm vụ trọng tâm tháng tiếp theo"),
        *tasks_table(material.points[Section.TASK], material.numbers),
        Heading(1, "VI. Kiến nghị, đề xuất"),
        *_recommended(material),
    ]


def _dialogue(material: Material) -> list[Block]:
    return [
        *material.section(1, "I. Nội dung hội nghị", Section.PROCEEDINGS),
        Heading(1, f"II. Tình hình kinh tế tập thể, hợp tác xã {material.period}"),
        *material.section(2, "1. Tình hình chung", Section.SITUATION),
        *material.section(2, "2. Kết quả", Section.RESULT),
        *_figures(material, material.points[Section.RESULT], ""),
        *_comparison(material),
        Heading(1, "III. Ý kiến của hợp tác xã và giải đáp"),
        *dialogue_table(
            material.points[Section.RAISED], material.points[Section.ANSWER], material.numbers
        ),
        *statements(material.points[Section.ANSWER], material.numbers),
        Heading(1, "IV. Ký kết tại hội nghị"),
        *_agreements(material),
        Heading(1, "V. Nhiệm vụ sau hội nghị"),
        *tasks_table(material.points[Section.TASK], material.numbers),
        Heading(1, "VI. Kiến nghị chuyển cấp trên"),
        *_recommended(material),
    ]


_OUTLINES: dict[Conference.Kind, Callable[[Material], list[Block]]] = {
    Conference.Kind.INTERIM_REVIEW: _interim_review,
    Conference.Kind.CLUSTER_REVIEW: _cluster_review,
    Conference.Kind.MONTHLY_MEETING: _monthly_meeting,
    Conference.Kind.DIALOGUE: _dialogue,
}


_REVIEW_SECTIONS = (
    Section.PROCEEDINGS,
    Section.SITUATION,
    Section.DIRECTION,
    Section.RESULT,
    Section.VERDICT,
    Section.STRENGTH,
    Section.LIMIT,
    Section.CAUSE,
    Section.LESSON,
    Section.TASK,
    Section.RECOMMENDATION,
)
SECTIONS: dict[str, tuple[Section, ...]] = {
    Conference.Kind.INTERIM_REVIEW: _REVIEW_SECTIONS,
    Conference.Kind.CLUSTER_REVIEW: _REVIEW_SECTIONS,
    Conference.Kind.MONTHLY_MEETING: (
        Section.PROCEEDINGS,
        Section.RESULT,
        Section.VERDICT,
        Section.LIMIT,
        Section.CAUSE,
        Section.TASK,
        Section.RECOMMENDATION,
    ),
    Conference.Kind.DIALOGUE: (
        Section.PROCEEDINGS,
        Section.SITUATION,
        Section.RESULT,
        Section.RAISED,
        Section.ANSWER,
        Section.TASK,
        Section.RECOMMENDATION,
    ),
}
"""The sections that the outline of each kind fills, in its order."""


def _first_part(material: Material) -> list[Block]:
    proceedings = material.points[Section.PROCEEDINGS]
    return [
        *(material.section(1, "Nội dung hội nghị", Section.PROCEEDINGS) if proceedings else []),
        Heading(0, "PHẦN THỨ NHẤT: ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN"),
        *material.section(1, "I. Đặc điểm tình hình", Section.SITUATION),
        *material.section(1, "II. Công tác lãnh đạo, chỉ đạo", Section.DIRECTION),
        Heading(1, f"III. Kết quả thực hiện {material.period}"),
        *_results(material),
        Heading(1, "IV. Đánh giá chung"),
        *statements(material.points[Section.VERDICT], material.numbers),
        *material.section(2, "1. Ưu điểm", Section.STRENGTH),
        *material.section(2, "2. Tồn tại, hạn chế", Section.LIMIT),
        *material.section(2, "3. Nguyên nhân", Section.CAUSE),
        *material.section(2, "4. Bài học kinh nghiệm", Section.LESSON),
    ]


def _third_part(material: Material) -> list[Block]:
    return [Heading(0, "PHẦN THỨ BA: KIẾN NGHỊ, ĐỀ XUẤT"), *_recommended(material)]


def _results(material: Material) -> list[Block]:
    """Results subject by subject where the source tells them so, then all figures in a table."""
    results = material.points[Section.RESULT]
    if not results:
        titles = tuple(subject.document.title + "." for subject in material.subjects)
        return [
            Paragraph(f"Hội nghị đánh giá việc tham gia thực hiện {len(titles)} chương trình:"),
            Bullets(titles),
            Paragraph(("Kết quả và số liệu của từng chương trình: ", Missing())),
            Paragraph((NO_COMPARISON, Missing())),
        ]
    blocks: list[Block] = []
    common = [point for point in results if point.subject is None]
    if common:
        blocks += [*list_points(common, material.numbers), *_figures(material, common, "")]
    told = [subject for subject in material.subjects if subject.value]
    for place, subject in enumerate(told, start=1):
        own = [point for point in results if point.subject_id == subject.pk]
        blocks += [
            Heading(2, f"{place}. {subject.document.title}"),
            *list_points(own, material.numbers),
            *_figures(material, own, subject.value),
        ]
    return [*blocks, *_comparison(material)]


def _figures(material: Material, points: Sequence[Point], scheme: str) -> list[Block]:
    """The table of the figures that these points print."""
    numbers = material.numbers_of(points)
    if not numbers:
        return []
    if not scheme:
        return [results_table(numbers, "Tổng hợp số liệu kết quả")]
    of_scheme = cell_in_words(f"scheme={scheme}")
    return [results_table(numbers, f"Số liệu kết quả: {of_scheme}", but="scheme")]


def _comparison(material: Material) -> list[Block]:
    """What may not be added in the tables of results, and what there is to compare with."""
    numbers = material.numbers_of(material.points[Section.RESULT])
    return [*_never_added(numbers), Paragraph((NO_COMPARISON, Missing()))]


def _never_added(numbers: Sequence[Printed]) -> list[Block]:
    """A note on the indicators that stand in several rows and of which nobody states a total."""
    by_label: dict[str, list[Printed]] = {}
    for printed in numbers:
        by_label.setdefault(printed.number.indicator.label_vi, []).append(printed)
    apart = [
        f"“{label}”" for label, rows in by_label.items() if len(rows) > 1 and not rows[0].has_total
    ]
    if not apart:
        return []
    note = (
        f"Không cộng các dòng của cùng một chỉ tiêu ({', '.join(apart)}): nguồn không nêu tổng, và "
        "các phần có thể trùng nhau."
    )
    return [Paragraph((Italic(note),))]


def _agreements(material: Material) -> list[Block]:
    signed: list[Text] = []
    for agreement in material.agreements:
        parties = "; ".join(party.name for party in agreement.parties.all())
        words = f"{agreement.title}. Các bên ký: {parties}. Nội dung: "
        signed.append((words, Missing(NO_DETAIL)))
    return [Bullets(tuple(signed))] if signed else [Missing()]


def _recommended(material: Material) -> list[Block]:
    return recommendations_table(material.points[Section.RECOMMENDATION], material.numbers)
