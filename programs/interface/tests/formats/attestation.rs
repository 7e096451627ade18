//! The bytes that attestors sign, held against a file that the TypeScript tests read as well.

use crate::{a, action::terms, golden::check};
use scrip_interface::attestation::{
    AcknowledgeBody, ActionBody, AttestorsBody, Body, DOMAIN, Decision, Header, Kind, MintBody,
    QuoteBody, RejectBody, ReserveBody, ReserveStatement, SettleBody, Side, StatementBody,
    body_len,
};
use scrip_interface::{ids, sha256};
use serde_json::{Value, json};

fn header() -> Header {
    Header {
        genesis_hash: [0x11; 32],
        program_id: ids::ISSUER,
        subject: a(0x22),
        attestor_set: a(0x33),
        nonce: 0x0102_0304_0506_0708,
        issued_at: 1_795_186_800,
        expires_at: 1_795_187_400,
    }
}

fn mint_body() -> MintBody {
    MintBody {
        header: header(),
        action_sequence: 7,
        owner: a(0x44),
        amount: 150_000_000,
        statement: statement(),
    }
}

fn settle_body() -> SettleBody {
    SettleBody {
        header: header(),
        action_sequence: u32::MAX,
        redemption: a(0x55),
        request: 11,
        amount: u64::MAX,
        payout_reference: [0x66; 32],
    }
}

fn statement() -> ReserveStatement {
    ReserveStatement { as_of: -1, settled_shares_e8: (1 << 100) + 5, receivable_shares_e8: 99 }
}

fn reserve_body() -> ReserveBody {
    ReserveBody { header: header(), action_sequence: 3, statement: statement() }
}

fn statement_body() -> StatementBody {
    StatementBody { header: header(), as_of: 1_795_186_000, root: [0x77; 32] }
}

fn acknowledge_body() -> AcknowledgeBody {
    let redemption = a(0x55);
    AcknowledgeBody { header: header(), action_sequence: 4, redemption, request: 12 }
}

fn reject_body() -> RejectBody {
    let redemption = a(0x55);
    RejectBody { header: header(), action_sequence: 5, redemption, request: 13, reason: 0x0201 }
}

fn quote_body() -> QuoteBody {
    QuoteBody {
        header: header(),
        action_sequence: 6,
        side: Side::Redeem as u8,
        owner: a(0x44),
        amount: 50_000_000,
        cash_mint: a(0x88),
        cash_amount: 98_765_432,
        statement: ReserveStatement::default(),
    }
}

fn attestors_body() -> AttestorsBody {
    AttestorsBody {
        header: header(),
        decision: Decision::RemoveAttestor as u8,
        target: a(0x22),
        value: [0x99; 32],
    }
}

fn action_body() -> ActionBody {
    ActionBody {
        header: header(),
        action_sequence: 8,
        step: 1,
        request: 14,
        terms_hash: terms().hash(),
        effective_at: 1_795_190_400,
        settled_after_e8: (1 << 90) + 3,
        receivable_after_e8: 77,
    }
}

fn json_header(header: &Header) -> Value {
    json!({
        "genesisHash": hex::encode(header.genesis_hash),
        "programId": header.program_id.to_string(),
        "subject": header.subject.to_string(),
        "attestorSet": header.attestor_set.to_string(),
        "nonce": header.nonce.to_string(),
        "issuedAt": header.issued_at.to_string(),
        "expiresAt": header.expires_at.to_string(),
    })
}

fn json_statement(statement: &ReserveStatement) -> Value {
    json!({
        "asOf": statement.as_of.to_string(),
        "settledSharesE8": statement.settled_shares_e8.to_string(),
        "receivableSharesE8": statement.receivable_shares_e8.to_string(),
    })
}

