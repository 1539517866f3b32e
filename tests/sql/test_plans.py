"""At 10,000 watches every hot query goes through an index of its tenant tables."""

import psycopg
import pytest

from data import db
from tests.bench import hot
from tests.bench import large as bench


@pytest.fixture(scope="module")
def large(server, template):
    name = "test_plans"
    with psycopg.connect(server.format("postgres"), autocommit=True) as owner:
        owner.execute(f"create database {name} template {template} strategy file_copy")
        yield bench.fill(server.format(name))
        owner.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="module")
def plans(large):
    with pytest.MonkeyPatch.context() as patch:
        db.close()
        patch.setenv("DATABASE_URL", large.url)
        found = bench.plans(large)
        db.close()
    return found


LABELS = list(hot.queries(None, (None, None), None))


@pytest.mark.parametrize("label", LABELS)
def test_a_hot_query_reads_no_tenant_table_from_end_to_end(plans, label):
    _, nodes = plans[label]
    scans = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
    few = {"movement_type", "membership", "app_user"}  # eight kinds, and two people here
    shared = {"rate_series", "gold_price"}  # of all households: a row a currency, a price a day
    assert scans <= few | shared


def test_search_goes_through_its_text_index(large):
    indexes = [node.get("Index Name") for node in bench.search_plan(large)]
    assert "watch_by_document" in indexes
