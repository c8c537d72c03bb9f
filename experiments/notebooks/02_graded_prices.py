# %% [markdown]
# # 02 差别电价：单独用与配合园区用 · Graded prices, alone and with parks
#
# **为什么问。** 对C、D档加价不花财政的钱，一纸通知即可执行。问题是它能否单独起作用，还是要有园区可去。
#
# **Why it is asked.** Dearer power for C and D costs the city nothing and takes one order. The question is
# whether it works by itself, or only where there is a park to go to.

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
# 上四行与无政策比，下两行与“只建园区”比：若加价在有园区时更能促成入园，下两行的“迁入园区”应明显高于第二、
# 三行。加价是企业付的钱，不是收益，所以不分好坏。
#
# The first four rows are held against no policy, the last two against parks alone: if surcharges moved more
# firms where parks are, moves in the last rows would lie clearly beyond those of rows two and three. A
# surcharge is money that firms pay: it is called neither good nor bad.

# %%
asked = (
    ("prices", "surcharge_yuan upgraded moved exited value_added_per_kwh"),
    ("twice_prices", "surcharge_yuan upgraded moved exited value_added_per_kwh"),
    ("parks_prices", "surcharge_yuan upgraded moved exited value_added_per_kwh"),
    ("parks_twice_prices", "surcharge_yuan upgraded moved exited value_added_per_kwh"),
)
Markdown(
    "\n".join(f"- {kept.title(policy)}: {kept.told(policy, name)}" for policy, names in asked for name in names.split())
)

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 加价标准有出处（公布的差别电价）；C、D档比例按公布的名额。企业如何权衡电费与搬迁是校准值，
# 返还比例是估计值。
#
# Surcharges are published, and so are the shares of C and D. How firms weigh a bill against a move is
# calibrated; the share paid back is an estimate.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
