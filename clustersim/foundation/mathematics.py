"""Our own exp and log, so that every bit is the same compiled, interpreted and on any processor.

Accuracy is about one unit in the last place for exp and two for log, over the range a rule may use.

>>> round(exponential(1.0), 12), round(logarithm(10.0), 12)
(2.718281828459, 2.302585092994)
"""

from typing import Final

import numpy as np

from clustersim.foundation.compiled import rule

LOG2_E: Final = 1.4426950408889634
LN2_HIGH: Final = 6.93147180369123816490e-01  # 33 leading bits, so that whole multiples are exact
LN2_LOW: Final = 1.90821492927058770002e-10
LARGEST: Final = 700.0
SQRT_HALF: Final = 0.7071067811865476


@rule
def exponential(x: float) -> float:
    """e to the power x; x is held within [-700, 700], where the result is finite and normal."""
    held = min(max(x, -LARGEST), LARGEST)
    whole = np.floor(held * LOG2_E + 0.5)
    rest = (held - whole * LN2_HIGH) - whole * LN2_LOW  # |rest| <= ln 2 / 2: the Taylor series to degree 13
    series = 1.0 / 6227020800.0
    series = series * rest + 1.0 / 479001600.0
    series = series * rest + 1.0 / 39916800.0
    series = series * rest + 1.0 / 3628800.0
    series = series * rest + 1.0 / 362880.0
    series = series * rest + 1.0 / 40320.0
    series = series * rest + 1.0 / 5040.0
    series = series * rest + 1.0 / 720.0
    series = series * rest + 1.0 / 120.0
    series = series * rest + 1.0 / 24.0
    series = series * rest + 1.0 / 6.0
    series = series * rest + 0.5
    series = series * rest + 1.0
    series = series * rest + 1.0
    scale = np.int64((np.int64(whole) + np.int64(1023)) << np.int64(52)).view(np.float64)
    return float(series * scale)


@rule
def logarithm(x: float) -> float:
    """Natural logarithm of a positive, normal x; zero and below give -700 (exp's own floor)."""
    if x <= 2.3e-308:
        return -LARGEST
    bits = np.float64(x).view(np.int64)
    power = (bits >> np.int64(52)) - np.int64(1022)
    share = np.int64((bits & np.int64(0x000FFFFFFFFFFFFF)) | np.int64(0x3FE0000000000000)).view(np.float64)
    if share < SQRT_HALF:
        share = share * 2.0
        power = power - np.int64(1)
    # log(share) = 2 artanh(z) with z = (share - 1) / (share + 1), |z| <= 0.1716
    z = (share - 1.0) / (share + 1.0)
    square = z * z
    series = 2.0 / 19.0
    series = series * square + 2.0 / 17.0
    series = series * square + 2.0 / 15.0
    series = series * square + 2.0 / 13.0
    series = series * square + 2.0 / 11.0
    series = series * square + 2.0 / 9.0
    series = series * square + 2.0 / 7.0
    series = series * square + 2.0 / 5.0
    series = series * square + 2.0 / 3.0
    series = series * square + 2.0
    whole = np.float64(power)
    return whole * LN2_HIGH + (z * series + whole * LN2_LOW)


@rule
def logistic(x: float) -> float:
    """1 / (1 + e^-x)."""
    return 1.0 / (1.0 + exponential(-x))


@rule
def power(base: float, exponent: float) -> float:
    """Base to a real power, for a positive base."""
    return exponential(exponent * logarithm(base))


@rule
def normal_quantile(probability: float) -> float:
    """The standard normal quantile (Wichura's AS 241, PPND16), to about 1e-15; probability strictly in (0, 1)."""
    centred = probability - 0.5
    if abs(centred) <= 0.425:
        r = 0.180625 - centred * centred
        above = ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                    + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
                 + 133.14166789178437745) * r + 3.387132872796366608  # fmt: skip
        below = ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                    + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
                 + 42.313330701600911252) * r + 1.0  # fmt: skip
        return centred * above / below
    r = probability if centred < 0.0 else 1.0 - probability
    r = np.sqrt(-logarithm(r))
    if r <= 5.0:
        r = r - 1.6
        above = ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                    + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
                 + 4.6303378461565452959) * r + 1.42343711074968357734  # fmt: skip
        below = ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                    + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
                 + 2.05319162663775882187) * r + 1.0  # fmt: skip
    else:
        r = r - 5.0
        above = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
                    + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
                 + 5.4637849111641143699) * r + 6.6579046435011037772  # fmt: skip
        below = ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                    + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
                 + 0.59983220655588793769) * r + 1.0  # fmt: skip
    return float(-above / below if centred < 0.0 else above / below)


@rule
def in_fen(yuan: float) -> int:
    """Yuan as whole fen, halves up.

    >>> int(in_fen(1.005)), int(in_fen(-0.004))
    (100, 0)
    """
    return int(np.floor(yuan * 100.0 + 0.5))


@rule
def in_millionths(amount: float) -> int:
    """A dimensionless amount (people, hazards) as whole millionths: sums of it do not depend on order."""
    return int(np.floor(amount * 1e6 + 0.5))
