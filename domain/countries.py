"""The country that a time zone lies in, where public holidays are looked up; a short list."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_BY_COUNTRY: Final = {
    "AR": "America/Argentina/Buenos_Aires",
    "AT": "Europe/Vienna",
    "AU": "Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Perth"
    " Australia/Adelaide",
    "BD": "Asia/Dhaka",
    "BE": "Europe/Brussels",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax",
    "CH": "Europe/Zurich",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CO": "America/Bogota",
    "CR": "America/Costa_Rica",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "DO": "America/Santo_Domingo",
    "EG": "Africa/Cairo",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "GR": "Europe/Athens",
    "GT": "America/Guatemala",
    "HU": "Europe/Budapest",
    "ID": "Asia/Jakarta",
    "IE": "Europe/Dublin",
    "IL": "Asia/Jerusalem",
    "IN": "Asia/Kolkata Asia/Calcutta",
    "IT": "Europe/Rome",
    "JM": "America/Jamaica",
    "JP": "Asia/Tokyo",
    "KE": "Africa/Nairobi",
    "KR": "Asia/Seoul",
    "LK": "Asia/Colombo",
    "MA": "Africa/Casablanca",
    "MX": "America/Mexico_City America/Monterrey America/Tijuana",
    "MY": "Asia/Kuala_Lumpur",
    "NG": "Africa/Lagos",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "NP": "Asia/Kathmandu",
    "NZ": "Pacific/Auckland",
    "PE": "America/Lima",
    "PH": "Asia/Manila",
    "PK": "Asia/Karachi",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore",
    "TH": "Asia/Bangkok",
    "TR": "Europe/Istanbul",
    "UA": "Europe/Kyiv Europe/Kiev",
    "US": "America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix"
    " America/Detroit America/Anchorage Pacific/Honolulu America/Boise",
    "VN": "Asia/Ho_Chi_Minh",
    "ZA": "Africa/Johannesburg",
}

COUNTRIES: Final[Mapping[str, str]] = MappingProxyType(
    {zone: country for country, zones in _BY_COUNTRY.items() for zone in zones.split()}
)


def country_of(zone: str) -> str | None:
    """The ISO 3166 code of the country a zone lies in; None for zones not on the list."""
    return COUNTRIES.get(zone)
