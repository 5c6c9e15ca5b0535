"""A review as a paper: head, what the conference was, its outline filled in, its annexes."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_noop, override

from lienminh.conferences.models import Conference, Participation
from lienminh.paper.document import (
    Column,
    Document,
    Head,
    Missing,
    Paragraph,
    Strong,
    Table,
    Text,
)
from lienminh.paper.excel import write_xlsx
from lienminh.paper.pdf import write_pdf
from lienminh.paper.word import write_docx
from lienminh.people.models import User
from lienminh.places.queries import title_of
from lienminh.reviews.annexes import annexes, describe
from lienminh.reviews.blocks import capital
from lienminh.reviews.freezing import thaw
from lienminh.reviews.models import Review, State
from lienminh.reviews.outlines import Material, Points, outline
from lienminh.reviews.own_words import in_own_words
from lienminh.reviews.printing import Printed, printed_numbers
from lienminh.reviews.queries import points_of
from lienminh.reviews.sentences import keys_in
from lienminh.rules.errors import Refused
from lienminh.rules.periods import Period
from lienminh.work.shell import warning

DRAFT_MARK = gettext_noop("DỰ THẢO – dựng lại từ nguồn báo chí")
BLANK = "……………………"  # the source does not say who would issue the report
ABOUT = (
    "Bản này được dựng lại từ {source}; không phải văn bản do cơ quan nào ban hành. Điều gì nguồn "
    "không nêu thì ghi là không nêu, không suy đoán."
)
ABOUT_CODES = (
    " Mã như [S01] cạnh mỗi con số dẫn tới Phụ lục I, nơi ghi nguyên văn và vị trí trong nguồn."
)
CLOSING = "Trên đây là nội dung hội nghị được dựng lại từ nguồn báo chí./."
SYNTHETIC_MARK = "DỮ LIỆU GIẢ LẬP"  # on every page of the paper, issued or not
OWN_DRAFT_MARK = gettext_noop("DỰ THẢO")
ABANDONED_MARK = gettext_noop("DỰ THẢO ĐÃ BỎ")
OWN_ABOUT = "Mã như [S01] cạnh mỗi con số dẫn tới Phụ lục, nơi ghi con số ấy từ đâu mà có."
OWN_CLOSING = "Trên đây là nội dung báo cáo tại hội nghị./."
Role = Participation.Role

WRITERS: dict[str, Callable[[Document, Path], None]] = {
    "docx": write_docx,
    "pdf": write_pdf,
    "xlsx": write_xlsx,
}


def write_dossier(review: Review, *, formats: Collection[str], folder: Path) -> list[Path]:
    """Write the dossier as `folder`/SLUG.FORMAT for each format; Refused for an unknown one."""
    if unknown := sorted(set(formats) - set(WRITERS)):
        raise Refused(f"“{unknown[0]}” is not a format; use some of {','.join(WRITERS)}.")
    document = paper_of(review)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Refused(
            f"The folder {folder} cannot be made ({fault.strerror}); give another."
        ) from None
    paths = [folder / f"{review.slug}.{name}" for name in WRITERS if name in formats]
    for path in paths:
        WRITERS[path.suffix.removeprefix(".")](document, path)
    return paths


def paper_of(review: Review, *, user: User | None = None, known_at: int | None = None) -> Document:
    """The dossier: as it was issued, else composed from the ledger."""
    if review.state == State.ISSUED:
        issued: Document = thaw(review.issue.paper)
        return issued
    return compose(review, user=user, known_at=known_at)


@override("vi")
def compose(
    review: Review,
    *,
    user: User | None = None,
    known_at: int | None = None,
    numbers: Mapping[str, Printed] | None = None,
    draft: bool = True,
) -> Document:
    """The dossier as a tree; every number in it is the answer to its question now.

    `known_at`: answers as known at that posting; `numbers`: answers already found.
    """
    if numbers is None:
        numbers = printed_numbers(review, user=user, known_at=known_at)
    material = Material(
        review=review,
        points=points_of(review),
        numbers=numbers,
        subjects=list(review.subjects.select_related("document")),
        agreements=list(review.conference.agreements.prefetch_related("parties")),
    )
    retold = review.document
    own_mark = ABANDONED_MARK if review.abandoned else OWN_DRAFT_MARK
    mark = (DRAFT_MARK if retold else own_mark) if draft else ""
    synthetic = SYNTHETIC_MARK if warning() else ""
    head = Head(
        superior="",
        issuer=BLANK,
        type_name="BÁO CÁO",
        abstract=review.title,
        draft_mark=" – ".join(filter(None, (synthetic, mark))),
    )
    if retold:
        about = ABOUT.format(source=describe(retold)) + (ABOUT_CODES if numbers else "")
    else:
        about = OWN_ABOUT if numbers else ""
    blocks = (
        *([Paragraph(about)] if about else []),
        _conference_table(review),
        *outline(material),
        Paragraph(CLOSING if retold else OWN_CLOSING),
        *annexes(review, _printed_in(material.points, numbers)),
    )
    paper = Document(head, blocks, made_on=timezone.localdate())
    return paper if retold else in_own_words(paper)


def _printed_in(points: Points, numbers: Mapping[str, Printed]) -> Mapping[str, Printed]:
    """The numbers that some point prints; one whose words were dropped needs no row."""
    used = {key for section in points.values() for point in section for key in keys_in(point.text)}
    return {key: printed for key, printed in numbers.items() if key in used}


def _conference_table(review: Review) -> Table:
    conference = review.conference
    rows: list[tuple[str, Text | None]] = [
        ("Hội nghị", conference.title),
        ("Thời gian", _days(conference)),
        ("Địa điểm", _where(conference)),
        ("Hình thức", capital(Conference.Mode(conference.mode).label) if conference.mode else None),
        *([("Bối cảnh", conference.occasion)] if conference.occasion else []),
        *_offices(conference),
        ("Phạm vi", capital(title_of(review.scope, review.last))),
        ("Kỳ đánh giá", capital(Period(review.first, review.last).in_words())),
    ]
    return Table(
        (Column("Mục", 4), Column("Nội dung", 13)),
        tuple(((Strong(name),), content or (Missing(),)) for name, content in rows),
        caption="Thông tin hội nghị",
    )


def _days(conference: Conference) -> str:
    days = Period(conference.first_day, conference.last_day).in_words()
    if not conference.part_of_day:
        return capital(days)
    return f"{capital(Conference.PartOfDay(conference.part_of_day).label)}, {days}"


def _where(conference: Conference) -> str | None:
    place = conference.place
    parts = [conference.venue, title_of(place, conference.first_day) if place else ""]
    return capital(", ".join(part for part in parts if part)) or None


def _offices(conference: Conference) -> list[tuple[str, Text | None]]:
    """Who took part, by role; that nobody is said to have convened or chaired is shown."""
    by_role: dict[str, list[str]] = {}
    for office in conference.participations.all():
        by_role.setdefault(office.role, []).append(office.name)
    rows: list[tuple[str, Text | None]] = [
        (role.label, "; ".join(by_role[role])) for role in Role if role in by_role
    ]
    if not {Role.HOST, Role.CHAIR, Role.CO_CHAIR} & by_role.keys():
        rows.insert(0, (Role.CHAIR.label, None))
    return rows
