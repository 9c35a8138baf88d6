//! Lines of template languages (`{% hint %}`, `{{< figure >}}`), which site generators replace and
//! readers never see.

use super::lines;
use crate::markdown::view::{View, Weaver};

/// The marks around such a line.
const MARKS: &[(&str, &str)] = &[("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}")];

/// Leaves such lines out; their line ends stay.
pub(super) fn drop<'n>(view: &View<'n>) -> Option<View<'n>> {
    if !MARKS.iter().any(|(open, _)| view.text.contains(open)) {
        return None;
    }
    let mut weaver: Option<Weaver> = None;
    for line in lines::read(&view.text).iter().filter(|line| line.plain()) {
        if is_template(line.words(&view.text)) {
            let weaver = weaver.get_or_insert_with(|| Weaver::new(view));
            weaver.keep_to(line.body);
            weaver.skip_to(line.end);
        }
    }
    weaver.map(Weaver::finish)
}

fn is_template(words: &str) -> bool {
    MARKS.iter().any(|(open, close)| {
        let inner = words.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inner.is_some_and(|inner| !inner.contains(close))
    })
}
