//! Modes and their places.

use proptest::prelude::*;

use super::*;

fn mark(page: u32) -> Mark {
    sized(page, 40.0, 40.0)
}

fn sized(page: u32, width_mm: f64, height_mm: f64) -> Mark {
    Mark {
        page,
        x_mm: 120.5,
        y_mm: 30.25,
        width_mm,
        height_mm,
    }
}

fn judge(mode: &str, page_count: u32, marks: &[Mark]) -> Result<(), MarkError> {
    check(&Mode::parse(mode)?, page_count, marks, 40.0, 40.0)
}

#[test]
fn scan_5_modes_are_read_in_one_spelling_only() {
    for (text, pages) in [
        ("page:3", vec![3]),
        ("all", (1..=9).collect()),
        ("pages:1-3,5,7-8", vec![1, 2, 3, 5, 7, 8]),
        ("straddle:right", (1..=9).collect()),
        ("straddle:left+top:2-4,6", vec![2, 3, 4, 6]),
        ("keyword:投标人（盖章）#all", (1..=9).collect()),
        ("keyword:a b:c#first", (1..=9).collect()),
        ("keyword:日期#12", (1..=9).collect()),
    ] {
        let mode = Mode::parse(text).expect(text);
        assert_eq!(mode.to_string(), text);
        assert_eq!(mode.pages(9).expect(text), pages);
    }
    for text in [
        "",
        "page:",
        "page:0",
        "page:01",
        "page:+1",
        "page:1 ",
        "pages:",
        "pages:3-1",
        "pages:1,1",
        "pages:2,1",
        "pages:1-2,2",
        "ALL",
        "all:",
        "straddle",
        "straddle:",
        "straddle:middle",
        "straddle:left+left",
        "straddle:left+",
        "straddle:left:",
        "straddle:left:0",
        "keyword",
        "keyword:",
        "keyword: ",
        "keyword:#first",
        "keyword:a#",
        "keyword:a#0",
        "keyword:a#last",
        "keyword:a#b#all",
        "keyword:a#all#all",
        "keyword:a\nb",
    ] {
        assert_eq!(Mode::parse(text), Err(MarkError::Mode), "{text}");
    }
}

#[test]
fn scan_5_a_keyword_means_all_its_places_unless_it_says_which() {
    assert_eq!(Mode::parse("keyword:盖章"), Mode::parse("keyword:盖章#all"));
    let longest = "章".repeat(60);
    assert!(Mode::parse(&format!("keyword:{longest}#first")).is_ok());
    for text in [
        format!("keyword:{longest}章"),
        format!("keyword:{}", "x".repeat(9000)),
    ] {
        assert_eq!(Mode::parse(&text), Err(MarkError::Mode));
    }
}

#[test]
fn scan_12_places_are_one_for_each_page_of_the_mode_at_true_size() {
    let mode = "pages:2-3";
    assert_eq!(judge(mode, 3, &[mark(2), mark(3)]), Ok(()));
    for wrong in [
        &[mark(2)][..],
        &[mark(2), mark(2)],
        &[mark(3), mark(2)],
        &[],
    ] {
        assert_eq!(judge(mode, 3, wrong), Err(MarkError::Pages));
    }
    assert_eq!(judge(mode, 2, &[mark(2), mark(3)]), Err(MarkError::Page));
    let larger = [sized(2, 42.0, 42.0), mark(3)];
    assert_eq!(judge(mode, 3, &larger), Err(MarkError::Size));
    for bad in [f64::NAN, f64::INFINITY, -0.01, 1.001, 6000.0] {
        let marks = [
            Mark {
                x_mm: bad,
                ..mark(2)
            },
            mark(3),
        ];
        assert_eq!(judge(mode, 3, &marks), Err(MarkError::Place), "{bad}");
    }
}

