"""The words for days, times and lengths in five languages; how they combine is elsewhere.

English, Spanish, Portuguese, Tagalog and Hindi in Latin letters. Everything is written as
``fold`` leaves it: lower case, no accents.
"""

from collections.abc import Iterator

from views.words.tokens import fold, phrases

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def _hindi(*names: str) -> Iterator[str]:
    """The spellings of a Hindi weekday: its ending is written in six ways."""
    for name in names:
        for ending in ("var", "vaar", "war", "waar"):
            yield name + ending


_WEEKDAY_ROWS: dict[int, tuple[str, ...]] = {
    MONDAY: ("monday", "mon", "lunes", *_hindi("som")),
    TUESDAY: ("tuesday", "tue", "tues", "martes", "terca", *_hindi("mangal"), "mangal"),
    WEDNESDAY: (
        *("wednesday", "wed", "weds", "miercoles", "quarta", "miyerkules", "miyerkoles"),
        *("mierkules", *_hindi("budh")),
    ),
    THURSDAY: (
        *("thursday", "thu", "thur", "thurs", "jueves", "quinta", "huwebes", "webes"),
        *_hindi("guru", "brihaspati", "veer", "vir"),
    ),
    FRIDAY: (
        "friday",
        "fri",
        "viernes",
        "sexta",
        "biyernes",
        "byernes",
        *_hindi("shukra", "shukr"),
    ),
    SATURDAY: ("saturday", "sat", "sabado", *_hindi("shani")),
    SUNDAY: ("sunday", "sun", "domingo", "linggo", *_hindi("ravi"), "itvar", "itwar", "itvaar"),
}
WEEKDAYS = {name: day for day, names in _WEEKDAY_ROWS.items() for name in names}
WEEKDAYS |= {name + "s": day for name, day in WEEKDAYS.items() if name.endswith("day")}
WEEKDAYS |= {"sabados": SATURDAY, "domingos": SUNDAY, "segunda": MONDAY, "segundas": MONDAY}
WEEKDAYS |= {"tercas": TUESDAY, "quartas": WEDNESDAY, "quintas": THURSDAY, "sextas": FRIDAY}
# Hindi in its own letters, for those who write "by Friday" in it.
_DEVANAGARI = "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार"
WEEKDAYS |= {fold(name): day for day, name in enumerate(_DEVANAGARI.split())}
# Also "second", "fourth", "fifth" or a plain English word: a weekday only where something says so.
FAINT_WEEKDAYS = frozenset({"segunda", "quarta", "quinta", "sat", "sun", "wed", "mangal", "linggo"})
PLURAL_WEEKDAYS = frozenset(name for name in WEEKDAYS if name.endswith(("days", "as", "sabados")))

_MONTH_ROWS = (
    "january|jan|enero|janeiro|enero|janvari",
    "february|feb|febrero|fevereiro|pebrero|farvari|fev",
    "march|mar|marzo|marco|marso",
    "april|apr|abril|abr|aprail",
    "may|mayo|maio|mai",
    "june|jun|junio|junho|hunyo",
    "july|jul|julio|julho|hulyo|julai",
    "august|aug|agosto|ago|agost|agast",
    "september|sep|sept|septiembre|setembro|set|setyembre|sitambar|setiembre",
    "october|oct|octubre|outubro|out|oktubre|aktubar",
    "november|nov|noviembre|novembro|nobyembre|navambar",
    "december|dec|diciembre|dic|dezembro|dez|disyembre|disambar",
)
MONTHS = {name: n for n, row in enumerate(_MONTH_ROWS, start=1) for name in row.split("|")}

