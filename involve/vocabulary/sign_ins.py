"""How members of staff can sign in, and what is said of the browser in which they did: enough to know it again."""

from involve.vocabulary.terms import Term, term

WAYS_IN: tuple[Term, ...] = (
    term("password", "Cyfrinair", "Password"),
    term("code", "Cyfrinair a chod o ap", "Password and a code from an app"),
    term("recovery_code", "Cyfrinair a chod adfer", "Password and a recovery code"),
    term("passkey", "Allwedd mynediad", "Passkey"),
    term("organisation", "Cyfrif y sefydliad", "The organisation’s account"),
    term("invitation", "Gwahoddiad", "Invitation"),
)

# The part of what a browser says of itself by which it is known, its id and its name. The order matters:
# most browsers also name those that they are like.
BROWSERS: tuple[tuple[str, str, str], ...] = (
    ("Edg", "edge", "Edge"),
    ("OPR/", "opera", "Opera"),
    ("SamsungBrowser", "samsung", "Samsung Internet"),
    ("Firefox", "firefox", "Firefox"),
    ("FxiOS", "firefox", "Firefox"),
    ("CriOS", "chrome", "Chrome"),
    ("Chrome", "chrome", "Chrome"),
    ("Safari", "safari", "Safari"),
)
SYSTEMS: tuple[tuple[str, str, str], ...] = (
    ("Android", "android", "Android"),
    ("iPhone", "ios", "iPhone"),
    ("iPad", "ipados", "iPad"),
    ("Windows", "windows", "Windows"),
    ("CrOS", "chromeos", "ChromeOS"),
    ("Mac OS X", "macos", "macOS"),
    ("Linux", "linux", "Linux"),
)


def describe_browser(agent: str) -> str:
    """Return the family and the system in *agent* (a User-Agent header), without any version: "firefox/windows"."""
    return f"{_first_id(BROWSERS, agent)}/{_first_id(SYSTEMS, agent)}"


def name_browser(described: str) -> str:
    """Return the names in what `describe_browser` made ("Firefox, Windows"); empty where neither is known."""
    family, _, system = described.partition("/")
    names = (_name(BROWSERS, family), _name(SYSTEMS, system))
    return ", ".join(name for name in names if name)


def _first_id(known: tuple[tuple[str, str, str], ...], agent: str) -> str:
    """Return the id of the first entry whose part stands in *agent*, or nothing."""
    return next((each for part, each, _name in known if part in agent), "")


def _name(known: tuple[tuple[str, str, str], ...], wanted: str) -> str:
    """Return the name of the entry with that id, or nothing."""
    return next((name for _part, each, name in known if each == wanted), "")
