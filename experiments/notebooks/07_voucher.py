# %% [markdown]
# # 07 小微技改券 · An upgrade voucher for small firms
#
# **为什么问。** 技改补助有项目门槛，几乎所有小微企业都够不着。
# 技改券替小企业付一部分，问题是能多带来多少、钱从哪里来。
#
# **Why it is asked.** The upgrade subsidy has a least project, out of reach for nearly every small firm. A
# voucher pays part of a small firm's upgrade; how many does it bring, and who pays?

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
# 都与来信比。预算不变时，技改券与别的奖补分同一笔钱：看“技改企业数”增加多少、“财政奖补”是否增加。
# 预算加倍的两行给出能多兑现多少。
#
# All rows are held against the letter. Within the same budget vouchers share one pot with the other rewards:
# compare what upgrades gain with what rewards cost. The rows with twice the budget show how much more is paid
# out.

# %%
asked = (
    ("voucher", "upgraded subsidy_yuan upgrade_cost_yuan noncompliant_share fiscal_cost_yuan"),
    ("voucher_more", "upgraded subsidy_yuan upgrade_cost_yuan noncompliant_share fiscal_cost_yuan"),
    ("generous", "upgraded subsidy_yuan upgrade_cost_yuan noncompliant_share fiscal_cost_yuan"),
    ("generous_more", "upgraded subsidy_yuan upgrade_cost_yuan noncompliant_share fiscal_cost_yuan"),
)
Markdown(
    "\n".join(f"- {kept.title(policy)}: {kept.told(policy, name)}" for policy, names in asked for name in names.split())
)

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 企业按固定的获奖概率（假设 reward_chance）打算，与预算是否够用无关：
# 预算不变时多数技改券没有兑现，技改却照样发生。这是企业相信承诺时的情形，不是不花钱的技改。
# 技改券不是来信的条款，比例、上限、营收门槛都是假设。想到技改的企业有多少不因技改券改变，
# 这会低估它的作用；不会做而领券的情形没有模拟，这会高估。
#
# Firms reckon with a fixed chance of a reward (the assumption reward_chance), however far the budget goes:
# within the same budget most vouchers go unpaid, and the upgrades come all the same. That is what firms would
# do if they trusted the promise, not upgrades for nothing. The voucher is no clause of the letter: its share,
# cap and limit of revenue are ours. It does not change how many owners think of upgrading, which understates
# it; fraud is not modelled, which overstates it.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
