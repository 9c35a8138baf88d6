//! From the name of a deck as it is typed to the deck that is meant.

use super::error::Error;
use crate::card;
use crate::config::near;

/// The deck that is meant: by its whole name, by the name of a level, or by a part of one that only one has.
pub(super) fn meant(typed: &str, names: &[String]) -> Result<String, Error> {
    let wanted = typed.trim().to_lowercase();
    let levels = all_levels(names);
    let by = |holds: &dyn Fn(&str) -> bool| -> Vec<&String> {
        levels.iter().filter(|name| holds(&name.to_lowercase())).collect()
    };
    let last = |name: &str| name.rsplit("::").next().unwrap_or_default().to_owned();
    let ways: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == wanted, &|name| last(name) == wanted, &|name| last(name).contains(&wanted)];
    for way in ways {
        match by(way)[..] {
            [] => {}
            [one] => return Ok(one.clone()),
            [..] => return Err(Error::SeveralDecks(typed.to_owned(), by(way).into_iter().cloned().collect())),
        }
    }
    let lower: Vec<String> = levels.iter().map(|name| name.to_lowercase()).collect();
    let known: Vec<&str> = lower.iter().map(String::as_str).collect();
    let nearest = near(typed, &known).and_then(|near| lower.iter().position(|name| name == near));
    Err(Error::NoDeck(typed.to_owned(), nearest.map(|at| levels[at].clone()), levels))
}

/// Every deck and every deck above one, once, in alphabetical order.
fn all_levels(names: &[String]) -> Vec<String> {
    let mut levels: Vec<String> = Vec::new();
    for name in names {
        levels.extend(card::levels(name).map(str::to_owned));
    }
    levels.sort();
    levels.dedup();
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> String {
        let names = ["AWS::Amazon S3", "AWS::Kinesis", "AWS::Kinesis::Firehose", "Bio"].map(str::to_owned);
        match meant(typed, &names) {
            Ok(deck) => deck,
            Err(Error::SeveralDecks(_, names)) => format!("several: {}", names.join(", ")),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_part_of_a_name_will_do_where_it_is_plain() {
        assert_eq!(name("aws"), "AWS");
        assert_eq!(name("kinesis"), "AWS::Kinesis");
        assert_eq!(name("s3"), "AWS::Amazon S3");
        assert_eq!(name("aws::kinesis::firehose"), "AWS::Kinesis::Firehose");
        assert_eq!(name("i"), "several: AWS::Kinesis, AWS::Kinesis::Firehose, Bio");
        assert_eq!(name("glue"), "there is no deck `glue`");
    }
}
