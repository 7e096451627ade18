//! What a corporate action says: its kinds, the hash of its terms, and which terms fit which kind.

use scrip_interface::{
    action::{ActionKind, ActionTerms},
    math::action::Ratio,
    sha256,
};

const KINDS: [ActionKind; 8] = [
    ActionKind::Split,
    ActionKind::ReverseSplit,
    ActionKind::StockDividend,
    ActionKind::ReinvestedDividend,
    ActionKind::SpinOff,
    ActionKind::Correction,
    ActionKind::SymbolChange,
    ActionKind::Merger,
];

pub fn terms() -> ActionTerms {
    ActionTerms {
        kind: 3,
        numerator: 1_001,
        denominator: 1_000,
        ex_date: 1_795_132_800,
        gross_e8: 25_000_000,
        withholding_e8: 7_500_000,
        net_e8: 17_500_000,
        reinvestment_price_e8: 17_500_000_000,
        forced_redemption_at: -2,
        symbol: [0xaa; 16],
        terms_hash: [0xbb; 32],
        evidence_hash: [0xcc; 32],
    }
}

/// Terms of this kind and ratio that say nothing else.
fn plain(kind: ActionKind, numerator: u64, denominator: u64) -> ActionTerms {
    let kind = kind as u8;
    ActionTerms { kind, numerator, denominator, evidence_hash: [1; 32], ..Default::default() }
}

fn dividend() -> ActionTerms {
    let (symbol, terms_hash) = ([0; 16], [0; 32]);
    ActionTerms { forced_redemption_at: 0, symbol, terms_hash, ..terms() }
}

fn renamed() -> ActionTerms {
    ActionTerms { symbol: [2; 16], ..plain(ActionKind::SymbolChange, 1, 1) }
}

fn merged() -> ActionTerms {
    ActionTerms { terms_hash: [3; 32], ..plain(ActionKind::Merger, 7, 7) }
}

/// One of each kind.
fn valid() -> [ActionTerms; 8] {
    [
        plain(ActionKind::Split, 4, 1),
        plain(ActionKind::ReverseSplit, 1, 10),
        plain(ActionKind::StockDividend, 21, 20),
        dividend(),
        plain(ActionKind::SpinOff, 1_001, 1_000),
        plain(ActionKind::Correction, 999, 1_000),
        renamed(),
        merged(),
    ]
}

#[test]
fn the_kinds_keep_their_numbers() {
    for (number, kind) in (0..).zip(KINDS) {
        assert_eq!(kind as u8, number);
        assert_eq!(ActionKind::from_byte(number), Some(kind));
        assert_eq!(kind.is_split(), number < 2, "{kind:?}");
    }
    assert_eq!(ActionKind::from_byte(8), None);
}

#[test]
fn the_hash_of_an_actions_terms_is_that_of_their_borsh_bytes() {
    let bytes = borsh::to_vec(&terms()).unwrap();
    assert_eq!(bytes.len(), 145);
    assert_eq!(terms().hash(), sha256(&[&bytes]));
    assert_eq!(terms().ratio(), Ratio { numerator: 1_001, denominator: 1_000 });
}

#[test]
fn each_kind_has_consistent_terms() {
    for (kind, terms) in KINDS.into_iter().zip(valid()) {
        assert_eq!(terms.kind, kind as u8);
        assert!(terms.are_consistent(), "{kind:?}");
    }
    assert!(plain(ActionKind::Correction, 1_001, 1_000).are_consistent());
    assert!(ActionTerms { forced_redemption_at: 5, ..merged() }.are_consistent());
}

#[test]
fn a_ratio_must_be_of_its_kind() {
    // Of more shares, of fewer, of as many.
    for (kind, more, fewer, same) in [
        (ActionKind::Split, true, false, false),
        (ActionKind::ReverseSplit, false, true, false),
        (ActionKind::StockDividend, true, false, false),
        (ActionKind::SpinOff, true, false, false),
        (ActionKind::Correction, true, true, false),
        (ActionKind::SymbolChange, false, false, true),
        (ActionKind::Merger, false, false, true),
    ] {
        let fits = |numerator, denominator| {
            let terms = valid()[kind as usize];
            ActionTerms { numerator, denominator, ..terms }.are_consistent()
        };
        assert_eq!((fits(3, 2), fits(2, 3), fits(2, 2)), (more, fewer, same), "{kind:?}");
    }
    let slip = ActionTerms { numerator: 1_010, ..dividend() };
    assert!(!slip.are_consistent(), "not what the dividend bought");
}

#[test]
fn every_kind_needs_evidence() {
    for terms in valid() {
        let bare = ActionTerms { evidence_hash: [0; 32], ..terms };
        assert!(!bare.are_consistent(), "kind {}", terms.kind);
    }
    assert!(!ActionTerms { kind: 8, ..valid()[0] }.are_consistent());
}

#[test]
fn what_a_kind_has_no_use_for_is_zero() {
    type Edit = fn(&mut ActionTerms);
    // Whose it is alone.
    let figures: [(&str, Edit, Option<ActionKind>); 7] = [
        ("gross", |terms| terms.gross_e8 = 1, None),
        ("withholding", |terms| terms.withholding_e8 = 1, None),
        ("net", |terms| terms.net_e8 = 1, None),
        ("price", |terms| terms.reinvestment_price_e8 = 1, None),
        ("symbol", |terms| terms.symbol[15] = 1, Some(ActionKind::SymbolChange)),
        ("terms", |terms| terms.terms_hash[31] = 1, Some(ActionKind::Merger)),
        ("forced redemption", |terms| terms.forced_redemption_at = -1, Some(ActionKind::Merger)),
    ];
    for (what, edit, whose) in figures {
        for (kind, mut terms) in KINDS.into_iter().zip(valid()) {
            edit(&mut terms);
            assert_eq!(terms.are_consistent(), whose == Some(kind), "{what} of {kind:?}");
        }
    }
}

#[test]
fn what_a_kind_is_about_must_be_there() {
    let unnamed = ActionTerms { symbol: [0; 16], ..renamed() };
    let without_terms = ActionTerms { terms_hash: [0; 32], ..merged() };
    let forced = ActionTerms { forced_redemption_at: 5, ..without_terms };
    let nothing_paid = plain(ActionKind::ReinvestedDividend, 1_001, 1_000);
    for terms in [unnamed, without_terms, forced, nothing_paid] {
        assert!(!terms.are_consistent(), "{terms:?}");
    }
}
