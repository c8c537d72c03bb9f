# %% [markdown]
# # 01 如果什么都不做 · What if nothing had been done?
#
# **为什么问。** 企业开张与关门、设备更新、土地出租，没有来信也会发生。
# 只有来信在此之上多出来的部分，才是它的作用。
#
# **Why it is asked.** Firms open, close and renew their machines whatever a letter says. Only what the letter
# adds to that is its work.

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
# 黑虚线是无政策的世界，蓝线是来信。看两线之差，不看蓝线本身的涨跌；
# 色带重叠处，单个种子分不出两者。下面每一行是两者之差、95%区间和结论。
#
# The dashed line is the world without policy, the blue one has the letter. What counts is the distance between
# them, not the rise of the blue line; where bands overlap one seed could not tell them apart. Each row below is
# the difference, its 95 % interval and the verdict.

# %%
asked = (
    ("letter", "space clusters factors functions green"),
    ("letter", "firms jobs exited_closure upgraded moved noncompliant_share fiscal_cost_yuan"),
)
Markdown(
    "\n".join(f"- {kept.title(policy)}: {kept.told(policy, name)}" for policy, names in asked for name in names.split())
)

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 背景的进入、退出和技改速度对照公布的区间校准（`experiments/checks/background.py`，有一项未达到）。
# 来信各条的力度多为估计值，见全表末尾。
#
# Entry, exit and upgrades of the background are held against published bands
# (`experiments/checks/background.py`; one of them is missed). The pace of most clauses is an estimate: see the
# end of the table.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
