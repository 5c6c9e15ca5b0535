"""The cast against the articles themselves, where a folder of their texts is at hand.

The texts are not part of the project: LIENMINH_SOURCE_TEXTS names the folder that has them.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lienminh.demo.cast_files import ReviewIn, packaged, read_cast
from lienminh.rules.text import normalise

FOLDER = os.environ.get("LIENMINH_SOURCE_TEXTS", "")
TEXTS = [path.read_text("utf-8") for path in sorted(Path(FOLDER).glob("*.txt"))] if FOLDER else []
BY_DIGEST = {hashlib.sha256(text.encode()).hexdigest(): text for text in TEXTS}
RUN = 5

# Set phrases and numbers of documents count as one word: nobody can say them otherwise.
ONE_WORD = re.compile(
    r"\b(tháng hành động vì hợp tác xã năm 2024|quỹ hỗ trợ phát triển htx|nghị quyết số [0-9]+"
    r"( nq (tw|cp))?|kế hoạch số [0-9]+ kh [a-z]+|thành phố hồ chí minh|tổ chức chính trị xã hội"
    r"|liên minh (hợp tác xã|htx)( việt nam)?|chính quyền địa phương|thương mại điện tử"
    r"|vai trò nòng cốt|phong trào thi đua|cơ bản hoàn thành|dân tộc thiểu số"
    r"|xúc tiến thương mại|kinh tế tập thể|hợp tác xã|tổ hợp tác)\b"
)


def words(text: str) -> list[str]:
    plain = " ".join(re.findall(r"\w+", normalise(text).lower()))
    return ONE_WORD.sub(lambda found: found.group().replace(" ", "_"), plain).split()


def runs_of_words(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1)}


def own_words(review: ReviewIn) -> Iterator[str]:
    """The points without titles, quoted names and printed numbers."""
    titles = "|".join(re.escape(document.title.lower()) for document in review.documents)
    for point in review.points:
        yield from re.split(rf"“.*?”|\{{.*?\}}|{titles}", point.text.lower())


def article_of(review: ReviewIn) -> str:
    digest = next(d.content_sha256 for d in review.documents if d.ref == review.source)
    return BY_DIGEST[digest]


if TEXTS:
    CAST = [review for _, review in read_cast(packaged())]

    @pytest.mark.parametrize("review", CAST, ids=lambda review: review.slug[:3])
    def test_each_figure_stands_where_it_is_said_to_stand(review: ReviewIn) -> None:
        text = article_of(review)
        for figure in review.figures.items if review.figures else ():
            start, end = figure.at
            assert figure.as_written == f"{figure.qualifier} {text[start:end]}".strip()
            assert text[:start].rstrip().endswith(figure.qualifier)

    @pytest.mark.parametrize("review", CAST, ids=lambda review: review.slug[:3])
    def test_the_length_of_each_text_is_right(review: ReviewIn) -> None:
        article = next(d for d in review.documents if d.ref == review.source)
        assert article.content_length == len(article_of(review))

    @pytest.mark.parametrize("review", CAST, ids=lambda review: review.slug[:3])
    def test_each_citation_stands_where_it_is_said_to_stand(review: ReviewIn) -> None:
        text = article_of(review)
        for reference in review.references:
            cited = text[slice(*reference.at)]
            assert reference.number in cited
            if reference.dated:
                assert f"{reference.dated:%d/%m/%Y}" in cited

    @pytest.mark.parametrize("review", CAST, ids=lambda review: review.slug[:3])
    def test_no_five_words_of_the_articles_are_copied(review: ReviewIn) -> None:
        theirs = set().union(*(runs_of_words(text) for text in TEXTS))
        for text in own_words(review):
            assert not runs_of_words(text) & theirs, text
