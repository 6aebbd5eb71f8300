"""The reference page of messages is the catalogue, every code of it."""

from pathlib import Path

from enroll.notices import KINDS
from enroll.notices.about_changes import CHANGE_KINDS
from enroll.notices.about_checks import CHECK_KINDS
from enroll.notices.about_draws import DRAW_KINDS
from enroll.notices.about_findings import FINDING_KINDS
from enroll.notices.about_forecasts import FORECAST_KINDS
from enroll.notices.about_ground import GROUND_KINDS
from enroll.notices.about_lists import LIST_KINDS
from enroll.notices.about_opening import OPENING_KINDS
from enroll.notices.about_results import RESULT_KINDS
from enroll.notices.about_scenarios import SCENARIO_KINDS
from enroll.notices.about_tables import TABLE_KINDS
from enroll.notices.reference import notices_page

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "notices.md"


def test_page_in_the_docs_is_the_one_the_catalogue_makes():
    assert PAGE.read_text(encoding="utf-8") == notices_page()


def test_page_holds_every_code():
    page = notices_page()
    assert all(f"| `{code}` |" in page for code in KINDS)
    assert "*children* no other school*reach* than *schools*" in page


def test_no_two_parts_of_the_catalogue_define_one_code():
    parts = (
        CHANGE_KINDS,
        CHECK_KINDS,
        DRAW_KINDS,
        FINDING_KINDS,
        FORECAST_KINDS,
        GROUND_KINDS,
        OPENING_KINDS,
        LIST_KINDS,
        RESULT_KINDS,
        SCENARIO_KINDS,
        TABLE_KINDS,
    )
    codes = [code for part in parts for code in part]
    assert sorted(codes) == sorted(KINDS)
