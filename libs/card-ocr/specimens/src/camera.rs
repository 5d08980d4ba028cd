//! A phone that photographs a paper on a desk: angle, perspective, blur, shadow, noise, JPEG and the orientation note.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage};

use crate::dice::Dice;
use crate::{Kind, Seed, Specimen};

/// How the photo was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Laid straight under the phone, good light.
    Flat,
    /// 5 to 8 degrees, a little perspective and noise.
    InHand,
    /// 10 to 16 degrees, stronger perspective, a shadow, softer, JPEG 40.
    Careless,
    /// A quarter turn, in shadow.
    Sideways,
    /// Upside down, in shadow.
    UpsideDown,
    /// As in hand, and the pixels lie on their side with a note that says so, as phones store upright photos.
    NotedSideways,
    /// 22 to 30 degrees, strong perspective, blurred, noisy: no ordinary photo, for looking at the reader's end.
    Bad,
}

/// What an ordinary photo is, for the figures.
pub const ORDINARY: [Condition; 6] = [
    Condition::Flat,
    Condition::InHand,
    Condition::Careless,
    Condition::Sideways,
    Condition::UpsideDown,
    Condition::NotedSideways,
];

/// Sizes are for a photo of 1920 pixels and grow with it.
struct Settings {
    degrees: (f32, f32),
    perspective: f32,
    blur: f32,
    shadow: bool,
    noise: f32,
    quality: u8,
    quarter_turns: u32,
    noted: bool,
}

impl Condition {
    const fn settings(self) -> Settings {
        let in_hand = Settings {
            degrees: (5.0, 8.0),
            perspective: 0.02,
            blur: 0.6,
            shadow: false,
            noise: 3.0,
            quality: 70,
            quarter_turns: 0,
            noted: false,
        };
        let turned = Settings {
            degrees: (0.0, 4.0),
            perspective: 0.015,
            shadow: true,
            ..in_hand
        };
        match self {
            Self::Flat => Settings {
                degrees: (0.0, 1.0),
                perspective: 0.0,
                blur: 0.3,
                noise: 1.0,
                quality: 90,
                ..in_hand
            },
            Self::InHand => in_hand,
            Self::Careless => Settings {
                degrees: (10.0, 16.0),
                perspective: 0.04,
                blur: 0.9,
                shadow: true,
                noise: 6.0,
                quality: 40,
                ..in_hand
            },
            Self::Sideways => Settings {
                quarter_turns: 1,
                ..turned
            },
            Self::UpsideDown => Settings {
                quarter_turns: 2,
                ..turned
            },
            Self::NotedSideways => Settings {
                quarter_turns: 3,
                noted: true,
                ..in_hand
            },
            Self::Bad => Settings {
                degrees: (22.0, 30.0),
                perspective: 0.05,
                blur: 1.3,
                shadow: true,
                noise: 9.0,
                quality: 40,
                ..in_hand
            },
        }
    }
}

/// Photographs a specimen; the answer is a JPEG file. Cards are taken at 1920 x 1440 pixels, sheets at 3264 x 2448.
#[must_use]
pub fn shoot(specimen: &Specimen, condition: Condition, seed: Seed) -> Vec<u8> {
    let long = match specimen.kind {
        Kind::IdCardFront | Kind::IdCardBack => 1920,
        _ => 3264,
    };
    shoot_at(specimen, condition, seed, long)
}

/// The same with a long side of so many pixels.
#[must_use]
pub fn shoot_at(specimen: &Specimen, condition: Condition, seed: Seed, long: u32) -> Vec<u8> {
    let mut dice = seed.photo_dice(condition as u64);
    let settings = condition.settings();
    let is_wide = specimen.picture.width() > specimen.picture.height();
    let size = if is_wide {
        (long, long * 3 / 4)
    } else {
        (long * 3 / 4, long)
    };
    let mut photo = taken(&specimen.picture, size, &settings, &mut dice);
    photo = image::imageops::blur(&photo, settings.blur * long as f32 / 1920.0);
    grain(&mut photo, settings.noise, &mut dice);
    photo = match settings.quarter_turns {
        1 => image::imageops::rotate90(&photo),
        2 => image::imageops::rotate180(&photo),
        3 => image::imageops::rotate270(&photo),
        _ => photo,
    };
    let mut file = encoded(&photo, settings.quality);
    if settings.noted {
        // Three quarter turns to the right were made; the reader owes one more (Exif orientation 6).
        note_orientation(&mut file, 6);
    }
    file
}