_NUMBER_ROWS = (
    (1, "one|a|an|un|una|uno|um|uma|isang|isa|ek"),
    (2, "two|dos|dois|duas|dalawang|dalawa|do|couple"),
    (3, "three|tres|tatlong|tatlo|teen|tin"),
    (4, "four|cuatro|quatro|apat|char|chaar"),
    (5, "five|cinco|limang|lima|paanch|panch"),
    (6, "six|seis|anim|chhe|cheh|chah"),
    (7, "seven|siete|sete|pitong|pito|saat"),
    (8, "eight|ocho|oito|walong|walo|aath"),
    (9, "nine|nueve|nove|siyam|nau"),
    (10, "ten|diez|dez|sampung|sampu|das"),
    (11, "eleven|once|onze|gyarah"),
    (12, "twelve|doce|doze|barah"),
)
NUMBERS = {name: n for n, row in _NUMBER_ROWS for name in row.split("|")}

# Hours as words. "A" and "un" count lengths, not hours; Tagalog tells the time in Spanish.
HOURS = {name: n for name, n in NUMBERS.items() if name not in {"a", "an", "un", "um", "do", "tin"}}
HOURS |= {"kwatro": 4, "kuwatro": 4, "singko": 5, "sais": 6, "siyete": 7, "otso": 8, "nuwebe": 9}
HOURS |= {"nuebe": 9, "diyes": 10, "onse": 11, "dose": 12}

ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "o", "a"})

# Units of length; "working" before or after "day" makes it a working day.
UNITS = phrases(
    [
        ("minute", "minutes|minute|min|mins|minutos|minuto|minuto|minit|minat"),
        ("hour", "hours|hour|hrs|hr|horas|hora|oras|ghante|ghanta"),
        ("day", "days|day|dias|dia|araw|din|dino|dinon"),
        ("week", "weeks|week|wks|wk|semanas|semana|linggo|hafte|hafton|hafta|haftay"),
        ("fortnight", "fortnight|fortnights|quincena|quinzena"),
        ("month", "months|month|meses|mes|buwan|mahine|mahina|mahino"),
        ("working day", "working days|working day|business days|business day|workdays|workday"),
        ("working day", "work days|work day|dias habiles|dia habil|dias laborables|dias uteis"),
        ("working day", "dia util|araw ng trabaho|araw na may pasok|kaam ke din|working din"),
        ("working day", "dias laborales|bdays|biz days"),
    ]
)

