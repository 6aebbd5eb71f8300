"""The public edition of a run: what everybody may know, and nothing that tells of one child."""

from __future__ import annotations

from enroll.report.publication.edition import Site, make_site
from enroll.report.publication.files import PUBLICATION
from enroll.report.publication.screen import site_view

__all__ = ["PUBLICATION", "Site", "make_site", "site_view"]
