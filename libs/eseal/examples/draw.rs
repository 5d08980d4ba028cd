//! Draws one seal: `draw FILE.svg|FILE.png NAME [BOTTOM_TEXT|-] [CODE|-] [DIAMETER_MM]`.

use std::error::Error;

use eseal::{RoundSeal, Style, round_company_seal};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let given = |index: usize| arguments.get(index).filter(|text| *text != "-").cloned();
    let (Some(file), Some(name)) = (given(0), given(1)) else {
        return Err("draw FILE.svg|FILE.png NAME [BOTTOM_TEXT|-] [CODE|-] [DIAMETER_MM]".into());
    };
    let mut style = Style::default();
    if let Some(diameter) = given(4) {
        style.diameter_mm = diameter.parse()?;
    }
    let artwork = round_company_seal(&RoundSeal {
        name,
        bottom_text: given(2),
        code: given(3),
        style,
    })?;
    if file.ends_with(".png") {
        std::fs::write(file, artwork.to_png(300)?)?;
    } else {
        std::fs::write(file, artwork.to_svg())?;
    }
    Ok(())
}
