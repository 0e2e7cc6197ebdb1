"""Text of whole web pages, as sixteen sites look when copied: exactly the article is left."""

from __future__ import annotations

import pytest

from reader.article import Article, ArticleOptions, Page, extract
from reader.article.byline import clean_byline
from tests.article.article_pages import SHARED, MarkedPage, copied_pages, spaceless

PAGES = copied_pages()
UNDATED = ("worldjournal2",)


def read(page: MarkedPage, **options: object) -> Article:
    return extract(Page(page.source.encode(), "text", name=page.name), ArticleOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_article_and_nothing_else(page: MarkedPage) -> None:
    article = read(page)
    assert article.title == page.title
    heard = [p.text for p in article.paragraphs if p.text not in page.may_be_read]
    assert spaceless("".join(heard)) == spaceless("".join(page.paragraphs))


@pytest.mark.parametrize("page", [p for p in PAGES if p.byline], ids=lambda page: page.name)
def test_the_byline_above_the_text(page: MarkedPage) -> None:
    assert spaceless(clean_byline(page.byline)) in spaceless(read(page).byline)


@pytest.mark.parametrize("page", [p for p in PAGES if p.name not in UNDATED], ids=lambda p: p.name)
def test_the_date_is_found(page: MarkedPage) -> None:
    assert read(page).published.startswith("2026-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_windows_line_ends_and_blank_lines_change_nothing(page: MarkedPage) -> None:
    spread = page.source.replace("\n", "\r\n\r\n")
    again = extract(Page(spread.encode(), "text", name=page.name), ArticleOptions(mode="article"))
    assert again.paragraphs == read(page, mode="article").paragraphs


def test_the_seed_page_is_its_headline_byline_and_eight_paragraphs() -> None:
    path = SHARED / "seed" / "worldjournal_page.txt"
    if not path.exists():
        pytest.skip("../shared/data is not here")
    article = extract(Page(path.read_bytes(), "text"))
    assert article.title == "「川習會」大交易？美擬要求中國少買俄伊石油 習近平可能提反台獨"
    assert article.byline == "編譯周辰陽／即時報導"
    assert len(article.paragraphs) == 8
    assert {p.kind for p in article.paragraphs} == {"body"}
    assert article.paragraphs[0].text.startswith("川普總統預定3月底訪問北京")
    assert article.paragraphs[7].text.endswith("最多可能舉行四次領導人級會晤。")
    assert article.lead_caption.startswith("美國總統川普（左）與中國國家主席習近平（右）")
