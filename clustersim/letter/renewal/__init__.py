"""Renewal: old blocks are cleared, and come back as parks with more floor on the same land.

1.6 通过老旧、低效区块改造提升，提高厂房容积率，从而实现地块产出效率提升和区块优化布局
    A block loses its floor for some quarters, then holds land x a new floor-area ratio; its firms may return first.
"""

from clustersim.letter.renewal.blocks import renew, renewed_floor
from clustersim.letter.renewal.levers import CLAUSES, WHEN_OFF, Levers

__all__ = ["CLAUSES", "WHEN_OFF", "Levers", "renew", "renewed_floor"]
