"""Widgets without a kernel: an ES module, its values, and a place in the page where the host shows it."""

import hashlib
import html
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from mlp_reference.viz import explorers

WIDGET = "application/vnd.mlp.widget+json"
TRIES = tomllib.loads((Path(__file__).parent / "tries.toml").read_text(encoding="utf-8"))


class Widgets:
    """Those of one page.  Modules that are no explorers are collected as files in ``modules``."""

    def __init__(self, modules: dict[str, str]) -> None:
        self._modules = modules
        self._seen: Counter[str] = Counter()

    def live(self, data: dict[str, Any]) -> str:
        """The element of a widget, given what its output holds."""
        about = data[WIDGET]
        words = html.escape(data.get("text/plain", ""))
        picture = data.get("image/png")
        fallback = f'<img alt="{words}" src="data:image/png;base64,{picture}">' if picture else f"<p>{words}</p>"
        if about.get("module") in explorers.__all__:
            return self.explorer(about["module"], about["values"], fallback)
        own = {"module": f"explorers/{about['module']}.js"} if "module" in about else self._own_module(about)
        key, values = self._unique(str(about["values"].get("name", "widget"))), dict(about["values"])
        if "title" in values:  # regions of a page are told apart by their names
            values["title"] = f"{values['title']}: {key.replace('_', ' ')}"
        return self._place(own | {"values": values, "store": key}, fallback)

    def _own_module(self, about: dict[str, Any]) -> dict[str, Any]:
        """The files of a module that comes with its widget."""
        digest = hashlib.sha256((about["code"] + about["style"]).encode()).hexdigest()[:12]
        self._modules[f"{digest}.js"] = about["code"]
        if not about["style"]:
            return {"module": f"modules/{digest}.js"}
        self._modules[f"{digest}.css"] = about["style"]
        return {"module": f"modules/{digest}.js", "style": f"modules/{digest}.css"}

    def explorer(self, module: str, values: dict[str, Any], fallback: str) -> str:
        """An explorer, with settings to try above it and a link to its state below."""
        key = self._unique(module)
        tries = "".join(
            f'<li><a href="{html.escape(address(key, one["values"]))}">{html.escape(one["say"])}</a></li>'
            for one in TRIES.get(module, [])
        )
        head = f'<div class="tries"><b>Try this</b><ul>{tries}</ul></div>' if tries else ""
        share = f'<button type="button" class="share" data-key="{key}">Copy a link to this setting</button>'
        place = self._place({"module": f"explorers/{module}.js", "values": values, "key": key}, fallback)
        return (
            f'<section class="live" id="{key}">'  # without a name: the explorer in it is the region
            f'{head}{place}<div class="foot">{share}</div></section>'
        )

    def gallery(self, module: str, **values: Any) -> str:
        """An explorer that begins with these values, for a page that is no notebook."""
        first = getattr(explorers, module)(**values)
        return self.explorer(module, first.values, f"<p>{html.escape(first.alt)}</p>")

    @staticmethod
    def title(module: str) -> str:
        """An explorer's name for people."""
        title: str = getattr(explorers, module)().title
        return title

    @staticmethod
    def about(module: str) -> str:
        """The first sentences of an explorer's description."""
        return " ".join((getattr(explorers, module).__doc__ or "").split("\n\n")[0].split()).replace("``", "")

    def _place(self, about: dict[str, Any], fallback: str) -> str:
        told = json.dumps(about, ensure_ascii=False).replace("<", "\\u003c")
        return (
            f'<div class="widget" data-widget><script type="application/json">{told}</script>'
            f"<noscript>{fallback}</noscript></div>"
        )

    def _unique(self, name: str) -> str:
        self._seen[name] += 1
        return name if self._seen[name] == 1 else f"{name}-{self._seen[name]}"


def address(key: str, values: dict[str, Any]) -> str:
    """The part of an address that puts an explorer into a state, as ``web/src/host.js`` reads it."""
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
    return f"#{key}?{urlencode(texts)}"
