"""Words of a firm's story, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from clustersim.firm.alone import Bar
from clustersim.show.phrases import Phrases

Pair = tuple[str, str]

ACTIONS: Final[Mapping[str, Pair]] = {
    "STAY": ("原址不变", "stay as it is"), "RECTIFY": ("整改", "rectify"), "UPGRADE": ("技改升级", "upgrade"),
    "EXPAND": ("用地扩建", "expand"), "MOVE": ("迁入园区", "move to park"), "EXIT": ("关停退出", "close"),
}  # fmt: skip
BARS: Final[Mapping[Bar, str]] = {  # English stands in the rule itself
    Bar.ONLY_PARKS: "只看园区", Bar.NO_CASE: "没有可整改的在办案件", Bar.CANNOT_PAY: "现金和授信不够",
    Bar.TOO_SOON: "距上次技改太近", Bar.NOT_OUTGROWN: "厂房未满，或不是自有地块", Bar.NO_LAND_FOR_D: "D档不新增用地",
    Bar.LEDGER_EMPTY: "镇里没有可用指标", Bar.IN_A_PARK: "已在园区", Bar.HAZARD: "风险高于入园门槛",
    Bar.GRADE: "档次低于入园门槛", Bar.NONE_NEAR: "没有有空房且收本行业的园区", Bar.NO_UNIT: "没有合适的空房",
    Bar.SECTOR: "园区不收本行业", Bar.STRICT: "亩均税收或投资不到严格门槛",
}  # fmt: skip
TERMS: Final[Mapping[str, Pair]] = {
    "profit": ("毛利", "profit"), "dearer electricity": ("加价电费", "dearer electricity"),
    "rent received": ("租金收入", "rent received"), "fixed cost": ("固定成本", "fixed cost"), "rent": ("租金", "rent"),
    "land-use tax": ("土地使用税", "land-use tax"), "discharge charge": ("排污费", "discharge charge"),
    "fines and stoppages": ("罚款与停产", "fines and stoppages"), "closed down": ("被关停", "closed down"),
    "investment": ("投入", "investment"), "rewards": ("奖补", "rewards"), "moving": ("搬迁", "moving"),
    "down payment": ("首付占用", "down payment"), "compensation": ("补偿", "compensation"),
    "capital sold": ("设备变卖", "capital sold"), "severance": ("遣散", "severance"),
    "other work": ("另谋出路", "other work"),
}  # fmt: skip
TOKENS: Final[Mapping[str, str]] = {  # what events and looks are made of; what is not here stays as it is
    "grade fell": "档次下降", "outgrown": "厂房已满", "case": "有在办案件", "displaced": "须腾退",
    "order": "限期提升", "out of cash": "现金为负", "attention": "自行盘算", "service": "服务平台推介园区",
    "park": "园区", "block": "老旧区块", "plot": "园外地块", "village": "村庄用地", "safety": "安全生产",
    "environment": "环保", "fire": "消防", "energy": "能耗", "premises": "违法场所", "unlicensed": "无证无照",
    "outdated": "落后产能", "work under way": "整改中", "cured": "已整改", "closed": "销号", "none": "无",
    "found": "发现", "confirmed": "确认", "registered": "入库", "rectifying": "整改", "supervised": "督查",
    "overdue case": "逾期案件", "visit": "检查", "grade D": "D档", "low efficiency": "低效", "met": "达标",
    "failed": "未达标", "moved": "已迁出", "listed": "列入", "notice": "通知腾退", "renewal": "区块改造",
    "choice": "自愿", "default": "资金断裂", "closure": "被关停", "clearance": "腾退", "licence": "执照到期",
    "left": "外迁", "newcomer": "新办", "no unit left": "没有空房了", "no land left": "没有指标了",
    "new land": "新增用地",
}  # fmt: skip
EVENTS: Final[Mapping[str, str]] = {
    "grade": "评档", "case": "案件", "fined": "罚款", "suspended": "停产", "closing": "责令关停", "order": "限期提升",
    "clearance": "腾退名单", "renewal": "区块改造", "licence": "限期搬离村地", "relocated": "被安置",
    "model firm": "示范企业",
    "rectify": "整改", "upgrade": "技改", "expand": "扩建", "move": "入园", "refused": "未获批", "reward": "奖补",
    "exit": "退出", "entry": "新办",
}  # fmt: skip
NESTS: Final[Mapping[str, Pair]] = {
    "in place": ("留在原址", "in place"), "parks": ("园区", "parks"), "leaving": ("退出", "leaving"),
}  # fmt: skip
PHRASES: Final[Mapping[str, Pair]] = {
    "firm": ("企业 {uid}：{town}，{sector}，{born} 创办", "Firm {uid}: {town}, {sector}, founded {born}"),
    "run": (
        "情景 {scenario}，{firms:,} 家企业，随机种子 {seed}；金额单位：万元",
        "Scenario {scenario}, {firms:,} firms, seed {seed}; money in thousand yuan",
    ),
    "stood": (
        "{site}，{grade}，年营收 {sales}，现金 {cash}，{people:.0f} 人",
        "{site}, {grade}, sales {sales} a year, cash {cash}, {people:.0f} workers",
    ),
    "grade": ("{grade} 档", "grade {grade}"),
    "ungraded": ("未评档", "not graded"),
    "looked": ("盘算的缘由：{reasons}", "it looked because of: {reasons}"),
    "head": ("选项|价值|偏好|口味抽签|概率", "option|worth|liking|draw|chance"),
    "barred": ("不可行：{why}（{rule}）", "not open: {why} ({rule})"),
    "nests": ("先抽去向：{nests}", "first drawn, where: {nests}"),
    "made_of": ("价值构成", "worth is made of"),
    "did": ("结果：{what}", "outcome: {what}"),
    "event": ("事件：{what}", "event: {what}"),
    "quiet": ("未盘算，无事件", "did not look, nothing happened"),
    "legend": (
        "* 为所选。价值是企业自己眼中今后各年的折算值；偏好是模型估计的选项常数和同行影响；口味抽签是本季随机数。",
        "* is what it took. Worth is what the firm itself reckons over its horizon; liking is the option's constant "
        "and what peers did; the draw is this quarter's luck.",
    ),
    "refused": ("想要{wanted}，未获批", "wanted to {wanted}, was refused"),
    "never": (
        "在相同的运气下，{a} 与 {b} 中这家企业的命运没有分开。",
        "Under the same luck its fate never parts between {a} and {b}.",
    ),
    "parted": (
        "{quarter} 分开：{a} 下“{one}”，{b} 下“{other}”。",
        "Parted in {quarter}: {one} under {a}, {other} under {b}.",
    ),
    "differed": (
        "此前 {quarter} 起境况已有不同（{columns}）。",
        "From {quarter} on it stood differently ({columns}).",
    ),
    "only": ("两个情景只有一处不同：{change}。", "The scenarios differ in one thing only: {change}."),
    "enough": ("单凭这一项即分开：{changes}。", "Each of these alone parts it: {changes}."),
    "within": ("其中单凭这些杠杆即可：{levers}。", "Of their levers, each of these alone: {levers}."),
    "needed": ("没有这一项就不分开：{changes}。", "Without any one of these it does not part: {changes}."),
    "together": (
        "没有哪一项单独能分开它，共同作用所致。",
        "None of the differences parts it alone: they act together.",
    ),
    "and": ("、", "; "),
    "flipped": (
        "在相同的运气下，{a} 与 {b} 之间结局不同的企业：每个种子平均 {flipped:,.0f} 家，占 {share:.1%}。",
        "Under the same luck {flipped:,.0f} firms a seed ({share:.1%}) end differently under {a} and {b}.",
    ),
    "flipped_by": ("按镇街道、行业、档次（前 {count} 行）", "By town, sector and grade (the first {count} rows)"),
    "fates_head": ("镇街道|行业|档次|企业|改变", "town|sector|grade|firms|flipped"),
    "from_to": ("{a} 下 -> {b} 下的结局", "Outcome under {a} -> under {b}"),
}  # fmt: skip
OUTCOMES: Final[Mapping[str, Pair]] = {
    "left": ("退出", "left"), "in_park": ("入园", "in a park"), "upgraded": ("技改", "upgraded"),
    "rectified": ("整改", "rectified"), "as_before": ("照旧", "as before"),
}  # fmt: skip


def in_words(text: str, lang: str) -> str:
    """The words of an event in a language; numbers, quarters and clauses stay as they are.

    >>> in_words("choice: out of cash", "zh"), in_words("park 11400", "zh"), in_words("88000 yuan", "zh")
    ('自愿：现金为负', '园区 11400', '88000 元')
    """
    if lang == "en":
        return text
    parts = [TOKENS.get(part, part) for part in text.split(": ")]
    if len(parts) > 1 or ", " in text:
        return "：".join("、".join(in_words(one, lang) for one in part.split(", ")) for part in parts)
    word, blank, number = text.partition(" ")
    if blank and number.isdigit() and word in TOKENS:
        return f"{TOKENS[word]} {number}"
    return parts[0].replace(" yuan", " 元")


say = Phrases(PHRASES).say
