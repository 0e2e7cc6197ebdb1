"""Tables of data: a row is a line, and a large table is named and passed over."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from reader.article.blocks import BlockKind
from reader.article.lines import tidy

_MOST_ROWS = 12
_MOST_CHARS = 600
"""A larger table is no listener's: it is named."""
_CELL_CHARS = 60
_LOOKED_AT = 400
_LEAST_ROWS = 2
_LEAST_CELLS = 2


@dataclass(frozen=True, slots=True)
class TableLine:
    text: str
    kind: BlockKind
    element: _Element
    unread_chars: int = 0


@dataclass(frozen=True, slots=True)
class DataTable:
    lines: tuple[TableLine, ...]


def data_table(table: _Element) -> DataTable | None:
    """The lines of a table of data; None for a table that only places text on a page."""
    if next(table.iterdescendants("table"), None) is not None:
        return None
    rows: list[tuple[_Element, list[str]]] = []
    for row in islice(table.iterdescendants("tr"), _LOOKED_AT):
        cells = _cells(row)
        if cells is None:
            return None
        if any(cells):
            rows.append((row, cells))
    regular = sum(len(cells) >= _LEAST_CELLS for _, cells in rows)
    if len(rows) < _LEAST_ROWS or regular * 2 <= len(rows):
        return None
    lines = [TableLine("，".join(filter(None, cells)), "row", row) for row, cells in rows]
    caption = next(
        (tidy("".join(element.itertext())) for element in table.iterchildren("caption")), ""
    )
    chars = sum(len(line.text) for line in lines)
    if len(lines) > _MOST_ROWS or chars > _MOST_CHARS:
        name = caption or lines[0].text[:_CELL_CHARS]
        words = f"表格：{name}，共{len(lines)}列。"
        return DataTable((TableLine(words, "table", table, chars),))
    head = [TableLine(caption, "row", table)] if caption else []
    return DataTable((*head, *lines))


def _cells(row: _Element) -> list[str] | None:
    """The words of each cell; None where a cell holds a paragraph, a link or a form."""
    cells = []
    for cell in row.iterchildren("td", "th"):
        text = tidy("".join(cell.itertext()))
        if len(text) > _CELL_CHARS or _is_layout(cell):
            return None
        cells.append(text)
    return cells


def _is_layout(cell: _Element) -> bool:
    forms = ("form", "input", "iframe", "script", "ul", "h1", "h2", "h3")
    return next(cell.iterdescendants(*forms), None) is not None or (
        sum(1 for _ in islice(cell.iterdescendants("a"), 3)) >= 1
        and all(not (text or "").strip() for text in (cell.text, *(c.tail for c in cell)))
    )
