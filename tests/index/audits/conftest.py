"""Years of which each finding has at least one, in villages of Kukar; that they are theirs is made up."""

import httpx
import pytest

from tests.index.audits.entering import OTHER, told
from tests.index.told import PERIAN, SEPATIN, only_published, record


@pytest.fixture
async def filled(office: httpx.AsyncClient) -> httpx.AsyncClient:
    """Years of which each finding has at least one, under the codes of villages of Kukar; the codes are Contoh."""
    await told(office, PERIAN, 2024, record("Perian"))
    await told(office, PERIAN, 2023, record("Barat Daya"))
    await told(office, SEPATIN, 2024, record("Barat Daya"))
    await told(office, SEPATIN, 2022, record("Jongkang"))
    await told(office, OTHER, 2024, only_published(0.741, "berkembang"))
    await told(office, OTHER, 2023, only_published(0.7071, "berkembang"))
    return office
