# %% [markdown]
# # 08 延续到2030年 · On to 2030
#
# **为什么问。** 园区要几年建成和住满，土地一年清一点。2025年可能在作用显现之前，也可能在它停下之后。
# 写下一轮方案时要知道后面会怎样。
#
# **Why it is asked.** Parks take years to build and fill, land is cleared a little a year: 2025 may come before
# the work shows, or after it has levelled off. Whoever writes the next plan asks what goes on.

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
# 看2025年以后曲线是否继续分开。“不整治”和“园区加倍”与来信比（下面的数字也是），来信与无政策比。
# 到期即止的政策写不出来：一个情景从2021Q3起一直有效。
#
# See whether the lines go on parting after 2025. Without inspections and with twice the parks are held against
# the letter (in the numbers below too), the letter against no policy. A policy that ends in 2025 cannot be
# written: a scenario holds from 2021Q3 on.

# %%
asked = (
    ("letter", "space clusters factors functions green"),
    ("without_inspections", "factors functions green noncompliant_share fiscal_cost_yuan"),
    ("twice_parks", "functions green in_parks fiscal_cost_yuan"),
)
Markdown(
    "\n".join(f"- {kept.title(policy)}: {kept.told(policy, name)}" for policy, names in asked for name in names.split())
)

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 九年里价格、技术、需求和来信本身都不变，越往后越靠这些假设。
# 公布的目标只到2025年，2030年没有目标可比。
#
# Prices, technology, demand and the letter itself stand still for nine years: the later, the more rests on
# that. Published targets end in 2025, there are none for 2030.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
