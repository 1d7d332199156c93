"""Every kind of thing, in reading order."""

from typing import Any

from harbortui.resources.core import Resource

RESOURCES: tuple[Resource[Any, Any], ...] = ()