fn encoded(photo: &RgbImage, quality: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, quality);
    // Encoding into memory has nothing to fail on; an empty file would be seen at once.
    let _ = encoder.encode(
        photo,
        photo.width(),
        photo.height(),
        ExtendedColorType::Rgb8,
    );
    file
}

/// Puts an Exif segment with one entry behind the first marker.
fn note_orientation(file: &mut Vec<u8>, orientation: u8) {
    let mut segment = vec![0xff, 0xe1, 0, 34];
    segment.extend(b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0");
    segment.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    file.splice(2..2, segment);
}

/// The paper as the lens sees it: every pixel of the photo is looked up on the paper or on the desk.
fn taken(
    paper: &RgbImage,
    (width, height): (u32, u32),
    settings: &Settings,
    dice: &mut Dice,
) -> RgbImage {
    let view = View::new(paper, (width, height), settings, dice);
    let light = Light::new(settings, dice);
    let desk = (
        dice.number(90, 190) as f32,
        dice.real(0.01, 0.03),
        dice.real(0.0, 6.0),
    );
    RgbImage::from_fn(width, height, |x, y| {
        let mut sum = [0.0f32; 3];
        for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
            let (x, y) = (x as f32 + dx, y as f32 + dy);
            let colour = view
                .paper_at(paper, x, y)
                .unwrap_or_else(|| wood(desk, x, y));
            sum.iter_mut()
                .zip(colour)
                .for_each(|(sum, it)| *sum += it / 4.0);
        }
        let light = light.at(x as f32 / width as f32, y as f32 / height as f32);
        image::Rgb(sum.map(|it| (it * light).clamp(0.0, 255.0) as u8))
    })
}

fn wood((base, fineness, phase): (f32, f32, f32), x: f32, y: f32) -> [f32; 3] {
    let grain = ((x * fineness + (y * fineness / 3.0).sin() * 4.0 + phase).sin() * 14.0).round();
    [base + grain, (base + grain) * 0.85, (base + grain) * 0.68]
}

/// From a pixel of the photo to one of the paper: a projective map.
struct View([f32; 8]);

impl View {
    fn new(
        paper: &RgbImage,
        (width, height): (u32, u32),
        settings: &Settings,
        dice: &mut Dice,
    ) -> Self {
        let angle = dice
            .signed(settings.degrees.0, settings.degrees.1)
            .to_radians();
        let (sin, cos) = angle.sin_cos();
        let (w, h) = (paper.width() as f32, paper.height() as f32);
        let (turned_w, turned_h) = (w * cos.abs() + h * sin.abs(), w * sin.abs() + h * cos.abs());
        let fill = dice.real(0.86, 0.93);
        let scale = fill * (width as f32 / turned_w).min(height as f32 / turned_h);
        let room = (
            width as f32 - turned_w * scale,
            height as f32 - turned_h * scale,
        );
        let middle = (
            width as f32 / 2.0 + room.0 * dice.real(-0.2, 0.2),
            height as f32 / 2.0 + room.1 * dice.real(-0.2, 0.2),
        );
        let jitter = settings.perspective * w.max(h) * scale;
        let corners =
            [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, y): (f32, f32)| {
                let (x, y) = (x * w * scale, y * h * scale);
                (
                    middle.0 + x * cos - y * sin + dice.real(-jitter, jitter) / 2.0,
                    middle.1 + x * sin + y * cos + dice.real(-jitter, jitter) / 2.0,
                )
            });
        Self(projective(
            &corners,
            &[(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)],
        ))
    }

    fn paper_at(&self, paper: &RgbImage, x: f32, y: f32) -> Option<[f32; 3]> {
        let [a, b, c, d, e, f, g, h] = self.0;
        let depth = g * x + h * y + 1.0;
        let (u, v) = ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth);
        if u < 0.0 || v < 0.0 || u >= paper.width() as f32 || v >= paper.height() as f32 {
            return None;
        }
        let (u, v) = ((u - 0.5).max(0.0), (v - 0.5).max(0.0));
        let (left, top) = (u as u32, v as u32);
        let (part_x, part_y) = (u - u.floor(), v - v.floor());
        let pixel = |x: u32, y: u32| {
            let (x, y) = (x.min(paper.width() - 1), y.min(paper.height() - 1));
            paper.get_pixel(x, y).0.map(f32::from)
        };
        let mix = |a: [f32; 3], b: [f32; 3], part: f32| {
            let mut out = a;
            out.iter_mut()
                .zip(b)
                .for_each(|(it, b)| *it += (b - *it) * part);
            out
        };
        let upper = mix(pixel(left, top), pixel(left + 1, top), part_x);
        let lower = mix(pixel(left, top + 1), pixel(left + 1, top + 1), part_x);
        Some(mix(upper, lower, part_y))
    }
}

