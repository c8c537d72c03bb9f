"""Whatever is wrong in a file or an option is said in one line: where, what, and what is allowed."""

import os
from importlib import resources

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clustersim.scenario import ScenarioError, load_scenario
from clustersim.scenario.checking import check_file
from clustersim.scenario.experiments import read_experiment
from clustersim.scenario.options import apply, parse_set
from clustersim.scenario.reading import LARGEST, parse, read_text

LETTER = load_scenario("letter")


def refused(action, *given):
    """The one line an action is refused with."""
    with pytest.raises(ScenarioError) as caught:
        action(*given)
    line = str(caught.value)
    assert line.isprintable() and line == line.strip() and len(line) < 1000, line
    return line


SCENARIOS = [
    # text, line, what the message says
    ('base = "letter"\noff = ["4.3"\n', None, "this is not TOML"),
    ("[levers\n", 1, "this is not TOML"),
    ('a = 1\na = 2\n', 2, "this is not TOML"),
    ("x = " + "[" * 5000, 1, "this is not TOML"),
    ("x = " + "9" * 5000, 1, "this is not TOML"),
    ('bse = "letter"', 1, "bse: there is no such key. Did you mean 'base'?"),
    ('zzz = "letter"', 1, "known are base, name"),
    ("base = 3", 1, "base: 3 is not the name or the file of a scenario"),
    ('\nbase = "lettr"', 2, "Did you mean 'letter'?"),
    ('base = "nowhere/at_all.toml"', 1, "there is no such file"),
    ('base = "mine.toml"', 1, "stands on itself"),
    ('name = "a/b"', 1, "name: 'a/b' is not a name"),
    ('name = ""', 1, "is not a name"),
    ("name = 3", 1, "is not a name"),
    ('name = "' + "n" * 500 + '"', 1, "80 at most"),
    ("title = 3", 1, "title: 3 is not text"),
    ("title = { fr = 'x' }", 1, "title.fr: there is no such key; known are zh, en"),
    ("question = { zh = 3 }", 1, "is not text"),
    ('off = "4.3"', 1, "'4.3' is not a list of clauses; write off = [\"4.3\"]"),
    ("\noff = [3.10]", 2, '3.10 is not a clause id in quotes: quote it, "3.10"'),
    ("only = [4]", 1, '4 is not a clause id in quotes: quote it, "4"'),
    ("off = [true]", 1, "true is not a clause id in quotes"),
    ("off = [nan]", 1, "quote it"),
    ('off = ["4.9"]', 1, "'4.9' is not a clause; a clause from '1.1' to '4.7', or a chapter '1', '2', '3', '4'"),
    ('off = ["4.6"]', 1, "an outcome, not a lever"),
    ('only = ["0"]', 1, "'0' is an outcome"),
    ('off = ["4."]', 1, "is not a clause"),
    ('off = [["4.3"]]', 1, "is not a clause id in quotes"),
    ('\n\noff = [\n  "4.3",\n  "x",\n]', 3, "'x' is not a clause"),
    ("levers = 3", 1, "levers: 3 is not a table"),
    ("[levers]\nentry = 3", 2, "levers.entry: 3 is not a table"),
    ("[[levers.entry]]\nleak = 0.1", 1, "is not a table"),
    ("[levers.entri]\nleak = 0.2", 1, "levers.entri: there is no such home of levers. Did you mean 'entry'?"),
    ("[levers.entry]\n\nleek = 0.2", 3, "levers.entry.leek: there is no such key. Did you mean 'leak'?"),
    ("[levers]\nleak = 0.2", 2, "levers.leak: there is no such home of levers"),
    ('[levers.differential]\nsurcharge_below_d = 30', 2,
     "levers.differential.surcharge_below_d: 30.0 yuan/kWh is above its bound 1.0; a number from 0 to 1 yuan/kWh. "
     "Did you mean 0.3?"),
    ("[levers.differential]\nsurcharge_below_d = -0.1", 2, "is below its bound 0.0"),
    ("[levers.differential]\nsurcharge_below_d = 1e400", 2, "inf is not a number to reckon with"),
    ("[levers.differential]\nsurcharge_below_d = nan", 2, "nan is not a number to reckon with"),
    ("[levers.differential]\nsurcharge_below_d = -inf", 2, "-inf is not a number to reckon with"),
    ("[levers.differential]\nsurcharge_below_d = 1" + "0" * 400, 2, "is not allowed; a number from 0 to 1 yuan/kWh"),
    ('[levers.differential]\nsurcharge_below_d = "0.5"', 2, "'0.5' is not allowed; a number from 0 to 1 yuan/kWh"),
    ("[levers.differential]\nsurcharge_below_d = true", 2, "true is not allowed; a number from 0 to 1"),
    ("[levers.differential]\nsurcharge_below_d = 2020-01-01", 2, "is not allowed; a number from 0 to 1"),
    ("[levers.differential]\nsurcharge_below_d = { value = 0.5 }", 2, "is not allowed"),
    ("[levers.inspection]\ncampaign_length = 2.5", 2, "2.5 is not allowed; a whole number from 0 to 38 quarters"),
    ("[levers.inspection]\ncampaign_length = 1" + "0" * 400, 2, "a whole number from 0 to 38"),
    ("[levers.inspection]\nfollow_up = 1", 2, "1 is not allowed; true or false"),
    ('[levers.grading]\nmode = "quotas"', 2, "'quotas' is not known; one of quota, threshold. Did you mean 'quota'?"),
    ("[levers.grading]\nmode = 1", 2, "1 is not allowed; one of quota, threshold"),
    ('[levers.parks]\nvetoed = ["castings"]', 2, "'castings' is not known"),
    ('[levers.parks]\nvetoed = "casting"', 2, "is not allowed; a list out of"),
    ("[levers.parks]\nvetoed = [1]", 2, "is not allowed; a list out of"),
    ("[levers.grading]\nquota_below_a = 0.5", 1, "sum to"),
    ("[levers.grading]\nline_c = 90", 1, "must not rise"),
    ("levers.entry.leak = 2", 1, "levers.entry.leak: 2.0 is above its bound 1.0"),
    ("[levers]\nentry = { leak = 2 }", 2, "levers.entry.leak: 2.0 is above its bound 1.0"),
    ('[levers]\n"entry".leak = 2', 2, "levers.entry.leak"),
    ('title = """\n[levers.entry]\nleak = 2\n"""\n[levers.entry]\nleak = 3', 6, "3.0 is above"),
    ("title = '''\nleak = 2'''\n#[x]\n[levers.entry] # [y]\nleak = 3", 5, "3.0 is above"),
    ("assumptions = []", 1, "assumptions: [] is not a table"),
    ("[assumptions]\natention = 0.2", 2, "assumptions.atention: there is no such key. Did you mean 'attention'?"),
    ("[assumptions]\nattention = 20", 2, "20.0 a quarter is above its bound 0.5; a number from 0.1 to 0.5 a quarter"),
    ("[assumptions]\nattention = nan", 2, "not a number to reckon with"),
    ("targets = 1", 1, "targets: 1 is not a table"),
    ("[targets]\nspace = nan", 2, "targets.space: nan is not a value to aim at"),
    ("[targets]\nspace = true", 2, "true is not a value to aim at"),
    ('[targets]\nspace = "0.5"', 2, "is not a value to aim at"),
    ("[targets]\nspace = {}", 2, "is not a value to aim at"),
    ("[targets]\nspace = { value = 0.5, by = 3 }", 2, "space.by: there is no such key; known are value, quarter"),
    ('[targets]\nspace = { value = 0.5, quarter = "2019Q1" }', 2, "a quarter from 2021Q3 to 2030Q4"),
    ("[targets]\nspace = { value = 0.5, quarter = 2025 }", 2, "targets.space.quarter: 2025 is not allowed"),
    ('[targets]\n"Space index" = 0.5', 2, "is not the name of an indicator"),
    ('"k\\n\\u001b[31m" = 1', 1, "there is no such key"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), SCENARIOS)
