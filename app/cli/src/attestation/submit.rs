//! Sending an attestation: its signatures are counted against the set of today, and it goes along in the transaction
//! that uses it, or is posted before where that does not fit.

use super::{
    File,
    usage::{Use, usage},
};
use crate::{
    chain::Chain,
    context::{Context, Step},
    exit::{Failure, Result},
    output::{Cell, Page},
    units::time_text,
};
use scrip_client::{
    attestation::INSTRUCTIONS_SYSVAR,
    issuer::{
        accounts::{AttestorSet, PostedAttestation},
        calls,
        instructions::OpenAttestationInstructionArgs,
    },
    plans::SIGNATURES_PER_POST,
};
use scrip_interface::{ed25519, ids, pda};
use solana_instruction::Instruction;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// Checks against the chain, and sends.
pub fn submit(context: &Context, file: &File) -> Result<Page> {
    let chain = context.chain()?;
    require_this_cluster(chain, file)?;
    let set_address = file.header.set_address();
    let set: AttestorSet = chain.read("the attestor set", &set_address)?;
    let signers = quorum(file, &set)?;
    if chain.now()? >= file.header.expires_at {
        let at = time_text(file.header.expires_at);
        return Err(Failure::refused(format!("the attestation expired at {at}"))
            .hint("make a new one with the same nonce (--nonce), and have it signed"));
    }
    let payer = context.payer()?;
    let actor = context.keypair()?;
    let steps = plan(context, file, &signers, &payer.pubkey())?;
    context.send_all(steps, &[&payer, &actor])?;
    let mut page = Page::new();
    let counted = format!("{} of {} needed", signers.len(), set.threshold);
    page.field("signatures", Cell::new(counted, signers.len()));
    Ok(page)
}

fn require_this_cluster(chain: &Chain, file: &File) -> Result<()> {
    if file.header.genesis_hash.to_bytes() != chain.genesis_hash() {
        return Err(Failure::cluster(format!(
            "the attestation is for another cluster than {}: its genesis hash is {}",
            chain.url(),
            file.header.genesis_hash
        ))
        .hint("--url names the cluster it was made for"));
    }
    if file.header.program != ids::ISSUER {
        return Err(Failure::cluster(format!(
            "the attestation is for the program {}, and this is a client of {}",
            file.header.program,
            ids::ISSUER
        )));
    }
    Ok(())
}

/// As many signatures of members as are needed; of others none, as one would fail the whole transaction.
fn quorum(file: &File, set: &AttestorSet) -> Result<Vec<([u8; 32], [u8; 64])>> {
    let members = &set.attestors[..usize::from(set.count).min(set.attestors.len())];
    let signed: Vec<_> =
        file.signatures.iter().filter(|one| members.contains(&one.attestor)).collect();
    let needed = usize::from(set.threshold);
    if signed.len() < needed {
        let missing: Vec<String> = members
            .iter()
            .filter(|member| !signed.iter().any(|one| one.attestor == **member))
            .map(ToString::to_string)
            .collect();
        let strangers = file.signatures.len() - signed.len();
        let besides = if strangers == 0 {
            String::new()
        } else {
            format!(" ({strangers} of others do not count)")
        };
        return Err(Failure::not_yet(format!(
            "{} of {needed} signatures of attestor set {}{besides}",
            signed.len(),
            set.index
        ))
        .hint(format!("not signed by: {}", missing.join(", "))));
    }
    let pair = |one: &&super::Signature| (one.attestor.to_bytes(), one.signature.into());
    Ok(signed.iter().take(needed).map(pair).collect())
}

/// The transactions: all in one; the preparation before; or the signatures posted first.
fn plan(
    context: &Context,
    file: &File,
    signers: &[([u8; 32], [u8; 64])],
    payer: &Pubkey,
) -> Result<Vec<Step>> {
    let inline = usage(context, file, INSTRUCTIONS_SYSVAR, payer)?;
    let mut steps = fitted(&inline, vec![verification(signers, file)?], payer);
    if !steps.iter().all(|step| step.fits(payer)) {
        steps = posted(context, file, signers, payer)?;
    }
    steps.extend(packed(inline.after, payer));
    Ok(steps)
}

/// `first` and what uses the attestation, behind its preparation or, where that does not fit, after it.
fn fitted(used: &Use, first: Vec<Instruction>, payer: &Pubkey) -> Vec<Step> {
    let both = [first, vec![used.instruction.clone()]].concat();
    let whole = Step::new(&used.what, [used.before.clone(), both.clone()].concat());
    if whole.fits(payer) {
        return vec![whole];
    }
    vec![Step::new("prepare the account", used.before.clone()), Step::new(&used.what, both)]
}

/// As many instructions in a transaction as fit.
fn packed(instructions: Vec<Instruction>, payer: &Pubkey) -> Vec<Step> {
    let mut steps: Vec<Step> = vec![];
    for instruction in instructions {
        if let Some(last) = steps.last_mut() {
            last.instructions.push(instruction.clone());
            if last.fits(payer) {
                continue;
            }
            last.instructions.pop();
        }
        steps.push(Step::new("apply the statement", vec![instruction]));
    }
    steps
}

fn verification(signers: &[([u8; 32], [u8; 64])], file: &File) -> Result<Instruction> {
    let data = ed25519::encode(signers, &file.signed().message)
        .ok_or_else(|| Failure::usage("an attestation takes 1 to 16 signatures"))?;
    Ok(Instruction { program_id: ed25519::PROGRAM_ID, accounts: vec![], data })
}

/// Opens a place for the attestation, posts the signatures that are not there yet, and uses it from there.
fn posted(
    context: &Context,
    file: &File,
    signers: &[([u8; 32], [u8; 64])],
    payer: &Pubkey,
) -> Result<Vec<Step>> {
    let signed = file.signed();
    let (issuer, attestor_set) = (file.header.issuer, file.header.set_address());
    let kind = signed.kind as u8;
    let place = pda::attestation(&ids::ISSUER, &issuer, kind, &signed.digest()).0;
    let chain = context.chain()?;
    let there: Option<PostedAttestation> = chain.find(&place)?;
    let mut steps = vec![];
    if there.is_none() {
        let args = OpenAttestationInstructionArgs { kind, body: signed.body };
        let open = calls::OpenAttestation { payer: *payer, issuer, attestor_set, args };
        let open = vec![open.instruction(&chain.0.programs)];
        steps.push(Step::new("open a place for the signatures", open));
    }
    let posted = there.as_ref().map_or(&[][..], |there| &there.signers[..usize::from(there.count)]);
    let missing: Vec<_> = signers
        .iter()
        .filter(|(key, _)| !posted.iter().any(|one| one.as_array() == key))
        .copied()
        .collect();
    for some in missing.chunks(SIGNATURES_PER_POST) {
        let post = calls::PostAttestation {
            attestor_set,
            attestation: place,
            signatures: INSTRUCTIONS_SYSVAR,
        };
        let post = post.instruction(&chain.0.programs);
        let what = format!("post {} signatures", some.len());
        steps.push(Step::new(what, vec![verification(some, file)?, post]));
    }
    let used = usage(context, file, place, payer)?;
    steps.extend(fitted(&used, vec![], payer));
    Ok(steps)
}
