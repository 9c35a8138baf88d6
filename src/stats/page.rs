//! Statistics as one self-contained page for the browser, with charts by Chart.js, which is part of the page.

use super::Stats;

/// The library that draws the charts.
const CHARTS: &str = include_str!("chartjs/chart.umd.min.js");

/// The page: `{{title}}`, `{{text}}`, `{{charts}}` and `{{data}}` are put in.
const PAGE: &str = include_str!("page.html");

/// How a page begins that recto wrote, so that it may be written over.
pub const BEGINNING: &str = "<!doctype html>\n<!-- recto stats -->";

/// The page.
pub fn page(stats: &Stats) -> String {
    // Within a script, `<` could end it or open another; JSON may write it as a number.
    let data = serde_json::to_string(stats).unwrap_or_default().replace('<', "\\u003c");
    let text = escaped(&super::text::draw(stats, 100));
    let parts = [("{{title}}", stats.today.as_str()), ("{{text}}", &text), ("{{charts}}", CHARTS), ("{{data}}", &data)];
    let mut out = String::with_capacity(PAGE.len() + CHARTS.len() + data.len() + text.len());
    let mut rest = PAGE;
    // The parts are put in from front to back, so that none is looked for in another.
    for (mark, part) in parts {
        let Some((before, after)) = rest.split_once(mark) else { continue };
        out.push_str(before);
        out.push_str(part);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
