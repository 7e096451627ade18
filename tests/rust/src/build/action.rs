//! Builders of corporate actions: by a quorum of the world's attestors, or by a wallet with the
//! role.

use super::{
    Attested, Call, INSTRUCTIONS_SYSVAR, attestation_args, event_authority, header, role_grant,
};
use crate::{
    vm::{Outcome, key},
    world::World,
};
use issuer::{
    accounts, instruction as data,
    instructions::{
        AnnounceActionArgs, CancelActionArgs, ScheduleActionArgs, SharesAt, SharesAtArgs,
    },
    state::{ActionTermsArgs, ActionWindow, CorporateAction, role},
};
use scrip_interface::{
    action::{ActionKind, ActionTerms, Step},
    attestation::ActionBody,
    mint::TOKEN_2022,
    pda,
};
use solana_keypair::Keypair;
use solana_pubkey::Pubkey;
use solana_signer::Signer;

pub type AnnounceAction = Attested<accounts::AnnounceAction, data::AnnounceAction, ActionBody>;
pub type ScheduleAction = Attested<accounts::ScheduleAction, data::ScheduleAction, ActionBody>;
pub type CancelAction = Attested<accounts::CancelAction, data::CancelAction, ActionBody>;

/// What is attested to be held after an action, unless a test says otherwise.
pub const AFTER_E8: u128 = 10_000 * scrip_math::units::ONE_SHARE_E8;
pub const WINDOW: i64 = 900;

/// Of a kind that only changes the number of pieces, or that says no more than a ratio.
pub fn ratio_terms(kind: ActionKind, numerator: u64, denominator: u64) -> ActionTermsArgs {
    ActionTermsArgs {
        kind: kind as u8,
        numerator,
        denominator,
        ex_date: 1_795_132_800,
        gross_e8: 0,
        withholding_e8: 0,
        net_e8: 0,
        reinvestment_price_e8: 0,
        forced_redemption_at: 0,
        symbol: [0; 16],
        terms_hash: [0; 32],
        evidence_hash: [7; 32],
    }
}

pub fn split(numerator: u64, denominator: u64) -> ActionTermsArgs {
    let kind = if numerator > denominator { ActionKind::Split } else { ActionKind::ReverseSplit };
    ratio_terms(kind, numerator, denominator)
}

/// 0.25 less 30 %, reinvested at 175: one share becomes 1.001.
pub fn dividend() -> ActionTermsArgs {
    ActionTermsArgs {
        gross_e8: 25_000_000,
        withholding_e8: 7_500_000,
        net_e8: 17_500_000,
        reinvestment_price_e8: 17_500_000_000,
        ..ratio_terms(ActionKind::ReinvestedDividend, 1_001, 1_000)
    }
}

/// Where the world's ticker would have, or has, its open action.
pub fn action_address(world: &World) -> Pubkey {
    let ticker = world.ticker();
    let open = ticker.open_action;
    let sequence = if open == 0 { ticker.action_sequence + 1 } else { open };
    pda::corporate_action(&issuer::ID, &world.mint(), sequence).0
}

pub fn history(world: &World) -> Pubkey {
    pda::history(&issuer::ID, &world.mint()).0
}

/// By a quorum.
pub fn announce_action(world: &mut World, terms: ActionTermsArgs) -> AnnounceAction {
    let attestation = attestation_args(world);
    let body = ActionBody {
        header: header(&attestation, world.mint(), world.attestor_set),
        action_sequence: world.ticker().action_sequence,
        step: Step::Announce as u8,
        request: 0,
        terms_hash: ActionTerms::from(terms).hash(),
        effective_at: 0,
        settled_after_e8: 0,
        receivable_after_e8: 0,
    };
    let accounts = accounts::AnnounceAction {
        attestor_set: Some(world.attestor_set),
        nonces: Some(world.listed.accounts.nonces),
        signatures: Some(INSTRUCTIONS_SYSVAR),
        ..announce_accounts(world)
    };
    let args = AnnounceActionArgs { terms, attestation: Some(attestation) };
    Attested::new(world, accounts, data::AnnounceAction { args }, body)
}

/// By a wallet with the role.
pub fn announce_action_by(
    world: &World,
    operator: &Pubkey,
    terms: ActionTermsArgs,
) -> Call<accounts::AnnounceAction, data::AnnounceAction> {
    let accounts = accounts::AnnounceAction {
        operator: Some(*operator),
        role_grant: Some(role_grant(world, operator)),
        ..announce_accounts(world)
    };
    let args = AnnounceActionArgs { terms, attestation: None };
    Call::new(accounts, data::AnnounceAction { args })
}

fn announce_accounts(world: &World) -> accounts::AnnounceAction {
    let listed = &world.listed.accounts;
    accounts::AnnounceAction {
        payer: world.vm.payer.pubkey(),
        operator: None,
        role_grant: None,
        issuer: listed.issuer,
        ticker: listed.ticker,
        mint: listed.mint,
        action: action_address(world),
        history: history(world),
        attestor_set: None,
        nonces: None,
        signatures: None,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    }
}

