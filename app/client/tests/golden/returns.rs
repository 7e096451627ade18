//! What views return.

use crate::{bytes, fixture, plain};
use borsh::BorshDeserialize;
use scrip_client::{
    gate::types::TransferAnswer,
    issuer::types::{Preflight, ReserveRatio, SharesAt},
};
use serde::Serialize;

#[track_caller]
fn are_golden<T: BorshDeserialize + Serialize>(name: &str) {
    let file = fixture("returns_golden.json");
    let rows = file[name].as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        let read = T::try_from_slice(&bytes(&row["bytes"])).unwrap();
        assert_eq!(plain(&serde_json::to_value(read).unwrap()), row["fields"], "{name}");
    }
}

#[test]
fn every_view_is_read_from_its_golden_bytes() {
    are_golden::<Preflight>("preflight");
    are_golden::<ReserveRatio>("reserveRatio");
    are_golden::<SharesAt>("sharesAt");
    are_golden::<TransferAnswer>("transferAnswer");
}
