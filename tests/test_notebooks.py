"""The notebooks run from top to bottom with what is installed, without a network, and are stored without outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import corpus

NOTEBOOKS = sorted((Path(__file__).parents[1] / "docs" / "notebooks").glob("*.ipynb"))
PICTURES = {"archive": 5}

pytestmark = pytest.mark.filterwarnings("ignore")  # those of Jupyter are not ours


def _read(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["archive", "benchmark", "first-steps"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path: Path) -> None:
    # They are made anew here and on the reader's machine: stored ones would be large, and old before long.
    for cell in _read(path).cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None), "run: jupyter nbconvert --clear-output --inplace"


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel imports what this process does, and leaves nothing outside of the folder of the test.
    monkeypatch.setenv("PYTHONPATH", str(Path(corpus.__file__).parents[1]))
    for variable in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "HF_HOME", "MPLCONFIGDIR", "TMPDIR"):
        folder = tmp_path / variable.lower()
        folder.mkdir()
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    notebook = _read(path)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=180, kernel_name="python3", resources=resources).execute()

    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    shown = [output.data.get("text/html", "") for cell in cells for output in cell.outputs if "data" in output]
    assert sum('role="img"' in html for html in shown) == PICTURES.get(path.stem, 0)
