"""How many classes each school opens, and how large they are."""

from __future__ import annotations

from enroll.classes.planning import count_oversized, list_classes, plan_classes

__all__ = ["count_oversized", "list_classes", "plan_classes"]