# Days that need no arithmetic: ("day", n) is n days from today, ("week", n) the week n weeks on;
# ("end of week", n), ("end of month", n), ("end of quarter", n), ("end of year", n).
DAYS = phrases(
    [
        (
            ("day", 0),
            "today|tdy|2day|hoy|hoy mismo|hoje|hoje mesmo|ngayong araw|ngayon|aaj|aaj hi|आज",
        ),
        (
            ("day", 0),
            "tonight|tonite|this evening|this afternoon|this morning|esta noche|esta tarde",
        ),
        (("day", 0), "hoje a noite|hoje a tarde|hoy en la noche|hoy por la tarde|mamayang gabi"),
        (("day", 0), "mamayang hapon|mamaya|aaj raat|aaj sham|aaj shaam|later today|esta noite"),
        (("day", 1), "tomorrow|tom|tmrw|tmr|tmw|tomo|2moro|2morrow|tomorow|tommorow|tommorrow"),
        (("day", 1), "tomorro|manana|amanha|bukas|kal|कल|aane wala kal|the next day"),
        (("day", 2), "day after tomorrow|the day after tomorrow|pasado manana|depois de amanha"),
        (("day", 2), "sa makalawa|makalawa|parson|parso|overmorrow"),
        (("day", -1), "yesterday|ayer|ontem|kahapon|beeta kal|beete kal"),
        (("day", -2), "day before yesterday|the day before yesterday|anteayer|anteontem"),
        (("last week", 0), "last week|la semana pasada|semana pasada|semana passada"),
        (("last week", 0), "noong nakaraang linggo|pichle hafte"),
        (("week", 0), "this week|within the week|esta semana|nesta semana|essa semana"),
        (("week", 0), "ngayong linggo|is hafte|this wk|ngayong linggong ito"),
        (("week", 1), "next week|nxt week|next wk|the coming week|coming week|proxima semana"),
        (("week", 1), "semana que viene|semana que vem|semana proxima|susunod na linggo"),
        (("week", 1), "agle hafte|agle hafta|agale hafte|agli week"),
        (("week", 2), "week after next|the week after next"),
        (
            ("end of week", 0),
            "end of week|end of the week|eow|end of this week|week end|fin de semana",
        ),
        (("end of week", 0), "final de semana|fim de semana|fim da semana|final da semana"),
        (("end of week", 0), "fin de la semana|fin de esta semana|final de esta semana"),
        (("end of week", 0), "finales de semana|finales de esta semana|fim desta semana"),
        (("end of week", 0), "katapusan ng linggo|dulo ng linggo|weekend|the weekend"),
        (("end of week", 0), "hafte ke ant|hafte ke akhir|hafte ke end|is hafte ke ant"),
        (("end of week", 0), "is hafte ke end|final desta semana|close of the week|end of wk"),
        (("end of week", 1), "end of next week|eow next week|fin de la proxima semana"),
        (("end of week", 1), "final da proxima semana|fim da proxima semana|next weekend"),
        (("end of week", 1), "fim da semana que vem|final de la proxima semana"),
        (("end of week", 1), "katapusan ng susunod na linggo|agle hafte ke ant"),
        (("end of month", 0), "end of month|end of the month|eom|month end|monthend|this month"),
        (("end of month", 0), "end of this month|fin de mes|final de mes|finales de mes"),
        (("end of month", 0), "fin del mes|final del mes|fim do mes|final do mes|fim de mes"),
        (("end of month", 0), "este mes|katapusan ng buwan|katapusan|dulo ng buwan|is mahine"),
        (("end of month", 0), "mahine ke ant|mahine ke akhir|mahine ke end|is mahine ke ant"),
        (("end of month", 0), "is mahine ke end|ngayong buwan|close of the month|mahine ke aakhir"),
        (("end of month", 0), "last day of the month|last day of month|last day of this month"),
        (("end of month", 0), "finales de este mes|fim deste mes|final deste mes"),
        (("end of month", 1), "end of next month|next month|eom next month|proximo mes"),
        (("end of month", 1), "mes que viene|mes que vem|susunod na buwan|agle mahine"),
        (("end of month", 1), "fin del proximo mes|fim do proximo mes|final do proximo mes"),
        (("end of quarter", 0), "end of quarter|end of the quarter|eoq|quarter end|this quarter"),
        (("end of quarter", 0), "end of this quarter|fin de trimestre|fin del trimestre"),
        (("end of quarter", 0), "fim do trimestre|final do trimestre|final del trimestre"),
        (("end of quarter", 1), "end of next quarter|next quarter"),
        (("end of year", 0), "end of year|end of the year|eoy|year end|this year|fin de ano"),
        (("end of year", 0), "fin del ano|fim do ano|final do ano|final del ano|finales de ano"),
        (("end of year", 0), "katapusan ng taon|saal ke ant|end of this year|yearend"),
        (("end of year", 1), "end of next year"),
    ]
)
# Phrases that are a date even in the middle of a title would be wrong for these.
FAINT_DAYS = frozenset({"tom", "mamaya", "weekend", "katapusan", "ngayon"})

END_OF_DAY = phrases(
    [
        (True, "eod|e.o.d.|e.o.d|end of day|end of the day|end of business|eob|cob|c.o.b.|cop"),
        (True, "close of business|close of play|close of day|end of shift|end of my shift"),
        (True, "fin del dia|final del dia|fim do dia|final do dia|fim do expediente"),
        (True, "fin de la jornada|katapusan ng araw|dulo ng araw|pagtatapos ng araw|din ke ant"),
        (True, "din khatam hone|end of the shift|eos|fin de dia|final de dia|end of their shift"),
        (True, "din ke end|aaj ke ant|fim de dia|end of the working day"),
    ]
)