def test_a_wrong_scenario_file(tmp_path, text, line, says):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    message = refused(load_scenario, path)
    assert says in message
    assert message.startswith(f"{path}:{line}: " if line else f"{path}:")
    assert refused(check_file, path) == message, "check and run refuse alike"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "this is not text in UTF-8"),
        (b'name = "x"\nq = "\xff"', ":2: this is not text in UTF-8"),
        (b'name = "x"\n\x00', ":2: this is a binary file"),
        (b"#" * (LARGEST + 1), "bytes are too many"),
    ],
)
def test_a_file_that_is_no_text(tmp_path, content, says):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    assert says in refused(load_scenario, path)


def test_what_is_not_a_file(tmp_path):
    assert "this is a folder" in refused(load_scenario, tmp_path)
    assert "this is a folder" in refused(load_scenario, f"{tmp_path}/")
    assert "there is no such file" in refused(load_scenario, tmp_path / "none.toml")
    assert "there is no such file" in refused(load_scenario, "no/such/scenario")
    assert "neither a file nor a shipped scenario; shipped are letter, none" in refused(load_scenario, "qwertz")
    assert "Did you mean 'dear-power'?" in refused(load_scenario, "dearpower")
    for strange in ("", "a\0b", "\0.toml", "x" * 5000, "x" * 5000 + ".toml", "a\nb"):
        refused(load_scenario, strange)


