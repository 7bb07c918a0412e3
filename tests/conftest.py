"""What all tests share: nothing that a test makes lands in the folder of a real register."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def files_for_download_aside(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Imports make the files for download; those of tests go into a folder of their own."""
    from django.conf import settings

    settings.DUMPS = tmp_path_factory.mktemp("dumps")