AS_SOON_AS_POSSIBLE = phrases(
    [
        (True, "asap|a.s.a.p.|a.s.a.p|as soon as possible|as soon as you can|as soon as they can"),
        (True, "immediately|right away|right now|straight away|at once|urgently|stat"),
        (True, "cuanto antes|lo antes posible|de inmediato|ya mismo|lo mas pronto posible"),
        (True, "o quanto antes|quanto antes|o mais rapido possivel|imediatamente|agora mesmo"),
        (True, "agad|agad agad|sa lalong madaling panahon|ngayon na|jaldi se jaldi|jaldi|turant"),
        (True, "jitni jaldi ho sake|assim que possivel|inmediatamente|abhi"),
    ]
)

# "morning" and "afternoon": they settle which five o'clock, and alone they name a part of the day.
PARTS_OF_DAY = phrases(
    [
        ("am", "in the morning|morning|de la manana|por la manana|en la manana|da manha|de manha"),
        ("am", "pela manha|ng umaga|sa umaga|subah|subah ke|ki subah"),
        ("pm", "in the afternoon|afternoon|in the evening|evening|at night|night|de la tarde"),
        ("pm", "por la tarde|en la tarde|da tarde|de tarde|a tarde|ng hapon|sa hapon|dopahar"),
        ("pm", "de la noche|por la noche|en la noche|da noite|de noite|a noite|ng gabi|sa gabi"),
        ("pm", "sham|shaam|raat|sham ko|shaam ko|sham ke|shaam ke|raat ko|raat ke|ng tanghali"),
        ("pm", "dopahar ke|pela tarde"),
    ]
)

# Words that make what follows a due date wherever it stands.
STRONG_LEADS = phrases(
    [
        (True, "by|before|until|till|til|due|due by|due on|due date|deadline|deadline is|no later"),
        (True, "no later than|not later than|needed by|needed for|required by|wanted by|is due"),
        (True, "is due on|is due by|due for|latest by|on or before|by no later"),
        (True, "antes del|antes de|antes do|antes da|hasta|hasta el|a mas tardar|vence|para antes"),
        (
            True,
            "ate|ate o|ate a|ate as|com prazo|prazo|bago|bago ang|bago mag|bago sumapit|hanggang",
        ),
        (True, "hanggang sa|pagsapit ng|limite|fecha limite|no maximo ate"),
        (True, "latest|a mas tardar el|deadline on|deadline by|deadline ay"),
        (True, "pour|pour le|avant|avant le|bis|bis zum|vor dem"),
        (True, "para el|para la|para o|para as|pra|ate o dia|ate dia|para el dia"),
    ]
)
WEAK_LEADS = frozenset(
    "on for in at the this of el la las los na no nas nos em sa ngayong para de del a o ko mag ng"
    " por ang al ao le coming is se".split()
)
# Words that may follow a day without making it part of a longer name ("friday to the client").
AFTER_A_DAY = frozenset(
    "to for with and at from in please pls so because if as or by then on when but is via using per"
    " thanks thank ok due since after unless reason kasi dahil"
    " para por con com e y at ng mula tak ko se pehle ke aur kyunki porque"
    " porfa asap".split()
)
TRAILERS = phrases(
    [
        (True, "at the latest|latest|sharp|please|pls|plz|por favor|porfa|a mas tardar|no maximo"),
        (True, "tak|तक|ko|se pehle|ke pehle|se pahle|thanks|thank you|gracias|obrigado|obrigada"),
        (True, "salamat|po|lang|if possible|max|o antes|or earlier|or sooner|or before|tak hi"),
        (True, "ke andar|deadline|mein|me|ke din|hone se pehle|ke liye"),
    ]
)
CONNECTORS = phrases(
    [
        (
            True,
            "ao|al|ng alas|at|@"
            "|,|on|the|by|before|of|a las|a la|las|as|a|alas|ng|ko|de|del|da|do|el|la|na",
        ),
        (True, "sa|this|around|about|no|-|em|para|tak|ki|ke|around|approx|mag|dia|antes de las"),
        (
            True,
            "antes das|antes de|hasta las|ate as|until|till|at around|not later than|in|se pehle",
        ),
    ]
)
