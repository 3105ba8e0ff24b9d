"""Dates as the card writes them: YYYYMMDD, and with the year of an era in 照合番号B (card-facts
section 3)."""

import re
from datetime import datetime

# First days of 令和, 平成, 昭和, 大正 and 明治, the latest first.
ERAS = ("20190501", "19890108", "19261225", "19120730", "18680125")


def is_date(text: str) -> bool:
    if re.fullmatch(r"\d{8}", text) is None:
        return False
    try:
        datetime.strptime(text, "%Y%m%d")
    except ValueError:
        return False
    return True


def era_date(date: str) -> str:
    """YYMMDD, where YY counts the years of the era the day lies in, from 1."""
    first = next(first for first in ERAS if first <= date)
    return f"{int(date[:4]) - int(first[:4]) + 1:02}{date[4:]}"
