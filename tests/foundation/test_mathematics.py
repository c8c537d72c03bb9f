"""Our own exp, log and normal quantile against the standard library, over the range that rules use."""

import math
from statistics import NormalDist

from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation import mathematics


@settings(deadline=None)
@given(st.floats(-690, 690))
def test_exponential_is_exact_to_two_units_in_the_last_place(x):
    assert math.isclose(mathematics.exponential(x), math.exp(x), rel_tol=5e-16)


@settings(deadline=None)
@given(st.floats(1e-300, 1e300))
def test_logarithm_is_exact_to_two_units_in_the_last_place(x):
    assert math.isclose(mathematics.logarithm(x), math.log(x), rel_tol=5e-16, abs_tol=1e-16)


def test_the_edges_are_finite():
    assert mathematics.exponential(1e9) == mathematics.exponential(700.0) < math.inf
    assert mathematics.exponential(-1e9) > 0.0
    assert mathematics.logarithm(0.0) == mathematics.logarithm(-1.0) == -700.0
    assert mathematics.logarithm(1.0) == 0.0


@settings(deadline=None)
@given(st.floats(1e-12, 1 - 1e-12))
def test_normal_quantile_agrees_with_the_standard_library(p):
    assert math.isclose(mathematics.normal_quantile(p), NormalDist().inv_cdf(p), rel_tol=1e-9, abs_tol=1e-9)


@settings(deadline=None)
@given(st.floats(-30, 30))
def test_logistic_is_symmetric(x):
    assert math.isclose(mathematics.logistic(x) + mathematics.logistic(-x), 1.0, rel_tol=1e-12)
