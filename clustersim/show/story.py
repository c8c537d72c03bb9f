"""A firm's story as text and as plain JSON: its options each quarter, what barred them, and what it took."""

from __future__ import annotations

from typing import Any, Final

from clustersim.foundation.words import FEN, Grade, Site, Stage
from clustersim.show import story_words as words
from clustersim.show.story_words import say
from clustersim.show.text import break_lines, columns
from clustersim.why.parting import Fate, Parting
from clustersim.why.replay import Seen, Story, Told, Weighed

WIDTH: Final = 100
_UNITS: Final = {"zh": 1e4, "en": 1e3}  # yuan in which money is told


def story_text(story: Story, scenario: str, firms: int, seed: int, lang: str) -> str:
    """The whole story; quarters in which nothing happened share a line."""
    town, sector = (pair[lang == "en"] for pair in (story.town, story.sector))
    head = say("firm", lang, uid=story.uid, town=town, sector=sector, born=story.born)
    lines = [head, say("run", lang, scenario=scenario, firms=firms, seed=seed), ""]
    lines += break_lines(say("legend", lang), WIDTH)
    quiet: list[Told] = []
    for told in story.quarters:
        if told.seen is None and not told.events:
            quiet.append(told)
            continue
        lines += ["", *_quiet(quiet, lang), *_quarter(told, lang)]
        quiet = []
    return "\n".join([*lines, *([""] if quiet else []), *_quiet(quiet, lang)])


def _quiet(quarters: list[Told], lang: str) -> list[str]:
    if not quarters:
        return []
    first, last = quarters[0].quarter, quarters[-1].quarter
    return [f"{first}{f' - {last}' if last != first else ''}  {say('quiet', lang)}"]


def _quarter(told: Told, lang: str) -> list[str]:
    stood = told.stood
    grade = say("grade", lang, grade=Grade(stood["grade"]).name) if stood["grade"] else say("ungraded", lang)
    standing = say(
        "stood", lang, site=words.in_words(Site(stood["site"]).name.lower(), lang), grade=grade,
        sales=_money(stood["revenue"], lang, False), cash=_money(stood["cash"] / FEN, lang, False),
        people=stood["employees"],
    )  # fmt: skip
    lines = [f"{told.quarter}  {standing}"]
    if told.seen is not None:
        reasons = words.in_words(", ".join(_plain(one.name) for one in told.seen.look.reasons), lang)
        lines += [f"  {say('looked', lang, reasons=reasons)}", *_options(told.seen, lang)]
    lines += [f"  {say('event', lang, what=_event(one, lang))}" for one in told.events]
    return [*lines, f"  {say('did', lang, what=_outcome(told, lang))}"]


def _options(seen: Seen, lang: str) -> list[str]:
    rows = [["", *say("head", lang).split("|")]]
    open_ones = [one for one in seen.options if one.option.bar is None]
    for one in open_ones:
        mark = "*" if seen.options[seen.taken] is one else ""
        leaving = one.option.action.name == "EXIT"
        draw = "" if leaving else _money(one.luck, lang)
        rows.append([
            mark, _name(one, lang), _money(one.value, lang), _money(one.liking, lang), draw, f"{one.chance:.1%}"
        ])  # fmt: skip
    lines = [f"    {line}" for line in columns(rows, right=range(2, 6))]
    nests = [
        f"{words.NESTS[name][lang == 'en']} {chance:.1%} ({_money(luck, lang)})"
        for name, (_, luck, chance) in seen.nests.items()
        if chance > 0.0
    ]
    lines.append(f"    {say('nests', lang, nests=say('and', lang).join(nests))}")
    lines.append(f"    {say('made_of', lang)}")
    for one in open_ones:
        terms = [
            f"{words.TERMS[name][lang == 'en']} {_money(value, lang)}" for name, value in one.terms.items() if value
        ]
        text = f"{_name(one, lang)}: {', '.join(terms)}"
        first, *rest = break_lines(text, WIDTH - 6)
        lines += [f"      {first}", *(f"        {line}" for line in rest)]
    return lines + _barred(seen, lang)


def _barred(seen: Seen, lang: str) -> list[str]:
    """Options that were not open, those with the same reason together."""
    found: dict[tuple[str, Any], list[str]] = {}
    for one in seen.options:
        if one.option.bar is not None:
            parks = found.setdefault((one.option.action.name, one.option.bar), [])
            parks += [str(one.park)] if one.park is not None else []
    lines = []
    for (action, bar), parks in found.items():
        why = words.BARS[bar] if lang == "zh" else bar.words
        name = " ".join([words.ACTIONS[action][lang == "en"], ", ".join(parks)]).strip()
        lines.append(f"    {name}: {say('barred', lang, why=why, rule=bar.rule)}")
    return lines


def _name(one: Weighed, lang: str) -> str:
    name = words.ACTIONS[one.option.action.name][lang == "en"]
    return f"{name} {one.park}" if one.park is not None else name