/// Of the open action, with [`AFTER_E8`] settled shares.
pub fn schedule_action(world: &mut World, effective_at: i64) -> ScheduleAction {
    let attestation = attestation_args(world);
    let address = action_address(world);
    let action: CorporateAction = world.vm.state(&address);
    let listed = &world.listed.accounts;
    let accounts = accounts::ScheduleAction {
        issuer: listed.issuer,
        attestor_set: world.attestor_set,
        ticker: listed.ticker,
        nonces: listed.nonces,
        action: address,
        history: history(world),
        mint: listed.mint,
        authority: listed.authority,
        signatures: INSTRUCTIONS_SYSVAR,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = ScheduleActionArgs {
        attestation,
        effective_at,
        settled_after_e8: AFTER_E8,
        receivable_after_e8: 0,
    };
    let body = ActionBody {
        header: header(&attestation, world.mint(), world.attestor_set),
        action_sequence: world.ticker().action_sequence,
        step: Step::Schedule as u8,
        request: action.request,
        terms_hash: action.terms().hash(),
        effective_at,
        settled_after_e8: AFTER_E8,
        receivable_after_e8: 0,
    };
    Attested::new(world, accounts, data::ScheduleAction { args }, body)
}

impl ScheduleAction {
    /// Arguments and body say that so many shares are settled afterwards.
    pub fn with_shares(mut self, settled_e8: u128) -> Self {
        self.call.data.args.settled_after_e8 = settled_e8;
        self.body.settled_after_e8 = settled_e8;
        self
    }
}

/// Of the open action, by a quorum.
pub fn cancel_action(world: &mut World) -> CancelAction {
    let attestation = attestation_args(world);
    let action: CorporateAction = world.vm.state(&action_address(world));
    let accounts = accounts::CancelAction {
        attestor_set: Some(world.attestor_set),
        nonces: Some(world.listed.accounts.nonces),
        signatures: Some(INSTRUCTIONS_SYSVAR),
        ..cancel_accounts(world)
    };
    let body = ActionBody {
        header: header(&attestation, world.mint(), world.attestor_set),
        action_sequence: world.ticker().action_sequence,
        step: Step::Cancel as u8,
        request: action.request,
        terms_hash: action.terms().hash(),
        effective_at: 0,
        settled_after_e8: 0,
        receivable_after_e8: 0,
    };
    let args = CancelActionArgs { attestation: Some(attestation) };
    Attested::new(world, accounts, data::CancelAction { args }, body)
}

/// By a wallet with the role.
pub fn cancel_action_by(
    world: &World,
    operator: &Pubkey,
) -> Call<accounts::CancelAction, data::CancelAction> {
    let accounts = accounts::CancelAction {
        operator: Some(*operator),
        role_grant: Some(role_grant(world, operator)),
        ..cancel_accounts(world)
    };
    Call::new(accounts, data::CancelAction { args: CancelActionArgs { attestation: None } })
}

fn cancel_accounts(world: &World) -> accounts::CancelAction {
    let listed = &world.listed.accounts;
    accounts::CancelAction {
        operator: None,
        role_grant: None,
        issuer: listed.issuer,
        ticker: listed.ticker,
        action: action_address(world),
        history: history(world),
        mint: listed.mint,
        authority: listed.authority,
        rent_payer: world.vm.payer.pubkey(),
        attestor_set: None,
        nonces: None,
        signatures: None,
        token_program: TOKEN_2022,
        event_authority: event_authority(),
        program: issuer::ID,
    }
}

pub fn close_action(world: &World) -> Call<accounts::CloseAction, data::CloseAction> {
    let accounts = accounts::CloseAction {
        ticker: world.listed.accounts.ticker,
        action: action_address(world),
        rent_payer: world.vm.payer.pubkey(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    Call::new(accounts, data::CloseAction {})
}

/// By the admin, without an announcement.
pub fn set_action_window(
    world: &World,
    before_secs: u32,
    after_secs: u32,
) -> Call<accounts::SetActionWindow, data::SetActionWindow> {
    let accounts = accounts::SetActionWindow {
        admin: world.admin.pubkey(),
        issuer: world.listed.accounts.issuer,
        ticker: world.listed.accounts.ticker,
        announcement: None,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let window = ActionWindow { before_secs, after_secs };
    Call::new(accounts, data::SetActionWindow { window })
}

pub fn show_shares_at(
    world: &World,
    amount: u64,
    time: i64,
) -> Call<accounts::ShowSharesAt, data::SharesAt> {
    let accounts = accounts::ShowSharesAt { history: history(world) };
    Call::new(accounts, data::SharesAt { args: SharesAtArgs { amount, time } })
}

impl World {
    pub fn shares_at(&self, amount: u64, time: i64) -> SharesAt {
        show_shares_at(self, amount, time).answer(&self.vm)
    }

    /// A wallet that may announce corporate actions.
    pub fn action_officer(&mut self) -> Keypair {
        let officer = key("action officer");
        self.grant(&officer.pubkey(), role::CORPORATE_ACTION);
        officer
    }

    /// Announces by a quorum and schedules for `effective_at`.
    pub fn schedule(&mut self, terms: ActionTermsArgs, effective_at: i64) {
        announce_action(self, terms).send(self).expect("a quorum can announce an action");
        schedule_action(self, effective_at).send(self).expect("it can be scheduled");
    }

    /// Lets the open action take effect and its window pass, and closes it.
    pub fn complete_action(&mut self) -> Outcome {
        let ends = self.ticker().action_effective_at + i64::from(self.ticker().window().after_secs);
        self.vm.set_time(ends);
        close_action(self).send(&mut self.vm, &[])
    }
}
