//! Scrip's issuer program: tickers, attestors, reserves, mint, redemption and cash.
//!
//! A share is minted only against a custodian's statement that a quorum of its attestors signed,
//! and never beyond the reserves that statement counts; and no one can keep an owner from taking
//! back what the custodian does not pay. See `README.md` for the accounts, errors, roles, trust
//! model and invariants.

use anchor_lang::{prelude::*, solana_program::entrypoint::ProgramResult};

mod cash;
pub mod constants;
mod corporate_action;
mod decision;
pub mod error;
pub mod event;
mod holding;
pub mod instructions;
pub mod introspection;
mod issuance;
mod listing;
mod power;
pub mod quorum;
mod registration;
mod rent;
pub mod state;
mod token;

use instructions::*;
use state::{ActionWindow, Limit, TickerTerms};

declare_id!(scrip_interface::ids::ISSUER);

// Not for who links this as a library to call it, and not on the host.
#[cfg(all(target_os = "solana", not(feature = "cpi")))]
scrip_entry::entrypoint!(process);

#[cfg(all(target_os = "solana", not(feature = "cpi")))]
scrip_entry::security_txt!("Scrip issuer");

/// What the program tells itself, which every event is, is not looked up among the instructions.
/// Everything else is Anchor's.
pub fn process<'info>(
    program: &'info Pubkey,
    accounts: &'info [AccountInfo<'info>],
    data: &'info [u8],
) -> ProgramResult {
    if scrip_stream::is_event(&EVENT_AUTHORITY_AND_BUMP.0, accounts, data) {
        return Ok(());
    }
    entry(program, accounts, data)
}

#[program]
pub mod issuer {
    use super::*;

    // An instruction is found by comparing with one after the other: what happens most often comes
    // first.

    // Reserves and minting.

    /// Mints shares to their attested owner, within the attested reserves.
    ///
    /// No signer: a quorum's attestation.
    pub fn attest_mint(ctx: Context<AttestMint>, args: AttestMintArgs) -> Result<()> {
        instructions::attest_mint(ctx, args)
    }

    /// Thaws a token account that is not held. In frozen mode its owner's record must satisfy the
    /// policy, and the owner must be immutable. Does nothing to an account that is not frozen.
    ///
    /// No signer.
    pub fn thaw(ctx: Context<SetFrozen>) -> Result<()> {
        instructions::thaw(ctx)
    }

    /// Records what the custodian holds for one ticker. If that does not cover the supply, minting
    /// is paused.
    ///
    /// No signer: a quorum's attestation.
    pub fn attest_reserves(ctx: Context<AttestReserves>, args: AttestReservesArgs) -> Result<()> {
        instructions::attest_reserves(ctx, args)
    }

    /// Records one statement of reserves for all tickers of a custodian: its Merkle root.
    ///
    /// No signer: a quorum's attestation.
    pub fn attest_statement(
        ctx: Context<AttestStatement>,
        args: AttestStatementArgs,
    ) -> Result<()> {
        instructions::attest_statement(ctx, args)
    }

    /// Records what that statement says about one ticker. No signer: a proof.
    pub fn apply_statement(ctx: Context<ApplyStatement>, args: ApplyStatementArgs) -> Result<()> {
        instructions::apply_statement(ctx, args)
    }

    /// Opens the record that a ticker with limits per owner needs for each owner.
    ///
    /// Signer: `payer`, who gets the rent back.
    pub fn open_owner_limits(ctx: Context<OpenOwnerLimits>) -> Result<()> {
        instructions::open_owner_limits(ctx)
    }

    /// Closes that record once nothing in it binds any more.
    ///
    /// Signer: `rent_payer`, who opened it.
    pub fn close_owner_limits(ctx: Context<CloseOwnerLimits>) -> Result<()> {
        instructions::close_owner_limits(ctx)
    }

    // Redemption by request.

    /// Burns shares in escrow that the custodian attests it has paid for, in whole or in part. The
    /// redemption is closed with its last part. No pause stops it.
    ///
    /// No signer: a quorum's attestation.
    pub fn settle_redemption(
        ctx: Context<SettleRedemption>,
        args: SettleRedemptionArgs,
    ) -> Result<()> {
        instructions::settle_redemption(ctx, args)
    }

