"""The words people use for what recurs, in five languages; how they combine is elsewhere."""

from views.words.tokens import phrases

# (unit, how many): every so many. "other" waits for a unit or a weekday.
FREQUENCIES = phrases(
    [
        (
            ("week", 1),
            "weekly|wekly|weekley|every week|each week|once a week"
            "|per week|a week|every wk|cada semana",
        ),
        (
            ("week", 1),
            "semanal|semanalmente|todas las semanas|una vez a la semana|una vez por semana",
        ),
        (("week", 1), "toda semana|todas as semanas|uma vez por semana|por semana|a la semana"),
        (
            ("week", 1),
            "linggo-linggo|linggo linggo|lingguhan|bawat linggo|kada linggo|tuwing linggo-linggo",
        ),
        (
            ("week", 1),
            "har hafte|har hafta|saptahik|haftavar|hafte mein ek baar|minsan sa isang linggo",
        ),
        (("week", 1), "hafte me ek baar|weekly once"),
        (
            ("week", 2),
            "biweekly|bi-weekly|bi weekly|fortnightly|every fortnight|every other week"
            "|each fortnight",
        ),
        (
            ("week", 2),
            "every second week|every 2nd week|alternate weeks|once a fortnight|alternating weeks",
        ),
        (
            ("week", 2),
            "quincenal|quincenalmente|cada quincena|semana por medio|una semana si y otra no",
        ),
        (
            ("week", 2),
            "semana de por medio|cada segunda semana|una vez cada dos semanas|cada 15 dias",
        ),
        (
            ("week", 2),
            "quinzenal|quinzenalmente|semana sim semana nao|semana sim, semana nao|a cada quinzena",
        ),
        (("week", 2), "a cada 15 dias|cada quince dias|de 15 em 15 dias|de quinze em quinze dias"),
        (
            ("week", 2),
            "dalawang beses sa isang buwan|kada ikalawang linggo|tuwing ikalawang linggo",
        ),
        (("week", 2), "bawat ikalawang linggo|every second wk|ek hafta chhodkar|ek hafte chhodkar"),
        (
            ("week", 2),
            "har dusre hafte|har doosre hafte|ek hafta chhod kar|ek hafte chhod ke|har do hafte",
        ),
        (("week", 2), "kada dalawang linggo|tuwing dalawang linggo|bawat dalawang linggo"),
        (
            ("month", 1),
            "monthly|montly|every month|each month|once a month|of the month|of each month",
        ),
        (
            ("month", 1),
            "of every month|per month|in the month|mensual|mensualmente|cada mes|del mes"
            "|de cada mes",
        ),
        (
            ("month", 1),
            "todos los meses|de todos los meses|una vez al mes|al mes|mensal|mensalmente",
        ),
        (
            ("month", 1),
            "todo mes|do mes|de cada mes|de todo mes|todos os meses|a cada mes|uma vez por mes",
        ),
        (
            ("month", 1),
            "buwanan|buwan-buwan|buwan buwan|bawat buwan|kada buwan|tuwing buwan|ng buwan",
        ),
        (
            ("month", 1),
            "ng bawat buwan|ng kada buwan|har mahine|har mahina|har mahine ke|har mahine ki",
        ),
        (("month", 1), "mahine ka|mahine ke|mahine ki|har mahine ka|masik|of month|month|har maah"),
        (
            ("quarter", 1),
            "quarterly|every quarter|each quarter|once a quarter|of the quarter|of each quarter",
        ),
        (("quarter", 1), "of every quarter|per quarter|trimestral|trimestralmente|cada trimestre"),
        (
            ("quarter", 1),
            "del trimestre|de cada trimestre|todo trimestre|a cada trimestre|do trimestre",
        ),
        (
            ("quarter", 1),
            "todos los trimestres|kada quarter|bawat quarter|har timahi|timahi|every three months",
        ),
        (("quarter", 1), "kada tatlong buwan|tuwing tatlong buwan|har teen mahine|har tin mahine"),
        (
            ("quarter", 1),
            "every 3 months|cada tres meses|cada 3 meses|a cada tres meses|a cada 3 meses",
        ),
        (
            ("year", 1),
            "yearly|annually|annual|every year|each year|once a year|of each year|of every year",
        ),
        (
            ("year", 1),
            "anual|anualmente|cada ano|todos los anos|una vez al ano|todo ano|todos os anos",
        ),
        (
            ("year", 1),
            "uma vez por ano|a cada ano|taunan|taon-taon|bawat taon|kada taon|har saal|saalana",
        ),
        (("year", 1), "de cada ano"),
        (
            ("weekdays", 1),
            "weekdays|every weekday|each weekday|workdays|every workday|every working day",
        ),
        (
            ("weekdays", 1),
            "working days|business days|every business day|each working day|on weekdays",
        ),
        (
            ("weekdays", 1),
            "entre semana|dias laborables|dias habiles|cada dia laborable|cada dia habil"
            "|dias uteis",
        ),
        (
            ("weekdays", 1),
            "todos los dias laborables|todos los dias habiles|todo dia util|todos os dias uteis",
        ),
        (
            ("weekdays", 1),
            "bawat araw ng trabaho|tuwing araw ng trabaho|araw ng trabaho",
        ),
        (
            ("weekdays", 1),
            "weekday|de lunes a viernes|lunes a viernes|de segunda a sexta|segunda a sexta",
        ),
        (("weekdays", 1), "lunes hanggang biyernes|som se shukra|kaam ke dino|har kaam ke din"),
        (("daily", 1), "daily|diario|diariamente"),
        (("weekend", 1), "weekends|every weekend|each weekend|on weekends|including weekends"),
        (("weekend", 1), "incl weekends|fines de semana|fins de semana|todo fim de semana"),
        (
            ("days", 1),
            "every day|each day|everyday|all days|7 days a week|every single day|cada dia"
            "|todos los dias",
        ),
        (
            ("days", 1),
            "todos os dias|todo dia|araw-araw|araw araw|har din|har roz|roz|rozana|a cada dia",
        ),
        (
            ("other", 2),
            "every other|every second|every 2nd|each other|alternate|every alternate"
            "|har dusre|har doosre",
        ),
        (("other", 2), "tuwing ikalawang|bawat ikalawang|kada ikalawang|har doosra|har dusra"),
        (
            ("twice a week", 1),
            "twice a week|twice weekly|two times a week|2x a week|2x week|2x per week",
        ),
        (("twice a week", 1), "dos veces por semana|dos veces a la semana|duas vezes por semana"),
        (("twice a week", 1), "dalawang beses sa isang linggo|hafte mein do baar|hafte me do baar"),
        (
            ("unsupported", 1),
            "bimonthly|bi-monthly|bi monthly|every other month|every second month|semimonthly",
        ),
        (
            ("unsupported", 1),
            "semi-monthly|twice a month|twice monthly|hourly|every hour|half-yearly|semiannual",
        ),
        (
            ("unsupported", 1),
            "semi-annually|biannual|biannually|twice a year|every other day|every second day",
        ),
        (
            ("unsupported", 1),
            "dos veces al mes|duas vezes por mes|bimestral|bimensual|semestral|un dia si y otro no",
        ),
        (
            ("unsupported", 1),
            "every other year|every other quarter|twice a day|second to last|second last",
        ),
        (
            ("unsupported", 1),
            "next to last|last but one|penultimo|penultima|har ghante|cada hora|dia sim dia nao",
        ),
    ]
)

