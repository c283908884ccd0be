"""What stock nbgrader needs to handle what learners hand in; ``nbgrader_config.py`` puts it in its place."""

import bleach
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.filters import markdown2html
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

_STRUCTURE = {"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "div", "details", "summary", "pre", "span", "del"}
_TABLES = {"table", "thead", "tbody", "tr", "th", "td"}
_TAGS = bleach.sanitizer.ALLOWED_TAGS | _STRUCTURE | _TABLES | {"sub", "sup", "img"}
_STARTS = {"href": ("https://", "http://", "#"), "src": ("data:image/",)}  # what an address may begin with


class DropEmptyMetadata(NbGraderPreprocessor):
    """Remove what nbgrader leaves of a duplicated cell's role.

    A split cell stands in a submission twice. ``DeduplicateIds`` empties the metadata of the first half, and
    ``OverwriteCells`` with ``add_missing_cells`` (nbgrader 0.9.6) then stumbles over a cell without a grade_id.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: ResourcesDict, cell_index: int
    ) -> tuple[NotebookNode, ResourcesDict]:
        if "nbgrader" in cell.metadata and "grade_id" not in cell.metadata.nbgrader:
            del cell.metadata["nbgrader"]
        return cell, resources


def harmless_markdown(source: str) -> str:
    """A markdown cell as HTML in which nothing runs, loads or covers the page: a learner may have written it.

    nbgrader (0.9.6) shows it on its own pages, Formgrader's above all, with the rights of the person who grades.
    """
    return bleach.clean(markdown2html(source), tags=_TAGS, attributes=_is_kept, protocols={"http", "https", "data"})


def _is_kept(tag: str, name: str, value: str) -> bool:
    kept = {"a": ("href", "title"), "img": ("src", "alt", "title"), "td": ("align",), "th": ("align",)}
    return name in kept.get(tag, ()) and value.startswith(_STARTS.get(name, ""))
