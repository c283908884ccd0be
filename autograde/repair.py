"""A step for nbgrader's autograding that stock nbgrader lacks."""

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor


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