/// A body's own fields, with its header, its Borsh bytes and its message.
#[track_caller]
fn golden<B: Body>(kind: &str, body: &B, fields: Value) {
    let mut json = fields;
    json["header"] = json_header(&header());
    json["body"] = hex::encode(borsh::to_vec(body).unwrap()).into();
    json["message"] = hex::encode(body.message()).into();
    check("attestation_golden.json", kind, json);
}

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn messages_are_the_golden_bytes() {
    let (mint, settle) = (mint_body(), settle_body());
    let (reserve, statement) = (reserve_body(), statement_body());
    let (acknowledge, reject) = (acknowledge_body(), reject_body());
    let (quote, attestors, action) = (quote_body(), attestors_body(), action_body());
    golden(
        "mint",
        &mint,
        json!({
            "actionSequence": mint.action_sequence,
            "owner": mint.owner.to_string(),
            "amount": mint.amount.to_string(),
            "statement": json_statement(&mint.statement),
        }),
    );
    golden(
        "reserve",
        &reserve,
        json!({
            "actionSequence": reserve.action_sequence,
            "statement": json_statement(&reserve.statement),
        }),
    );
    golden(
        "statement",
        &statement,
        json!({
            "asOf": statement.as_of.to_string(),
            "root": hex::encode(statement.root),
        }),
    );
    golden(
        "acknowledge",
        &acknowledge,
        json!({
            "actionSequence": acknowledge.action_sequence,
            "redemption": acknowledge.redemption.to_string(),
            "request": acknowledge.request.to_string(),
        }),
    );
    golden(
        "settle",
        &settle,
        json!({
            "actionSequence": settle.action_sequence,
            "redemption": settle.redemption.to_string(),
            "request": settle.request.to_string(),
            "amount": settle.amount.to_string(),
            "payoutReference": hex::encode(settle.payout_reference),
        }),
    );
    golden(
        "reject",
        &reject,
        json!({
            "actionSequence": reject.action_sequence,
            "redemption": reject.redemption.to_string(),
            "request": reject.request.to_string(),
            "reason": reject.reason,
        }),
    );
    golden(
        "quote",
        &quote,
        json!({
            "actionSequence": quote.action_sequence,
            "side": quote.side,
            "owner": quote.owner.to_string(),
            "amount": quote.amount.to_string(),
            "cashMint": quote.cash_mint.to_string(),
            "cashAmount": quote.cash_amount.to_string(),
            "statement": json_statement(&quote.statement),
        }),
    );
    golden(
        "action",
        &action,
        json!({
            "actionSequence": action.action_sequence,
            "step": action.step,
            "request": action.request.to_string(),
            "termsHash": hex::encode(action.terms_hash),
            "effectiveAt": action.effective_at.to_string(),
            "settledAfterE8": action.settled_after_e8.to_string(),
            "receivableAfterE8": action.receivable_after_e8.to_string(),
        }),
    );
    golden(
        "attestors",
        &attestors,
        json!({
            "decision": attestors.decision,
            "target": attestors.target.to_string(),
            "value": hex::encode(attestors.value),
        }),
    );
}

#[track_caller]
fn is_domain_kind_and_hash<B: Body>(body: &B) {
    let bytes = borsh::to_vec(body).unwrap();
    assert_eq!((bytes.len(), body_len(B::KIND)), (B::LEN, B::LEN));
    let message = body.message();
    assert_eq!(message[..15], DOMAIN);
    assert_eq!(message[15], B::KIND as u8);
    assert_eq!(message[16..], sha256(&[&bytes]));
}

#[test]
fn a_message_is_domain_kind_and_hash_of_the_borsh_bytes() {
    is_domain_kind_and_hash(&mint_body());
    is_domain_kind_and_hash(&reserve_body());
    is_domain_kind_and_hash(&statement_body());
    is_domain_kind_and_hash(&acknowledge_body());
    is_domain_kind_and_hash(&settle_body());
    is_domain_kind_and_hash(&reject_body());
    is_domain_kind_and_hash(&quote_body());
    is_domain_kind_and_hash(&attestors_body());
    is_domain_kind_and_hash(&action_body());
}

#[test]
fn the_kinds_keep_their_numbers() {
    let kinds = [
        Kind::Mint,
        Kind::Reserve,
        Kind::Statement,
        Kind::Acknowledge,
        Kind::Settle,
        Kind::Reject,
        Kind::Quote,
        Kind::Action,
        Kind::Attestors,
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        assert_eq!(kind as usize, number);
        assert_eq!(Kind::from_number(u8::try_from(number).unwrap()), Some(kind));
        assert_eq!(usize::from(kind.bit()), 1 << number);
    }
    assert_eq!(Kind::from_number(9), None);
    assert_eq!(usize::from(Kind::ALL_BITS), (1 << kinds.len()) - 1);
}
