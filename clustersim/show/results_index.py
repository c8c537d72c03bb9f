"""The front page of a folder of results: every question with what was found, out of the manifests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from clustersim.show.answer_words import say


def index(folder: Path, lang: str) -> str:
    """The page, from what lies in the folder: no number in it is typed by anybody."""
    lines = [f"# {say('index_title', lang)}", "", say("index_how", lang), "", say("goals", lang), ""]
    for path in sorted(folder.glob("*/manifest.json")):
        made = json.loads(path.read_text(encoding="utf-8"))
        if made.get("kind") == "answer":
            lines += _question(path.parent.name, made, lang)
    lines.append(say("index_checks", lang))
    return "\n".join([*lines, ""])


def _question(name: str, made: dict[str, Any], lang: str) -> list[str]:
    links = "、".join(f"[{words}]({name}/{file})" for file, words in _links(made, lang))
    head = say("how", lang, firms=made["firms"], seeds=made["seeds"], until=made["until"])
    found = [f"- {one}" for one in made["found"][lang]]
    return [f"## {name[:2]} {made['title'][lang]}", "", made["question"][lang], "", *found, "", f"{head} {links}", ""]


def _links(made: dict[str, Any], lang: str) -> list[tuple[str, str]]:
    told = (("table.md", "index_page"), ("figure.png", "index_picture"), ("notebook.ipynb", "index_notebook"))
    return [(file, say(words, lang)) for file, words in told if file in made["files"]]
