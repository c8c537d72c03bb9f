# %% [markdown]
# # 03 补助上限约束有多紧 · How far do the limits of subsidies bind?
#
# **为什么问。** 补助都有上限：年度预算、单户上限、项目门槛、名额。
# 要增加投入，先要知道哪一项真正起约束，放开不起约束的一项等于没放。
#
# **Why it is asked.** Every subsidy has limits: a yearly budget, a cap a firm, a least project, a number of
# firms. Raising one that does not bind buys nothing.

# %%
from IPython.display import Markdown

from clustersim.show.kept import opened

# It reads what `make results` left in the folder that it lies in, and runs nothing.
kept = opened(".")
made = kept.made
Markdown(f"""{made["question"]["zh"]}

{made["question"]["en"]}

`{made["experiment"]}`：{made["firms"]:,} 家企业 firms，{made["seeds"]} 个种子 seeds，2021Q3–{made["until"]}""")

# %% [markdown]
# ## 图 · The picture

# %%
Markdown(f"![{made['title']['zh']}](figure.png)")  # beside the notebook

# %% [markdown]
# ## 怎样读 · How to read it
#
# 都与来信比。某一项单独放开后“获奖励企业数”和“技改企业数”几乎不动，说明它不起约束，或者另一项先起约束；
# “全部放开”给出总的余地。技改数不动而奖补增加，就是补给了本来会做的企业。
#
# All rows are held against the letter. Where lifting one limit moves neither firms rewarded nor upgrades, it
# does not bind, or another binds first; "all lifted" shows what room there is. Where money rises and upgrades
# do not, it goes to firms that would have upgraded anyway.

# %%
asked = (
    ("half", "rewarded subsidy_yuan upgraded upgrade_cost_yuan"),
    ("double", "rewarded subsidy_yuan upgraded upgrade_cost_yuan"),
    ("budget_lifted", "rewarded subsidy_yuan upgraded upgrade_cost_yuan"),
    ("caps_lifted", "rewarded subsidy_yuan upgraded upgrade_cost_yuan"),
    ("floor_lifted", "rewarded subsidy_yuan upgraded upgrade_cost_yuan"),
    ("places_lifted", "rewarded subsidy_yuan upgraded upgrade_cost_yuan"),
    ("all_lifted", "rewarded subsidy_yuan upgraded upgrade_cost_yuan"),
)
Markdown(
    "\n".join(f"- {kept.title(policy)}: {kept.told(policy, name)}" for policy, names in asked for name in names.split())
)

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 单户上限、项目门槛与贴息名额有出处；每年的预算和智能车间名额是估计值。
# 企业是否想到技改由注意力决定，补助不改变它。企业按固定的获奖概率（假设 reward_chance）打算，
# 与预算是否够用无关：所以放开预算改变的是谁拿到钱，几乎不改变谁技改。
#
# Caps, the least project and the firms with interest subsidies are published; the yearly budget and the number
# of workshops are estimates. Whether an owner thinks of upgrading at all is attention, which no subsidy changes
# here. Firms reckon with a fixed chance of a reward (the assumption reward_chance), however far the budget
# goes: so a larger budget changes who is paid, and hardly who upgrades.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
