"""How the house is kept: sizes, repetitions and leftovers of one checkout, or of two side by side.

`python -m bench.house CHECKOUT [OTHER]` prints a table; with `--list` also what was counted in the
last one. Only the text of the files is read, so a checkout need not be installed.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from unicodedata import east_asian_width

from radon.visitors import ComplexityVisitor  # type: ignore[import-untyped]

LONG_FILE, LONG_FUNCTION, COMPLEX, WIDE, SHORT_HELPER = 400, 40, 10, 100, 3
_APART = ("tests", "bench")
_GENERATED = ("build", "dist", "node_modules", "__pycache__")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_STOPS = re.compile("[，。：；？！]")
_CODE_IN_TEMPLATE = re.compile(r"{#.*?#}|{%.*?%}|<(?:script|style)\b.*?</|<[^>]*>", re.DOTALL)
_LEAST_HAN = 4

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Found: TypeAlias = Mapping[str, Sequence[str]]
"""What was counted, by the name of the measure."""


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file: its path below the checkout, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def top(self) -> str:
        """The top-level folder that it is in, `.` for none."""
        return self.path.parts[0] if len(self.path.parts) > 1 else "."

    @property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    def functions(self) -> Iterator[Function]:
        """Yield every function and method."""
        nodes = ast.walk(self.tree)
        return (node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    def at(self, node: Function | ast.ClassDef) -> str:
        """Return where a definition stands, and its name."""
        return f"{self.path}:{node.lineno} {node.name}"


def read_modules(checkout: Path) -> list[Module]:
    """Return all Python files of a checkout, without hidden folders and those that tools make."""
    modules = []
    for path in _paths(checkout, ".py"):
        text = (checkout / path).read_text(encoding="utf-8")
        modules.append(Module(path, text, ast.parse(text, str(path))))
    return modules


def _paths(checkout: Path, suffix: str) -> Iterator[Path]:
    for path in sorted(checkout.rglob(f"*{suffix}")):
        inner = path.relative_to(checkout)
        if not any(part.startswith(".") or part in _GENERATED for part in inner.parts):
            yield inner


# ── sizes ───────────────────────────────────────────────────────────────────────────────────────


def long_files(modules: Sequence[Module]) -> list[str]:
    """Return the files of more than 400 lines."""
    sizes = ((module.path, len(module.lines)) for module in modules)
    return [f"{path} {size}" for path, size in sizes if size > LONG_FILE]


def long_functions(modules: Sequence[Module]) -> list[str]:
    """Return the functions of more than 40 lines, from `def` to the end."""
    each = ((module, node) for module in modules for node in module.functions())
    return [module.at(node) for module, node in each if _length([node]) > LONG_FUNCTION]


def complex_functions(modules: Sequence[Module]) -> list[str]:
    """Return the functions of a cyclomatic complexity of more than 10, as radon counts."""
    found = []
    for module in modules:
        visitor = ComplexityVisitor.from_ast(module.tree)
        methods = [method for kind in visitor.classes for method in kind.methods]
        for one in (*visitor.functions, *methods):
            if one.complexity > COMPLEX:
                found.append(f"{module.path}:{one.lineno} {one.name} {one.complexity}")
    return found


def wide_lines(modules: Sequence[Module]) -> list[str]:
    """Return the lines wider than 100 columns; a Chinese character takes two, as ruff counts."""
    return [
        f"{module.path}:{number}"
        for module in modules
        for number, line in enumerate(module.lines, 1)
        if sum(2 if east_asian_width(one) in "WF" else 1 for one in line) > WIDE
    ]


def _length(nodes: Sequence[ast.stmt]) -> int:
    return (nodes[-1].end_lineno or nodes[-1].lineno) - nodes[0].lineno + 1


# ── repetitions ─────────────────────────────────────────────────────────────────────────────────


def repeated_classes(modules: Sequence[Module]) -> list[str]:
    """Return the names that classes have in more than one module."""
    nodes = ((node, module.path) for module in modules for node in ast.walk(module.tree))
    return _repeated((node.name, str(at)) for node, at in nodes if isinstance(node, ast.ClassDef))


def repeated_modules(modules: Sequence[Module]) -> list[str]:
    """Return the names that more than one module has, `__init__` aside."""
    paths = (module.path for module in modules if module.path.stem != "__init__")
    return _repeated((path.stem, str(path)) for path in paths)


def numbers(modules: Sequence[Module]) -> list[str]:
    """Return the numeric constants of modules, each with its value."""
    each = ((module, *pair) for module in modules for pair in _constants(module.tree))
    return [f"{module.path} {name} = {value}" for module, name, value in each]


def ambiguous_numbers(modules: Sequence[Module]) -> list[str]:
    """Return the names of numeric constants that have several values."""
    return _repeated(pair for module in modules for pair in _constants(module.tree))


def _repeated(pairs: Iterable[tuple[str, str]]) -> list[str]:
    places: dict[str, set[str]] = defaultdict(set)
    for name, place in pairs:
        places[name].add(place)
    several = {name: sorted(at) for name, at in sorted(places.items()) if len(at) > 1}
    return [f"{name}: {', '.join(at)}" for name, at in several.items()]


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the name and value of each constant that is a number; `A, B = 1, 2` are two."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            yield from _bound(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and node.value:
            yield from _bound(node.target, node.value)


def _bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=False):
            yield from _bound(one, its)
    elif isinstance(target, ast.Name) and target.id.isupper() and _is_number(value):
        yield target.id, ast.unparse(value)


def _is_number(value: ast.expr) -> bool:
    """Say whether an expression is made of nothing but numbers: `-1`, `64 * 1024`."""
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


# ── leftovers ───────────────────────────────────────────────────────────────────────────────────


def comment_lines(modules: Sequence[Module]) -> list[str]:
    """Return the lines that hold a comment alone."""
    found = []
    for module in modules:
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
            if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
                found.append(f"{module.path}:{token.start[0]}")
    return found


def code_lines(modules: Sequence[Module]) -> list[str]:
    """Return the lines with code: neither blank, nor of a comment alone, nor of a docstring."""
    found = []
    for module in modules:
        spans = [(node.lineno, node.end_lineno or node.lineno) for node in _docstrings(module.tree)]
        ignored = {line for first, last in spans for line in range(first, last + 1)}
        for number, line in enumerate(module.lines, 1):
            if number not in ignored and line.strip() and not line.lstrip().startswith("#"):
                found.append(f"{module.path}:{number}")
    return found


def sentences(modules: Sequence[Module]) -> list[str]:
    """Return the Chinese sentences in string literals outside `messages/`, docstrings aside."""
    return [
        f"{module.path}:{line} {text}"
        for module in modules
        if "messages" not in module.path.parts
        for line, text in _literals(module.tree)
        if is_sentence(text)
    ]


def is_sentence(text: str) -> bool:
    """Say whether a text is a Chinese sentence: four Han characters or more, and a stop."""
    return len(_HAN.findall(text)) >= _LEAST_HAN and bool(_STOPS.search(text))


def template_sentences(checkout: Path) -> list[str]:
    """Return the Chinese sentences in the text of templates."""
    found = []
    for path in _paths(checkout, ".html"):
        if "templates" in path.parts:
            text = (checkout / path).read_text(encoding="utf-8")
            pieces = (" ".join(piece.split()) for piece in _CODE_IN_TEMPLATE.split(text))
            found += [f"{path} {piece}" for piece in pieces if is_sentence(piece)]
    return found


def _docstrings(tree: ast.Module) -> Iterator[ast.Expr]:
    """Yield every string that stands as a statement, as docstrings do."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and _is_string(node.value):
            yield node


