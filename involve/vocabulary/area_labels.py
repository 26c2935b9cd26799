"""Names of the local authority areas in three letters or so, for pictures without room for more. They are our own."""

from collections.abc import Mapping
from types import MappingProxyType

from involve.vocabulary.bilingual import Bilingual

AREA_LABELS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "W06000001": Bilingual("Môn", "Ang"),
        "W06000002": Bilingual("Gwy", "Gwy"),
        "W06000003": Bilingual("Con", "Con"),
        "W06000004": Bilingual("Ddi", "Den"),
        "W06000005": Bilingual("Ffl", "Fli"),
        "W06000006": Bilingual("Wre", "Wre"),
        "W06000008": Bilingual("Cer", "Cer"),
        "W06000009": Bilingual("Pen", "Pem"),
        "W06000010": Bilingual("Gâr", "Car"),
        "W06000011": Bilingual("Abe", "Swa"),
        "W06000012": Bilingual("CNPT", "NPT"),
        "W06000013": Bilingual("Ogwr", "Bri"),
        "W06000014": Bilingual("Bro", "Vale"),
        "W06000015": Bilingual("Cdd", "Cdf"),
        "W06000016": Bilingual("RhCT", "RCT"),
        "W06000018": Bilingual("Caer", "Cae"),
        "W06000019": Bilingual("BG", "BG"),
        "W06000020": Bilingual("Tor", "Tor"),
        "W06000021": Bilingual("Fyn", "Mon"),
        "W06000022": Bilingual("Cas", "New"),
        "W06000023": Bilingual("Pow", "Pow"),
        "W06000024": Bilingual("Mer", "Mer"),
    }
)