    /// Puts an owner's shares into escrow, to be paid out by the custodian.
    ///
    /// Signers: `payer`, who gets the rent back later, and `owner`.
    pub fn request_redemption<'info>(
        ctx: Context<'info, RequestRedemption<'info>>,
        args: RequestRedemptionArgs,
    ) -> Result<()> {
        instructions::request_redemption(ctx, args)
    }

    /// The custodian takes a redemption up. Once: its deadline is then a payout's time from now.
    ///
    /// No signer: a quorum's attestation.
    pub fn acknowledge_redemption(
        ctx: Context<AnswerRedemption>,
        args: AcknowledgeRedemptionArgs,
    ) -> Result<()> {
        instructions::acknowledge_redemption(ctx, args)
    }

    /// The custodian will not pay: the owner may claim the shares.
    ///
    /// No signer: a quorum's attestation.
    pub fn reject_redemption(
        ctx: Context<AnswerRedemption>,
        args: RejectRedemptionArgs,
    ) -> Result<()> {
        instructions::reject_redemption(ctx, args)
    }

    /// Takes the shares back while nobody has taken the redemption up.
    ///
    /// Signer: `owner`.
    pub fn cancel_redemption<'info>(ctx: Context<'info, ReturnRedemption<'info>>) -> Result<()> {
        instructions::cancel_redemption(ctx)
    }

    /// Takes the shares of a rejected redemption back. No pause stops it.
    ///
    /// Signer: `owner`.
    pub fn claim_redemption<'info>(ctx: Context<'info, ReturnRedemption<'info>>) -> Result<()> {
        instructions::claim_redemption(ctx)
    }

    /// Takes back what was not settled by the deadline. No pause stops it, and nobody else's
    /// signature is needed.
    ///
    /// Signer: `owner`.
    pub fn reclaim_redemption<'info>(ctx: Context<'info, ReturnRedemption<'info>>) -> Result<()> {
        instructions::reclaim_redemption(ctx)
    }

    // Cash.

    /// Pays cash and mints shares, at a price that a quorum signed at most a minute ago.
    ///
    /// Signer: `owner`.
    pub fn subscribe_for_cash(
        ctx: Context<SubscribeForCash>,
        args: SubscribeForCashArgs,
    ) -> Result<()> {
        instructions::subscribe_for_cash(ctx, args)
    }

    /// Burns shares and pays cash, at a price that a quorum signed at most a minute ago.
    ///
    /// Signer: `owner`.
    pub fn redeem_for_cash(ctx: Context<RedeemForCash>, args: RedeemForCashArgs) -> Result<()> {
        instructions::redeem_for_cash(ctx, args)
    }

    /// Opens a desk for a stablecoin, which allows it as cash.
    ///
    /// Signers: `payer`, `admin`.
    pub fn open_cash_desk(ctx: Context<OpenCashDesk>, outflow: Limit) -> Result<()> {
        instructions::open_cash_desk(ctx, outflow)
    }

    /// Changes how much may leave a desk by redemptions. More than before must have been
    /// announced.
    ///
    /// Signer: `admin`.
    pub fn set_desk_limit(ctx: Context<SetDeskLimit>, outflow: Limit) -> Result<()> {
        instructions::set_desk_limit(ctx, outflow)
    }

    /// Puts cash into a desk's vault.
    ///
    /// Signer: `funder`: anybody.
    pub fn fund_cash_desk(ctx: Context<FundCashDesk>, amount: u64) -> Result<()> {
        instructions::fund_cash_desk(ctx, amount)
    }

    /// Takes cash out of a desk's vault, once announced.
    ///
    /// Signer: `operator` with the CASH role.
    pub fn withdraw_cash(ctx: Context<WithdrawCash>, amount: u64) -> Result<()> {
        instructions::withdraw_cash(ctx, amount)
    }

    // Posted attestations.

    /// Opens a place to gather an attestation's signatures in, over several transactions.
    ///
    /// Signer: `payer`, who gets the rent back.
    pub fn open_attestation(
        ctx: Context<OpenAttestation>,
        args: OpenAttestationArgs,
    ) -> Result<()> {
        instructions::open_attestation(ctx, args)
    }

    /// Adds signatures. No signer: the Ed25519 instruction just before carries them.
    pub fn post_attestation(ctx: Context<PostAttestation>) -> Result<()> {
        instructions::post_attestation(ctx)
    }

    /// Closes a posted attestation that has expired. No signer.
    pub fn close_attestation(ctx: Context<CloseAttestation>) -> Result<()> {
        instructions::close_attestation(ctx)
    }

    // Tickers.

    /// Lists a security: creates its Token-2022 mint, ticker, nonce window and escrow.
    ///
    /// Signers: `payer`, `operator` (the admin or the LIST role), `mint` (a fresh key, never
    /// needed again).
    pub fn list_ticker(ctx: Context<ListTicker>, args: ListTickerArgs) -> Result<()> {
        instructions::list_ticker(ctx, args)
    }

    /// Changes an entry of a mint's metadata.
    ///
    /// Signers: `payer`, `operator` (the admin or the LIST role).
    pub fn update_metadata(ctx: Context<UpdateMetadata>, change: MetadataChange) -> Result<()> {
        instructions::update_metadata(ctx, change)
    }

    /// Changes a ticker's terms and limits, for what begins from now on. Anything that becomes
    /// looser must have been announced.
    ///
    /// Signer: `admin`.
    pub fn set_terms(ctx: Context<SetTerms>, terms: TickerTerms) -> Result<()> {
        instructions::set_terms(ctx, terms)
    }

    /// Sets the band of prices at which trades for cash are allowed, for at most 7 days.
    ///
    /// Signer: `operator` with the CASH role.
    pub fn set_price_band(ctx: Context<SetPriceBand>, args: SetPriceBandArgs) -> Result<()> {
        instructions::set_price_band(ctx, args)
    }

    /// Makes a frozen or hooked ticker open, once announced. Its primary market stays for
    /// registered wallets.
    ///
    /// Signer: `operator` with the COMPLIANCE role.
    pub fn open_ticker(ctx: Context<OpenTicker>) -> Result<()> {
        instructions::open_ticker(ctx)
    }

    /// Whether an open ticker too is minted to and redeemed by registered wallets only. Ending it
    /// must have been announced.
    ///
    /// Signer: `operator` with the COMPLIANCE role.
    pub fn set_primary_kyc(ctx: Context<SetPrimaryKyc>, required: bool) -> Result<()> {
        instructions::set_primary_kyc(ctx, required)
    }

    /// Pauses and lifts pauses for one ticker.
    ///
    /// Signer: `operator`: with the PAUSE role to pause, with the UNPAUSE role to lift.
    pub fn set_ticker_pause(ctx: Context<SetTickerPause>, args: SetPauseArgs) -> Result<()> {
        instructions::set_ticker_pause(ctx, args)
    }

    /// Brings a mint's own pause in line with what issuer and ticker say. No signer.
    pub fn sync_transfer_pause(ctx: Context<SyncTransferPause>) -> Result<()> {
        instructions::sync_transfer_pause(ctx)
    }

    // Corporate actions.

    /// Announces a corporate action: at once by a quorum, or to wait for the timelock. One at a time.
    ///
    /// Signers: `payer`, who gets the rent back, and, where no quorum announces, `operator` with the
    /// CORPORATE_ACTION role.
    pub fn announce_action(ctx: Context<AnnounceAction>, args: AnnounceActionArgs) -> Result<()> {
        instructions::announce_action(ctx, args)
    }

    /// Sets when an announced action takes effect, and what the custodian holds from then on. Has
    /// Token-2022 change the multiplier in that second. Nothing signed before counts any more.
    ///
    /// No signer: a quorum's attestation.
    pub fn schedule_action(ctx: Context<ScheduleAction>, args: ScheduleActionArgs) -> Result<()> {
        instructions::schedule_action(ctx, args)
    }

    /// Takes an action back before it takes effect.
    ///
    /// By a quorum; or signed by `operator` with the CORPORATE_ACTION role.
    pub fn cancel_action(ctx: Context<CancelAction>, args: CancelActionArgs) -> Result<()> {
        instructions::cancel_action(ctx, args)
    }

    /// Clears an action away once the window after it has passed. No signer.
    pub fn close_action(ctx: Context<CloseAction>) -> Result<()> {
        instructions::close_action(ctx)
    }

    /// Changes how long before and after an action a ticker is closed. Shorter must have been
    /// announced.
    ///
    /// Signer: `admin`.
    pub fn set_action_window(ctx: Context<SetActionWindow>, window: ActionWindow) -> Result<()> {
        instructions::set_action_window(ctx, window)
    }

    // Holders. `thaw` is above.

    /// Freezes a token account that is held; in frozen mode also one whose owner's record does not
    /// satisfy the policy, or is not there. Does nothing to an account that is frozen.
    ///
    /// No signer.
    pub fn freeze(ctx: Context<SetFrozen>) -> Result<()> {
        instructions::freeze(ctx)
    }

    /// Freezes a token account, whatever its owner's record says, until the hold is lifted.
    ///
    /// Signers: `payer`, who gets the rent back, and `operator` with the COMPLIANCE role.
    pub fn place_hold(ctx: Context<PlaceHold>, args: PlaceHoldArgs) -> Result<()> {
        instructions::place_hold(ctx, args)
    }

    /// Lifts a hold. The account is then thawed by `thaw`.
    ///
    /// Signer: `operator` with the COMPLIANCE role.
    pub fn lift_hold(ctx: Context<LiftHold>) -> Result<()> {
        instructions::lift_hold(ctx)
    }

    /// Announces that shares will be taken from a token account, or given back to an investor who
    /// has lost that wallet, and holds the account until then.
    ///
    /// Signers: `payer`, who gets the rent back if it is cancelled, and `operator` with the
    /// COMPLIANCE role.
    pub fn announce_seizure(
        ctx: Context<AnnounceSeizure>,
        args: AnnounceSeizureArgs,
    ) -> Result<()> {
        instructions::announce_seizure(ctx, args)
    }

    /// The owner objects: the seizure waits for another timelock. Once, before it may be executed.
    ///
    /// Signer: `from_owner`.
    pub fn contest_seizure(ctx: Context<ContestSeizure>, note_hash: [u8; 32]) -> Result<()> {
        instructions::contest_seizure(ctx, note_hash)
    }

    /// Takes a seizure back, with the hold that it placed.
    ///
    /// Signer: `operator`: the admin or the COMPLIANCE role; anybody once it was not executed in
    /// time.
    pub fn cancel_seizure(ctx: Context<CancelSeizure>) -> Result<()> {
        instructions::cancel_seizure(ctx)
    }

    /// Moves the announced amount, or the balance if that is less, after the timelock and until 14
    /// days later. Neither a freeze nor a pause stops it. The account stays held.
    ///
    /// Signer: `operator` with the COMPLIANCE role.
    /// Remaining accounts: those that the mint's transfer hook asks for, if it has one.
    pub fn execute_seizure<'info>(ctx: Context<'info, ExecuteSeizure<'info>>) -> Result<()> {
        instructions::execute_seizure(ctx)
    }

    // Custodians and attestors.

    /// Names a custodian of the issuer.
    ///
    /// Signers: `payer`, `admin` (the issuer's).
    pub fn create_custodian(
        ctx: Context<CreateCustodian>,
        args: CreateCustodianArgs,
    ) -> Result<()> {
        instructions::create_custodian(ctx, args)
    }

    /// Creates a set of attestors: their keys, how many must sign, and which kinds of attestation
    /// they may sign. It counts at once only if the admin makes it while no ticker rests on the
    /// custodian; else it is proposed.
    ///
    /// Signers: `payer`, `proposer`: anybody, but only the admin's proposal can be activated by
    /// the admin.
    pub fn create_attestor_set(
        ctx: Context<CreateAttestorSet>,
        args: CreateAttestorSetArgs,
    ) -> Result<()> {
        instructions::create_attestor_set(ctx, args)
    }

    /// Makes a proposed set count, and ends the one it replaces after the overlap.
    ///
    /// By a quorum of the custodian at once; or signed by `operator`, the admin, after the
    /// timelock and until 14 days later.
    pub fn activate_attestor_set(
        ctx: Context<ActivateAttestorSet>,
        args: ActivateAttestorSetArgs,
    ) -> Result<()> {
        instructions::activate_attestor_set(ctx, args)
    }

    /// Takes a proposed set back.
    ///
    /// Signer: `operator`: the admin, or who paid for the proposal.
    pub fn withdraw_attestor_set(ctx: Context<WithdrawAttestorSet>) -> Result<()> {
        instructions::withdraw_attestor_set(ctx)
    }

    /// Takes a key out of all live sets of a custodian, at once and for good. Refused if one of
    /// them would have fewer members than its threshold.
    ///
    /// By a quorum of the custodian; or signed by `operator` with the PAUSE role.
    /// Remaining accounts: all live sets, writable, in the custodian's order.
    pub fn remove_attestor<'info>(
        ctx: Context<'info, RemoveAttestor<'info>>,
        args: RemoveAttestorArgs,
    ) -> Result<()> {
        instructions::remove_attestor(ctx, args)
    }

    /// Gives a ticker another custodian. What the last one said about reserves no longer counts.
    ///
    /// By a quorum of the current custodian at once; or signed by `operator`, the admin, once
    /// announced. The next custodian must have had its attestor sets before the quorum signed, or
    /// for a timelock, but for those that its own quorum activated.
    pub fn change_custodian(
        ctx: Context<ChangeCustodian>,
        args: ChangeCustodianArgs,
    ) -> Result<()> {
        instructions::change_custodian(ctx, args)
    }

    // The issuer and its powers.

    /// Creates an issuer. Anyone may: whether to trust it is decided by its address.
    ///
    /// Signers: `creator`, who pays, and `admin`, who may be another wallet. The genesis hash binds
    /// all signatures to this cluster; a wrong one makes every attestation fail, never pass.
    pub fn create_issuer(ctx: Context<CreateIssuer>, args: CreateIssuerArgs) -> Result<()> {
        instructions::create_issuer(ctx, args)
    }

    /// Proposes another admin; all zeros takes a proposal back. The admin stays until the other
    /// accepts.
    ///
    /// Signer: `admin`.
    pub fn propose_admin(ctx: Context<ProposeAdmin>, pending_admin: Pubkey) -> Result<()> {
        instructions::propose_admin(ctx, pending_admin)
    }

    /// Takes the admin's place.
    ///
    /// Signer: `pending_admin`, whom the admin proposed.
    pub fn accept_admin(ctx: Context<AcceptAdmin>) -> Result<()> {
        instructions::accept_admin(ctx)
    }

    /// Changes how long dangerous changes wait. Shortening it waits itself.
    ///
    /// Signer: `admin`.
    pub fn set_timelock(ctx: Context<SetTimelock>, secs: u32) -> Result<()> {
        instructions::set_timelock(ctx, secs)
    }

    /// Announces a change that waits for the timelock. It is made by the instruction it is about,
    /// with the announcement beside it, until 14 days after it could be.
    ///
    /// Signers: `payer`, who gets the rent back, and `operator`: the admin, or who has the CASH
    /// role for a withdrawal of cash, and COMPLIANCE for an opening and an end of primary KYC.
    pub fn announce_change(ctx: Context<AnnounceChange>, args: AnnounceChangeArgs) -> Result<()> {
        instructions::announce_change(ctx, args)
    }

    /// Takes an announcement back, or clears one away that was made or forgotten.
    ///
    /// Signer: `operator`: the admin or the announcer; anybody once it is made or forgotten.
    pub fn close_announcement(ctx: Context<CloseAnnouncement>) -> Result<()> {
        instructions::close_announcement(ctx)
    }

    /// Grants roles to a wallet until a time. COMPLIANCE, CORPORATE_ACTION and CASH must have been
    /// announced.
    ///
    /// Signers: `payer`, who gets the rent back, and `admin`.
    pub fn grant_role(ctx: Context<GrantRole>, args: GrantRoleArgs) -> Result<()> {
        instructions::grant_role(ctx, args)
    }

    /// Ends a wallet's roles at once.
    ///
    /// Signer: `operator`: the admin, or the wallet itself.
    pub fn revoke_role(ctx: Context<RevokeRole>) -> Result<()> {
        instructions::revoke_role(ctx)
    }

    /// Pauses and lifts pauses for all tickers of the issuer. A pause of movements reaches each
    /// mint by `sync_transfer_pause`; instructions of this program heed it at once.
    ///
    /// Signer: `operator`: with the PAUSE role to pause, with the UNPAUSE role to lift.
    pub fn set_issuer_pause(ctx: Context<SetIssuerPause>, args: SetPauseArgs) -> Result<()> {
        instructions::set_issuer_pause(ctx, args)
    }

    // Views, and migration.

    /// Why a mint of this amount to this owner would be refused now, judged by the last statement
    /// of reserves.
    pub fn can_mint(ctx: Context<CanMint>, args: CanMintArgs) -> Result<Preflight> {
        instructions::can_mint(ctx, args)
    }

    /// Why a request of this redemption would be refused now.
    pub fn can_redeem(ctx: Context<CanRedeem>, args: CanRedeemArgs) -> Result<Preflight> {
        instructions::can_redeem(ctx, args)
    }

    /// What is attested, what is owed, and how they compare.
    pub fn reserve_ratio(ctx: Context<ShowReserveRatio>) -> Result<ReserveRatio> {
        instructions::reserve_ratio(ctx)
    }

    /// What a raw amount was in shares at a time, by the mint's history of multipliers.
    pub fn shares_at(ctx: Context<ShowSharesAt>, args: SharesAtArgs) -> Result<SharesAt> {
        instructions::shares_at(ctx, args)
    }

    /// Brings an account of the layout before to this release's. Anybody may, any number of times.
    ///
    /// Signer: `payer`.
    pub fn migrate(ctx: Context<Migrate>) -> Result<()> {
        instructions::migrate(ctx)
    }
}
