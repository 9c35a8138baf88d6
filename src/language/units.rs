//! Words beside numbers in the languages other than English: units, and nouns that a number names.

/// Units, in lower case.
const UNITS: &[&str] = &[
    "jahren", "tagen", "monate", "monaten", "wochen", "stunde", "ohm", "km/s", "mbit/s", "gbit/s", "kbit/s", "liter",
    "meter", "gramm", "mio", "mrd", "millionen", "milliarden", "euros", "días", "día", "horas", "hora", "años", "año",
    "meses", "semanas", "minutos", "segundos", "millones", "metros", "gramos", "litros", "jours", "jour", "heures",
    "heure", "ans", "années", "mois", "semaines", "secondes", "millions", "milliards", "mètres", "grammes", "litres",
    "octets",
];

/// Nouns before a number that is part of a name: `Schicht 2`, `capa 3`.
const NAMED: &[&str] = &[
    "schicht", "stufe", "typ", "kapitel", "schritt", "seite", "abbildung", "capa", "nivel", "tipo", "fase", "paso",
    "tema", "unidad", "página", "figura", "versión", "couche", "niveau", "étape", "chapitre", "exercice",
];

/// Months, in lower case.
const MONTHS: &[&str] = &[
    "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember", "enero", "febrero", "marzo", "abril",
    "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "janvier", "février",
    "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
];

/// Whether a word (lower case) is a month.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// Whether a word (lower case) is a unit.
pub(super) fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

/// Whether a number behind a word (lower case) is part of a name.
pub(super) fn counts_names(word: &str) -> bool {
    NAMED.contains(&word)
}
