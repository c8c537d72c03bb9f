"""Services: what parks do for the firms inside them, and for those that think of coming.

2.6 园区配套构建集政务、物业、人力资源、金融、法律、研发、检测、培训、物流等公共服务平台
    Nine services in every park, built up over time, each with something of its own to act on.
2.7 统一提供如产业准入、工商注册、手续全程代办等“保姆式”服务
    Paperwork and lost output of a move are taken over in part, and firms look at parks more often.
"""

from clustersim.letter.services.levers import CLAUSES, WHEN_OFF, Levers
from clustersim.letter.services.platform import hooks, roll_out, tested

__all__ = ["CLAUSES", "WHEN_OFF", "Levers", "hooks", "roll_out", "tested"]
