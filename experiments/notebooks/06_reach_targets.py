# %% [markdown]
# # 06 怎样才能达到目标 · What would reach the targets
#
# **为什么问。** 政策要对目标负责：哪些参数组合能以八成把握达到，哪一种最省钱？
# 全市的量化目标没有公开，这里的目标是举例。
#
# **Why it is asked.** A bureau answers for its goals: which settings reach them eight times in ten, and which of
# these cost least? The city's own numbers are not public; the targets here are an example.

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
# 搜索时各政策用同样的种子，所以看上去达标的可能只是碰巧；表中的机会是用没有见过的新种子复核的。
# 净支出是花费减去加价等收入，所以便宜的政策也可能是向企业多收了钱：看看右图里的加价。
#
# While it was searched all policies had the same seeds, so that some looked good by luck; the chances in the
# table are under seeds that none has seen. Net cost is what is spent less what surcharges and fines bring in: a
# cheap policy may be one that takes more from firms, so look where the surcharge stands.

# %%
Markdown("\n".join(f"- {line}" for lang in ("zh", "en") for line in made["found"][lang]))

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 只搜索了文件中列出的参数和范围；花费背后的单价多为估计值。5,000 家企业的小城市里入园偏多（D-036）。
# 企业估计拿到补助的机会是固定的，不随预算变化。
#
# Only the levers of the file were searched, within its bounds; most prices behind the costs are estimates. In a
# city of 5,000 moves are too frequent (D-036). The chance of being paid that firms reckon with is fixed.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