def _literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and text of every string literal, `{}` where an f-string has a value."""
    skipped = {id(node.value) for node in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            yield node.lineno, "".join(map(_part, node.values))
        elif isinstance(node, ast.Constant) and _is_string(node) and id(node) not in skipped:
            yield node.lineno, str(node.value)


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _part(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def lone_helpers(modules: Sequence[Module]) -> list[str]:
    """Return the functions of up to three lines that are named only once outside their definition.

    A private one is looked for in its own module, another one everywhere if no second has its name.
    Those with decorators are left out, for others call them.
    """
    uses = {module.path: _uses(module.tree) for module in modules}
    everywhere = sum(uses.values(), Counter[str]())
    defined = Counter(node.name for module in modules for node in module.functions())
    found = []
    for module in modules:
        for node in filter(_is_short, module.functions()):
            private = node.name.startswith("_")
            count = uses[module.path][node.name] if private else everywhere[node.name]
            if count == 1 and (private or defined[node.name] == 1):
                found.append(module.at(node))
    return found


def _is_short(node: Function) -> bool:
    """Say whether a function is a helper whose lines, the docstring aside, are three at most."""
    if node.decorator_list or node.name.endswith("__"):
        return False
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return bool(body) and _length(body) <= SHORT_HELPER


def _uses(tree: ast.Module) -> Counter[str]:
    names = (node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    attributes = (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return Counter([*names, *attributes])


# ── the table ───────────────────────────────────────────────────────────────────────────────────

MEASURES: Mapping[str, Callable[[Sequence[Module]], list[str]]] = {
    "files over 400 lines": long_files,
    "functions over 40 lines": long_functions,
    "functions of complexity over 10": complex_functions,
    "lines over 100 columns": wide_lines,
    "class names in several modules": repeated_classes,
    "names of several modules": repeated_modules,
    "numeric constants": numbers,
    "names of constants with several values": ambiguous_numbers,
    "comment lines": comment_lines,
    "code lines": code_lines,
    "Chinese sentences in literals": sentences,
    "helpers up to 3 lines, one caller": lone_helpers,
}


def measure(checkout: Path) -> Found:
    """Return what each measure counts: first in what is shipped, then in tests and benchmarks."""
    modules = read_modules(checkout)
    found = _sizes(modules)
    for title, apart in (("shipped", False), ("tests, bench", True)):
        scope = [module for module in modules if (module.top in _APART) == apart]
        for name, find in MEASURES.items():
            found[f"{title}: {name}"] = find(scope)
        if not apart:
            found[f"{title}: Chinese sentences in templates"] = template_sentences(checkout)
    return found


def _sizes(modules: Sequence[Module]) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for top in sorted({module.top for module in modules}):
        inside = [module for module in modules if module.top == top]
        found[f"{top}: Python files"] = [str(module.path) for module in inside]
        found[f"{top}: lines"] = [line for module in inside for line in module.lines]
    return found


def print_table(houses: Sequence[Found]) -> None:
    """Print a line a measure, a column a checkout, and the share of comment lines."""
    names = dict.fromkeys(name for house in houses for name in house)
    width = max(map(len, names)) + 2
    for name in names:
        print(name.ljust(width) + "".join(f"{len(house.get(name, ())):>10,}" for house in houses))
        if name.endswith("code lines"):
            title = name.replace("code lines", "comment lines to code lines")
            print(title.ljust(width) + "".join(f"{_share(house, name):>10.1%}" for house in houses))


def _share(house: Found, code: str) -> float:
    comments = house.get(code.replace("code", "comment"), ())
    return len(comments) / max(1, len(house.get(code, ())))


def main() -> None:
    """Print the table for the checkouts that are named."""
    parser = argparse.ArgumentParser(description="Count what a checkout is made of.")
    parser.add_argument("checkouts", type=Path, nargs="+", metavar="CHECKOUT")
    parser.add_argument("--list", action="store_true", help="also list what was counted")
    asked = parser.parse_args()
    if len(asked.checkouts) > 2:
        parser.error("one checkout, or two")
    houses = [measure(checkout) for checkout in asked.checkouts]
    print_table(houses)
    for name, places in houses[-1].items() if asked.list else ():
        if not name.endswith("lines") or "over" in name:
            print("\n".join([f"\n{name}:", *(f"    {place}" for place in places)]))


if __name__ == "__main__":
    main()
