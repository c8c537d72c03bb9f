"""Luck with an address: published vectors, distributions, independence, and the same bits without a compiler."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clustersim.foundation import draws
from clustersim.foundation.words import Luck

WORD = st.integers(0, 2**32 - 1)
SEED = st.integers(0, 2**63 - 1)


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        # The known answers of Random123 1.14, kat_vectors, philox4x32 10 rounds.
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_the_generator_gives_its_published_answers(counter, key, answer):
    words = draws.philox(*(np.uint64(word) for word in counter + key))
    assert tuple(int(word) for word in words) == answer


@settings(deadline=None)
@given(seed=SEED, purpose=st.sampled_from(list(Luck)), quarter=st.integers(8000, 9000), uid=SEED, other=WORD)
def test_a_draw_depends_on_every_part_of_its_address(seed, purpose, quarter, uid, other):
    here = draws.uniform(seed, int(purpose), quarter, uid, other)
    assert 0.0 < here < 1.0
    assert here == draws.uniform(seed, int(purpose), quarter, uid, other)
    elsewhere = [
        draws.uniform(seed ^ 1, int(purpose), quarter, uid, other),
        draws.uniform(seed, int(purpose) + 1, quarter, uid, other),
        draws.uniform(seed, int(purpose), quarter + 1, uid, other),
        draws.uniform(seed, int(purpose), quarter, uid ^ 1, other),
        draws.uniform(seed, int(purpose), quarter, uid, other ^ 1),
    ]
    assert here not in elsewhere


@pytest.mark.parametrize(
    ("draw", "mean", "spread"),
    [(draws.uniform, 0.5, 1 / 12**0.5), (draws.normal, 0.0, 1.0), (draws.gumbel, 0.5772156649, np.pi / 6**0.5)],
)
def test_draws_have_their_mean_and_spread(draw, mean, spread):
    many = np.array([draw(7, 3, 8086, uid, 0) for uid in range(40_000)])
    assert abs(many.mean() - mean) < 5 * spread / 200
    assert abs(many.std() - spread) < 0.02 * spread
    neighbours = np.corrcoef(many[:-1], many[1:])[0, 1]
    assert abs(neighbours) < 0.025


SAME_BITS = """
import hashlib
from clustersim.foundation import draws, mathematics
seen = hashlib.sha256()
for uid in range(300):
    for value in (
        draws.uniform(5, 3, 8086, uid, 1), draws.normal(5, 3, 8086, uid, 1), draws.gumbel(5, 3, 8086, uid, 1),
        *draws.two_uniforms(5, 3, 8086, uid, 1), *draws.four_uniforms(5, 3, 8086, uid, 1),
        float(draws.lottery(5, 3, 8086, uid)), mathematics.exponential(uid * 0.37 - 40.0),
        mathematics.logarithm(1e-9 * 1.7**(uid * 0.2)), mathematics.logistic(uid * 0.1 - 15.0),
        float(mathematics.in_fen(uid * 1.23456)),
    ):
        seen.update(float(value).hex().encode())
print(seen.hexdigest())
"""


@pytest.mark.slow
def test_compiled_and_interpreted_rules_give_the_same_bits():
    compiled = subprocess.run([sys.executable, "-c", SAME_BITS], capture_output=True, text=True, check=True)
    plain = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SAME_BITS],
        capture_output=True, text=True, check=True, env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    assert compiled.stdout == plain.stdout
    assert len(compiled.stdout.strip()) == len(hashlib.sha256().hexdigest())
