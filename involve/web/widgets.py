"""What a field of a form becomes on the page: the macros of GOV.UK Frontend, with every text in the page's language.

A field is shown by calling it, `{{ form.story(heading=true) }}`. All widgets take these arguments, beside attributes:
heading (the label is the page's h1), size ("s", "m" or "l"), hint (instead of the field's description), classes.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup, escape
from wtforms import Field

from involve.i18n import format_number, gettext, ngettext, page_language

Parameters = dict[str, Any]
# What a ticked box sends, whatever an earlier form said it was.
TICKED = "y"
PACKAGE = "govuk_frontend_jinja"
# Parameters of the macros, as opposed to attributes of the control.
SETTINGS = ("classes", "rows", "autocomplete", "autocapitalize", "inputmode", "spellcheck", "pattern", "type")
# Where a typed text goes in markup that is kept: a private character and the place of the text among the typed ones.
HOLE = "\ue000{}\ue001"
HOLES = re.compile("\ue000([0-9])\ue001")
KEPT = 500
# A number of each plural category that Welsh or English has.
EXAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 6, "other": 7}


def show(component: str, parameters: Parameters, *typed: str) -> Markup:
    """Return a component ("date-input") as markup, with the *typed* texts where the parameters hold HOLE.

    The macros take most of a page's time, and a form looks the same to everybody but for what they typed: markup is
    kept for the next page, without anybody's words.
    """
    markup = _render(component, json.dumps(parameters, default=str))
    return Markup(HOLES.sub(lambda hole: escape(typed[int(hole[1])]), markup))  # noqa: S704  the macros escape


@lru_cache(KEPT)
def _render(component: str, parameters: str) -> str:
    """Return what the macro of *component* makes of the parameters (JSON)."""
    return str(_load_macro(component)(json.loads(parameters)))


@cache
def _load_macro(component: str) -> Callable[[Parameters], Markup]:
    """Return a macro. They have an environment of their own, where parameters that were left out are empty, while a
    name that a page of ours leaves undefined stays an error."""
    loader = PrefixLoader({PACKAGE: PackageLoader(PACKAGE)})
    environment = Environment(
        loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    module: Any = environment.get_template(f"{PACKAGE}/components/{component}/macro.html").module
    macro: Callable[[Parameters], Markup] = getattr(module, "govuk" + component.title().replace("-", ""))
    return macro


def plural_texts(say: Callable[[int], str]) -> dict[str, str]:
    """Return what *say* answers for a number of each plural category of the page's language, by category."""
    tags = Locale.parse(page_language()).plural_form.tags | {"other"}
    return {tag: say(number) for tag, number in EXAMPLES.items() if tag in tags}


class Line:
    """One line of text. `type` may be "email", "search" and so on."""

    component = "input"

    def __call__(self, field: Field, **options: Any) -> Markup:
        """Return the field as markup."""
        return show(self.component, self.parameters(field, options), self.value(field))

    def parameters(self, field: Field, options: Parameters) -> Parameters:
        """Return the parameters of the macro."""
        return {**_common(field, options), "label": _label(field, options), "value": HOLE.format(0)}

    def value(self, field: Field) -> str:
        """Return what was typed."""
        return str(field._value())


class Secret(Line):
    """A password, which the script can show."""

    component = "password-input"

    def parameters(self, field: Field, options: Parameters) -> Parameters:
        """Return the parameters of the macro."""
        return {
            **super().parameters(field, options),
            "showPasswordText": gettext("Show"),
            "hidePasswordText": gettext("Hide"),
            "showPasswordAriaLabelText": gettext("Show password"),
            "hidePasswordAriaLabelText": gettext("Hide password"),
            "passwordShownAnnouncementText": gettext("Your password is shown"),
            "passwordHiddenAnnouncementText": gettext("Your password is hidden"),
        }

    def value(self, field: Field) -> str:
        """Return nothing: a password is not sent back."""
        return ""


class Upload(Line):
    """A file to be sent along."""

    component = "file-upload"

    def parameters(self, field: Field, options: Parameters) -> Parameters:
        """Return the parameters of the macro."""
        return {**_common(field, options), "label": _label(field, options)}

    def value(self, field: Field) -> str:
        """Return nothing: no page can put a file back."""
        return ""


class Words(Line):
    """Several lines. With a `limit` of characters on the field, the page says it and the script counts down."""

    component = "textarea"

    def __call__(self, field: Field, **options: Any) -> Markup:
        """Return the field as markup."""
        limit = getattr(field, "limit", None)
        if limit is None:
            return super().__call__(field, **options)
        parameters = {**self.parameters(field, options), **_counting(limit, page_language())}
        return show("character-count", parameters, self.value(field))

    def parameters(self, field: Field, options: Parameters) -> Parameters:
        """Return the parameters of the macro."""
        return {"rows": 6, **super().parameters(field, options)}

    def value(self, field: Field) -> str:
        """Return what was typed. Browsers drop the first line end after the opening tag."""
        value = super().value(field)
        return f"\n{value}" if value[:1] in ("\r", "\n") else value


class Pick(Line):
    """A list that drops down."""

    component = "select"

    def parameters(self, field: Field, options: Parameters) -> Parameters:
        """Return the parameters of the macro."""
        items = [
            {"value": choice.value, "text": choice.label, "selected": choice.selected}
            for choice in field.iter_choices()
        ]
        return {**_common(field, options), "label": _label(field, options), "items": items}

    def value(self, field: Field) -> str:
        """Return nothing: what was chosen stands in the items."""
        return ""


