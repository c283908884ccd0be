"""What a learner's own cells show and find: pictures, files handed in beside the notebook, and an end that is none."""

import base64
import io
import json
from collections.abc import Iterator

import pytest
from PIL import Image

from autograde.grading.submission import Job, grade
from autograde.sandbox.kept_outputs import LARGEST_PICTURE, Album
from autograde.sandbox.session import Limits, Session, Zygote, Zygotes
from tests.autograde.handed_in import ASSIGNMENT, FULL, code, right
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    require_program("bwrap", "bubblewrap")
    zygote = Zygote(libraries=True)
    yield zygote
    zygote.close()


@pytest.fixture
def session(zygote: Zygote) -> Iterator[Session]:
    files = (("numbers.txt", b"1 2\n3 4\n"), ("helper.py", b"value = 5\n"), ("folder/other.py", b"value = 6\n"))
    session = Session(zygote, Limits(cell=60.0), files)
    yield session
    session.close()


def png(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("1", (width, height)).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    "end", ["", "plt.show()", "fig.savefig('kept.png')", "%config InlineBackend.figure_format='svg'"]
)
def test_a_plot_arrives_as_a_picture(session: Session, end: str) -> None:
    error, shown = session.run(f"import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2]);\n{end}")
    assert error == ""
    (picture,) = [output.pictures["image/png"] for output in shown if output.pictures]
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"
        assert 200 < image.width < 1_000


def test_texts_and_values_come_in_order_and_html_never(session: Session) -> None:
    _, shown = session.run("print(1)\ndisplay({'text/html': '<b>', 'text/plain': 'b'}, raw=True)\nprint(2)\n3")
    assert [(output.kind, output.text) for output in shown] == [
        ("stream", "1\n"), ("shown", "b"), ("stream", "2\n"), ("shown", "3"),
    ]  # fmt: skip


def test_files_beside_the_notebook_are_there(session: Session) -> None:
    session.run("import numpy as np, helper\nfrom folder.other import value")
    error, shown = session.run("np.loadtxt('numbers.txt').sum(), helper.value, value")
    assert (error, shown[-1].text) == ("", "(np.float64(10.0), 5, 6)")


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "", "a\0b"])
def test_files_can_not_be_placed_elsewhere(zygote: Zygote, name: str) -> None:
    with pytest.raises(ValueError, match="expected a name relative to"):
        Session(zygote, Limits(), [(name, b"")])


@pytest.mark.parametrize("leave", ["exit()", "quit()", "exit", "import sys; sys.exit()"])
def test_the_notebook_goes_on_after_its_end(session: Session, leave: str) -> None:
    session.run("before = 1")
    session.run(leave)
    assert session.run("before") == ("", session.run("before")[1])
    assert session.find("before") == 1


def test_only_small_pictures_are_kept() -> None:
    album = Album(1_000)

    def kept(media: str, data: object) -> bool:
        return bool(album.kept([["shown", "", [[media, data]]]])[0].pictures)

    assert kept("image/png", png(10, 10))
    assert not kept("image/png", png(50_000, 50_000)), "a browser would draw 2.5 gigapixels"
    assert not kept("image/png", png(10, 10) + bytes(LARGEST_PICTURE)), "too many bytes"
    assert not kept("image/jpeg", png(10, 10)), "another format"
    assert not kept("image/svg+xml", b"<svg/>")
    assert not kept("image/png", b"<script>")
    assert not kept("image/png", "text")
    with pytest.raises((TypeError, ValueError)):
        album.kept([["shown", 1, []]])
    large = png(10, 10) + bytes(LARGEST_PICTURE - 1_000)
    assert sum(kept("image/png", large) for _ in range(20)) == 8, "so many in a notebook"


def test_plots_and_files_reach_the_graded_notebook() -> None:
    require_program("bwrap", "bubblewrap")
    notebook = right()
    plot = "import numpy as np, matplotlib.pyplot as plt\nplt.plot(np.loadtxt('numbers.txt'))"
    notebook["cells"].insert(0, code(plot))
    zygotes = Zygotes()
    result = grade(Job("ada", ASSIGNMENT, json.dumps(notebook).encode(), files=(("numbers.txt", b"1 2"),)), zygotes)
    zygotes.close()
    assert result.score == FULL
    outputs = next(cell for cell in json.loads(result.notebook)["cells"] if cell["source"] == plot)["outputs"]
    (data,) = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    assert base64.b64decode(data).startswith(b"\x89PNG")