#[test]
fn scan_12_slices_of_a_straddling_seal_keep_its_length_and_add_up() {
    let thirds = [
        sized(1, 13.33, 40.0),
        sized(2, 13.34, 40.0),
        sized(3, 13.33, 40.0),
    ];
    assert_eq!(judge("straddle:right", 3, &thirds), Ok(()));
    // Two groups of two pages.
    let halves: Vec<Mark> = (1..=4).map(|page| sized(page, 20.0, 40.0)).collect();
    assert_eq!(judge("straddle:left", 4, &halves), Ok(()));
    // Upright and level cuts on one page, in the order of the mode.
    let both = [
        sized(1, 20.0, 40.0),
        sized(1, 40.0, 15.0),
        sized(2, 20.0, 40.0),
        sized(2, 40.0, 25.0),
    ];
    assert_eq!(judge("straddle:right+bottom", 2, &both), Ok(()));
    assert_eq!(
        judge("straddle:bottom+right", 2, &both),
        Err(MarkError::Size)
    );
    assert_eq!(judge("straddle:right:1-2", 3, &halves[..2]), Ok(()));
    for (marks, why) in [
        (
            vec![sized(1, 20.0, 40.0), sized(2, 19.0, 40.0)],
            MarkError::Slices,
        ),
        (
            vec![sized(1, 20.0, 40.0), sized(2, 21.0, 40.0)],
            MarkError::Slices,
        ),
        (
            vec![sized(1, 39.5, 40.0), sized(2, 0.5, 40.0)],
            MarkError::Slices,
        ),
        (
            vec![sized(1, 40.0, 40.0), sized(2, 40.0, 40.0)],
            MarkError::Slices,
        ),
        (
            vec![sized(1, 20.0, 39.0), sized(2, 20.0, 40.0)],
            MarkError::Size,
        ),
        (vec![sized(1, 20.0, 40.0)], MarkError::Pages),
    ] {
        assert_eq!(judge("straddle:right", 2, &marks), Err(why), "{marks:?}");
    }
    // One page has nothing to straddle.
    assert_eq!(
        judge("straddle:right", 1, &[mark(1)]),
        Err(MarkError::Slices)
    );
}

#[test]
fn scan_12_places_of_a_keyword_are_whole_seals_on_pages_that_are_there() {
    let hits = [mark(1), mark(1), mark(3)];
    assert_eq!(judge("keyword:盖章", 3, &hits), Ok(()));
    assert_eq!(judge("keyword:盖章#first", 3, &hits[..1]), Ok(()));
    assert_eq!(judge("keyword:盖章#2", 3, &hits), Err(MarkError::Pages));
    assert_eq!(judge("keyword:盖章", 3, &[]), Err(MarkError::Pages));
    assert_eq!(
        judge("keyword:盖章", 3, &[mark(3), mark(1)]),
        Err(MarkError::Pages)
    );
    assert_eq!(judge("keyword:盖章", 2, &hits), Err(MarkError::Page));
    assert_eq!(
        judge("keyword:盖章", 3, &[sized(1, 20.0, 40.0)]),
        Err(MarkError::Size)
    );
    let many: Vec<Mark> = (0..=5000).map(|_| mark(1)).collect();
    assert_eq!(judge("keyword:盖章", 1, &many[1..]), Ok(()));
    assert_eq!(judge("keyword:盖章", 1, &many), Err(MarkError::Pages));
}

proptest! {
    #[test]
    fn scan_5_no_text_panics_and_pages_stay_inside(
        kind in prop::sample::select(&["", "page:", "pages:", "straddle:", "straddle:left:", "keyword:"][..]),
        rest in ".{0,40}",
        count in 0u32..6000,
    ) {
        if let Ok(mode) = Mode::parse(&format!("{kind}{rest}")) {
            prop_assert_eq!(Mode::parse(&mode.to_string()), Ok(mode.clone()));
            if let Ok(pages) = mode.pages(count) {
                prop_assert!(!pages.is_empty());
                prop_assert!(pages.windows(2).all(|w| w[0] < w[1]));
                prop_assert!(pages.iter().all(|&p| p >= 1 && p <= count));
            }
        }
    }

    /// However the seal is cut, all of it is there: whatever is added to one slice or taken away is noticed.
    #[test]
    fn scan_12_any_fair_cut_passes_and_any_other_does_not(cuts in prop::collection::btree_set(2u32..38, 1..12), extra in 1.0_f64..9.0) {
        let mut ends: Vec<f64> = cuts.iter().map(|&cut| f64::from(cut)).collect();
        ends.push(40.0);
        let mut from = 0.0;
        let mut marks = Vec::new();
        for (page, to) in (1..).zip(ends) {
            marks.push(sized(page, to - from, 40.0));
            from = to;
        }
        let pages = u32::try_from(marks.len()).expect("few");
        prop_assert_eq!(judge("straddle:right", pages, &marks), Ok(()));
        let extra = (extra * 100.0).round() / 100.0;
        marks[0].width_mm = ((marks[0].width_mm + extra) * 100.0).round() / 100.0;
        prop_assert!(judge("straddle:right", pages, &marks).is_err());
    }
}
