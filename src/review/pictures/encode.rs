//! Pictures as the bytes that a terminal takes.

use std::fmt::Write as _;
use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use color_quant::NeuQuant;
use image::{DynamicImage, ImageFormat, RgbaImage};
use ratatui::layout::Size;

use super::Protocol;

/// Takes all pictures away from kitty.
pub(super) const NO_MORE: &str = "\u{1b}_Ga=d,d=A,q=2\u{1b}\\";

/// The longest piece of data that kitty takes at once.
const PIECE: usize = 4096;

/// A picture that stretches over so many cells from the cursor on; none where it cannot be written.
pub(super) fn encoded(protocol: Protocol, image: &DynamicImage, size: Size) -> Option<String> {
    match protocol {
        Protocol::Kitty => png(image).map(|data| kitty(&data, size)),
        Protocol::Iterm => png(image).map(|data| iterm(&data, size)),
        Protocol::Sixel => sixel(&image.to_rgba8()),
    }
}

fn png(image: &DynamicImage) -> Option<String> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, ImageFormat::Png).ok()?;
    Some(STANDARD.encode(out.into_inner()))
}

/// `a=T` shows what is sent, `f=100` is PNG, `q=2` wants no answer, `C=1` leaves the cursor where it is.
fn kitty(data: &str, size: Size) -> String {
    let mut out = String::new();
    let mut rest = data;
    let mut control = format!("a=T,f=100,q=2,C=1,c={},r={},", size.width, size.height);
    loop {
        let (piece, after) = rest.split_at(rest.len().min(PIECE));
        let more = u8::from(!after.is_empty());
        let _ = write!(out, "\u{1b}_G{control}m={more};{piece}\u{1b}\\");
        if after.is_empty() {
            return out;
        }
        (rest, control) = (after, String::new());
    }
}

fn iterm(data: &str, size: Size) -> String {
    let Size { width, height } = size;
    format!("\u{1b}]1337;File=inline=1;width={width};height={height};preserveAspectRatio=1:{data}\u{7}")
}

/// Six rows of pixels at a time, colour by colour; what is see-through stays as the screen is.
fn sixel(image: &RgbaImage) -> Option<String> {
    /// Every tenth pixel tells enough of the colours.
    const SAMPLE: i32 = 10;
    let (width, height) = (usize::try_from(image.width()).ok()?, usize::try_from(image.height()).ok()?);
    let colors = NeuQuant::new(SAMPLE, 256, image.as_raw());
    let mut out = format!("\u{1b}P0;1q\"1;1;{width};{height}");
    for (number, color) in colors.color_map_rgb().chunks(3).enumerate() {
        let part = |at: usize| u32::from(color[at]) * 100 / 255;
        let _ = write!(out, "#{number};2;{};{};{}", part(0), part(1), part(2));
    }
    let seen = |pixel: &[u8; 4]| pixel[3] >= 128;
    let index = |pixel: &[u8; 4]| if seen(pixel) { Some(colors.index_of(pixel)) } else { None };
    let pixels: Vec<Option<usize>> = image.pixels().map(|pixel| index(&pixel.0)).collect();
    for band in pixels.chunks(width * 6) {
        let mut used: Vec<usize> = band.iter().flatten().copied().collect();
        used.sort_unstable();
        used.dedup();
        for color in used {
            let _ = write!(out, "#{color}");
            let bits = |x: usize| {
                let rows = band.chunks(width).enumerate();
                rows.fold(0_u8, |bits, (y, row)| bits | u8::from(row.get(x) == Some(&Some(color))) << y)
            };
            run_lengths((0..width).map(bits), &mut out);
            out.push('$');
        }
        out.push('-');
    }
    out.push_str("\u{1b}\\");
    Some(out)
}

/// Writes columns of six pixels, equal ones in a row as their number and one of them.
fn run_lengths(columns: impl Iterator<Item = u8>, out: &mut String) {
    let mut columns = columns.peekable();
    while let Some(bits) = columns.next() {
        let mut count = 1;
        while columns.next_if_eq(&bits).is_some() {
            count += 1;
        }
        let letter = char::from(b'?' + bits);
        if count > 3 {
            let _ = write!(out, "!{count}{letter}");
        } else {
            (0..count).for_each(|_| out.push(letter));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    #[test]
    fn long_data_goes_to_kitty_in_pieces() {
        let sent = kitty(&"A".repeat(9_000), Size { width: 3, height: 2 });
        let pieces: Vec<&str> = sent.split("\u{1b}_G").skip(1).collect();
        assert_eq!(pieces.len(), 3);
        assert!(pieces[0].starts_with("a=T,f=100,q=2,C=1,c=3,r=2,m=1;A"));
        assert!(pieces[1].starts_with("m=1;A") && pieces[2].starts_with("m=0;A"));
        assert!(pieces.iter().all(|piece| piece.ends_with("\u{1b}\\")));
    }

    #[test]
    fn sixels_are_drawn_six_rows_at_a_time() {
        let mut image = RgbaImage::from_pixel(5, 7, Rgba([255, 0, 0, 255]));
        image.put_pixel(0, 6, Rgba([0, 0, 0, 0]));
        let sent = sixel(&image).unwrap();
        let body = sent.split_once("\"1;1;5;7").unwrap().1;
        // All six pixels of five columns, then one row in which the first is see-through.
        assert!(body.contains("!5~$-") && body.contains("?!4@$-\u{1b}\\"), "{body:?}");
    }
}