def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "cannot be read" in refused(load_scenario, path)


def test_a_mistake_in_a_base_is_told_where_it_stands(tmp_path):
    (tmp_path / "ground.toml").write_text("\n[levers.entry]\nleak = 2\n")
    (tmp_path / "top.toml").write_text('base = "ground.toml"\n')
    assert refused(load_scenario, tmp_path / "top.toml").startswith(
        f"{tmp_path / 'ground.toml'}:3: levers.entry.leak: "
    )


def test_files_that_stand_on_each_other_in_a_circle(tmp_path):
    (tmp_path / "a.toml").write_text('base = "b.toml"')
    (tmp_path / "b.toml").write_text('base = "a.toml"')
    assert "in a circle" in refused(load_scenario, tmp_path / "a.toml")
    for step in range(40):
        (tmp_path / f"s{step}.toml").write_text(f'base = "s{step + 1}.toml"')
    assert "stand on each other" in refused(load_scenario, tmp_path / "s0.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("differential.surcharge_below_d=30", "30.0 yuan/kWh is above its bound 1.0; a number from 0 to 1 yuan/kWh. "
         "Did you mean 0.3?"),
        ("differential.surcharge_below_d", "write PATH=VALUE"),
        ("differential.surcharge_below_d=", "'' is not allowed"),
        ("differential.surcharge_below_d=nan", "not a number to reckon with"),
        ("differential.surcharge_below_d=x", "'x' is not allowed"),
        ("differential.surcharge_below_d=true", "true is not allowed"),
        ("differential.surcharge_below_d=1\nx=2", "is not allowed"),
        ("surcharge_below_d=0.3", "Did you mean 'differential.surcharge_below_d'?"),
        ("differential.surcharge_belowd=0.3", "Did you mean 'differential.surcharge_below_d'?"),
        ("assumptions.atention=0.3", "Did you mean 'assumptions.attention'?"),
        ("=3", "there is no lever or assumption ''"),
        ("grading.mode=quotas", "Did you mean 'quota'?"),
        ("parks.vetoed=autos", "'autos' is not known"),
        ("inspection.follow_up=yes", "true or false"),
        ("x" * 10_000, "write PATH=VALUE"),
    ],
)  # fmt: skip
def test_a_wrong_option(text, says):
    message = refused(parse_set, text)
    assert says in message and message.startswith("--set ")
    assert refused(apply, LETTER, [text]) == message


def test_wrong_clauses_in_options():
    assert refused(apply, LETTER, [], ["4.9"]).startswith("--off 4.9: '4.9' is not a clause; ")
    assert refused(apply, LETTER, [], [], ["3.12"]).startswith("--only 3.12: '3.12' is an outcome")
    assert refused(apply, LETTER, ["grading.quota_below_a=0.9"]).startswith("--set: grading.quota_below_a")


def test_wrong_values_from_python():
    assert refused(LETTER.with_levers, {"differential.surcharge_below_d": 30}).startswith(
        "differential.surcharge_below_d: 30"
    )
    assert "there is no such lever" in refused(LETTER.with_levers, {"surcharge": 1})
    assert "there is no such assumption" in refused(LETTER.with_assumptions, {"discount": 1})
    assert "quote it" in refused(LETTER.with_off, [4.3])
    assert "is not a clause id" in refused(LETTER.with_off, [None])


