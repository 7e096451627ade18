//! What views return, as clients read it: bytes of the programs' own types.

use anchor_lang::AnchorSerialize;
use gate::instructions::TransferAnswer;
use issuer::instructions::{Preflight, ReserveRatio, SharesAt};
use scrip_interface::{gate::TransferReasons, preflight};
use scrip_tests::golden::check;
use serde_json::{Value, json};

fn returned(answer: &impl AnchorSerialize, fields: Value) -> Value {
    let mut bytes = vec![];
    answer.serialize(&mut bytes).unwrap();
    json!({ "bytes": hex::encode(bytes), "fields": fields })
}

fn preflights() -> Vec<Value> {
    let all = [
        0,
        preflight::MINT_PAUSED | preflight::STATEMENT_STALE,
        preflight::NOT_REGISTERED | preflight::CORPORATE_ACTION_WINDOW,
        // One of a later release, too.
        preflight::AMOUNT_ZERO | 1 << 30,
    ];
    let told = all.map(|reasons| {
        let fields = json!({ "version": "1", "reasons": reasons.to_string() });
        returned(&Preflight { version: 1, reasons }, fields)
    });
    told.into()
}

fn ratios() -> Vec<Value> {
    let covered = ReserveRatio {
        version: 1,
        stale: false,
        as_of: 1_795_186_800,
        supply: u64::MAX,
        counted_shares_e8: u128::from(u64::MAX) * 10 + 1,
        supply_shares_e8: u128::from(u64::MAX) * 10,
        ratio_bps: 10_000,
    };
    let nothing_owed = ReserveRatio {
        stale: true,
        supply: 0,
        supply_shares_e8: 0,
        ratio_bps: u64::MAX,
        ..covered
    };
    let told = [covered, nothing_owed].map(|ratio| {
        let fields = json!({
            "version": ratio.version.to_string(),
            "stale": ratio.stale,
            "asOf": ratio.as_of.to_string(),
            "supply": ratio.supply.to_string(),
            "countedSharesE8": ratio.counted_shares_e8.to_string(),
            "supplySharesE8": ratio.supply_shares_e8.to_string(),
            "ratioBps": ratio.ratio_bps.to_string(),
        });
        returned(&ratio, fields)
    });
    told.into()
}

fn shares_at() -> Value {
    let answer = SharesAt {
        version: 1,
        shares_e8: 10_032_690_125,
        multiplier: 1.003_269_012_539_818_7f64.to_bits(),
        effective_at: 1_786_149_000,
    };
    let fields = json!({
        "version": "1",
        "sharesE8": answer.shares_e8.to_string(),
        "multiplier": answer.multiplier.to_string(),
        "effectiveAt": answer.effective_at.to_string(),
    });
    returned(&answer, fields)
}

fn transfers() -> Value {
    let answer = TransferAnswer { source: 1, destination: 0x8002, mint: 1 << 31 };
    let mut bytes = vec![];
    answer.serialize(&mut bytes).unwrap();
    let read = TransferReasons::parse(&bytes).unwrap();
    assert_eq!((read.source.0, read.destination.0, read.mint.0), (1, 0x8002, 1 << 31));
    let fields = json!({ "source": "1", "destination": "32770", "mint": "2147483648" });
    returned(&answer, fields)
}

#[test]
fn every_view_returns_its_golden_bytes() {
    let file = "returns_golden.json";
    check(file, "preflight", preflights().into());
    check(file, "reserveRatio", ratios().into());
    check(file, "sharesAt", vec![shares_at()].into());
    check(file, "transferAnswer", vec![transfers()].into());
}
