use crate::{
    constants::LAYOUT_VERSION,
    error::IssuerError,
    quorum::AttestationArgs,
    state::{Attestation, AttestorSet, Issuer},
};
use anchor_lang::prelude::*;
use scrip_interface::{
    attestation::{Header, Kind, body_len},
    pda::ATTESTATION_SEED,
    sha256,
};

#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct OpenAttestationArgs {
    pub kind: u8,
    /// The Borsh bytes of the body.
    pub body: Vec<u8>,
}

/// A place to gather signatures in. Anybody may open one: the digest alone says what was signed.
#[derive(Accounts)]
#[instruction(args: OpenAttestationArgs)]
pub struct OpenAttestation<'info> {
    /// Gets the rent back.
    #[account(mut)]
    pub payer: Signer<'info>,
    pub issuer: AccountLoader<'info, Issuer>,
    pub attestor_set: AccountLoader<'info, AttestorSet>,
    #[account(
        init,
        payer = payer,
        space = Attestation::SPACE,
        seeds = [
            ATTESTATION_SEED,
            issuer.key().as_ref(),
            &[args.kind],
            &sha256(&[&args.body]),
        ],
        bump,
    )]
    pub attestation: AccountLoader<'info, Attestation>,
    pub system_program: Program<'info, System>,
}

impl OpenAttestation<'_> {
    /// The header of a body of this kind, for this issuer and set.
    fn header(&self, kind: Kind, mut body: &[u8]) -> Result<Header> {
        require!(body_len(kind) == body.len(), IssuerError::AttestationBodyInvalid);
        let header =
            Header::deserialize(&mut body).map_err(|_| IssuerError::AttestationBodyInvalid)?;
        let ours = header.genesis_hash == self.issuer.load()?.genesis_hash
            && header.program_id == crate::ID
            && header.attestor_set == self.attestor_set.key();
        require!(ours, IssuerError::AttestationBodyInvalid);
        Ok(header)
    }
}

pub fn open_attestation(ctx: Context<OpenAttestation>, args: OpenAttestationArgs) -> Result<()> {
    let accounts = &ctx.accounts;
    let now = Clock::get()?.unix_timestamp;
    let kind = Kind::from_number(args.kind).ok_or(IssuerError::AttestationBodyInvalid)?;
    let header = accounts.header(kind, &args.body)?;
    let Header { nonce, issued_at, expires_at, .. } = header;
    // So that the rent comes back within the longest lifetime of an attestation.
    AttestationArgs { nonce, issued_at, expires_at }.require_in_time(kind, now)?;
    accounts.attestor_set.load()?.require_may_sign(kind, now)?;

    let mut attestation = accounts.attestation.load_init()?;
    attestation.version = LAYOUT_VERSION;
    attestation.bump = ctx.bumps.attestation;
    attestation.kind = args.kind;
    attestation.issuer = accounts.issuer.key();
    attestation.attestor_set = accounts.attestor_set.key();
    attestation.rent_payer = accounts.payer.key();
    attestation.digest = sha256(&[&args.body]);
    attestation.expires_at = expires_at;
    Ok(())
}