EVERY = frozenset("every each cada toda todo todas todos tuwing bawat kada har all".split())
EVERY_NUMBER = phrases(
    [(True, "every|each|cada|a cada|tuwing|bawat|kada|har|once every|una vez cada")]
)

ORDINALS = {
    name: nth
    for nth, row in (
        (
            1,
            "first|1st|primer|primera|primero|primeira|primeiro|unang|una|pehla|pehle|pehli"
            "|pahla|pahle",
        ),
        (
            2,
            "second|2nd|segundo|segunda|ikalawang|pangalawang|doosra|doosre|dusra|dusre"
            "|doosri|dusri",
        ),
        (
            3,
            "third|3rd|tercer|tercera|tercero|terceira|terceiro|ikatlong|pangatlong|teesra"
            "|teesre|tisra|tisre",
        ),
        (4, "fourth|4th|cuarto|cuarta|quarta|quarto|ikaapat|pang-apat|chautha|chauthe"),
        (5, "fifth|5th|quinto|quinta|ikalimang|paanchva|panchva"),
        (-1, "last|final|ultimo|ultima|huling|huli|aakhri|akhri|aakhiri|akhiri|antim|aakhari"),
    )
    for name in row.split("|")
}
WORKING_DAY = phrases(
    [
        (
            True,
            "working day|business day|workday|work day|weekday|dia habil|dia laborable|dia util",
        ),
        (
            True,
            "dia laboral|araw ng trabaho|working din|kaam ka din|kaam ke din"
            "|araw na may pasok|kaarya divas",
        ),
    ]
)
PLAIN_DAY = phrases([(True, "day|dia|araw|din|calendar day")])
LAST_DAY = phrases(
    [
        (True, "end of month|end of the month|end of each month|end of every month|month end|eom"),
        (True, "fin de mes|fim do mes|fim de mes|final de mes|katapusan ng buwan|mahine ke ant"),
        (
            True,
            "katapusan ng bawat buwan|fin de cada mes|final do mes|finales de mes|mahine ke aakhir",
        ),
    ]
)
# Days run together, as people write them in timetables.
COMPACT_DAYS: dict[str, tuple[int, ...]] = {
    "mwf": (0, 2, 4),
    "mw": (0, 2),
    "wf": (2, 4),
    "mf": (0, 4),
    "tth": (1, 3),
    "tuth": (1, 3),
    "tt": (1, 3),
    "tr": (1, 3),
    "mtwthf": (0, 1, 2, 3, 4),
    "mtwtf": (0, 1, 2, 3, 4),
    "mtwrf": (0, 1, 2, 3, 4),
    "mth": (0, 3),
    "tf": (1, 4),
}
RANGE = frozenset({"-", "–", "—", "to", "through", "thru", "a", "hanggang", "se", "ate", "till"})
STARTING = phrases(
    [
        (
            True,
            "starting|starting on|starting from|start|from|beginning|beginning on|as of|effective",
        ),
        (
            True,
            "a partir de|a partir del|a partir do|desde|desde el|empezando|comenzando|simula|mula",
        ),
        (True, "a partir da|comecando|simula sa|mula sa|shuru|first on"),
    ]
)
FILLERS = frozenset(
    "/ + at on the of in for by every each a an and & , y e el la los las del de do da dos das"
    " no na nos nas em en as o os cada todo toda todos todas tuwing bawat kada har ng sa ang ko"
    " ke ka ki se aur @ - – is con from per around about mein me par pe between um uma un una"
    " hours hora horas after til".split()
)
