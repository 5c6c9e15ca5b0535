"""A report is read on the screens: given, looked at, decided by keyboard, a figure in the end."""

from pathlib import Path
from typing import Final

import pytest
from django.utils.text import slugify
from playwright.sync_api import FilePayload, Page

from lienminh.demo.cast_files import FigureIn, ReviewIn
from lienminh.rules.precision import Amount
from lienminh.rules.text import fold, normalise
from lienminh.rules.wording import spelled, unit_of
from tests.e2e.browsing import DEPARTMENT, OFFICER, Visit, fill, follow, press, told
from tests.e2e.houses import Site
from tests.e2e.looking import assert_sound
from tests.intake import papers
from tests.intake.catalogue import INDICATORS
from tests.intake.giving import HELD, REPORT
from tests.intake.sources import CORRECTED, PATHS, PLACES, cast, days_of, figures_of

SENT: Final = "Đọc"
LONG: Final = "Hợp tác xã Nông nghiệp Dịch vụ Tổng hợp " * 6


def give(page: Page, *files: tuple[str, bytes]) -> None:
    """Choose files and have them read."""
    page.goto("/texts/")
    follow(page, "Đưa văn bản vào")
    chosen: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files
    ]
    page.set_input_files("[name=documents]", chosen)
    press(page, SENT)


def decided(page: Page) -> int:
    return page.locator(".finding.accepted, .finding.corrected").count()


def test_a_report_is_read_and_decided_by_keyboard(bare_site: Site, visit: Visit) -> None:
    page = visit(bare_site, account=OFFICER)
    page.goto("/texts/")
    assert_sound(page)
    give(page, ("bao-cao.txt", REPORT.encode()))
    assert "Báo cáo kết quả hoạt động năm 2023" in told(page)
    assert_sound(page)
    for number, key in enumerate(("a", "a"), start=1):
        if number == 1:
            page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press(key)
        assert decided(page) == number
    with page.expect_navigation():
        page.keyboard.press("r")
    assert page.locator(".finding.rejected").count() == 1
    first = page.locator("#f1")
    assert "sơ bộ" in first.inner_text()
    first.get_by_role("link", name="Tổng số hợp tác xã").click()
    assert "Tính đến 31/12/2023, tỉnh Bình Phước có 323 HTX" in told(page)
    assert page.locator("blockquote mark").inner_text() == "323 HTX"
    assert_sound(page)
    follow(page, "Xem trong toàn văn")
    page.locator("#f1 details.back summary").click()
    page.fill("#f1 [name=reason]", "Đọc nhầm kỳ")
    press(page, "Rút khỏi sổ")
    assert "open" in (page.locator("#f1").get_attribute("class") or "")


def test_what_else_a_report_holds_becomes_a_draft(bare_site: Site, visit: Visit) -> None:
    page = visit(bare_site, account=OFFICER)
    give(page, ("so-ket.txt", HELD.encode()))
    page.locator("#f1").get_by_role("button", name="Nhận", exact=True).click()
    follow(page, "Nội dung khác")
    assert_sound(page)
    fill(page, {"span": "năm 2023", "kind": "interim_review"})
    press(page, "Lập dự thảo")
    assert "/reviews/" in page.url
    assert "31 hợp tác xã" in told(page)
    assert_sound(page)


def test_bad_files_are_told_apart_and_good_ones_taken(bare_site: Site, visit: Visit) -> None:
    page = visit(bare_site, account=OFFICER)
    give(
        page, ("quet.pdf", papers.scan()), ("tot.docx", papers.word()), ("bom.docx", papers.bomb())
    )
    assert "không có chữ (bản quét)" in told(page)
    assert "bung ra quá lớn" in told(page)
    assert page.locator(".mark.official", has_text="đã đọc").count() == 1
    assert_sound(page)


def test_a_new_figure_is_corrected_and_its_wording_is_taught(bare_site: Site, visit: Visit) -> None:
    page = visit(bare_site, account=OFFICER)
    give(
        page, ("giong.txt", f"{LONG}.\nNăm 2023, tỉnh Bình Phước trồng 12.500 cây giống.".encode())
    )
    assert_sound(page)
    follow(page, "Chọn chỉ tiêu")
    assert_sound(page)
    page.locator("details:has(a[href='?indicator=groups.total']) summary").click()
    page.locator("a[href='?indicator=groups.total']").first.click()
    fill(page, {"as_of": "31/12/2023", "basis": "stated", "phrase": "cây giống"})
    assert_sound(page)
    press(page, "Xem trước khi gửi")
    assert_sound(page)
    press(page, "Gửi")
    assert decided(page) == 1
    page.goto("/texts/wordings/")
    assert "“cây giống”" in told(page)
    assert_sound(page)
    press(page, "Bỏ")
    assert "“cây giống”" not in told(page)


