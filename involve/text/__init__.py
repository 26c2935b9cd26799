"""Pure text processing for Welsh and English: str in, frozen values out; no Flask, database or network."""