class OneOf:
    """Radio buttons. Each choice may have a hint and a language of its own (fields.choice)."""

    component = "radios"

    def __call__(self, field: Field, **options: Any) -> Markup:
        """Return the field as markup."""
        parameters = {**_common(field, options), "idPrefix": field.id, "items": _items(field.iter_choices())}
        return show(
            self.component, {**parameters, "fieldset": {"legend": _label(field, options, "fieldset__legend")}}
        )


class SomeOf(OneOf):
    """Tick boxes, of which any number may be ticked."""

    component = "checkboxes"


class Tick:
    """One tick box, whose label is a whole sentence."""

    def __call__(self, field: Field, **options: Any) -> Markup:
        """Return the field as markup."""
        item = {"value": TICKED, "text": str(field.label.text), "checked": bool(field.data)}
        common = _common(field, options)
        if "hint" in common:
            item["hint"] = common.pop("hint")
        return show("checkboxes", {**common, "idPrefix": field.id, "items": [item]})


class Day:
    """A date in three boxes. The field gives `parts` (typed texts by name), `wrong` (names) and `part_id`."""

    def __call__(self, field: Any, **options: Any) -> Markup:
        """Return the field as markup."""
        labels = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
        items = [_part(field, name, label, at) for at, (name, label) in enumerate(labels.items())]
        parameters = {**_common(field, options), "items": items}
        parameters["fieldset"] = {"legend": _label(field, options, "fieldset__legend")}
        return show("date-input", parameters, *(field.parts[name] for name in labels))


class Send:
    """The button that sends a form. `kind`: "" or "secondary"."""

    def __call__(self, field: Field, kind: str = "", **options: Any) -> Markup:
        """Return the button as markup."""
        classes = f"govuk-button--{kind}" if kind else ""
        parameters = {"text": str(field.label.text), "name": field.name, "value": "1", "classes": classes}
        return show("button", {**parameters, "attributes": {"id": field.id, **options}})


class Hidden:
    """A hidden value, without an id: the same one may stand in several forms of a page."""

    field_flags = {"hidden": True}

    def __call__(self, field: Field, **_options: Any) -> Markup:
        """Return the field as markup."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(field.name, field._value())


def _common(field: Field, options: Parameters) -> Parameters:
    """Return the parameters that every control has: name, hint, error, settings and attributes."""
    parameters: Parameters = {"id": field.id, "name": field.name}
    hint = options.get("hint") or field.description
    if hint:
        parameters["hint"] = {"text": str(hint)}
    if field.errors:
        parameters["errorMessage"] = {"text": str(field.errors[0]), "visuallyHiddenText": gettext("Error")}
    parameters.update((name, options[name]) for name in SETTINGS if name in options)
    own = ("heading", "size", "hint", *SETTINGS)
    parameters["attributes"] = {
        name.replace("_", "-"): value for name, value in options.items() if name not in own
    }
    return parameters


def _part(field: Any, name: str, label: str, at: int) -> Parameters:
    """Return one box of a date."""
    classes = "govuk-input--width-4" if name == "year" else "govuk-input--width-2"
    if name in field.wrong:
        classes += " govuk-input--error"
    name = field.part_id(name)
    return {"id": name, "name": name, "label": label, "value": HOLE.format(at), "classes": classes}


def _label(field: Field, options: Parameters, part: str = "label") -> Parameters:
    """Return the label or legend; as a heading it is large, unless a size is asked for."""
    heading = bool(options.get("heading"))
    size = options.get("size") or ("l" if heading else "")
    classes = f"govuk-{part}--{size}" if size else ""
    return {"text": str(field.label.text), "isPageHeading": heading, "classes": classes}


def _items(choices: Iterable[Any]) -> list[Parameters]:
    """Return choices as the macros of radio buttons and tick boxes want them."""
    return [_item(choice.value, choice.label, choice.selected, choice.render_kw or {}) for choice in choices]


def _item(value: str, label: object, checked: bool, about: Mapping[str, Any]) -> Parameters:
    """Return one choice; *about* may hold its hint and the language of its label."""
    item: Parameters = {"value": value, "text": label, "checked": checked}
    if "lang" in about:
        item["html"] = Markup('<span lang="{}">{}</span>').format(about["lang"], str(label))
    if "hint" in about:
        item["hint"] = {"text": about["hint"]}
    return item


@cache
def _counting(limit: int, _language: str) -> Parameters:
    """Return the limit and, in the page's language, what the script says about it, where it fills in %{count}."""

    def left(number: int) -> str:
        return ngettext(
            "You have %(count)s character left",
            "You have %(count)s characters left",
            number,
            count="%{count}",
        )

    def over(number: int) -> str:
        return ngettext(
            "You have %(count)s character too many",
            "You have %(count)s characters too many",
            number,
            count="%{count}",
        )

    return {
        "maxlength": limit,
        "textareaDescriptionText": gettext(
            "You can write up to %(count)s characters", count=format_number(limit)
        ),
        "charactersUnderLimitText": plural_texts(left),
        "charactersAtLimitText": gettext("You have no characters left"),
        "charactersOverLimitText": plural_texts(over),
    }
