//! Made by app/sdk/scripts/rust/calls.mjs: instructions by what a caller must say. Not to be edited.

use super::instructions;
#[allow(unused_imports)]
use crate::programs::prelude::*;

/// Takes the admin's place.
///
/// Signer: `pending_admin`, whom the admin proposed.
#[derive(Clone, Debug)]
pub struct AcceptAdmin {
    pub pending_admin: Address,
    pub issuer: Address,
}

impl AcceptAdmin {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AcceptAdmin {
            pending_admin: self.pending_admin,
            issuer: self.issuer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// The custodian takes a redemption up. Once: its deadline is then a payout's time from now.
///
/// No signer: a quorum's attestation.
#[derive(Clone, Debug)]
pub struct AcknowledgeRedemption {
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    pub redemption: Address,
    pub signatures: Address,
    pub args: instructions::AcknowledgeRedemptionInstructionArgs,
}

impl AcknowledgeRedemption {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AcknowledgeRedemption {
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            redemption: self.redemption,
            signatures: self.signatures,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Makes a proposed set count, and ends the one it replaces after the overlap.
///
/// By a quorum of the custodian at once; or signed by `operator`, the admin, after the
/// timelock and until 14 days later.
#[derive(Clone, Debug)]
pub struct ActivateAttestorSet {
    /// The admin, where no quorum decides.
    pub operator: Option<Address>,
    pub issuer: Address,
    pub custodian: Address,
    pub attestor_set: Address,
    /// The set it replaces, if it says so.
    pub replaced: Option<Address>,
    /// Whose quorum decides: any live set of the custodian that may sign about attestors.
    pub signing_set: Option<Address>,
    pub signatures: Option<Address>,
    pub args: instructions::ActivateAttestorSetInstructionArgs,
}

impl ActivateAttestorSet {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ActivateAttestorSet {
            operator: self.operator,
            issuer: self.issuer,
            custodian: self.custodian,
            attestor_set: self.attestor_set,
            replaced: self.replaced,
            signing_set: self.signing_set,
            signatures: self.signatures,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Announces a corporate action: at once by a quorum, or to wait for the timelock. One at a time.
///
/// Signers: `payer`, who gets the rent back, and, where no quorum announces, `operator` with the
/// CORPORATE_ACTION role.
#[derive(Clone, Debug)]
pub struct AnnounceAction {
    /// Gets the rent of the action back.
    pub payer: Address,
    /// Has the CORPORATE_ACTION role, where no quorum announces.
    pub operator: Option<Address>,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub sequence: u32,
    pub attestor_set: Option<Address>,
    pub nonces: bool,
    pub signatures: Option<Address>,
    pub args: instructions::AnnounceActionInstructionArgs,
}

impl AnnounceAction {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AnnounceAction {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .operator
                .filter(|_| self.role_grant)
                .map(|operator| pda::role_grant(&programs.issuer, &self.issuer, &operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            action: pda::corporate_action(&programs.issuer, &self.mint, self.sequence).0,
            history: pda::history(&programs.issuer, &self.mint).0,
            attestor_set: self.attestor_set,
            nonces: self.nonces.then(|| pda::nonce_window(&programs.issuer, &self.mint).0),
            signatures: self.signatures,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Announces a change that waits for the timelock. It is made by the instruction it is about,
/// with the announcement beside it, until 14 days after it could be.
///
/// Signers: `payer`, who gets the rent back, and `operator`: the admin, or who has the CASH
/// role for a withdrawal of cash, and COMPLIANCE for an opening and an end of primary KYC.
#[derive(Clone, Debug)]
pub struct AnnounceChange {
    /// Gets the rent back.
    pub payer: Address,
    /// The admin; where the change is of a role, who has that role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub args: instructions::AnnounceChangeInstructionArgs,
}

impl AnnounceChange {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AnnounceChange {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            announcement: pda::announcement(&programs.issuer, &self.issuer, self.args.id).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Announces that shares will be taken from a token account, or given back to an investor who
/// has lost that wallet, and holds the account until then.
///
/// Signers: `payer`, who gets the rent back if it is cancelled, and `operator` with the
/// COMPLIANCE role.
#[derive(Clone, Debug)]
pub struct AnnounceSeizure {
    /// Gets the rent back if the seizure is cancelled, and the hold's when that is lifted.
    pub payer: Address,
    /// Has the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub token_account: Address,
    pub args: instructions::AnnounceSeizureInstructionArgs,
}

impl AnnounceSeizure {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AnnounceSeizure {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            token_account: self.token_account,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            hold: pda::hold(&programs.issuer, &self.mint, &self.token_account).0,
            seizure: pda::seizure(&programs.issuer, &self.mint, &self.args.case_hash).0,
            token_program: TOKEN_2022,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Records what that statement says about one ticker. No signer: a proof.
#[derive(Clone, Debug)]
pub struct ApplyStatement {
    pub custodian: Address,
    pub mint: Address,
    pub args: instructions::ApplyStatementInstructionArgs,
}

impl ApplyStatement {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ApplyStatement {
            custodian: self.custodian,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Mints shares to their attested owner, within the attested reserves.
///
/// No signer: a quorum's attestation.
#[derive(Clone, Debug)]
pub struct AttestMint {
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    /// Needed where the ticker limits each owner.
    pub owner_limits: bool,
    pub registered: bool,
    pub signatures: Address,
    pub args: instructions::AttestMintInstructionArgs,
}

impl AttestMint {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AttestMint {
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            destination: associated(&self.args.owner, &TOKEN_2022, &self.mint),
            owner_limits: self
                .owner_limits
                .then(|| pda::owner_limits(&programs.issuer, &self.mint, &self.args.owner).0),
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.args.owner).0),
            signatures: self.signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Records what the custodian holds for one ticker. If that does not cover the supply, minting
/// is paused.
///
/// No signer: a quorum's attestation.
#[derive(Clone, Debug)]
pub struct AttestReserves {
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    pub signatures: Address,
    pub args: instructions::AttestReservesInstructionArgs,
}

impl AttestReserves {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AttestReserves {
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            mint: self.mint,
            signatures: self.signatures,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Records one statement of reserves for all tickers of a custodian: its Merkle root.
///
/// No signer: a quorum's attestation.
#[derive(Clone, Debug)]
pub struct AttestStatement {
    pub issuer: Address,
    pub attestor_set: Address,
    pub custodian: Address,
    pub signatures: Address,
    pub args: instructions::AttestStatementInstructionArgs,
}

impl AttestStatement {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::AttestStatement {
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            custodian: self.custodian,
            signatures: self.signatures,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Why a mint of this amount to this owner would be refused now, judged by the last statement
/// of reserves.
#[derive(Clone, Debug)]
pub struct CanMint {
    pub issuer: Address,
    pub mint: Address,
    pub owner_limits: bool,
    pub registered: bool,
    pub args: instructions::CanMintInstructionArgs,
}

impl CanMint {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CanMint {
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            owner_limits: self
                .owner_limits
                .then(|| pda::owner_limits(&programs.issuer, &self.mint, &self.args.owner).0),
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.args.owner).0),
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Why a request of this redemption would be refused now.
#[derive(Clone, Debug)]
pub struct CanRedeem {
    pub issuer: Address,
    pub mint: Address,
    pub registered: bool,
    pub args: instructions::CanRedeemInstructionArgs,
}

impl CanRedeem {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CanRedeem {
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            source: associated(&self.args.owner, &TOKEN_2022, &self.mint),
            redemption: pda::redemption(
                &programs.issuer,
                &self.mint,
                &self.args.owner,
                self.args.id,
            )
            .0,
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.args.owner).0),
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes an action back before it takes effect.
///
/// By a quorum; or signed by `operator` with the CORPORATE_ACTION role.
#[derive(Clone, Debug)]
pub struct CancelAction {
    /// Has the CORPORATE_ACTION role, where no quorum cancels.
    pub operator: Option<Address>,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub sequence: u32,
    pub rent_payer: Address,
    pub attestor_set: Option<Address>,
    pub nonces: bool,
    pub signatures: Option<Address>,
    pub args: instructions::CancelActionInstructionArgs,
}

impl CancelAction {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CancelAction {
            operator: self.operator,
            role_grant: self
                .operator
                .filter(|_| self.role_grant)
                .map(|operator| pda::role_grant(&programs.issuer, &self.issuer, &operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            action: pda::corporate_action(&programs.issuer, &self.mint, self.sequence).0,
            history: pda::history(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            rent_payer: self.rent_payer,
            attestor_set: self.attestor_set,
            nonces: self.nonces.then(|| pda::nonce_window(&programs.issuer, &self.mint).0),
            signatures: self.signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes the shares back while nobody has taken the redemption up.
///
/// Signer: `owner`.
#[derive(Clone, Debug)]
pub struct CancelRedemption {
    pub owner: Address,
    pub issuer: Address,
    pub mint: Address,
    pub id: u64,
    pub rent_payer: Address,
}

impl CancelRedemption {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CancelRedemption {
            owner: self.owner,
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            redemption: pda::redemption(&programs.issuer, &self.mint, &self.owner, self.id).0,
            rent_payer: self.rent_payer,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            escrow: pda::escrow(&programs.issuer, &self.mint).0,
            escrow_account: associated(
                &pda::escrow(&programs.issuer, &self.mint).0,
                &TOKEN_2022,
                &self.mint,
            ),
            destination: associated(&self.owner, &TOKEN_2022, &self.mint),
            hold: pda::hold(
                &programs.issuer,
                &self.mint,
                &associated(&self.owner, &TOKEN_2022, &self.mint),
            )
            .0,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Takes a seizure back, with the hold that it placed.
///
/// Signer: `operator`: the admin or the COMPLIANCE role; anybody once it was not executed in
/// time.
#[derive(Clone, Debug)]
pub struct CancelSeizure {
    /// The admin, or has the COMPLIANCE role; anybody once the seizure has expired.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub case_hash: [u8; 32],
    pub from: Address,
    pub rent_payer: Address,
}

impl CancelSeizure {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CancelSeizure {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            seizure: pda::seizure(&programs.issuer, &self.mint, &self.case_hash).0,
            hold: pda::hold(&programs.issuer, &self.mint, &self.from).0,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Gives a ticker another custodian. What the last one said about reserves no longer counts.
///
/// By a quorum of the current custodian at once; or signed by `operator`, the admin, once
/// announced. The next custodian must have had its attestor sets before the quorum signed, or
/// for a timelock, but for those that its own quorum activated.
#[derive(Clone, Debug)]
pub struct ChangeCustodian {
    /// The admin, where no quorum decides.
    pub operator: Option<Address>,
    pub issuer: Address,
    /// The current one.
    pub custodian: Address,
    pub next_custodian: Address,
    pub mint: Address,
    pub announcement: Option<u64>,
    /// Whose quorum decides: any live set of the current custodian that may sign about attestors.
    pub signing_set: Option<Address>,
    pub signatures: Option<Address>,
    pub args: instructions::ChangeCustodianInstructionArgs,
}

impl ChangeCustodian {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ChangeCustodian {
            operator: self.operator,
            issuer: self.issuer,
            custodian: self.custodian,
            next_custodian: self.next_custodian,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            signing_set: self.signing_set,
            signatures: self.signatures,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes the shares of a rejected redemption back. No pause stops it.
///
/// Signer: `owner`.
#[derive(Clone, Debug)]
pub struct ClaimRedemption {
    pub owner: Address,
    pub issuer: Address,
    pub mint: Address,
    pub id: u64,
    pub rent_payer: Address,
}

impl ClaimRedemption {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ClaimRedemption {
            owner: self.owner,
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            redemption: pda::redemption(&programs.issuer, &self.mint, &self.owner, self.id).0,
            rent_payer: self.rent_payer,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            escrow: pda::escrow(&programs.issuer, &self.mint).0,
            escrow_account: associated(
                &pda::escrow(&programs.issuer, &self.mint).0,
                &TOKEN_2022,
                &self.mint,
            ),
            destination: associated(&self.owner, &TOKEN_2022, &self.mint),
            hold: pda::hold(
                &programs.issuer,
                &self.mint,
                &associated(&self.owner, &TOKEN_2022, &self.mint),
            )
            .0,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Clears an action away once the window after it has passed. No signer.
#[derive(Clone, Debug)]
pub struct CloseAction {
    pub mint: Address,
    pub sequence: u32,
    pub rent_payer: Address,
}

impl CloseAction {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CloseAction {
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            action: pda::corporate_action(&programs.issuer, &self.mint, self.sequence).0,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Takes an announcement back, or clears one away that was made or forgotten.
///
/// Signer: `operator`: the admin or the announcer; anybody once it is made or forgotten.
#[derive(Clone, Debug)]
pub struct CloseAnnouncement {
    /// The admin or the announcer; anybody once it is made or forgotten.
    pub operator: Address,
    pub issuer: Address,
    pub id: u64,
    pub rent_payer: Address,
}

impl CloseAnnouncement {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CloseAnnouncement {
            operator: self.operator,
            issuer: self.issuer,
            announcement: pda::announcement(&programs.issuer, &self.issuer, self.id).0,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Closes a posted attestation that has expired. No signer.
#[derive(Clone, Debug)]
pub struct CloseAttestation {
    pub attestation: Address,
    pub rent_payer: Address,
}

impl CloseAttestation {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CloseAttestation {
            attestation: self.attestation,
            rent_payer: self.rent_payer,
        };
        programs.place(accounts.instruction())
    }
}

/// Closes that record once nothing in it binds any more.
///
/// Signer: `rent_payer`, who opened it.
#[derive(Clone, Debug)]
pub struct CloseOwnerLimits {
    pub mint: Address,
    pub owner: Address,
    pub rent_payer: Address,
}

impl CloseOwnerLimits {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CloseOwnerLimits {
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            owner_limits: pda::owner_limits(&programs.issuer, &self.mint, &self.owner).0,
            rent_payer: self.rent_payer,
        };
        programs.place(accounts.instruction())
    }
}

/// The owner objects: the seizure waits for another timelock. Once, before it may be executed.
///
/// Signer: `from_owner`.
#[derive(Clone, Debug)]
pub struct ContestSeizure {
    /// Whose shares they are.
    pub from_owner: Address,
    pub mint: Address,
    pub case_hash: [u8; 32],
    pub args: instructions::ContestSeizureInstructionArgs,
}

impl ContestSeizure {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ContestSeizure {
            from_owner: self.from_owner,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            seizure: pda::seizure(&programs.issuer, &self.mint, &self.case_hash).0,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Creates a set of attestors: their keys, how many must sign, and which kinds of attestation
/// they may sign. It counts at once only if the admin makes it while no ticker rests on the
/// custodian; else it is proposed.
///
/// Signers: `payer`, `proposer`: anybody, but only the admin's proposal can be activated by
/// the admin.
#[derive(Clone, Debug)]
pub struct CreateAttestorSet {
    /// Gets the rent back if the proposal is withdrawn.
    pub payer: Address,
    /// Only what the admin proposes can be activated by the admin. Whatever anybody else proposes
    /// needs a quorum of the custodian's attestors.
    pub proposer: Address,
    pub issuer: Address,
    pub custodian: Address,
    pub args: instructions::CreateAttestorSetInstructionArgs,
}

impl CreateAttestorSet {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateAttestorSet {
            payer: self.payer,
            proposer: self.proposer,
            issuer: self.issuer,
            custodian: self.custodian,
            attestor_set: pda::attestor_set(&programs.issuer, &self.custodian, self.args.index).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Names a custodian of the issuer.
///
/// Signers: `payer`, `admin` (the issuer's).
#[derive(Clone, Debug)]
pub struct CreateCustodian {
    pub payer: Address,
    pub admin: Address,
    pub issuer: Address,
    pub args: instructions::CreateCustodianInstructionArgs,
}

impl CreateCustodian {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateCustodian {
            payer: self.payer,
            admin: self.admin,
            issuer: self.issuer,
            custodian: pda::custodian(&programs.issuer, &self.issuer, self.args.number).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Creates an issuer. Anyone may: whether to trust it is decided by its address.
///
/// Signers: `creator`, who pays, and `admin`, who may be another wallet. The genesis hash binds
/// all signatures to this cluster; a wrong one makes every attestation fail, never pass.
#[derive(Clone, Debug)]
pub struct CreateIssuer {
    pub creator: Address,
    /// It signs, so that no issuer begins with an admin whose key nobody has.
    pub admin: Address,
    pub args: instructions::CreateIssuerInstructionArgs,
}

impl CreateIssuer {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateIssuer {
            creator: self.creator,
            admin: self.admin,
            issuer: pda::issuer(&programs.issuer, &self.creator, self.args.id).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Moves the announced amount, or the balance if that is less, after the timelock and until 14
/// days later. Neither a freeze nor a pause stops it. The account stays held.
///
/// Signer: `operator` with the COMPLIANCE role.
/// Remaining accounts: those that the mint's transfer hook asks for, if it has one.
#[derive(Clone, Debug)]
pub struct ExecuteSeizure {
    /// Has the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub case_hash: [u8; 32],
    pub from: Address,
    pub to_owner: Address,
    /// Where the shares go to the issuer's compliance wallet: that wallet's grant.
    pub destination_grant: bool,
    pub registered: bool,
    pub from_record: bool,
    pub from_owner: Address,
}

impl ExecuteSeizure {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ExecuteSeizure {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            seizure: pda::seizure(&programs.issuer, &self.mint, &self.case_hash).0,
            hold: pda::hold(&programs.issuer, &self.mint, &self.from).0,
            from: self.from,
            destination: associated(&self.to_owner, &TOKEN_2022, &self.mint),
            authority: pda::authority(&programs.issuer, &self.mint).0,
            delegate: pda::delegate(&programs.issuer, &self.mint).0,
            destination_grant: self
                .destination_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.to_owner).0),
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.to_owner).0),
            from_record: self
                .from_record
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.from_owner).0),
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Freezes a token account that is held; in frozen mode also one whose owner's record does not
/// satisfy the policy, or is not there. Does nothing to an account that is frozen.
///
/// No signer.
#[derive(Clone, Debug)]
pub struct Freeze {
    pub mint: Address,
    pub token_account: Address,
    pub registered: bool,
    pub issuer: Address,
    pub owner: Address,
}

impl Freeze {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::Freeze {
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            token_account: self.token_account,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            hold: pda::hold(&programs.issuer, &self.mint, &self.token_account).0,
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0),
            token_program: TOKEN_2022,
        };
        programs.place(accounts.instruction())
    }
}

/// Puts cash into a desk's vault.
///
/// Signer: `funder`: anybody.
#[derive(Clone, Debug)]
pub struct FundCashDesk {
    pub funder: Address,
    pub issuer: Address,
    pub cash_mint: Address,
    pub cash_token_program: Address,
    pub args: instructions::FundCashDeskInstructionArgs,
}

impl FundCashDesk {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::FundCashDesk {
            funder: self.funder,
            issuer: self.issuer,
            desk: pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
            cash_mint: self.cash_mint,
            source: associated(&self.funder, &self.cash_token_program, &self.cash_mint),
            vault: associated(
                &pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
                &self.cash_token_program,
                &self.cash_mint,
            ),
            cash_token_program: self.cash_token_program,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Grants roles to a wallet until a time. COMPLIANCE, CORPORATE_ACTION and CASH must have been
/// announced.
///
/// Signers: `payer`, who gets the rent back, and `admin`.
#[derive(Clone, Debug)]
pub struct GrantRole {
    /// Gets the rent back.
    pub payer: Address,
    pub admin: Address,
    pub issuer: Address,
    pub wallet: Address,
    /// Needed for COMPLIANCE, CORPORATE_ACTION and CASH.
    pub announcement: Option<u64>,
    pub args: instructions::GrantRoleInstructionArgs,
}

impl GrantRole {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::GrantRole {
            payer: self.payer,
            admin: self.admin,
            issuer: self.issuer,
            wallet: self.wallet,
            role_grant: pda::role_grant(&programs.issuer, &self.issuer, &self.wallet).0,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Lifts a hold. The account is then thawed by `thaw`.
///
/// Signer: `operator` with the COMPLIANCE role.
#[derive(Clone, Debug)]
pub struct LiftHold {
    /// Has the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub token_account: Address,
    pub rent_payer: Address,
}

impl LiftHold {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::LiftHold {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            hold: pda::hold(&programs.issuer, &self.mint, &self.token_account).0,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Lists a security: creates its Token-2022 mint, ticker, nonce window and escrow.
///
/// Signers: `payer`, `operator` (the admin or the LIST role), `mint` (a fresh key, never
/// needed again).
#[derive(Clone, Debug)]
pub struct ListTicker {
    pub payer: Address,
    /// The admin, or who has the LIST role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub custodian: Address,
    pub mint: Address,
    pub args: instructions::ListTickerInstructionArgs,
}

impl ListTicker {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ListTicker {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            custodian: self.custodian,
            mint: self.mint,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            symbol_record: pda::symbol(&programs.issuer, &self.issuer, &self.args.symbol).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            delegate: pda::delegate(&programs.issuer, &self.mint).0,
            escrow: pda::escrow(&programs.issuer, &self.mint).0,
            escrow_account: associated(
                &pda::escrow(&programs.issuer, &self.mint).0,
                &TOKEN_2022,
                &self.mint,
            ),
            token_program: TOKEN_2022,
            associated_token_program: ASSOCIATED_TOKEN,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Brings an account of the layout before to this release's. Anybody may, any number of times.
///
/// Signer: `payer`.
#[derive(Clone, Debug)]
pub struct Migrate {
    /// Pays where an account grows.
    pub payer: Address,
    pub account: Address,
    /// An attestor set's custodian, which takes the set into its list.
    pub custodian: Option<Address>,
}

impl Migrate {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::Migrate {
            payer: self.payer,
            account: self.account,
            custodian: self.custodian,
            system_program: SYSTEM,
        };
        programs.place(accounts.instruction())
    }
}

/// Opens a place to gather an attestation's signatures in, over several transactions.
///
/// Signer: `payer`, who gets the rent back.
#[derive(Clone, Debug)]
pub struct OpenAttestation {
    /// Gets the rent back.
    pub payer: Address,
    pub issuer: Address,
    pub attestor_set: Address,
    pub args: instructions::OpenAttestationInstructionArgs,
}

impl OpenAttestation {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::OpenAttestation {
            payer: self.payer,
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            attestation: pda::attestation(
                &programs.issuer,
                &self.issuer,
                self.args.kind,
                &sha256(&[&self.args.body]),
            )
            .0,
            system_program: SYSTEM,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Opens a desk for a stablecoin, which allows it as cash.
///
/// Signers: `payer`, `admin`.
#[derive(Clone, Debug)]
pub struct OpenCashDesk {
    pub payer: Address,
    pub admin: Address,
    pub issuer: Address,
    pub cash_mint: Address,
    pub cash_token_program: Address,
    pub args: instructions::OpenCashDeskInstructionArgs,
}

impl OpenCashDesk {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::OpenCashDesk {
            payer: self.payer,
            admin: self.admin,
            issuer: self.issuer,
            cash_mint: self.cash_mint,
            desk: pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
            vault: associated(
                &pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
                &self.cash_token_program,
                &self.cash_mint,
            ),
            cash_token_program: self.cash_token_program,
            associated_token_program: ASSOCIATED_TOKEN,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Opens the record that a ticker with limits per owner needs for each owner.
///
/// Signer: `payer`, who gets the rent back.
#[derive(Clone, Debug)]
pub struct OpenOwnerLimits {
    /// Gets the rent back.
    pub payer: Address,
    pub owner: Address,
    pub mint: Address,
}

impl OpenOwnerLimits {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::OpenOwnerLimits {
            payer: self.payer,
            owner: self.owner,
            mint: self.mint,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            owner_limits: pda::owner_limits(&programs.issuer, &self.mint, &self.owner).0,
            system_program: SYSTEM,
        };
        programs.place(accounts.instruction())
    }
}

/// Makes a frozen or hooked ticker open, once announced. Its primary market stays for
/// registered wallets.
///
/// Signer: `operator` with the COMPLIANCE role.
#[derive(Clone, Debug)]
pub struct OpenTicker {
    /// Has the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub announcement: Option<u64>,
}

impl OpenTicker {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::OpenTicker {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Freezes a token account, whatever its owner's record says, until the hold is lifted.
///
/// Signers: `payer`, who gets the rent back, and `operator` with the COMPLIANCE role.
#[derive(Clone, Debug)]
pub struct PlaceHold {
    /// Gets the rent back when the hold is lifted.
    pub payer: Address,
    /// Has the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub token_account: Address,
    pub args: instructions::PlaceHoldInstructionArgs,
}

impl PlaceHold {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::PlaceHold {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            token_account: self.token_account,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            hold: pda::hold(&programs.issuer, &self.mint, &self.token_account).0,
            token_program: TOKEN_2022,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Adds signatures. No signer: the Ed25519 instruction just before carries them.
#[derive(Clone, Debug)]
pub struct PostAttestation {
    pub attestor_set: Address,
    pub attestation: Address,
    pub signatures: Address,
}

impl PostAttestation {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::PostAttestation {
            attestor_set: self.attestor_set,
            attestation: self.attestation,
            signatures: self.signatures,
        };
        programs.place(accounts.instruction())
    }
}

/// Proposes another admin; all zeros takes a proposal back. The admin stays until the other
/// accepts.
///
/// Signer: `admin`.
#[derive(Clone, Debug)]
pub struct ProposeAdmin {
    pub admin: Address,
    pub issuer: Address,
    pub args: instructions::ProposeAdminInstructionArgs,
}

impl ProposeAdmin {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ProposeAdmin {
            admin: self.admin,
            issuer: self.issuer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes back what was not settled by the deadline. No pause stops it, and nobody else's
/// signature is needed.
///
/// Signer: `owner`.
#[derive(Clone, Debug)]
pub struct ReclaimRedemption {
    pub owner: Address,
    pub issuer: Address,
    pub mint: Address,
    pub id: u64,
    pub rent_payer: Address,
}

impl ReclaimRedemption {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ReclaimRedemption {
            owner: self.owner,
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            redemption: pda::redemption(&programs.issuer, &self.mint, &self.owner, self.id).0,
            rent_payer: self.rent_payer,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            escrow: pda::escrow(&programs.issuer, &self.mint).0,
            escrow_account: associated(
                &pda::escrow(&programs.issuer, &self.mint).0,
                &TOKEN_2022,
                &self.mint,
            ),
            destination: associated(&self.owner, &TOKEN_2022, &self.mint),
            hold: pda::hold(
                &programs.issuer,
                &self.mint,
                &associated(&self.owner, &TOKEN_2022, &self.mint),
            )
            .0,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Burns shares and pays cash, at a price that a quorum signed at most a minute ago.
///
/// Signer: `owner`.
#[derive(Clone, Debug)]
pub struct RedeemForCash {
    pub owner: Address,
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    /// Needed where the ticker limits each owner.
    pub owner_limits: bool,
    pub registered: bool,
    pub cash_mint: Address,
    pub cash_token_program: Address,
    pub signatures: Address,
    pub args: instructions::RedeemForCashInstructionArgs,
}

impl RedeemForCash {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RedeemForCash {
            owner: self.owner,
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            mint: self.mint,
            source: associated(&self.owner, &TOKEN_2022, &self.mint),
            owner_limits: self
                .owner_limits
                .then(|| pda::owner_limits(&programs.issuer, &self.mint, &self.owner).0),
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0),
            desk: pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
            cash_mint: self.cash_mint,
            cash_destination: associated(&self.owner, &self.cash_token_program, &self.cash_mint),
            vault: associated(
                &pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
                &self.cash_token_program,
                &self.cash_mint,
            ),
            signatures: self.signatures,
            token_program: TOKEN_2022,
            cash_token_program: self.cash_token_program,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// The custodian will not pay: the owner may claim the shares.
///
/// No signer: a quorum's attestation.
#[derive(Clone, Debug)]
pub struct RejectRedemption {
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    pub redemption: Address,
    pub signatures: Address,
    pub args: instructions::RejectRedemptionInstructionArgs,
}

impl RejectRedemption {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RejectRedemption {
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            redemption: self.redemption,
            signatures: self.signatures,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes a key out of all live sets of a custodian, at once and for good. Refused if one of
/// them would have fewer members than its threshold.
///
/// By a quorum of the custodian; or signed by `operator` with the PAUSE role.
/// Remaining accounts: all live sets, writable, in the custodian's order.
#[derive(Clone, Debug)]
pub struct RemoveAttestor {
    /// Who has the PAUSE role, where no quorum decides.
    pub operator: Option<Address>,
    pub role_grant: bool,
    pub issuer: Address,
    pub custodian: Address,
    /// Whose quorum decides: any live set of the custodian that may sign about attestors.
    pub signing_set: Option<Address>,
    pub signatures: Option<Address>,
    pub args: instructions::RemoveAttestorInstructionArgs,
}

impl RemoveAttestor {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RemoveAttestor {
            operator: self.operator,
            role_grant: self
                .operator
                .filter(|_| self.role_grant)
                .map(|operator| pda::role_grant(&programs.issuer, &self.issuer, &operator).0),
            issuer: self.issuer,
            custodian: self.custodian,
            signing_set: self.signing_set,
            signatures: self.signatures,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Puts an owner's shares into escrow, to be paid out by the custodian.
///
/// Signers: `payer`, who gets the rent back later, and `owner`.
#[derive(Clone, Debug)]
pub struct RequestRedemption {
    /// Gets the rent back when the redemption is closed.
    pub payer: Address,
    pub owner: Address,
    pub issuer: Address,
    pub mint: Address,
    pub registered: bool,
    pub args: instructions::RequestRedemptionInstructionArgs,
}

impl RequestRedemption {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RequestRedemption {
            payer: self.payer,
            owner: self.owner,
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            redemption: pda::redemption(&programs.issuer, &self.mint, &self.owner, self.args.id).0,
            source: associated(&self.owner, &TOKEN_2022, &self.mint),
            escrow_account: associated(
                &pda::escrow(&programs.issuer, &self.mint).0,
                &TOKEN_2022,
                &self.mint,
            ),
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0),
            token_program: TOKEN_2022,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// What is attested, what is owed, and how they compare.
#[derive(Clone, Debug)]
pub struct ReserveRatio {
    pub mint: Address,
}

impl ReserveRatio {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ReserveRatio {
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
        };
        programs.place(accounts.instruction())
    }
}

/// Ends a wallet's roles at once.
///
/// Signer: `operator`: the admin, or the wallet itself.
#[derive(Clone, Debug)]
pub struct RevokeRole {
    /// The admin, or the wallet that gives its role back.
    pub operator: Address,
    pub issuer: Address,
    pub wallet: Address,
    pub rent_payer: Address,
}

impl RevokeRole {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RevokeRole {
            operator: self.operator,
            issuer: self.issuer,
            role_grant: pda::role_grant(&programs.issuer, &self.issuer, &self.wallet).0,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Sets when an announced action takes effect, and what the custodian holds from then on. Has
/// Token-2022 change the multiplier in that second. Nothing signed before counts any more.
///
/// No signer: a quorum's attestation.
#[derive(Clone, Debug)]
pub struct ScheduleAction {
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    pub sequence: u32,
    pub signatures: Address,
    pub args: instructions::ScheduleActionInstructionArgs,
}

impl ScheduleAction {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ScheduleAction {
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            action: pda::corporate_action(&programs.issuer, &self.mint, self.sequence).0,
            history: pda::history(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            signatures: self.signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Changes how long before and after an action a ticker is closed. Shorter must have been
/// announced.
///
/// Signer: `admin`.
#[derive(Clone, Debug)]
pub struct SetActionWindow {
    pub admin: Address,
    pub issuer: Address,
    pub mint: Address,
    /// Needed where either side becomes shorter.
    pub announcement: Option<u64>,
    pub args: instructions::SetActionWindowInstructionArgs,
}

impl SetActionWindow {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetActionWindow {
            admin: self.admin,
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Changes how much may leave a desk by redemptions. More than before must have been
/// announced.
///
/// Signer: `admin`.
#[derive(Clone, Debug)]
pub struct SetDeskLimit {
    pub admin: Address,
    pub issuer: Address,
    pub cash_mint: Address,
    /// Needed where more may leave than before.
    pub announcement: Option<u64>,
    pub args: instructions::SetDeskLimitInstructionArgs,
}

impl SetDeskLimit {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetDeskLimit {
            admin: self.admin,
            issuer: self.issuer,
            desk: pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Pauses and lifts pauses for all tickers of the issuer. A pause of movements reaches each
/// mint by `sync_transfer_pause`; instructions of this program heed it at once.
///
/// Signer: `operator`: with the PAUSE role to pause, with the UNPAUSE role to lift.
#[derive(Clone, Debug)]
pub struct SetIssuerPause {
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub args: instructions::SetIssuerPauseInstructionArgs,
}

impl SetIssuerPause {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetIssuerPause {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Sets the band of prices at which trades for cash are allowed, for at most 7 days.
///
/// Signer: `operator` with the CASH role.
#[derive(Clone, Debug)]
pub struct SetPriceBand {
    /// Who has the CASH role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub args: instructions::SetPriceBandInstructionArgs,
}

impl SetPriceBand {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetPriceBand {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Whether an open ticker too is minted to and redeemed by registered wallets only. Ending it
/// must have been announced.
///
/// Signer: `operator` with the COMPLIANCE role.
#[derive(Clone, Debug)]
pub struct SetPrimaryKyc {
    /// Has the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    /// Needed to end it.
    pub announcement: Option<u64>,
    pub args: instructions::SetPrimaryKycInstructionArgs,
}

impl SetPrimaryKyc {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetPrimaryKyc {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Changes a ticker's terms and limits, for what begins from now on. Anything that becomes
/// looser must have been announced.
///
/// Signer: `admin`.
#[derive(Clone, Debug)]
pub struct SetTerms {
    pub admin: Address,
    pub issuer: Address,
    pub mint: Address,
    /// Needed where anything becomes looser.
    pub announcement: Option<u64>,
    pub args: instructions::SetTermsInstructionArgs,
}

impl SetTerms {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetTerms {
            admin: self.admin,
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Pauses and lifts pauses for one ticker.
///
/// Signer: `operator`: with the PAUSE role to pause, with the UNPAUSE role to lift.
#[derive(Clone, Debug)]
pub struct SetTickerPause {
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub args: instructions::SetTickerPauseInstructionArgs,
}

impl SetTickerPause {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetTickerPause {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Changes how long dangerous changes wait. Shortening it waits itself.
///
/// Signer: `admin`.
#[derive(Clone, Debug)]
pub struct SetTimelock {
    pub admin: Address,
    pub issuer: Address,
    /// Needed to shorten it.
    pub announcement: Option<u64>,
    pub args: instructions::SetTimelockInstructionArgs,
}

impl SetTimelock {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetTimelock {
            admin: self.admin,
            issuer: self.issuer,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Burns shares in escrow that the custodian attests it has paid for, in whole or in part. The
/// redemption is closed with its last part. No pause stops it.
///
/// No signer: a quorum's attestation.
#[derive(Clone, Debug)]
pub struct SettleRedemption {
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    pub redemption: Address,
    pub rent_payer: Address,
    pub signatures: Address,
    pub args: instructions::SettleRedemptionInstructionArgs,
}

impl SettleRedemption {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SettleRedemption {
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            redemption: self.redemption,
            rent_payer: self.rent_payer,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            escrow: pda::escrow(&programs.issuer, &self.mint).0,
            escrow_account: associated(
                &pda::escrow(&programs.issuer, &self.mint).0,
                &TOKEN_2022,
                &self.mint,
            ),
            signatures: self.signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// What a raw amount was in shares at a time, by the mint's history of multipliers.
#[derive(Clone, Debug)]
pub struct SharesAt {
    pub mint: Address,
    pub args: instructions::SharesAtInstructionArgs,
}

impl SharesAt {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts =
            instructions::SharesAt { history: pda::history(&programs.issuer, &self.mint).0 };
        programs.place(accounts.instruction(self.args))
    }
}

/// Pays cash and mints shares, at a price that a quorum signed at most a minute ago.
///
/// Signer: `owner`.
#[derive(Clone, Debug)]
pub struct SubscribeForCash {
    pub owner: Address,
    pub issuer: Address,
    pub attestor_set: Address,
    pub mint: Address,
    /// Needed where the ticker limits each owner.
    pub owner_limits: bool,
    pub registered: bool,
    pub cash_mint: Address,
    pub cash_token_program: Address,
    pub signatures: Address,
    pub args: instructions::SubscribeForCashInstructionArgs,
}

impl SubscribeForCash {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SubscribeForCash {
            owner: self.owner,
            issuer: self.issuer,
            attestor_set: self.attestor_set,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            nonces: pda::nonce_window(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            destination: associated(&self.owner, &TOKEN_2022, &self.mint),
            owner_limits: self
                .owner_limits
                .then(|| pda::owner_limits(&programs.issuer, &self.mint, &self.owner).0),
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0),
            desk: pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
            cash_mint: self.cash_mint,
            cash_source: associated(&self.owner, &self.cash_token_program, &self.cash_mint),
            vault: associated(
                &pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
                &self.cash_token_program,
                &self.cash_mint,
            ),
            signatures: self.signatures,
            token_program: TOKEN_2022,
            cash_token_program: self.cash_token_program,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Brings a mint's own pause in line with what issuer and ticker say. No signer.
#[derive(Clone, Debug)]
pub struct SyncTransferPause {
    pub issuer: Address,
    pub mint: Address,
}

impl SyncTransferPause {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SyncTransferPause {
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            token_program: TOKEN_2022,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Thaws a token account that is not held. In frozen mode its owner's record must satisfy the
/// policy, and the owner must be immutable. Does nothing to an account that is not frozen.
///
/// No signer.
#[derive(Clone, Debug)]
pub struct Thaw {
    pub mint: Address,
    pub token_account: Address,
    pub registered: bool,
    pub issuer: Address,
    pub owner: Address,
}

impl Thaw {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::Thaw {
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            token_account: self.token_account,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            hold: pda::hold(&programs.issuer, &self.mint, &self.token_account).0,
            policy: self.registered.then(|| gate::pda::policy(&programs.gate, &self.mint).0),
            wallet_record: self
                .registered
                .then(|| gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0),
            token_program: TOKEN_2022,
        };
        programs.place(accounts.instruction())
    }
}

/// Changes an entry of a mint's metadata.
///
/// Signers: `payer`, `operator` (the admin or the LIST role).
#[derive(Clone, Debug)]
pub struct UpdateMetadata {
    /// Pays for a mint that grows.
    pub payer: Address,
    /// The admin, or who has the LIST role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub args: instructions::UpdateMetadataInstructionArgs,
}

impl UpdateMetadata {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::UpdateMetadata {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint: self.mint,
            authority: pda::authority(&programs.issuer, &self.mint).0,
            token_program: TOKEN_2022,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes a proposed set back.
///
/// Signer: `operator`: the admin, or who paid for the proposal.
#[derive(Clone, Debug)]
pub struct WithdrawAttestorSet {
    /// The admin, or who paid for the proposal.
    pub operator: Address,
    pub issuer: Address,
    pub custodian: Address,
    pub attestor_set: Address,
    pub rent_payer: Address,
}

impl WithdrawAttestorSet {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::WithdrawAttestorSet {
            operator: self.operator,
            issuer: self.issuer,
            custodian: self.custodian,
            attestor_set: self.attestor_set,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction())
    }
}

/// Takes cash out of a desk's vault, once announced.
///
/// Signer: `operator` with the CASH role.
#[derive(Clone, Debug)]
pub struct WithdrawCash {
    /// Who has the CASH role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub cash_mint: Address,
    pub cash_token_program: Address,
    pub destination: Address,
    pub announcement: Option<u64>,
    pub args: instructions::WithdrawCashInstructionArgs,
}

impl WithdrawCash {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::WithdrawCash {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            desk: pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
            cash_mint: self.cash_mint,
            vault: associated(
                &pda::cash_desk(&programs.issuer, &self.issuer, &self.cash_mint).0,
                &self.cash_token_program,
                &self.cash_mint,
            ),
            destination: self.destination,
            announcement: self
                .announcement
                .map(|number| pda::announcement(&programs.issuer, &self.issuer, number).0),
            cash_token_program: self.cash_token_program,
            event_authority: event_authority(&programs.issuer),
            program: programs.issuer,
        };
        programs.place(accounts.instruction(self.args))
    }
}