/// The map that takes four points to four others: eight equations, by elimination.
fn projective(from: &[(f32, f32); 4], to: &[(f32, f32); 4]) -> [f32; 8] {
    let mut rows: Vec<[f64; 9]> = Vec::new();
    for ((x, y), (u, v)) in from.iter().zip(to) {
        let (x, y, u, v) = (f64::from(*x), f64::from(*y), f64::from(*u), f64::from(*v));
        rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
        rows.push([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
    }
    for column in 0..8 {
        let pivot =
            (column..8).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        rows.swap(column, pivot.unwrap_or(column));
        let lead = rows[column];
        for (index, row) in rows.iter_mut().enumerate() {
            if index == column {
                row.iter_mut().for_each(|it| *it /= lead[column]);
            } else {
                let factor = row[column] / lead[column];
                row.iter_mut()
                    .zip(lead)
                    .for_each(|(it, lead)| *it -= factor * lead);
            }
        }
    }
    let mut map = [0.0; 8];
    map.iter_mut()
        .zip(&rows)
        .for_each(|(it, row)| *it = row[8] as f32);
    map
}

/// Brightness that falls off to one side, and perhaps the edge of a hand's shadow.
struct Light {
    slope: (f32, f32),
    shadow: Option<(f32, f32, f32)>,
}

impl Light {
    fn new(settings: &Settings, dice: &mut Dice) -> Self {
        let slope = (dice.real(-0.12, 0.12), dice.real(-0.12, 0.12));
        let shadow = settings.shadow.then(|| {
            (
                dice.real(0.0, std::f32::consts::TAU),
                dice.real(-0.2, 0.2),
                dice.real(0.25, 0.45),
            )
        });
        Self { slope, shadow }
    }

    fn at(&self, x: f32, y: f32) -> f32 {
        let light = 0.95 + self.slope.0 * (x - 0.5) + self.slope.1 * (y - 0.5);
        let Some((angle, offset, depth)) = self.shadow else {
            return light;
        };
        let across = (x - 0.5) * angle.cos() + (y - 0.5) * angle.sin() - offset;
        let inside = 1.0 / (1.0 + (-across * 30.0).exp());
        light * (1.0 - depth * inside)
    }
}

/// Sensor noise: near enough to a normal distribution.
fn grain(photo: &mut RgbImage, deviation: f32, dice: &mut Dice) {
    for byte in photo.iter_mut() {
        let four = dice.next();
        let sum: u32 = (0..4)
            .map(|part| (four >> (part * 16) & 0xffff) as u32)
            .sum();
        let normal = (sum as f32 / 65535.0 - 2.0) * 1.73;
        *byte = (f32::from(*byte) + normal * deviation).clamp(0.0, 255.0) as u8;
    }
}
