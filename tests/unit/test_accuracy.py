import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calc.accuracy import Reading, rate, rate_by_position
from data.calc.missing import Missing

VECTORS = Path(__file__).parents[3] / "shared" / "vectors" / "accuracy.json"
KNOWN_RATES = ["acc_definition", "acc_toolwatch_asymmetry"]
KNOWN_POSITIONS = ["wc_one_log", "wc_two_logs", "wc_positions_mixed"]
HOUR = 3600
instants = st.floats(-1e9, 1e9)
readings = st.builds(Reading, instants, instants, st.sampled_from(["dial up", "on the wrist"]))


@pytest.fixture(scope="module")
def known():
    if not VECTORS.exists():
        pytest.skip(f"{VECTORS} is not here: the known answers live beside the repository")
    return {vector["id"]: vector for vector in json.loads(VECTORS.read_text("utf-8"))["vectors"]}


def test_a_watch_that_shows_five_seconds_more_after_a_day_gains_five():
    assert rate(86_400, 86_405) == 5.0


def test_a_watch_that_lost_nothing_has_rate_zero():
    assert rate(86_400, 86_400) == 0.0


@pytest.mark.parametrize("reference_s", [0, 5e-324, -86_400])
def test_without_time_between_there_is_no_rate(reference_s):
    assert "no time between" in rate(reference_s, 1e9).reason


def test_an_interval_belongs_to_the_position_of_its_later_reading():
    run = [
        Reading(0, 0, "unknown"),
        Reading(12 * HOUR, 12 * HOUR + 2, "on the wrist"),
        Reading(24 * HOUR, 24 * HOUR + 1, "dial up"),
    ]
    rates = rate_by_position(run)
    assert rates["on the wrist"] == pytest.approx(4.0)
    assert rates["dial up"] == pytest.approx(-2.0)
    assert isinstance(rates["unknown"], Missing)


def test_intervals_are_weighted_by_their_time():
    """Two hours at +12 s/d and 22 hours at 0 are +1 s/d, not +6."""
    run = [Reading(0, 0, "dial up"), Reading(2 * HOUR, 2 * HOUR + 1, "dial up")]
    run.append(Reading(24 * HOUR, 24 * HOUR + 1, "dial up"))
    assert rate_by_position(run) == {"dial up": pytest.approx(1.0)}


def test_where_the_watch_stood_at_first_does_not_matter():
    run = [Reading(7, 1000, "dial up"), Reading(86_407, 87_405, "dial up")]
    assert rate_by_position(run) == {"dial up": pytest.approx(5.0)}


def test_no_reading_has_no_rate():
    assert rate_by_position([]) == {}


@given(st.lists(readings))
def test_every_position_has_a_number_or_is_missing(run):
    rates = rate_by_position(sorted(run, key=lambda reading: reading.reference_s))
    assert set(rates) == {reading.position for reading in run}
    assert all(isinstance(r, Missing) or math.isfinite(r) for r in rates.values())


def test_the_sign_of_a_rate_is_the_known_one(known):
    definition, asymmetry = (known[vector_id] for vector_id in KNOWN_RATES)
    given = definition["input"]
    answer = rate(given["ref1"] - given["ref0"], given["watch1"] - given["watch0"])
    assert answer == definition["expected"]
    answer = rate(asymmetry["input"]["ref_delta"], asymmetry["input"]["user_delta"])
    assert answer == asymmetry["expected"]["pre_2016"]


@pytest.mark.parametrize("vector_id", KNOWN_POSITIONS)
def test_rates_by_position_are_the_known_ones(known, vector_id):
    vector = known[vector_id]
    logs = vector["input"]["logs_ref_ms_watch_ms_position"]
    run = [Reading(ref / 1000, watch / 1000, place or "WORN") for ref, watch, place in logs]
    rates = rate_by_position(run)
    rates["ALL"] = rate(run[-1].reference_s - run[0].reference_s, run[-1].watch_s - run[0].watch_s)
    found = {place: None if isinstance(r, Missing) else r for place, r in rates.items()}
    for place, expected in vector["expected"].items():
        assert found[place] == (expected and pytest.approx(expected, abs=vector["tolerance"]))


def test_no_accuracy_vector_is_forgotten(known):
    assert sorted(known) == sorted(KNOWN_RATES + KNOWN_POSITIONS)