def _event(event: dict[str, str], lang: str) -> str:
    name = words.EVENTS[event["event"]] if lang == "zh" else event["event"]
    path = " -> ".join(words.in_words(part, lang) for part in (event["from"], event["to"]) if part)
    return " ".join(part for part in (name, path, f"({words.in_words(event['cause'], lang)})") if part)


def _outcome(told: Told, lang: str) -> str:
    did = words.ACTIONS[told.action.name][lang == "en"]
    if not told.alive:
        return f"{did} ({words.in_words(_plain(told.cause.name), lang)})"
    if told.seen is not None and told.seen.look.taken.action != told.action:
        wanted = words.ACTIONS[told.seen.look.taken.action.name][lang == "en"]
        return say("refused", lang, wanted=wanted)
    return did


def _money(yuan: float, lang: str, signed: bool = True) -> str:
    amount = yuan / _UNITS[lang]
    return f"{amount:+,.1f}" if signed else f"{amount:,.1f}"


def _plain(name: object) -> str:
    return str(name).lower().replace("_", " ")


def story_json(story: Story) -> dict[str, Any]:
    """The story as plain JSON: money in yuan."""
    return {
        "uid": story.uid, "town": story.town[1], "sector": story.sector[1], "born": str(story.born),
        "quarters": [_quarter_json(one) for one in story.quarters],
    }  # fmt: skip


def _quarter_json(told: Told) -> dict[str, Any]:
    stood = told.stood
    plain: dict[str, Any] = {
        "quarter": str(told.quarter), "alive": told.alive, "action": told.action.name.lower(),
        "cause": told.cause.name.lower(), "site": Site(stood["site"]).name.lower(),
        "grade": Grade(stood["grade"]).name.lower(), "stage": Stage(stood["stage"]).name.lower(),
        "revenue": stood["revenue"], "cash": stood["cash"] / FEN, "events": list(told.events), "looked": None,
    }  # fmt: skip
    if (seen := told.seen) is not None:
        plain["looked"] = {
            "reasons": [str(one.name).lower() for one in seen.look.reasons],
            "nests": {
                name: {"worth": worth, "draw": luck, "chance": chance}
                for name, (worth, luck, chance) in seen.nests.items()
            },
            "options": [_option_json(one) for one in seen.options],
            "taken": seen.taken,
        }
    return plain


def _option_json(one: Weighed) -> dict[str, Any]:
    bar = one.option.bar
    return {
        "action": one.option.action.name.lower(), "park": one.park, "open": bar is None,
        "bar": None if bar is None else {"why": bar.words, "rule": bar.rule},
        "worth": one.value, "liking": one.liking, "draw": one.luck, "chance": one.chance, "terms": one.terms,
    }  # fmt: skip


def parting_text(parting: Parting, a: str, b: str, lang: str) -> str:
    """Where two policies part the firm's fate, and by what."""
    if parting.quarter is None or parting.fates is None:
        return "\n".join(break_lines(say("never", lang, a=a, b=b), WIDTH))
    one, other = (_fate(fate, lang) for fate in parting.fates)
    lines = [say("parted", lang, quarter=parting.quarter, a=a, b=b, one=one, other=other)]
    if parting.first_seen and parting.first_seen[0] < parting.quarter:
        quarter, names = parting.first_seen
        shown = ", ".join(names[:6]) + (" ..." if len(names) > 6 else "")
        lines.append(say("differed", lang, quarter=quarter, columns=shown))
    if len(parting.changes) == 1:
        return "\n".join(break_lines(" ".join([*lines, say("only", lang, change=parting.changes[0].name)]), WIDTH))
    both = say("and", lang)
    if parting.enough:
        lines.append(say("enough", lang, changes=both.join(one.name for one in parting.enough)))
        lines += [say("within", lang, levers=both.join(parting.within))] if parting.within else []
    if parting.needed:
        lines.append(say("needed", lang, changes=both.join(one.name for one in parting.needed)))
    if not parting.enough:
        lines.append(say("together", lang))
    return "\n".join(line for text in lines for line in break_lines(text, WIDTH))


def _fate(fate: Fate, lang: str) -> str:
    name = words.ACTIONS[fate.action.name][lang == "en"]
    if not fate.alive:
        return f"{name} ({words.in_words(_plain(fate.cause.name), lang)})"
    return f"{name} {fate.park}" if fate.action.name == "MOVE" else name


def parting_json(parting: Parting) -> dict[str, Any]:
    """The same as plain JSON."""
    return {
        "quarter": str(parting.quarter) if parting.quarter else None,
        "fates": [
            {"alive": one.alive, "action": one.action.name.lower(), "park": one.park, "cause": one.cause.name.lower()}
            for one in parting.fates or ()
        ],
        "first_difference": None if parting.first_seen is None else {
            "quarter": str(parting.first_seen[0]), "columns": list(parting.first_seen[1]),
        },
        "differs": [one.name for one in parting.changes],
        "enough": [one.name for one in parting.enough],
        "needed": [one.name for one in parting.needed],
        "levers": list(parting.within),
    }  # fmt: skip
