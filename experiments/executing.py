"""Percent scripts executed into notebooks and pages with the same bytes on every run.

Cells get fixed ids, nothing is timed, and the kernel is the interpreter that runs this, whatever kernels are installed.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import jupytext
import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbconvert import HTMLExporter

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LONGEST = 600  # seconds of a cell
LARGEST_PAGE = 1_000_000  # bytes


def execute(source: Path, folder: Path) -> dict[str, bytes]:
    """Run a percent script where its results lie; the notebook, and a page of it if that is small."""
    notebook = jupytext.read(source)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"c{number:03d}"
        cell["metadata"] = {}
    notebook.metadata = nbformat.NotebookNode(kernelspec=KERNEL)
    with tempfile.TemporaryDirectory() as room:
        # Without folders of its own the manager knows one kernel: the one of this interpreter.
        manager = AsyncKernelManager(
            kernel_name=KERNEL["name"], connection_file=str(Path(room) / "kernel.json"), transport="ipc",
            ip=str(Path(room) / "kernel"), kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        )  # fmt: skip
        client = NotebookClient(
            notebook, km=manager, timeout=LONGEST, record_timing=False, resources={"metadata": {"path": str(folder)}}
        )
        client.owns_km = True  # it ends the kernel that it was given
        environment = {**os.environ, "IPYTHONDIR": room, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        client.execute(env=environment)
    notebook.metadata.pop("language_info", None)
    made = {"notebook.ipynb": (nbformat.writes(notebook) + "\n").encode()}
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    if len(page.encode()) < LARGEST_PAGE:
        made["notebook.html"] = page.encode()
    return made
