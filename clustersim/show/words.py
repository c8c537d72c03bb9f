"""What tables and pictures say, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from clustersim.show.phrases import Phrases

Lang = Literal["zh", "en"]

INDEX_MEANINGS: Final[Mapping[str, tuple[str, str]]] = {
    "space": ("工业用地是否在规划区内、是否连片", "is industrial land inside the plan, and together"),
    "clusters": ("各镇行业是否各有所专", "do towns differ in what they make"),
    "factors": ("土地、用电、用工是否在优质企业", "are land, power and labour in good hands"),
    "functions": ("三公里内可得的九项服务", "nine public services within 3 km"),
    "green": ("亩均、度电增加值与单位排放，起点为0.5", "value added per mu, kWh, emission; 0.5 at the start"),
}

_PHRASES: Final[Mapping[str, tuple[str, str]]] = {
    # Everywhere
    "title": ("慈溪：{scenario}", "Cixi: {scenario}"),
    "city_of": ("{firms:,} 家企业", "{firms:,} firms"),
    "one_seed": ("随机种子 {seed}", "seed {seed}"),
    "many_seeds": ("{count} 个随机种子", "{count} seeds"),
    "estimates": (
        "现行 {total} 个参数中有 {count} 个（{share:.0%}）是估计值，不是公布值。",
        "{count} of the {total} numbers in force ({share:.0%}) are estimates, not published figures.",
    ),
    # Console
    "indices": ("五项指数（0–1，越高越好）", "Five indices (0 to 1, higher is better)"),
    "change": ("变化", "change"),
    "interval": ("均值的95%区间", "95 % interval of the mean"),
    "targets": ("公布目标（万元/亩，2020年价）", "Published targets (10,000 yuan/mu, 2020 yuan)"),
    "wanted": ("目标", "target"),
    "against": ("与目标比", "against it"),
    "drift_closes": ("仅靠名义增长", "drift alone"),
    "first_met": ("首次达到", "first met"),
    "chance": ("达到概率", "chance"),
    "targets_note": (
        "目标：规上企业，17个镇街道；2018年基数按亩均税收每年+7%、亩均增加值每年+5.5%增长，以每年{drift:.0%}的名义增长（估计）"
        "折成2020年价。“仅靠名义增长”是实际水平不变时，名义增长自行补上的差距份额。",
        "Targets are for above-scale firms of the 17 towns: figures of 2018 growing 7 % (tax) and 5.5 % (value added) "
        "a year, in yuan of 2020 by a nominal drift of {drift:.0%} a year (an estimate). \"Drift alone\" is the "
        "share of the gap that closes by itself when nothing real changes.",
    ),
    "few_seeds": (
        "种子少于{enough}个，不给达到目标的概率；请用 --seeds {enough}。",
        "With fewer than {enough} seeds no chance of reaching a target is given: use --seeds {enough}.",
    ),
    "towns": (
        "{what}：{towns}个镇街道中{met}个达到全市目标（镇街道没有公布的目标）",
        "{what}: {met} of {towns} towns reach the city's target (towns have none of their own)",
    ),
    "farthest": ("，差得最远：{far}。", "; farthest from it: {far}."),
    "clusters": (
        "“123”千百亿级产业集群（2025年，亿元，公布）：{goals}。口径为全市含前湾新区，与模型行业不同，只列出，不比较。",
        "The \"123\" clusters by 2025 (billion yuan, published): {goals}. Their scope is the whole city with Qianwan "
        "and their industries are not the sectors here: listed, not compared.",
    ),
    "happened": (
        "政策期内：新进 {entered:,.0f} 家，退出 {exited:,.0f} 家，迁入园区 {moved:,.0f} 家，技改 {upgraded:,.0f} 家，"
        "入库整治 {treated:,.0f} 家；政策财政净支出 {money:,.2f} 亿元。",
        "Over the policy quarters: {entered:,.0f} firms entered, {exited:,.0f} exited, {moved:,.0f} moved into parks, "
        "{upgraded:,.0f} upgraded, {treated:,.0f} were treated; net fiscal cost {money:,.0f} million yuan.",
    ),
    "idle": (
        "以下取值未起作用，因其条款已关闭：{levers}。",
        "Set but without effect, since their clause is off: {levers}.",
    ),
    "and": ("、", ", "),
    "written": ("结果已写入 {folder}", "Written to {folder}"),
    "interrupted": (
        "已中断：已完成的 {count} 个种子保留在 {folder}",
        "Interrupted: the seeds finished so far, {count}, are kept in {folder}",
    ),
    # Comparison
    "compared": ("{a} 与 {b} 的差别（{b} 减 {a}）", "{b} against {a} (differences are {b} - {a})"),
    "differs_head": ("两个情景的不同之处", "What differs between them"),
    "more_differs": ("……另有 {count} 处", "... and {count} more"),
    "other_cities": (
        "两个情景的假设不同，历史从2019年起就不同：配对只共享随机数，不共享城市。",
        "Their assumptions differ, so their cities differ from 2019 on: pairs share their luck, not their history.",
    ),
    "compare_head": (
        "指标|{a}|{b}|差|95%区间|方差比|结论",
        "indicator|{a}|{b}|difference|95 % interval|variance|verdict",
    ),
    "higher": ("更高", "higher"),
    "lower": ("更低", "lower"),
    "same": ("分不出", "same"),
    "undecided": ("未定", "undecided"),
    "verdicts": (
        "结论：更高或更低指区间不含零；“分不出”指区间够窄（半宽不超过均值的{percent:g}%，指数与占比为{points:g}个百分点）而含零；"
        "其余为未定，需要更多种子。方差比小于1，说明同样的运气抵消了噪声。流量为政策期合计，其余为{quarter}末的值。",
        "Higher or lower: the interval leaves out zero. Same: it holds zero and is narrow (half of it at most "
        "{percent:g} % of the mean, {points:g} points for indices and shares). Undecided: more seeds are needed. A "
        "variance ratio below 1 says that the same luck took noise away. Flows are sums over the policy quarters, the "
        "rest stands at the end of {quarter}.",
    ),
    "towns_head": (
        "各镇街道：五项指数更高/更低/分不出/未定的个数",
        "Towns where an index is higher/lower/same/undecided",
    ),
    "best_head": ("各情景为最优的概率（重抽种子）", "Chance of being the best (seeds drawn again)"),
    # Sweeps
    "swept": (
        "{name}：{runs} 次运行，其中 {reused} 次已有，新完成 {done} 次，失败 {failed} 次",
        "{name}: {runs} runs, {reused} were there, {done} done now, {failed} failed",
    ),
    "set_aside": ("以下结果文件损坏，已搁置并重跑：{parts}", "Damaged parts were set aside and run again: {parts}"),
    "foreign": (
        "{count} 次运行属于别的程序版本或设计，已移入 aside",
        "{count} runs are of other code or another design: kept in aside",
    ),
    "recalibrated": (
        "选择常数按 {sets} 组假设重新求解，使背景进出率不变（其中 {settled} 组达到容差），见 constants.parquet",
        "Constants of choice were solved again for {sets} sets of assumptions, so that background rates stand "
        "({settled} within tolerance): constants.parquet",
    ),
    "failed_run": ("失败 {key}：{message}", "failed {key}: {message}"),
    "policy": ("情景", "policy"),
    "seeds_of": ("种子", "seeds"),
    # Sensitivity
    "of_difference": ("{b} 减 {a} 的差", "the difference {b} less {a}"),
    "of_level": ("{a}", "{a}"),
    "analysed": (
        "{what}：{firms:,} 家企业，{quarter}，{factors} 个因素，{runs:,} 次运行",
        "{what}: {firms:,} firms, {quarter}, {factors} factors, {runs:,} runs",
    ),
    "broken": (
        "有运行失败，{paths} 条路径和 {blocks} 组样本未计入",
        "Some runs failed: {paths} paths and {blocks} blocks of points are left out",
    ),
    "rests_on": ("依据", "rests on"),
    "effects_head": (
        "筛选（Morris）：因素走完整个取值范围时指数平均变动多少，千分之一点；* 号的逐个细看；不大于“随机”一行的是噪声",
        "Screening (Morris): how far each index moves over a factor's whole range, in thousandths of a point; * is "
        "looked at singly; what is no larger than the line of luck is noise",
    ),
    "spreads_head": (
        "各指数的离散：方差中随机（种子）占多少，参数占多少，其中估计值占多少（已知则消失的份额 .. 有其参与的份额）",
        "How far each index spreads: what share of its variance is luck (seeds), what is the numbers, and what rests "
        "on estimates (what goes if they were known .. all in which they have a part)",
    ),
    "spread_columns": (
        "均值|标准差|随机（偶然）|参数（认知）|依赖估计值",
        "mean|deviation|luck (aleatory)|numbers (epistemic)|rests on estimates",
    ),
    "shares_head": (
        "方差份额（Sobol，%）：单独 / 含与其他因素的共同作用，±为95%区间半宽",
        "Shares of variance (Sobol, per cent): alone / with all in which it has a part, ± half of the 95 % interval",
    ),
    "standings_head": ("按依据合计", "The same by what the numbers rest on"),
    "others_of": ("其余{standing}", "all other: {standing}"),
    "standing_sourced": ("有出处", "sourced"),
    "standing_derived": ("由公布值推算", "derived"),
    "standing_estimate": ("估计值", "estimate"),
    "standing_calibrated": ("校准值", "calibrated"),
    "standing_luck": ("随机", "luck"),
    "worth": (
        "最值得收集的数据：{meaning}（{name}，现为估计值，依据：{source}）。"
        "若已知，五项指数的方差平均减少 {share:.0%}。",
        "The datum most worth collecting: {meaning} ({name}, an estimate so far: {source}). Known, it would take away "
        "{share:.0%} of the variance of the five indices in the mean.",
    ),
    "few_samples": (
        "区间很宽：{samples} 个样本只能看出大概，请增加 samples（256 以上）。",
        "Intervals are wide: {samples} samples show little more than the order: give more (256 and up).",
    ),
    "nothing_worth": (
        "没有哪个估计值单独的影响能与零区分开：样本再多些，或离散主要来自随机。",
        "No single estimate is told from zero: give more samples, unless the spread is mostly luck.",
    ),
    # Attribution
    "attributed": (
        "{scenario}：各部分对每项指标的贡献（Shapley 值，{firms:,} 家企业，{seeds} 个种子）",
        "{scenario}: what each part contributes to each headline (Shapley shares, {firms:,} firms, {seeds} seeds)",
    ),
    "shares_note": (
        "各部分之和等于“合计”：有全部条款的世界减去没有这些条款的世界。±为种子间95%区间的半宽。",
        "Parts add up to the whole: the world with all of these clauses less the world with none of them. "
        "± is half the 95 % interval over seeds.",
    ),
    "exact": ("各章的份额是精确值（全部 {count} 种组合）。", "Shares of chapters are exact (all {count} coalitions)."),
    "by_orders": (
        "各条款的份额是 {count} 种先后次序的平均值，次序带来的误差不在区间内。",
        "Shares of clauses are means over {count} orders in which they come; what other orders would give is not in "
        "the interval.",
    ),
    "whole": ("合计", "whole"),
    "chapter": ("第{chapter}章", "chapter {chapter}"),
    # Search
    "searched": (
        "{name}：以至少 {probability:.0%} 的概率达到目标的最省政策（{firms:,} 家企业）",
        "{name}: the cheapest policies that meet the targets with a chance of {probability:.0%} ({firms:,} firms)",
    ),
    "aimed": ("目标：{aims}", "Targets: {aims}"),
    "aim_least": ("{quarter} {name} 不低于 {value}", "{name} at least {value} in {quarter}"),
    "aim_most": ("{quarter} {name} 不高于 {value}", "{name} at most {value} in {quarter}"),
    "looked_at": (
        "共考察 {count} 种政策（{seeds} 个种子）；下列各项由 {fresh} 个未用过的新种子检验。",
        "{count} policies were looked at under {seeds} seeds; those below were checked under {fresh} fresh ones.",
    ),
    "not_allowed": ("{count} 种参数组合不允许，未运行。", "{count} combinations of levers are not allowed: not run."),
    "search_failed": (
        "{count} 种政策有运行失败，已略去：见 {folder} 内的 failures.parquet。",
        "{count} policies had runs that failed and are left out: see failures.parquet inside {folder}.",
    ),
    "search_head": (
        "净支出（{unit}）|达到概率|95%区间|差额|就业|退出|结论",
        "net cost, {unit}|chance|95 % interval|missing|jobs|exits|verdict",
    ),
    "cost_unit": ("万元", "million yuan"),
    "is_base": ("基准", "base"),
    "holds": ("达到", "holds"),
    "fails": ("未达到", "fails"),
    "answer": (
        "答案：第 {number} 号{base}。净支出 {cost}{unit}，与基准 {name} 相差 {less}{unit}；"
        "{fresh} 个新种子中有 {met} 个达到全部目标。",
        "Answer: no. {number}{base}. Net cost {cost} {unit}, {less} {unit} against the base {name}; all targets are "
        "met in {met} of {fresh} fresh seeds.",
    ),
    "answer_is_base": ("（即基准本身）", " (the base itself)"),
    "not_surely": (
        "区间下限低于 {probability:.0%}，可能是运气：加大 fresh_seeds 可以分辨。",
        "Its interval reaches below {probability:.0%}, so that this may be luck: more fresh_seeds would tell.",
    ),
    "no_answer": (
        "考察过的 {count} 种政策中，没有一种在新种子下以 {probability:.0%} 的概率达到目标。最接近的是第 {number} 号，"
        "按此概率衡量还差 {missing:.1%}。",
        "None of the {count} policies looked at meets the targets with a chance of {probability:.0%} under fresh "
        "seeds. The nearest is no. {number}: at that chance it falls short by {missing:.1%} of what is wanted.",
    ),
    "only_lucky": (
        "有 {count} 种在搜索所用的种子下达到了目标，换了种子就不行：请加大 seeds（或 generations）。",
        "{count} of them met the targets under the seeds of the search, not under fresh ones: more seeds (or "
        "generations) are needed.",
    ),
    "at_level": (
        "{name}：平均 {mean}，以 {probability:.0%} 的概率{at} {surely}",
        "{name}: {mean} on average, {at} {surely} with a chance of {probability:.0%}",
    ),
    "at_least": ("不低于", "at least"),
    "at_most": ("不高于", "at most"),
    "search_note": (
        "净支出：政策期内各条款财政支出减收入之和，按所模拟的城市计，不放大到全市；为负表示收大于支。差额：以上述概率不会"
        "超过的、离目标最远一项的缺口占目标值的比例，为负表示超出。±为95%区间的半宽；退出为政策期合计，就业为期末值。“未定”："
        "达到的次数不够，但可能只是运气。",
        "Net cost: what the clauses spend less what they take over the policy quarters, in the city as simulated, not "
        "scaled up; below 0 the city takes more than it spends. Missing: what the target missed most lacks at most, "
        "with the chance asked for, as a share of what is wanted; below 0 it is exceeded. ± is half the 95 % interval; "
        "exits are of all policy quarters, jobs of the last. Undecided: met too seldom, but that may be chance.",
    ),
    "try_answer": ("试一试：clustersim compare {base} {path}", "Try it: clustersim compare {base} {path}"),
    # Paths
    "policy_starts": ("政策起点", "policy starts"),
    "mean": ("全市", "city"),
    "mean_of_seeds": ("全市（均值）", "city (mean over seeds)"),
    "band": ("5%–95% 的种子", "5 % to 95 % of seeds"),
    "target": ("公布的目标", "published target"),
    "own_target": ("情景自设目标", "target of the scenario"),
    "how_to_read": ("图例与说明", "How to read"),
    "index_note": (
        "五项指数介于0与1之间，越高越好。",
        "The five indices lie between 0 and 1; higher is better.",
    ),
    "money_note": (
        "金额为2020年不变价。目标按当年价公布，以每年{drift:.0%}的名义增长（估计）折算。",
        "Money in constant yuan of 2020. Targets are published in current yuan and brought there with "
        "a nominal drift of {drift:.0%} a year (an estimate).",
    ),
    "luck_note": (
        "结果是模型在给定假设下的推演，不是预测；单个种子含偶然成分，请用 --seeds。",
        "What the model gives under its assumptions, not a forecast. One seed holds chance: use --seeds.",
    ),
    "luck_note_many": (
        "结果是模型在给定假设下的推演，不是预测。",
        "What the model gives under its assumptions, not a forecast.",
    ),
    "axis_index": ("指数（0–1）", "index (0 to 1)"),
    "axis_per_mu": ("万元/亩（2020年价）", "10,000 yuan/mu (2020 yuan)"),
    "panel_value_added": ("亩均增加值（规上）", "Value added per mu (above scale)"),
    "panel_tax": ("亩均税收（规上）", "Tax per mu (above scale)"),
    "meaning_value_added": ("规上企业增加值 ÷ 所用工业用地", "value added of above-scale firms over their land"),
    "meaning_tax": ("两种口径：含与不含出口退税", "two bases: with and without export rebate"),
    "with_rebate": ("含退税", "with rebate"),
    "without_rebate": ("不含退税", "without rebate"),
    "goal": ("目标 {value:.0f}", "target {value:.0f}"),
    # Map
    "map_title": ("工业用地与小微企业园：{scenario}", "Industrial land and parks: {scenario}"),
    "at_end_of": ("{quarter} 末", "end of {quarter}"),
    "land_axis": (
        "每平方公里工业用地（亩；1平方公里≈1500亩）",
        "industrial land, mu per km² (1 km² is about 1,500 mu)",
    ),
    "planned": ("规划工业集聚区", "planned zones"),
    "hill": ("山地与红线，不布工业", "hills and red line: no industry"),
    "no_land": ("无工业用地", "no industrial land"),
    "floor": ("园区楼面 {floor:g} 万m²", "park of {floor:g}0,000 m² of floor"),
    "map_sums": (
        "工业用地 {land:,.0f} 亩，{share:.0%} 在规划区内　园区 {parks} 个，{floor:.0f} 万m²",
        "{land:,.0f} mu of industrial land, {share:.0%} in planned zones; {parks} parks, {floor:,.0f},000 m²",
    ),
    "stylised": (
        "镇界、海岸线与山地为示意，规划区边界为估计。镇驻地坐标：GeoNames，CC BY 4.0。",
        "Edges of towns, coast and hills are stylised; the planned zones are estimated. "
        "Seats of towns: GeoNames, CC BY 4.0.",
    ),
    "scaled": (
        "小样本城市（{firms:,} 家企业）按全市规模放大。",
        "A city of {firms:,} firms, scaled up to the full one.",
    ),
    "first_seed": ("图为随机种子 {seed}。", "Map of seed {seed}."),
    # Bench
    "bench_title": ("一个季度有多快", "How fast a quarter is"),
    "bench_machine": (
        "{processor}，{cores} 核，内存 {memory:.0f} GB，{os}，Python {python}，numba {numba}，numpy {numpy}",
        "{processor}, {cores} cores, {memory:.0f} GB of memory, {os}, Python {python}, numba {numba}, numpy {numpy}",
    ),
    "bench_ns": ("纳秒/企业·季度", "ns a firm-quarter"),
    "bench_spread": ("离散", "spread"),
    "bench_whole": ("18个季度", "18 quarters"),
    "bench_cpu": ("处理器时间", "processor"),
    "bench_bytes": ("字节/企业", "bytes a firm"),
    "bench_ready": ("准备（秒）", "to make ready, s"),
    "bench_engine": ("引擎", "engine"),
    "bench_firms": ("企业数", "firms"),
    "bench_threads": ("线程", "threads"),
    "bench_columns": ("列式", "columns"),
    "bench_agents": ("逐个企业（agents）", "agents engine"),
    "bench_lean_mesa": ("精简Mesa", "lean Mesa"),
    "bench_memory_floor": ("内存下限", "memory floor"),
    "bench_how": (
        "同一次运行中各引擎轮流测量 {repeats} 次，取中位数；离散为四分位距之半除以中位数。首列为2021年三季度至2022年"
        "二季度（含一次年度评价）的实耗时间，比值用这一列；不含准备与编译。列式每次跑两个随机种子：一个线程先后跑，"
        "两个线程并排跑，与 run --threads 2 --seeds 2 相同（单次模拟约五万家企业起才值得用两个线程）。精简Mesa："
        "同一季度由普通属性的Mesa企业逐家计算（experiments/lean_mesa，略去的内容见其说明）。字节为历史之外一座城市"
        "占用内存的最大值。",
        "Engines take turns within one run, {repeats} times; medians, and as spread half the interquartile range over "
        "the median. The first column is wall clock over 2021Q3 to 2022Q2, the yearly grading in it: ratios are of "
        "this column. Making cities ready and compiling are not in it. Columns run two seeds a time: one after the "
        "other on one thread, side by side on two, as run --threads 2 --seeds 2 does (inside one run a second thread "
        "pays from about 50,000 firms). Lean Mesa is the same quarter, firm by firm, by Mesa agents with ordinary "
        "attributes (experiments/lean_mesa; what it leaves out is told there). Bytes are the most one city took on "
        "top of its history.",
    ),
    "bench_floor": (
        "内存下限：每家企业每季度至少读 {read} 列、写 {written} 列，共 {moved} 字节；"
        "单线程带宽 {gigabytes:.1f} GB/s（读写合计）。",
        "Memory floor: {read} columns read and {written} written at least, {moved} bytes a firm-quarter, at "
        "{gigabytes:.1f} GB/s on one thread (read and written together).",
    ),
    "bench_compiling": (
        "首次运行（未编译）{cold:.1f} 秒，再次运行 {warm:.1f} 秒（500家企业，含启动）；"
        "{firms:,} 家企业的历史 {history:.1f} 秒。",
        "First call with nothing compiled {cold:.1f} s, the next process {warm:.1f} s (500 firms, start included); "
        "history of {firms:,} firms {history:.1f} s.",
    ),
    "bench_history": ("{firms:,} 家企业的历史 {history:.1f} 秒。", "History of {firms:,} firms: {history:.1f} s."),
    "bench_ratio": ("比值", "ratio"),
    "bench_wanted": ("目标", "wanted"),
    "bench_reached": ("实测", "reached"),
    "bench_met": ("达到", "met"),
    "bench_missed": ("未达到", "missed"),
    "bench_lean_mesa_over_columns_1": ("精简Mesa ÷ 列式（1线程）", "lean Mesa over columns, 1 thread"),
    "bench_lean_mesa_over_columns_2": ("精简Mesa ÷ 列式（2线程）", "lean Mesa over columns, 2 threads"),
    "bench_agents_over_columns_1": ("逐个企业 ÷ 列式（1线程）", "agents engine over columns, 1 thread"),
    "bench_columns_over_floor": ("列式 ÷ 内存下限（{firms:,} 家）", "columns over memory floor, {firms:,} firms"),
    "bench_at_least": ("≥ {value:g}", "at least {value:g}"),
    "bench_at_most": ("≤ {value:g}", "at most {value:g}"),
    "bench_cores": (
        "测量两个线程时，机器实际能给出 {cores:.1f} 个核。",
        "While two threads were measured the machine had {cores:.1f} cores to give.",
    ),
    "bench_left_out": ("未测：{what}", "Left out: {what}"),
    "bench_stopped": ("已中断：以上为已完成的测量", "Interrupted: these are the rows that were finished"),
}  # fmt: skip

say = Phrases(_PHRASES).say