def test_everything_works_without_scripts(bare_site: Site, visit: Visit) -> None:
    page = visit(bare_site, account=OFFICER, script=False)
    give(page, ("khong-script.txt", REPORT.replace("31 HTX", "37 HTX").encode()))
    assert not page.locator(".keys").is_visible()
    page.locator("#m3 a").click()
    assert page.url.endswith("#f3")
    page.locator("#f3").get_by_role("button", name="Nhận", exact=True).click()
    assert decided(page) == 1


if PATHS:

    def test_the_five_articles_become_the_figures_of_the_five_reviews(
        bare_site: Site, visit: Visit
    ) -> None:
        page = visit(bare_site, account=DEPARTMENT)
        give(page, *((path.name, path.read_bytes()) for path in PATHS))
        taken = page.locator("ul.plain li a").all()
        links = [one.get_attribute("href") or "" for one in taken]
        assert len(links) == len(PATHS)
        reviews = cast()
        for path, link in zip(PATHS, links, strict=True):
            page.goto(link)
            _name_schemes(page, link, reviews[path])
            _decide_all(page, link, reviews[path], path)
        for path in PATHS:
            for figure in figures_of(reviews[path]):
                _assert_shown(page, reviews[path], figure, path.read_text("utf-8"))

    def _name_schemes(page: Page, link: str, review: ReviewIn) -> None:
        for subject in review.subjects:
            if subject.value:
                page.goto(f"{link}scheme/")
                fill(page, {"name": subject.label_vi, "english": subject.label_en})
                press(page, "Thêm")

    def _decide_all(page: Page, link: str, review: ReviewIn, path: Path) -> None:
        """All that is clear together, then one by one; what only a person knows is corrected."""
        page.goto(link)
        together = page.locator(".together button")
        if together.count():
            with page.expect_navigation():
                together.first.click()
        text = path.read_text("utf-8")
        for figure in figures_of(review):
            start = len(text[: figure.at[0]])
            mark = next(
                one
                for one in page.locator(".words mark").all()
                if _starts_at(page, one.get_attribute("id") or "", start)
            )
            number = (mark.get_attribute("id") or "")[1:]
            row = page.locator(f"#f{number}")
            if "open" not in (row.get_attribute("class") or ""):
                continue
            if figure.key in CORRECTED:
                _correct(page, f"{link}{number}/correct/", figure)
            else:
                with page.expect_navigation():
                    row.get_by_role("button", name="Nhận", exact=True).click()

    def _starts_at(page: Page, identity: str, start: int) -> bool:
        """Whether a mark begins so many characters into the text."""
        script = """([id, start]) => {
            const mark = document.getElementById(id), words = document.querySelector('.words');
            const range = document.createRange();
            range.setStart(words, 0); range.setEndBefore(mark);
            return [...range.toString()].length === start;
        }"""
        return bool(page.evaluate(script, [identity, start]))

    def _correct(page: Page, address: str, figure: FigureIn) -> None:
        page.goto(address)
        if figure.as_of:
            fill(page, {"as_of": f"{figure.as_of:%d/%m/%Y}", "basis": str(figure.as_of_basis)})
        else:
            fill(page, {"period": str(figure.period)})
        press(page, "Xem trước khi gửi")
        press(page, "Gửi")

    def _assert_shown(page: Page, review: ReviewIn, figure: FigureIn, text: str) -> None:
        """The page of the figure has its number, and its sentence around the words."""
        where = figure.cell
        for subject in review.subjects:
            if subject.value:
                where = where.replace(subject.value, _slug(subject.label_vi))
        place = PLACES[review.slug[:3]]
        query = f"period={days_of(figure)}&where={where}&series={figure.series}"
        page.goto(f"/figures/{figure.indicator}/{place}?{query}")
        low, high = figure.low or figure.value, figure.high or figure.value
        assert low
        assert high
        amount = Amount(low, high, figure.bound, figure.approx)
        said = page.locator(".figure-line").inner_text()
        unit = unit_of(INDICATORS[figure.indicator].unit)
        assert normalise(spelled(amount, unit)) in normalise(said), figure.key
        marked = normalise(page.locator("blockquote mark").first.inner_text())
        at = figure.at[0]
        assert normalise(text[at:]).startswith(marked)

    def _slug(label: str) -> str:
        """The value that a scheme of this name gets."""
        return slugify(fold(label))[:60].strip("-")


@pytest.mark.parametrize("account", [OFFICER, DEPARTMENT])
def test_the_list_of_texts_is_sound_when_full(bare_site: Site, visit: Visit, account: str) -> None:
    give(visit(bare_site, account=OFFICER), (f"{account}.txt", f"{REPORT}\n{account}".encode()))
    page = visit(bare_site, account=account)
    page.goto("/texts/")
    assert page.locator("#texts tbody tr").count() >= 1
    assert_sound(page)
