//! From a tag as it is typed to one that cards have.

use std::collections::BTreeSet;

use super::error::Error;
use crate::config::near;

/// Demands that some card has the tag or one below it, in any letter case.
pub(super) fn known(typed: &str, tags: &[String]) -> Result<(), Error> {
    let wanted = typed.trim_start_matches('#').to_lowercase();
    let below = format!("{wanted}::");
    let lower: Vec<String> = tags.iter().map(|tag| tag.to_lowercase()).collect();
    if lower.iter().any(|tag| *tag == wanted || tag.starts_with(&below)) {
        return Ok(());
    }
    let nearest = nearest(&wanted, &lower).map(|at| tags[at].clone());
    Err(Error::NoTag(typed.to_owned(), nearest, tags.to_vec()))
}

/// The tag that was probably meant: one that ends as typed, else one that is spelt alike.
fn nearest(wanted: &str, tags: &[String]) -> Option<usize> {
    let last = |tag: &String| tag.rsplit("::").next() == Some(wanted);
    tags.iter().position(last).or_else(|| {
        let names: Vec<&str> = tags.iter().map(String::as_str).collect();
        let near = near(wanted, &names)?;
        tags.iter().position(|tag| tag == near)
    })
}

/// The tags of cards, each once, in alphabetical order.
pub(super) fn all<'a>(tags: impl Iterator<Item = &'a String>) -> Vec<String> {
    tags.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str) -> String {
        let tags = ["aws::s3", "aws::kinesis", "exam"].map(str::to_owned);
        known(typed, &tags).err().and_then(|error| error.help()).unwrap_or_default()
    }

    #[test]
    fn a_tag_that_no_card_has_is_told_with_the_nearest() {
        assert_eq!(["aws", "#AWS::S3", "Exam"].map(said), ["", "", ""]);
        assert_eq!(said("s3"), "did you mean `aws::s3`?");
        assert_eq!(said("exma"), "did you mean `exam`?");
        assert_eq!(said("zoology"), "the tags are aws::s3, aws::kinesis, exam");
    }
}
