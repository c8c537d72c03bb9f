# %% [markdown]
# # 04 只整治、不建园 · Inspections without parks
#
# **为什么问。** 检查可以马上开始，园区要几年才建成。公布的两次行动差别就在这里：
# 附近有园区时三分之一入园（掌起），没有时六成关停（省方案）。
#
# **Why it is asked.** Inspections start at once, parks take years. Two published campaigns differ by that: with
# a park at hand a third of treated firms moved (Zhangqi), without one six in ten closed (provincial plan).

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
# 先看“只整治”与“建园+整治”两行中的整治后关停和入园：两行相近，说明园区没有改变被整治企业的去向；
# 入园明显更多而关停更少，才是有园区承接的效果。
#
# Look at treated firms that closed and that moved, in "inspections alone" and in "parks + inspections": where
# both rows are alike, parks have not changed where treated firms go; more moves and fewer closures would be the
# work of the parks.

# %%
asked = (
    ("inspections", "treated treated_closed treated_moved treated_upgraded treated_rectified noncompliant_share jobs"),
    ("both", "treated treated_closed treated_moved treated_upgraded treated_rectified noncompliant_share jobs"),
    (
        "twice_inspections",
        "treated treated_closed treated_moved treated_upgraded treated_rectified noncompliant_share jobs",
    ),
)
Markdown(
    "\n".join(f"- {kept.title(policy)}: {kept.told(policy, name)}" for policy, names in asked for name in names.split())
)

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 每年整治的件数有出处；逾期关停的概率按两份公布的去向校准（技改与整改一项偏高，见 CHANGES.md）。
# 园区面积的释放速度是估计值。
#
# Cases a year are published; chances of closure are calibrated on two published fates (upgrades and
# rectifications come out too high, see CHANGES.md). How fast park floor is released is an estimate.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
