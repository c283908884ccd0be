"""nbgrader's settings for this course, read when ``nbgrader`` runs in this folder."""

from nbgrader.converters import Autograde
from nbgrader.preprocessors import DeduplicateIds

from autograde.gradebook.nbgrader_fixes import DropEmptyMetadata

c = get_config()

c.CourseDirectory.course_id = "mlp-course"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# nbgrader copies what stands beside a source notebook to learners: the py:percent source has the answers in it.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", "*.py", "feedback"]
# Moodle's names of files, for zip_collect: "Ada Lovelace_12345_assignsubmission_file_/perceptron.ipynb".
c.FileNameCollectorPlugin.named_regexp = (
    r".*/(?P<student_id>[^/]+?)_\d+_assignsubmission_file_?(?:.*/)?(?P<file_id>[^/]+)"
)

c.OverwriteCells.add_missing_cells = True  # a test cell that a learner deleted still counts
c.Execute.timeout = 60  # seconds for one cell
steps = Autograde.sanitize_preprocessors.default()
steps.insert(steps.index(DeduplicateIds) + 1, DropEmptyMetadata)
c.Autograde.sanitize_preprocessors = steps

# Formgrader and generate_feedback would show a learner's markdown as it is, scripts included.
c.HTMLExporter.filters = {"markdown2html": "autograde.gradebook.nbgrader_fixes.harmless_markdown"}
