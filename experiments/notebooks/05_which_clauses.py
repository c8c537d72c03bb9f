# %% [markdown]
# # 05 哪些条款在起作用 · Which clauses carry each goal?
#
# **为什么问。** 来信各条可以分别开关，每条背后有一个部门。
# 逐条关掉会误导：两条做同一件事时都显得没用，两条互相需要时都显得全靠自己。
# Shapley 值对所有先后次序取平均。
#
# **Why it is asked.** Every clause can be switched, and each has an office behind it. Switching one off at a
# time misleads where two do the same work or need each other; Shapley shares average over all orders in which
# clauses could come.

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
# 各条（章）的条相加等于合计。黑线是种子间的95%区间，跨零的数字为灰色：
# 那一份分不出有没有。条款一行只画最大的几条。
#
# Parts add up to the whole. Black lines are 95 % intervals over seeds; where one crosses zero the number is
# grey: that share cannot be told from none. Only the largest clauses are drawn.

# %%
Markdown(
    "\n".join(
        f"- {kept.shares(by, index)}"
        for index in ("space", "clusters", "factors", "functions", "green")
        for by in ("chapters", "clauses")
    )
)

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 各章是全部组合的精确值；各条是若干种次序的平均，别的次序会给出什么不在区间内。
# 小城市里入园偏多（D-036）。
#
# Chapters are exact (all coalitions were lived); clauses are means over some orders, and what others would give
# is not in the intervals. In a small city moves are too frequent (D-036).

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