EXPERIMENT = 'name = "x"\nseeds = 2\n[design]\nkind = "factorial"\n[design.levers]\n"differential.months" = [7, 12]\n'
EXPERIMENTS = [
    ("seeds = 2", "design: an experiment needs a table [design]"),
    (EXPERIMENT.replace("seeds", "seed"), "seed: there is no such key. Did you mean 'seeds'?"),
    (EXPERIMENT.replace("seeds = 2", "seeds = 0"), "seeds: 0 is not allowed; a whole number from 1"),
    (EXPERIMENT.replace("seeds = 2", "seeds = true"), "seeds: true is not allowed"),
    (EXPERIMENT.replace("seeds = 2", "firms = -5"), "firms: -5 is not allowed; a whole number from 100 to 5000000"),
    (EXPERIMENT.replace("seeds = 2", "precision = 2"), "precision: 2 is not allowed; a number between 0 and 1"),
    (EXPERIMENT.replace("seeds = 2", "precision = nan"), "precision: nan is not allowed"),
    (EXPERIMENT.replace("seeds = 2", "precision = 0.1\nseeds = 3"), "not both"),
    (EXPERIMENT.replace("seeds = 2", "most_seeds = 3"), "belongs to a precision"),
    (EXPERIMENT.replace("seeds = 2", "precision = 0.1\nmost_seeds = 1"), "a whole number from 2"),
    (EXPERIMENT.replace("seeds = 2", 'until = "2019Q1"'), "until: '2019Q1' is not allowed; a quarter from 2021Q3"),
    (EXPERIMENT.replace("seeds = 2", 'base = "lettr"'), "Did you mean 'letter'?"),
    (EXPERIMENT.replace("factorial", "factoral"), "design.kind: 'factoral' is not a design"),
    (EXPERIMENT.replace('"factorial"', "[]"), "is not a design"),
    (EXPERIMENT.replace("[7, 12]", "7"), "7 is not a list of values"),
    (EXPERIMENT.replace("[7, 12]", "[]"), "[] is not a list of values"),
    (EXPERIMENT.replace("[7, 12]", "[7, 13]"), "levers.differential.months: 13.0 months a year is above its bound"),
    (EXPERIMENT.replace("differential.months", "differential.month"), "Did you mean 'differential.months'?"),
    (EXPERIMENT.replace('"differential.months"', "differential.month"), "Did you mean 'differential.months'?"),
    (EXPERIMENT.replace("differential.months", "qwertz"), "`clustersim clauses` lists the levers"),
    (EXPERIMENT.replace('"differential.months" = [7, 12]', ""), "no lever is named"),
    (EXPERIMENT.replace("differential.months", "grading.quota_below_a").replace("[7, 12]", "[0.05, 0.9]"), "sum to"),
    (EXPERIMENT.replace('"factorial"', '"factorial"\nsamples = 3'), "a factorial design has no samples"),
    (EXPERIMENT.replace("factorial", "latin"), "design.samples: is missing; a whole number from 1"),
    (EXPERIMENT.replace('"factorial"', '"sobol"\nsamples = 3').replace("[7, 12]", "[12, 7]"), "a low and a high value"),
    (EXPERIMENT.replace('"factorial"', '"sobol"\nsamples = 3').replace("[7, 12]", "[1, 7, 12]"), "a low and a high"),
    (EXPERIMENT.replace('"factorial"', '"latin"\nsamples = 3') + '"grading.mode" = []', "a sampled design needs num"),
    (EXPERIMENT.replace("factorial", "list") + '"entry.leak" = [0.1]', "the same number of values"),
    (EXPERIMENT + "".join(f'"differential.{name}" = {[0.01 * step for step in range(50)]}\n' for name in
     ("surcharge_below_d", "surcharge_below_c", "surcharge_above_d", "surcharge_above_c")), "runs are too many"),
    ("design = 3", "design: 3 is not a table"),
    (EXPERIMENT.replace("seeds = 2", "show = 3"), 'show: 3 is not a list of indicators; write show = ["exited"'),
    (EXPERIMENT.replace("seeds = 2", "show = [3]"), "show: 3 is not the name of an indicator"),
    (EXPERIMENT.replace("seeds = 2", 'show = ["a b"]'), "show: 'a b' is not the name of an indicator"),
    (EXPERIMENT.replace("seeds = 2", 'show = ["exited", "exited"]'), "show: 'exited' is named twice"),
    (EXPERIMENT.replace("seeds = 2", 'picture = "pie"'), "picture: 'pie' is not a picture; one of differences, paths"),
    (EXPERIMENT.replace("seeds = 2", "picture = []"), "picture: [] is not a picture"),
    (EXPERIMENT + "[attribution]\npermutations = 1\n", "attribution.permutations: 1 is not allowed; a whole number"),
    (EXPERIMENT + "[attribution]\norders = 2\n", "attribution.orders: there is no such key"),
    (EXPERIMENT + "[attribution]\n[search]\n", "search: a question is answered in one way, and [attribution]"),
    (EXPERIMENT + '[design.policies.a]\nagainst = "a"\n', "design.policies.a.against: 'a' is not another policy"),
    (EXPERIMENT + '[design.policies.abc]\n[design.policies.b]\nagainst = "abd"\noff = ["4"]', "Did you mean 'abc'?"),
    (EXPERIMENT + '[design.policies.a]\n[design.policies.b]\nagainst = [1]\noff = ["4"]', "[1] is not another policy"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), EXPERIMENTS)
