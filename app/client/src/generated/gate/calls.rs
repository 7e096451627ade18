//! Made by app/sdk/scripts/rust/calls.mjs: instructions by what a caller must say. Not to be edited.

use super::instructions;
#[allow(unused_imports)]
use crate::programs::prelude::*;

/// Takes pending terms once their time has come.
///
/// Signers: none.
#[derive(Clone, Debug)]
pub struct ApplyPolicy {
    pub mint: Address,
}

impl ApplyPolicy {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ApplyPolicy {
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Bars an investor, whatever its provider says. Remaining accounts: the records of all its
/// wallets, writable, in its order.
///
/// Signer: `operator` (COMPLIANCE).
#[derive(Clone, Debug)]
pub struct BarInvestor {
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub provider: Address,
    pub investor: Address,
}

impl BarInvestor {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::BarInvestor {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            provider: self.provider,
            investor: self.investor,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Why a transfer would be refused now, of an open, frozen or hooked mint. Simulate it and read
/// the return data with `scrip_interface::gate::TransferReasons`. A hold of the issuer's on a
/// frozen account is not looked at.
///
/// Signers: none.
#[derive(Clone, Debug)]
pub struct CanTransfer {
    pub mint: Address,
    pub source: Address,
    pub destination: Address,
    pub issuer: Address,
    pub args: instructions::CanTransferInstructionArgs,
}

impl CanTransfer {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CanTransfer {
            mint: self.mint,
            source: self.source,
            destination: self.destination,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            source_wallet: gate::pda::wallet(&programs.gate, &self.issuer, &self.args.source_owner)
                .0,
            destination_wallet: gate::pda::wallet(
                &programs.gate,
                &self.issuer,
                &self.args.destination_owner,
            )
            .0,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Drops pending terms.
///
/// Signers: `operator` (COMPLIANCE).
#[derive(Clone, Debug)]
pub struct CancelPolicy {
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
}

impl CancelPolicy {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CancelPolicy {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Takes over the policy of a mint without a ticker. No provider is accepted afterwards.
///
/// Signers: `operator` (the authority of the mint's Token ACL config, when it has changed).
#[derive(Clone, Debug)]
pub struct ClaimPolicy {
    /// The authority of the mint's config. Its own registry counts from now on.
    pub operator: Address,
    pub mint: Address,
    pub mint_config: Address,
}

impl ClaimPolicy {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::ClaimPolicy {
            operator: self.operator,
            mint: self.mint,
            mint_config: self.mint_config,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Closes the record of an investor without wallets that is not barred.
///
/// Signer: `operator` (the provider's authority, or COMPLIANCE).
#[derive(Clone, Debug)]
pub struct CloseInvestor {
    /// The provider's authority, or who has the COMPLIANCE role. Not the investor: who closed and
    /// registered again from an attestation would be a step ahead of every bar.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub provider: Address,
    pub investor: Address,
    pub rent_payer: Address,
}

impl CloseInvestor {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CloseInvestor {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            provider: self.provider,
            investor: self.investor,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Says who may hold a mint: whose records count, and which of them.
///
/// Signers: `payer`, `operator` (LIST or COMPLIANCE of the ticker's issuer; for a mint without a
/// ticker, the authority of its Token ACL config). `ticker` is the address where the mint's
/// ticker would be. The registry of the issuer must be there.
#[derive(Clone, Debug)]
pub struct CreatePolicy {
    pub payer: Address,
    /// Has the LIST or the COMPLIANCE role; without a ticker, the authority of the mint's config.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub mint_config: Option<Address>,
    pub args: instructions::CreatePolicyInstructionArgs,
}

impl CreatePolicy {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreatePolicy {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            registry: gate::pda::registry(&programs.gate, &self.issuer).0,
            mint: self.mint,
            ticker: pda::ticker(&programs.issuer, &self.mint).0,
            mint_config: self.mint_config,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Adds a provider: who may register which investors, and by what evidence.
///
/// Signers: `payer`, `operator` (COMPLIANCE, or the wallet itself).
#[derive(Clone, Debug)]
pub struct CreateProvider {
    pub payer: Address,
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub args: instructions::CreateProviderInstructionArgs,
}

impl CreateProvider {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateProvider {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            registry: gate::pda::registry(&programs.gate, &self.issuer).0,
            provider: gate::pda::provider(&programs.gate, &self.issuer, self.args.number).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Opens the records of an issuer.
///
/// Signers: `payer`, `operator` (COMPLIANCE, or the wallet itself).
#[derive(Clone, Debug)]
pub struct CreateRegistry {
    pub payer: Address,
    /// Has the COMPLIANCE role, or is the wallet whose registry it will be.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
}

impl CreateRegistry {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::CreateRegistry {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            registry: gate::pda::registry(&programs.gate, &self.issuer).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Drops a venue.
///
/// Signer: `operator` (COMPLIANCE, or the wallet itself).
#[derive(Clone, Debug)]
pub struct DropVenue {
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub owner: Address,
    pub rent_payer: Address,
}

impl DropVenue {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::DropVenue {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            registry: gate::pda::registry(&programs.gate, &self.issuer).0,
            wallet: gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Lists what a transfer of a hooked mint needs, as its policy has it.
///
/// Signers: `payer`, `operator` (LIST or COMPLIANCE).
#[derive(Clone, Debug)]
pub struct InitializeExtraAccountMetas {
    pub payer: Address,
    /// Has the LIST or the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
}

impl InitializeExtraAccountMetas {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::InitializeExtraAccountMetas {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            mint: self.mint,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            list: gate::pda::hook_metas(&programs.gate, &self.mint).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Lists what a permissionless thaw and a freeze of a mint under Token ACL need.
///
/// Signers: `payer`, `operator` (LIST or COMPLIANCE).
#[derive(Clone, Debug)]
pub struct InitializeTokenAclMetas {
    pub payer: Address,
    /// Has the LIST or the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
}

impl InitializeTokenAclMetas {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::InitializeTokenAclMetas {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            mint: self.mint,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            thaw_list: gate::pda::thaw_metas(&programs.gate, &self.mint).0,
            freeze_list: gate::pda::freeze_metas(&programs.gate, &self.mint).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Links a wallet to an investor: at most eight.
///
/// Signers: `payer`, `authority` (the provider's), `owner` (the wallet itself).
#[derive(Clone, Debug)]
pub struct LinkWallet {
    /// Gets the rent back.
    pub payer: Address,
    pub authority: Address,
    /// The wallet itself: nobody is linked to another's name.
    pub owner: Address,
    pub issuer: Address,
    pub provider: Address,
    pub investor: Address,
}

impl LinkWallet {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::LinkWallet {
            payer: self.payer,
            authority: self.authority,
            owner: self.owner,
            issuer: self.issuer,
            provider: self.provider,
            investor: self.investor,
            wallet: gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Nobody may hold the mint for now: a hooked one does not move, except back from escrow and in
/// a seizure; nothing is thawed. Nobody is frozen for it.
///
/// Signers: `operator` (PAUSE).
#[derive(Clone, Debug)]
pub struct PausePolicy {
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
}

impl PausePolicy {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::PausePolicy {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Registers the wallet of an attestation of the Solana Attestation Service, as an investor of its
/// own.
///
/// Signers: `payer`, `owner` (the wallet itself).
#[derive(Clone, Debug)]
pub struct RegisterFromSas {
    /// Gets the rent back.
    pub payer: Address,
    /// The wallet that the attestation is about.
    pub owner: Address,
    pub issuer: Address,
    pub provider: Address,
    pub credential: Address,
    pub schema: Address,
    pub attestation: Address,
    pub investor: Address,
}

impl RegisterFromSas {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RegisterFromSas {
            payer: self.payer,
            owner: self.owner,
            issuer: self.issuer,
            provider: self.provider,
            credential: self.credential,
            schema: self.schema,
            attestation: self.attestation,
            investor: self.investor,
            wallet: gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Registers a person as an investor.
///
/// Signers: `payer`, `authority` (the provider's).
#[derive(Clone, Debug)]
pub struct RegisterInvestor {
    /// Gets the rent back.
    pub payer: Address,
    pub authority: Address,
    pub issuer: Address,
    pub provider: Address,
    pub args: instructions::RegisterInvestorInstructionArgs,
}

impl RegisterInvestor {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RegisterInvestor {
            payer: self.payer,
            authority: self.authority,
            issuer: self.issuer,
            provider: self.provider,
            investor: gate::pda::investor(&programs.gate, &self.issuer, &self.args.id_hash).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes the provider's word for an investor back. Remaining accounts: the records of all its
/// wallets, writable, in its order.
///
/// Signer: `authority` (the provider's).
#[derive(Clone, Debug)]
pub struct RevokeInvestor {
    pub authority: Address,
    pub provider: Address,
    pub investor: Address,
}

impl RevokeInvestor {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::RevokeInvestor {
            authority: self.authority,
            provider: self.provider,
            investor: self.investor,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Changes a policy: at once if nobody gains by it, and whatever is pending is dropped; else it
/// becomes pending for the timelock, in place of what was.
///
/// Signers: `operator` (COMPLIANCE). Where the source check changes, the mint's list of extra
/// accounts is brought in line by `update_extra_account_metas`, in the same transaction.
#[derive(Clone, Debug)]
pub struct SetPolicy {
    /// Has the COMPLIANCE role.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
    pub args: instructions::SetPolicyInstructionArgs,
}

impl SetPolicy {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetPolicy {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            registry: gate::pda::registry(&programs.gate, &self.issuer).0,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Takes countries and tiers from a provider, or moves the end of its time.
///
/// Signer: `operator` (COMPLIANCE, or the wallet itself).
#[derive(Clone, Debug)]
pub struct SetProvider {
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub provider: Address,
    pub args: instructions::SetProviderInstructionArgs,
}

impl SetProvider {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetProvider {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            registry: gate::pda::registry(&programs.gate, &self.issuer).0,
            provider: self.provider,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Lets a protocol's vault authority hold the mints whose policies take venues.
///
/// Signers: `payer`, `operator` (COMPLIANCE, or the wallet itself).
#[derive(Clone, Debug)]
pub struct SetVenue {
    /// Gets the rent back.
    pub payer: Address,
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub owner: Address,
    pub args: instructions::SetVenueInstructionArgs,
}

impl SetVenue {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SetVenue {
            payer: self.payer,
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            registry: gate::pda::registry(&programs.gate, &self.issuer).0,
            owner: self.owner,
            wallet: gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0,
            system_program: SYSTEM,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction(self.args))
    }
}

/// Brings an investor to what its attestation says now; revokes it if that is not good any more.
/// Remaining accounts: the records of all its wallets, writable, in its order.
///
/// No signer: what the attestation's account holds decides.
#[derive(Clone, Debug)]
pub struct SyncFromSas {
    pub provider: Address,
    pub credential: Address,
    pub schema: Address,
    pub investor: Address,
    pub attestation: Address,
}

impl SyncFromSas {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::SyncFromSas {
            provider: self.provider,
            credential: self.credential,
            schema: self.schema,
            investor: self.investor,
            attestation: self.attestation,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Lifts a bar. Remaining accounts: the records of all the investor's wallets, writable, in its
/// order.
///
/// Signer: `operator` (COMPLIANCE).
#[derive(Clone, Debug)]
pub struct UnbarInvestor {
    /// Has the COMPLIANCE role, or is the wallet whose registry it is.
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub provider: Address,
    pub investor: Address,
}

impl UnbarInvestor {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::UnbarInvestor {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            provider: self.provider,
            investor: self.investor,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Unlinks a wallet from its investor, unless that is barred.
///
/// Signer: `operator` (the wallet itself, or the provider's authority).
#[derive(Clone, Debug)]
pub struct UnlinkWallet {
    /// The wallet itself, or its provider's authority.
    pub operator: Address,
    pub provider: Address,
    pub investor: Address,
    pub issuer: Address,
    pub owner: Address,
    pub rent_payer: Address,
}

impl UnlinkWallet {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::UnlinkWallet {
            operator: self.operator,
            provider: self.provider,
            investor: self.investor,
            wallet: gate::pda::wallet(&programs.gate, &self.issuer, &self.owner).0,
            rent_payer: self.rent_payer,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Signers: `operator` (UNPAUSE).
#[derive(Clone, Debug)]
pub struct UnpausePolicy {
    pub operator: Address,
    pub role_grant: bool,
    pub issuer: Address,
    pub mint: Address,
}

impl UnpausePolicy {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::UnpausePolicy {
            operator: self.operator,
            role_grant: self
                .role_grant
                .then(|| pda::role_grant(&programs.issuer, &self.issuer, &self.operator).0),
            issuer: self.issuer,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Brings that list in line with the policy, whose source check may have changed.
///
/// Signers: none.
#[derive(Clone, Debug)]
pub struct UpdateExtraAccountMetas {
    pub mint: Address,
}

impl UpdateExtraAccountMetas {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::UpdateExtraAccountMetas {
            mint: self.mint,
            policy: gate::pda::policy(&programs.gate, &self.mint).0,
            list: gate::pda::hook_metas(&programs.gate, &self.mint).0,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction())
    }
}

/// Says anew who an investor is and until when that counts, or gives a word back that was taken.
/// Remaining accounts: the records of all its wallets, writable, in its order.
///
/// Signer: `authority` (the provider's).
#[derive(Clone, Debug)]
pub struct UpdateInvestor {
    pub authority: Address,
    pub provider: Address,
    pub investor: Address,
    pub args: instructions::UpdateInvestorInstructionArgs,
}

impl UpdateInvestor {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::UpdateInvestor {
            authority: self.authority,
            provider: self.provider,
            investor: self.investor,
            event_authority: event_authority(&programs.gate),
            program: programs.gate,
        };
        programs.place(accounts.instruction(self.args))
    }
}
