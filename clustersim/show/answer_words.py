"""What the answers to numbered questions say, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from clustersim.show.phrases import Phrases

_PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    "how": (
        "{firms:,} 家企业的城市，{seeds} 个随机种子（各政策用同样的种子），2021Q3–{until}。",
        "A city of {firms:,} firms, {seeds} seeds (the same under every policy), 2021Q3 to {until}.",
    ),
    "scaled": ("数量、面积与金额按全市 {city:,} 家企业放大。", "Counts, areas and money are scaled to {city:,} firms."),
    "sums": (
        "流量为政策期合计，其余为 {until} 末的值。",
        "Flows are sums over the policy quarters, the rest stands at the end of {until}.",
    ),
    "movers": (
        "小城市里迁入园区偏多（5,000 家时约多13%，见D-036）：入园数只比较、不照搬。",
        "Moves into parks are too frequent in a small city (by some 13 % with 5,000 firms, D-036): compare them, do "
        "not quote them.",
    ),
    "against": ("与“{other}”相比", "held against: {other}"),
    "difference": ("差", "difference"),
    "unit": ("单位", "unit"),
    "indicator": ("指标", "indicator"),
    "level": ("{policy}（值）", "{policy} (level)"),
    "marks": (
        "单元格为差与95%区间半宽；▲更高，▼更低（区间不含零）；△▽确有差别但很小（整个区间在指数与占比半个百分点、"
        "其余1%以内）；＝分不出（区间够窄），？未定（需更多种子）。",
        "Cells are differences and half their 95 % intervals; ▲ higher and ▼ lower (the interval leaves out zero); △ ▽ "
        "sure, but slight (all of it within half a point for indices and shares, 1 % for the rest); ＝ the same (it is "
        "narrow), ？ undecided (more seeds are needed).",
    ),
    "estimates": (
        "{policy}：现行 {total} 个参数中有 {count} 个（{share:.0%}）是估计值。",
        "{policy}: {count} of the {total} numbers in force ({share:.0%}) are estimates.",
    ),
    "goals": (
        "全市2025年的量化目标（慈政办发〔2021〕31号）未公开，这里没有与任何市级目标相比。",
        "The city's own numeric goals for 2025 (慈政办发〔2021〕31号) are not public: nothing is held against them.",
    ),
    "model": (
        "这是模型中的差别，不是预测；估计值改变，结果就会改变。",
        "These are differences within a model, no forecast: with other estimates they would be others.",
    ),
    "differs_head": ("各政策的不同之处", "What differs between the policies"),
    "differs": ("**{policy}** 对 {other}：", "**{policy}** against {other}: "),
    "one_lever": ("`{name}` {a} → {b}（{standing}）", "`{name}` {a} → {b} ({standing})"),
    "more": ("另有 {count} 个参数，其中 {estimates} 个是估计值", "and {count} more, {estimates} of them estimates"),
    "clause": ("条款 {clauses} {state}", "clauses {clauses} {state}"),
    "on": ("开", "on"),
    "off": ("关", "off"),
    "sourced": ("有出处", "sourced"),
    "derived": ("推算", "derived"),
    "estimate": ("估计", "estimate"),
    "calibrated": ("校准", "calibrated"),
    "and": ("、", ", "),
    # Figures
    "axis_difference": ("与对照之差（{unit}）", "difference ({unit})"),
    "points": ("百分点", "points"),
    "better": ("更好（区间不含零）", "better (zero outside the interval)"),
    "worse": ("更差（区间不含零）", "worse (zero outside the interval)"),
    "neutral": ("有变化，无所谓好坏", "a change, neither good nor bad"),
    "slight": (
        "浅色：确有差别但很小（区间在指数与占比半个百分点、其余1%以内）",
        "pale: sure, but slight (within half a point for indices and shares, 1 % for the rest)",
    ),
    "hardly": ("确有但很小", "sure but slight"),
    "open": ("分不出或未定（区间含零）", "same or undecided (zero inside)"),
    "reading": (
        "点为与对照政策之差的均值，线为95%区间（{seeds} 个种子，配对）。各图横轴不同。右侧为差值。",
        "Dots are mean differences, bars their 95 % intervals ({seeds} seeds, paired). Every panel has its own scale; "
        "numbers are the differences.",
    ),
    "reading_paths": (
        "线为 {seeds} 个种子的均值，色带为种子间5–95%的范围；标“累计”的为2021Q3起的合计。"
        "年份标在四季度。纵轴不从零起。",
        "Lines are means over {seeds} seeds, bands hold 5 to 95 % of the seeds; what is called a sum is summed since "
        "2021Q3. Years stand at their fourth quarter. Vertical axes do not start at zero.",
    ),
    "sum": ("{name}（累计）", "{name} (sum)"),
    "held": ("对 {other}", "vs {other}"),
    # Shares
    "chapter": ("第{chapter}章 {about}", "chapter {chapter}, {about}"),
    "chapter_1": ("空间布局", "space"),
    "chapter_2": ("小微企业园", "parks"),
    "chapter_3": ("整治", "inspections"),
    "chapter_4": ("亩均评价与差别化", "grades and prices"),
    "whole": ("合计", "whole"),
    "by_chapter": ("各章的贡献（精确）", "By chapter (exact)"),
    "by_clause": (
        "贡献最大的条款（{orders} 种次序的均值）",
        "The clauses with the largest shares (means over {orders} orders)",
    ),
    "every_clause": ("各条款的贡献（{orders} 种次序的均值）", "By clause (means over {orders} orders)"),
    "shares_head": (
        "Shapley 贡献：各部分之和等于“合计”，即有全部条款减去没有任何条款。"
        "区间（±）为95%（{seeds} 个种子），不含次序的误差。",
        "Shapley shares: parts add up to the whole, the world with all clauses less the one with none. "
        "Intervals (±) are 95 %, over {seeds} seeds; what other orders of the clauses would give is not in it.",
    ),
    # Search
    "search_how": (
        "NSGA-II 在 {seeds} 个种子下看过 {count} 种政策；下面各政策用 {fresh} 个新种子复核。"
        "要求以 {probability:.0%} 的把握同时达到全部目标；编号按花费从小到大。",
        "NSGA-II looked at {count} policies under {seeds} seeds; those below were checked under {fresh} fresh ones. "
        "All targets are to be met at once with a chance of {probability:.0%}; numbers go by rising cost.",
    ),
    "target_least": ("{name} 至少 {value} {unit}（{quarter}）", "{name} at least {value} {unit} ({quarter})"),
    "target_most": ("{name} 至多 {value} {unit}（{quarter}）", "{name} at most {value} {unit} ({quarter})"),
    "chance": ("达到的机会 [95%区间]", "chance [95 % interval]"),
    "short": ("还差（负为有余）", "missing (below 0: to spare)"),
    "verdict": ("判断", "verdict"),
    "holds": ("达到", "holds"),
    "fails": ("达不到", "fails"),
    "the_answer": ("答案", "the answer"),
    "base_reaches": (
        "“{base}”本身：{chance:.0%} 的种子达到全部目标，财政净支出 {cost} {unit}",
        "\"{base}\" itself: all targets in {chance:.0%} of the seeds, net cost {cost} {unit}",
    ),
    "answer_reaches": (
        "最省的达标政策：{chance:.0%} [{low:.0%}, {high:.0%}]，财政净支出 {cost} {unit}（比基准 {less}）：{changes}",
        "the cheapest that holds: {chance:.0%} [{low:.0%}, {high:.0%}], net cost {cost} {unit} ({less} against it): "
        "{changes}",
    ),
    "none_reaches": (
        "看过的 {count} 种政策都达不到 {probability:.0%}；最多的为 {chance:.0%}",
        "none of the {count} policies looked at reaches {probability:.0%}; the best {chance:.0%}",
    ),
    "search_goals": (
        "这些目标是此处举例设定的，不是市里的目标：全市2025年的量化目标未公开。请在文件中换成自己的。",
        "These targets are chosen here as an example and are not the city's, whose goals for 2025 are not public: put "
        "your own into the file.",
    ),
    "search_reading": (
        "左：每点一种政策，横线为净支出的95%区间，竖线为达到机会的95%区间（威尔逊）；空心为基准，大点为答案。"
        "右：达标政策的参数在搜索范围内的位置。目标是举例，不是市里的目标。",
        "Left: a dot a policy, with 95 % intervals of its net cost (across) and of its chance (up, Wilson); hollow is "
        "the base, large the answer. Right: where the levers of those that hold stand within the bounds searched. "
        "The targets are an example and not the city's.",
    ),
    "large_is_answer": ("大点为答案，空心为基准", "large: the answer; hollow: the base"),
    "asked_chance": ("要求的把握", "the chance asked for"),
    "cost_and_chance": ("花费与达到全部目标的机会", "What it costs, and the chance that all targets are met"),
    "where_levers": ("参数在范围内的位置", "Where the levers stand"),
    # Sensitivity
    "decides": (
        "**{name}** {mean:+.4f} ±{deviation:.4f}：方差中随机 {luck:.0%}，依赖估计值 {low:.0%}–{high:.0%}；最要紧的是"
        "{factor}（{share:.0%}）",
        "**{name}** {mean:+.4f} ±{deviation:.4f}: {luck:.0%} of the variance is luck, {low:.0%} to {high:.0%} rests on "
        "estimates; strongest is {factor} ({share:.0%})",
    ),
    "variance_reading": (
        "指数名下为全部样本的均值与标准差。条为方差份额：深色为单独，浅色为含与其他因素的共同作用（右侧数字，%；"
        "细线为95%区间，灰色数字分不出零）。各份额有重叠，不必加成100%。“随机”是种子造成的部分，再多数据也不会消失。",
        "Under each index stand mean and standard deviation over all points. Bars are shares of the variance: dark "
        "alone, pale with all in which a factor has a part (numbers, per cent; thin lines are 95 % intervals, grey "
        "numbers are not told from zero). Shares overlap and need not add up. Luck is what the seeds "
        "make: no datum takes it away.",
    ),
    "alone": ("单独的份额", "alone"),
    "with_others": ("含共同作用", "with all in which it has a part"),
    "is_luck": ("随机（种子）", "luck (seeds)"),
    "not_estimated": ("灰色数字：分不出零", "grey number: not told from zero"),
    # Notebooks and the index of results
    "higher": ("更高", "higher"),
    "lower": ("更低", "lower"),
    "same": ("分不出", "same"),
    "undecided": ("未定", "undecided"),
    "names": ("{verdict}：{names}", "{verdict}: {names}"),
    "one_policy": ("**{policy}** 对“{other}”", "**{policy}** against \"{other}\""),
    "index_title": ("结果：按问题编号", "Results, question by question"),
    "index_how": (
        "由 `make results` 从 `experiments/` 中的文件重算，数字均由程序写入。区间不含零的差别列为更高或更低，"
        "最确定的在前；数量与金额按全市规模。先看差别和区间，再看它靠哪些估计值（各页末尾）。",
        "Made by `make results` from the files in `experiments/`; every number is written by the program. Differences "
        "whose 95 % interval leaves out zero are called higher or lower, the surest first; counts and "
        "money are those of the full city. What rests on estimates stands at the end of every page.",
    ),
    "index_checks": (
        "`checks/` 是对模型本身的检验（见 `experiments/README.md`）。",
        "`checks/` holds the checks of the model itself (see `experiments/README.md`).",
    ),
    "index_page": ("表", "table"),
    "index_picture": ("图", "picture"),
    "index_notebook": ("笔记本", "notebook"),
}  # fmt: skip

say = Phrases(_PHRASES).say
