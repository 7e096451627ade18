//! What attestors' keys sign, held against a file that the TypeScript tests read as well.

use scrip_interface::attestation::Message;
use scrip_tests::{
    attest,
    golden::{check, file},
    vm::key,
};
use serde_json::json;
use solana_signer::Signer;

/// To renew the file after a deliberate change of format: `SCRIP_RENEW_GOLDEN=1 cargo xtask test rust`.
#[test]
fn two_attestors_make_the_golden_instruction() {
    let golden = file("attestation_golden.json");
    let message: Message =
        hex::decode(golden["mint"]["message"].as_str().unwrap()).unwrap().try_into().unwrap();
    let keys = [key("golden 0"), key("golden 1")];
    let instruction = attest::sign(&message, &[&keys[0], &keys[1]]);
    let made = json!({
        "signerSeeds": keys.each_ref().map(|key| hex::encode(key.secret_bytes())),
        "signers": keys.each_ref().map(|key| key.pubkey().to_string()),
        "message": hex::encode(message),
        "data": hex::encode(instruction.data),
    });
    check("attestation_golden.json", "ed25519", made);
}