def test_a_wrong_experiment_file(tmp_path, text, says):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    message = refused(check_file, path)
    assert says in message and message.startswith(f"{path}:")


def experiment_of(path):
    return read_experiment(parse(read_text(path), str(path)), path)


def test_a_right_experiment_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(EXPERIMENT.replace("seeds = 2", 'base = "dear-power"\nprecision = 0.01\nfirms = 5000'))
    made = experiment_of(path)
    assert (made.runs, made.seeds, made.most_seeds, made.firms, made.base.name) == (2, 0, 400, 5000, "dear-power")
    assert list(made.patches()) == [{"differential.months": 7.0}, {"differential.months": 12.0}]
    assert check_file(path).kind == "experiment"
    path.write_text(EXPERIMENT.replace('"factorial"', '"sobol"\nsamples = 64').replace("[7, 12]", "[]"))
    made = experiment_of(path)
    path.write_text(path.read_text().replace('"differential.months"', "differential.months"))
    assert experiment_of(path) == made
    assert made.runs == 64 and made.levers == {"differential.months": (0.0, 12.0)}


def test_a_right_scenario_file_and_what_was_perhaps_not_meant(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('off = ["4.3"]\n[levers.differential]\nsurcharge_below_d = 0.5\n[targets]\nspace = 0.5\n')
    checked = check_file(path)
    assert (checked.kind, checked.name) == ("scenario", "mine")
    assert checked.notes == ("differential.surcharge_below_d is set, and does nothing: its clause is off",)
    assert checked.scenario == load_scenario(path)
    assert checked.scenario.targets["space"].where == f"{path}:5", "so that a target nobody measures can be told"
    assert check_file("none").scenario == load_scenario("none")


def test_a_shipped_name_nobody_knows_is_told_by_check_too():
    assert refused(check_file, "lettr") == refused(load_scenario, "lettr")


def test_wrong_data_files(tmp_path):
    assert "no data files in this folder; known are towns.csv" in refused(check_file, tmp_path)
    assert "not a data file of this model. Did you mean 'towns.csv'?" in refused(check_file, tmp_path / "town.csv")
    assert "there is no such file" in refused(check_file, tmp_path / "towns.csv")
    totals = tmp_path / "city_totals.csv"
    totals.write_text("variable,value\nabove_scale_firms,many\n")
    assert refused(check_file, totals).startswith(f"{totals}:2: value: 'many' is not a number from 1")
    assert refused(check_file, tmp_path) == refused(check_file, totals)
    totals.unlink()
    parks = resources.files("clustersim.world").joinpath("data", "parks.csv").read_text(encoding="utf-8")
    (tmp_path / "parks.csv").write_text(parks, encoding="utf-8")
    assert check_file(tmp_path).kind == check_file(tmp_path / "parks.csv").kind == "data"
    (tmp_path / "parks.csv").write_text(parks.replace("state_platform", "nobody"), encoding="utf-8")
    assert "developer: 'nobody' is not one of state_platform" in refused(check_file, tmp_path / "parks.csv")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf[targets]\nx=1")
def test_any_bytes_are_read_or_refused_in_one_line(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    try:
        check_file(path)
    except ScenarioError as wrong:
        assert str(wrong).isprintable()


PIECES = st.sampled_from(
    ["[levers]", "[levers.entry]", "[targets]", "[assumptions]", "leak", "entry", "space", "off", "only", "base",
     "name", " = ", "0.1", "2", '"4.3"', '"letter"', "[", "]", "{", "}", ",", "\n", '"', "'", "#", '"""', "nan",
     "true", "."]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_words_of_toml_are_read_or_refused_in_one_line(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "words.toml"
    path.write_text(text, encoding="utf-8")
    try:
        check_file(path)
    except ScenarioError as wrong:
        assert str(wrong).isprintable()
