"""Who may import whom (the layers are those of the package's folders)."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "harbortui"
BASE = {"text", "clock", "paths", "shown"}
SETTLED = BASE | {
    "__version__", "address", "arguments", "choice", "config_file", "crash", "credentials",
    "exports", "journal", "known_servers", "problems", "profile", "programs", "settings", "state",
    "stopping",
}  # fmt: skip
MAY_USE = {
    "api": {"api"} | BASE,
    "audit": {"api", "audit"} | BASE,
    "resources": {"api", "audit", "resources"} | BASE,
    "widgets": {"api", "audit", "resources", "widgets"} | BASE,
    "screens": {"api", "audit", "resources", "widgets", "screens", "session"} | SETTLED,
    "demo": {"demo"},
    "terminal": {"terminal"},
    "credentials": SETTLED,
}
WITHOUT_TEXTUAL = {"api", "audit", "resources", "demo", "credentials"}
SINGLE_WITHOUT_TEXTUAL = {"session", *SETTLED - {"credentials"}}
DEMO_MAY = {"httpx"}
FILES = sorted(PACKAGE.rglob("*.py"))


def layer(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Absolute names of what a module imports, those for type checking only left out."""
    tree = ast.parse(path.read_text())
    names: set[str] = set()
    package = ["harbortui", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [start, node.module or ""]))
            names.add(module)
            if module == "harbortui":
                names |= {f"harbortui.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


def test_imports_point_down() -> None:
    for path in FILES:
        names, where = imported(path), layer(path)
        ours = {name.split(".")[1] for name in names if name.startswith("harbortui.")}
        others = {name.split(".")[0] for name in names}
        assert ours <= MAY_USE.get(where, ours), path
        if where in WITHOUT_TEXTUAL | SINGLE_WITHOUT_TEXTUAL:
            assert "textual" not in others, path
        if where == "demo":
            assert "pydantic" not in others, path


def test_files_are_short() -> None:
    lines = {path: len(path.read_text().splitlines()) for path in FILES}
    assert {path: count for path, count in lines.items() if count > 250} == {}


def test_looks_are_in_style_sheets_only() -> None:
    for path in FILES:
        source = path.read_text()
        assert "DEFAULT_CSS" not in source, path
        tree = ast.parse(source)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                names = {target.id for target in node.targets if isinstance(target, ast.Name)}
                assert "CSS" not in names, path
