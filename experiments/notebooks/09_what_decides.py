# %% [markdown]
# # 09 结论取决于哪些数 · Which numbers decide
#
# **为什么问。** 按模型办事之前，应知道答案里有多少是模型的猜测、多少是运气，以及去查哪一个数最划算。
#
# **Why it is asked.** Before acting on a model one should know how much of its answer is guesswork, how much is luck,
# and which number is worth going out to find.

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
# 分析的是“按来信执行”减“无政策”的差，两者的假设和种子相同。每组假设下选择常数都重新求解，使无政策时的
# 进出率不变，所以份额不是来自另一种背景。“单独”是知道这个数以后方差会减少的份额，也就是收集它的价值。
#
# Analysed is the letter less nothing, under the same assumptions and the same luck. For each set of assumptions the
# constants of choice were solved again so that background rates stand: shares do not come from another background.
# "Alone" is the share of variance that would go if the number were known: the worth of collecting it.

# %%
Markdown("\n".join(f"- {line}" for lang in ("zh", "en") for line in made["found"][lang]))

# %% [markdown]
# ## 靠什么 · What it rests on
#
# 各假设在声明的上下限内均匀、独立地变动，这比多数人愿意相信的范围宽；范围窄些，份额会不同。
# 没有列入的假设保持默认值，它们造成的方差不在其中。
#
# Assumptions run evenly and independently through their declared bounds, which are wider than most people would
# believe: with narrower ones the shares would be others. What is not listed stays at its default, and the variance
# that it makes is not in here.

# %% [markdown]
# ## 全表 · The whole table

# %%
Markdown(kept.page.partition("\n")[2])
