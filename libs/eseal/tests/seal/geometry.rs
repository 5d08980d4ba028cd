//! Where the outlines lie, measured on their points.

use eseal::{Artwork, Outline, Part};

use crate::{draw, full, name_of, seal};

/// Distances of an outline's points from the centre in micrometres: nearest and farthest.
fn radii(artwork: &Artwork, outline: &Outline) -> (f64, f64) {
    let half = artwork.width_mm() * 500.0;
    outline
        .points()
        .fold((f64::MAX, 0.0_f64), |(near, far), point| {
            let radius = (f64::from(point.x) - half).hypot(f64::from(point.y) - half);
            (near.min(radius), far.max(radius))
        })
}

/// The angle of the mean of an outline's points, in degrees clockwise from the top. The mean turns with the figure, so
/// that of one character in two places differs by exactly the angle between the places.
fn angle(artwork: &Artwork, outline: &Outline) -> f64 {
    let half = artwork.width_mm() * 500.0;
    let (mut x, mut y) = (0.0, 0.0);
    for point in outline.points() {
        x += f64::from(point.x) - half;
        y += f64::from(point.y) - half;
    }
    f64::atan2(x, y).to_degrees()
}

fn check_annulus(artwork: &Artwork) {
    let inner = artwork.width_mm() * 500.0 - 1200.0;
    let star = artwork.width_mm() * 1000.0 / 6.0;
    for outline in artwork.outlines() {
        let (near, far) = radii(artwork, outline);
        match outline.part {
            Part::Rim => assert!((near - inner).abs() < 2.0, "rim from {near}"),
            Part::Star => assert!((far - star).abs() < 2.0, "star to {far}"),
            part => {
                assert!(far < inner - 300.0, "{part:?} comes to {far} of {inner}");
                assert!(near > star, "{part:?} comes to {near}, the star to {star}");
            }
        }
    }
}

#[test]
fn seal_1_every_character_stands_between_star_and_rim() {
    for characters in 2..=40 {
        check_annulus(&draw(&seal(&name_of(characters))));
    }
    for diameter_mm in [38, 42] {
        for characters in [2, 9, 24, 40] {
            let mut name_only = full(&name_of(characters), diameter_mm);
            name_only.bottom_text = None;
            check_annulus(&draw(&name_only));
        }
    }
}

fn name_angles(name: &str) -> Vec<f64> {
    let artwork = draw(&seal(name));
    let names = artwork
        .outlines()
        .iter()
        .filter(|outline| matches!(outline.part, Part::Name(_)));
    names.map(|outline| angle(&artwork, outline)).collect()
}

#[test]
fn seal_1_characters_are_spaced_evenly_about_the_vertical_axis() {
    for characters in 2..=40 {
        let angles = name_angles(&"口".repeat(characters));
        assert_eq!(angles.len(), characters);
        let turns: Vec<f64> = angles
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).rem_euclid(360.0))
            .collect();
        let mean = turns.iter().sum::<f64>() / turns.len() as f64;
        assert!(mean > 7.0, "{characters} characters: {mean} degrees apart");
        for turn in turns {
            // A hundredth of a degree is what rounding to micrometres leaves.
            assert!(
                (turn - mean).abs() < 0.02,
                "{characters} characters: {turn} degrees, {mean} on average"
            );
        }
        // A bar is its own mirror picture, so the two ends of the arc must mirror each other.
        let bars = name_angles(&"｜".repeat(characters));
        assert!(
            (bars[0] + bars[characters - 1]).abs() < 0.02,
            "not centred: {bars:?}"
        );
    }
}

#[test]
fn seal_1_neighbours_do_not_touch_and_texts_keep_apart() {
    for diameter_mm in [38, 40, 42] {
        for characters in [2, 12, 40] {
            let artwork = draw(&full(&name_of(characters), diameter_mm));
            let figures: Vec<_> = artwork
                .outlines()
                .iter()
                .map(|outline| points_of(&artwork, outline))
                .collect();
            for (index, mine) in figures.iter().enumerate() {
                for (other, theirs) in figures.iter().enumerate().skip(index + 1) {
                    let parts = (
                        artwork.outlines()[index].part,
                        artwork.outlines()[other].part,
                    );
                    assert!(
                        apart(mine, theirs),
                        "{characters} characters at {diameter_mm} mm: {parts:?} overlap"
                    );
                }
            }
        }
    }
}

/// An outline's points around the centre; two figures are apart when a line separates their points.
fn points_of(artwork: &Artwork, outline: &Outline) -> Vec<(f64, f64)> {
    let half = artwork.width_mm() * 500.0;
    if outline.part == Part::Rim {
        return Vec::new(); // The annulus test looks after the rim.
    }
    outline
        .points()
        .map(|p| (f64::from(p.x) - half, f64::from(p.y) - half))
        .collect()
}

fn apart(a: &[(f64, f64)], b: &[(f64, f64)]) -> bool {
    let extent = |points: &[(f64, f64)], (x, y): (f64, f64)| {
        points
            .iter()
            .fold((f64::MAX, f64::MIN), |(low, high), point| {
                let along = point.0 * x + point.1 * y;
                (low.min(along), high.max(along))
            })
    };
    (0..180)
        .map(|degree| f64::from(degree).to_radians().sin_cos())
        .any(|direction| {
            let (a, b) = (extent(a, direction), extent(b, direction));
            a.1 < b.0 || b.1 < a.0
        })
}
