"""Places that people name when they mean a zone, and the zone that each one keeps."""

# Only what the zone database itself does not call by that name.
_ROWS: dict[str, str] = {
    "America/New_York": "ny|nyc|new york city|boston|miami|atlanta|washington|washington dc"
    "|philadelphia"
    "|orlando|charlotte|tampa|pittsburgh|cleveland|baltimore|raleigh|buffalo|jacksonville|columbus"
    "|cincinnati|us east|us eastern|east coast|eastern|eastern time|et|est|edt|nueva york"
    "|nova york",
    "America/Chicago": "houston|dallas|austin|san antonio|minneapolis|kansas city|st louis"
    "|saint louis"
    "|milwaukee|nashville|memphis|new orleans|omaha|us central|central time|ct|cst|cdt|texas",
    "America/Denver": "salt lake city|albuquerque|colorado springs|us mountain"
    "|mountain time|mt|mst|mdt",
    "America/Los_Angeles": "la|l.a.|san francisco|sf|san diego|san jose|seattle|portland|las vegas"
    "|sacramento|oakland|silicon valley|california|us west|us pacific|west coast"
    "|pacific time|pt|pst|pdt",
    "America/Phoenix": "arizona|tucson",
    "Pacific/Honolulu": "hawaii",
    "America/Anchorage": "alaska",
    "America/Toronto": "ottawa|montreal|quebec|ontario|quebec city",
    "America/Vancouver": "british columbia",
    "America/Edmonton": "calgary|alberta",
    "America/Mexico_City": "cdmx|ciudad de mexico|guadalajara|puebla|mexico df",
    "America/Costa_Rica": "san jose costa rica",
    "America/Guatemala": "guatemala city",
    "America/El_Salvador": "san salvador",
    "America/Tegucigalpa": "honduras|san pedro sula",
    "America/Managua": "nicaragua",
    "America/Santo_Domingo": "dominican republic|republica dominicana",
    "America/Puerto_Rico": "san juan",
    "America/Bogota": "colombia|medellin|cali|barranquilla|cartagena",
    "America/Lima": "peru|arequipa",
    "America/Caracas": "venezuela",
    "America/La_Paz": "bolivia|santa cruz de la sierra|cochabamba",
    "America/Guayaquil": "ecuador|quito",
    "America/Santiago": "chile|santiago de chile|valparaiso",
    "America/Argentina/Buenos_Aires": "argentina|rosario|mar del plata",
    "America/Montevideo": "uruguay",
    "America/Asuncion": "paraguay",
    "America/Sao_Paulo": "sampa|rio|rio de janeiro|brasilia|belo horizonte|curitiba|porto alegre"
    "|florianopolis|campinas|salvador|goiania",
    "Europe/London": "uk|united kingdom|england|britain|great britain|scotland|wales|manchester"
    "|birmingham|edinburgh|glasgow|leeds|liverpool|bristol|cardiff|belfast|bst|uk time|londres",
    "Europe/Dublin": "ireland|cork|galway",
    "Europe/Lisbon": "portugal|porto|lisboa|braga",
    "Europe/Madrid": "spain|espana|barcelona|valencia|sevilla|seville|bilbao|malaga|cet|cest",
    "Europe/Paris": "france|lyon|marseille|toulouse|nice|lille",
    "Europe/Berlin": "germany|deutschland|munich|munchen|hamburg|frankfurt|cologne|koln|stuttgart"
    "|dusseldorf|leipzig",
    "Europe/Vienna": "austria|wien|graz",
    "Europe/Zurich": "switzerland|geneva|basel|bern",
    "Europe/Rome": "italy|milan|milano|turin|naples|roma",
    "Europe/Amsterdam": "netherlands|the netherlands|holland|rotterdam|the hague|utrecht|eindhoven",
    "Europe/Brussels": "belgium|antwerp|ghent",
    "Europe/Copenhagen": "denmark|aarhus",
    "Europe/Stockholm": "sweden|gothenburg|malmo",
    "Europe/Oslo": "norway|bergen",
    "Europe/Helsinki": "finland|tampere",
    "Europe/Warsaw": "poland|krakow|cracow|wroclaw|gdansk|poznan|lodz",
    "Europe/Prague": "czechia|czech republic|brno",
    "Europe/Budapest": "hungary",
    "Europe/Bucharest": "romania|cluj|cluj napoca|iasi|timisoara",
    "Europe/Sofia": "bulgaria|plovdiv|varna",
    "Europe/Belgrade": "serbia|novi sad",
    "Europe/Zagreb": "croatia|split",
    "Europe/Athens": "greece|thessaloniki|eet|eest",
    "Europe/Kyiv": "kiev|ukraine|lviv|kharkiv|odesa",
    "Europe/Vilnius": "lithuania|kaunas",
    "Europe/Riga": "latvia",
    "Europe/Tallinn": "estonia",
    "Europe/Minsk": "belarus",
    "Europe/Moscow": "saint petersburg|st petersburg|msk",
    "Europe/Istanbul": "turkey|turkiye|ankara|izmir",
    "Asia/Jerusalem": "israel|tel aviv|haifa",
    "Asia/Beirut": "lebanon",
    "Asia/Amman": "jordan",
    "Africa/Cairo": "egypt|alexandria",
    "Africa/Casablanca": "morocco|rabat|marrakesh",
    "Africa/Tunis": "tunisia",
    "Africa/Lagos": "nigeria|abuja",
    "Africa/Accra": "ghana",
    "Africa/Nairobi": "kenya|mombasa|eat",
    "Africa/Kampala": "uganda",
    "Africa/Kigali": "rwanda",
    "Africa/Addis_Ababa": "ethiopia",
    "Africa/Johannesburg": "south africa|cape town|durban|pretoria|joburg|sast",
    "Asia/Dubai": "uae|united arab emirates|abu dhabi|gst",
    "Asia/Riyadh": "saudi arabia|jeddah|saudi",
    "Asia/Qatar": "doha",
    "Asia/Tehran": "iran",
    "Asia/Baghdad": "iraq",
    "Asia/Karachi": "pakistan|lahore|islamabad|pkt",
    "Asia/Kolkata": "india|delhi|new delhi|mumbai|bombay|bangalore|bengaluru|hyderabad|chennai|pune"
    "|gurgaon|gurugram|noida|ahmedabad|jaipur|kochi|indore|chandigarh|ist|bharat",
    "Asia/Kathmandu": "nepal",
    "Asia/Dhaka": "bangladesh|chittagong",
    "Asia/Colombo": "sri lanka",
    "Asia/Yangon": "myanmar",
    "Asia/Bangkok": "thailand|chiang mai",
    "Asia/Ho_Chi_Minh": "vietnam|viet nam|ho chi minh city|hcmc|hanoi|da nang|danang",
    "Asia/Phnom_Penh": "cambodia",
    "Asia/Kuala_Lumpur": "malaysia|kl|penang|johor bahru",
    "Asia/Jakarta": "surabaya|bandung|wib",
    "Asia/Makassar": "bali|denpasar",
    "Asia/Manila": "philippines|the philippines|ph|pht|manila ph|cebu|cebu city|davao|davao city"
    "|makati|taguig|bgc|quezon city|clark|iloilo|bacolod|baguio|pasig|pilipinas|maynila"
    "|pinas|filipinas",
    "Asia/Shanghai": "china|beijing|shenzhen|guangzhou|chengdu|hangzhou|dalian",
    "Asia/Hong_Kong": "hk|hkt",
    "Asia/Taipei": "taiwan",
    "Asia/Tokyo": "japan|osaka|kyoto|jst|tokio",
    "Asia/Seoul": "korea|south korea|busan|kst",
    "Asia/Singapore": "sg|sgt|singapur",
    "Australia/Sydney": "canberra|new south wales|aest|aedt",
    "Australia/Brisbane": "queensland|gold coast",
    "Pacific/Auckland": "new zealand|nz|wellington|christchurch|nzt|nzst|nzdt",
    "Pacific/Fiji": "suva",
    "UTC": "utc|gmt|zulu|greenwich",
}

PLACES = {name: zone for zone, names in _ROWS.items() for name in names.split("|")}

# Places with several zones: which one has to be asked.
MANY_ZONES = frozenset(
    {"us", "usa", "america", "canada", "australia", "brazil", "russia", "mexico"}
)

# Last parts of zone names which are also everyday words, or which few mean as a place.
NOT_PLACES = frozenset(
    "act beulah center easter eastern central general knox lhi mountain north nsw pacific south"
    " troll wake west vincent midway casey davis mayotte niue truk yap tell city nelson".split()
)
# A place that is also a word: only behind a time, never behind a bare day.
FAINT_PLACES = frozenset(
    "la et ct mt pt nice split cork clark rio cali sg ph kl ist eat bali".split()
)
