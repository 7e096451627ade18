//! The instruction that an attestation is for, with what may have to go before and after it.

use super::{
    File, Header, Terms,
    terms::{ActionStep, AttestorsDecision, QuoteSide, Reserves, tree},
};
use crate::{
    chain::Chain,
    context::Context,
    exit::{Failure, Result},
    names::{self, Security},
    receive,
};
use scrip_client::{
    Programs,
    issuer::{
        accounts::{CorporateAction, Custodian, OwnerLimits, Redemption},
        calls, instructions as ix,
        types::{ActionTermsArgs, AttestationArgs, StatementArgs},
    },
};
use scrip_interface::{action::ActionTerms, ids, pda};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;

/// What uses an attestation.
pub struct Use {
    pub what: String,
    /// May go into a transaction of their own, before.
    pub before: Vec<Instruction>,
    pub instruction: Instruction,
    /// What the attestation makes possible, one after the other.
    pub after: Vec<Instruction>,
}

/// `signatures`: where the instruction finds them.
pub fn usage(context: &Context, file: &File, signatures: Pubkey, payer: &Pubkey) -> Result<Use> {
    match file.terms.mint() {
        Some(mint) => {
            let security = names::security(context, &mint.to_string())?;
            let programs = &context.chain()?.0.programs;
            About { context, programs, file, security, signatures, payer: *payer }.usage()
        }
        None => about_custodian(context, file, signatures),
    }
}

/// An attestation about a security, on its way.
struct About<'a> {
    context: &'a Context,
    programs: &'a Programs,
    file: &'a File,
    security: Security,
    signatures: Pubkey,
    payer: Pubkey,
}

impl About<'_> {
    fn usage(&self) -> Result<Use> {
        let (issuer, mint) = (self.security.ticker.issuer, self.security.mint);
        let (attestor_set, signatures) = (self.file.header.set_address(), self.signatures);
        let attestation = attestation(&self.file.header);
        match &self.file.terms {
            Terms::Mint { owner, amount, reserves, .. } => {
                self.mint(owner, *amount, statement(reserves))
            }
            Terms::Reserves { reserves, .. } => {
                let args = ix::AttestReservesInstructionArgs {
                    attestation,
                    statement: statement(reserves),
                };
                let call = calls::AttestReserves { issuer, attestor_set, mint, signatures, args };
                Ok(self.plain("record the reserves", call.instruction(self.programs)))
            }
            Terms::Acknowledge { redemption } => {
                let redemption = redemption.address(&ids::ISSUER);
                let args = ix::AcknowledgeRedemptionInstructionArgs { attestation };
                let call = calls::AcknowledgeRedemption {
                    issuer,
                    attestor_set,
                    mint,
                    redemption,
                    signatures,
                    args,
                };
                Ok(self.plain("acknowledge the redemption", call.instruction(self.programs)))
            }
            Terms::Reject { redemption, reason } => {
                let redemption = redemption.address(&ids::ISSUER);
                let args = ix::RejectRedemptionInstructionArgs { attestation, reason: *reason };
                let call = calls::RejectRedemption {
                    issuer,
                    attestor_set,
                    mint,
                    redemption,
                    signatures,
                    args,
                };
                Ok(self.plain("reject the redemption", call.instruction(self.programs)))
            }
            Terms::Settle { redemption, amount, payout_reference } => {
                let redemption = redemption.address(&ids::ISSUER);
                let open: Redemption = self.context.chain()?.read("the redemption", &redemption)?;
                let args = ix::SettleRedemptionInstructionArgs {
                    attestation,
                    amount: *amount,
                    payout_reference: *payout_reference,
                };
                let call = calls::SettleRedemption {
                    issuer,
                    attestor_set,
                    mint,
                    redemption,
                    rent_payer: open.rent_payer,
                    signatures,
                    args,
                };
                Ok(self.plain("settle the redemption", call.instruction(self.programs)))
            }
            Terms::Quote { .. } => self.trade(),
            Terms::Action { .. } => self.action(),
            Terms::Statement { .. } | Terms::Attestors { .. } => {
                Err(Failure::usage("this attestation is about a custodian"))
            }
        }
    }

    fn plain(&self, what: &str, instruction: Instruction) -> Use {
        let what = format!("{what} of {}", self.security.symbol());
        Use { what, before: vec![], instruction, after: vec![] }
    }

    /// Opens the owner's record of limits, where the ticker asks for it and it is not there.
    fn open_limits(&self, owner: &Pubkey, limited: bool) -> Result<Option<Instruction>> {
        let mint = self.security.mint;
        let address = pda::owner_limits(&ids::ISSUER, &mint, owner).0;
        if !limited || self.context.chain()?.find::<OwnerLimits>(&address)?.is_some() {
            return Ok(None);
        }
        let open = calls::OpenOwnerLimits { payer: self.payer, owner: *owner, mint };
        Ok(Some(open.instruction(self.programs)))
    }

    /// What goes before shares that an owner gets: a place for them, and the owner's record of limits.
    fn before_receipt(&self, owner: &Pubkey, limited: bool) -> Result<Vec<Instruction>> {
        let mut before = receive::receive(self.context, &self.payer, &self.security, owner)?;
        before.extend(self.open_limits(owner, limited)?);
        Ok(before)
    }

    fn mint(&self, owner: &Pubkey, amount: u64, statement: StatementArgs) -> Result<Use> {
        let security = &self.security;
        let limited = security.ticker.owner_mint_limit.window_secs != 0;
        let call = calls::AttestMint {
            issuer: security.ticker.issuer,
            attestor_set: self.file.header.set_address(),
            mint: security.mint,
            owner_limits: limited,
            registered: security.asks_registration(),
            signatures: self.signatures,
            args: ix::AttestMintInstructionArgs {
                attestation: attestation(&self.file.header),
                amount,
                statement,
                owner: *owner,
            },
        };
        let used = self.plain("mint", call.instruction(self.programs));
        Ok(Use { before: self.before_receipt(owner, limited)?, ..used })
    }

    /// The owner of a quote trades by it: `--keypair` is the owner's.
    fn trade(&self) -> Result<Use> {
        let Terms::Quote { side, owner, amount, cash_mint, cash_amount, reserves, .. } =
            &self.file.terms
        else {
            return Err(Failure::usage("this attestation is no quote"));
        };
        let (security, header) = (&self.security, &self.file.header);
        let (owner, cash_mint) = (*owner, *cash_mint);
        let money = self
            .context
            .chain()?
            .bytes(&cash_mint)?
            .ok_or_else(|| Failure::missing(format!("no cash mint {cash_mint}")))?;
        let (issuer, attestor_set, mint) =
            (security.ticker.issuer, header.set_address(), security.mint);
        let (registered, signatures) = (security.asks_registration(), self.signatures);
        let (attestation, deadline) = (attestation(header), header.expires_at);
        match side {
            QuoteSide::Subscribe => {
                let owner_limits = security.ticker.owner_mint_limit.window_secs != 0;
                let reserves = reserves
                    .ok_or_else(|| Failure::file("a quote to subscribe says what is held"))?;
                let call = calls::SubscribeForCash {
                    owner,
                    issuer,
                    attestor_set,
                    mint,
                    owner_limits,
                    registered,
                    cash_mint,
                    cash_token_program: money.owner,
                    signatures,
                    args: ix::SubscribeForCashInstructionArgs {
                        attestation,
                        amount: *amount,
                        cash_amount: *cash_amount,
                        statement: statement(&reserves),
                        max_cash: *cash_amount,
                        deadline,
                    },
                };
                let used = self.plain("subscribe for cash", call.instruction(self.programs));
                Ok(Use { before: self.before_receipt(&owner, owner_limits)?, ..used })
            }
            QuoteSide::Redeem => {
                let owner_limits = security.ticker.owner_cash_limit.window_secs != 0;
                let call = calls::RedeemForCash {
                    owner,
                    issuer,
                    attestor_set,
                    mint,
                    owner_limits,
                    registered,
                    cash_mint,
                    cash_token_program: money.owner,
                    signatures,
                    args: ix::RedeemForCashInstructionArgs {
                        attestation,
                        amount: *amount,
                        cash_amount: *cash_amount,
                        min_cash: *cash_amount,
                        deadline,
                    },
                };
                let before = self.open_limits(&owner, owner_limits)?.into_iter().collect();
                Ok(Use { before, ..self.plain("redeem for cash", call.instruction(self.programs)) })
            }
        }
    }

    fn action(&self) -> Result<Use> {
        let Terms::Action { step, terms, schedule, .. } = &self.file.terms else {
            return Err(Failure::usage("this attestation is about no corporate action"));
        };
        let (issuer, mint) = (self.security.ticker.issuer, self.security.mint);
        let (attestor_set, signatures) = (self.file.header.set_address(), self.signatures);
        let attestation = attestation(&self.file.header);
        let sequence = action_sequence(&self.security);
        Ok(match step {
            ActionStep::Announce => {
                let call = calls::AnnounceAction {
                    payer: self.payer,
                    operator: None,
                    role_grant: false,
                    issuer,
                    mint,
                    sequence,
                    attestor_set: Some(attestor_set),
                    nonces: true,
                    signatures: Some(signatures),
                    args: ix::AnnounceActionInstructionArgs {
                        terms: terms_args(&terms.on_chain()),
                        attestation: Some(attestation),
                    },
                };
                self.plain("announce a corporate action", call.instruction(self.programs))
            }
            ActionStep::Schedule => {
                let schedule = schedule.unwrap_or_default();
                let call = calls::ScheduleAction {
                    issuer,
                    attestor_set,
                    mint,
                    sequence,
                    signatures,
                    args: ix::ScheduleActionInstructionArgs {
                        attestation,
                        effective_at: schedule.effective_at,
                        settled_after_e8: schedule.settled_after,
                        receivable_after_e8: schedule.receivable_after,
                    },
                };
                self.plain("schedule the corporate action", call.instruction(self.programs))
            }
            ActionStep::Cancel => {
                let address = action_address(&self.security);
                let open: CorporateAction =
                    self.context.chain()?.read("the corporate action", &address)?;
                let call = calls::CancelAction {
                    operator: None,
                    role_grant: false,
                    issuer,
                    mint,
                    sequence,
                    rent_payer: open.rent_payer,
                    attestor_set: Some(attestor_set),
                    nonces: true,
                    signatures: Some(signatures),
                    args: ix::CancelActionInstructionArgs { attestation: Some(attestation) },
                };
                self.plain("cancel the corporate action", call.instruction(self.programs))
            }
        })
    }
}

/// Of a ticker's open action, or the one that its next would have.
const fn action_sequence(security: &Security) -> u32 {
    let open = security.ticker.open_action;
    if open == 0 { security.ticker.action_sequence.saturating_add(1) } else { open }
}

/// Where a ticker's open action is, or its next one would be.
pub fn action_address(security: &Security) -> Pubkey {
    pda::corporate_action(&ids::ISSUER, &security.mint, action_sequence(security)).0
}

pub const fn terms_args(terms: &ActionTerms) -> ActionTermsArgs {
    ActionTermsArgs {
        kind: terms.kind,
        numerator: terms.numerator,
        denominator: terms.denominator,
        ex_date: terms.ex_date,
        gross_e8: terms.gross_e8,
        withholding_e8: terms.withholding_e8,
        net_e8: terms.net_e8,
        reinvestment_price_e8: terms.reinvestment_price_e8,
        forced_redemption_at: terms.forced_redemption_at,
        symbol: terms.symbol,
        terms_hash: terms.terms_hash,
        evidence_hash: terms.evidence_hash,
    }
}

const fn statement(reserves: &Reserves) -> StatementArgs {
    StatementArgs {
        as_of: reserves.as_of,
        settled_shares_e8: reserves.settled,
        receivable_shares_e8: reserves.receivable,
    }
}

const fn attestation(header: &Header) -> AttestationArgs {
    let Header { nonce, issued_at, expires_at, .. } = *header;
    AttestationArgs { nonce, issued_at, expires_at }
}

/// Statements for all tickers, and decisions about attestors.
fn about_custodian(context: &Context, file: &File, signatures: Pubkey) -> Result<Use> {
    let header = &file.header;
    let (issuer, custodian, signing_set) =
        (header.issuer, header.custodian_address(), header.set_address());
    let attestation = attestation(header);
    let chain = context.chain()?;
    let programs = &chain.0.programs;
    let decision = match &file.terms {
        Terms::Statement { as_of, tickers } => {
            let (root, proofs) = tree(tickers)
                .ok_or_else(|| Failure::file("a statement is about one ticker or more"))?;
            let record = calls::AttestStatement {
                issuer,
                attestor_set: signing_set,
                custodian,
                signatures,
                args: ix::AttestStatementInstructionArgs { attestation, as_of: *as_of, root },
            };
            let apply = tickers.iter().zip(proofs).map(|(one, proof)| {
                let args = ix::ApplyStatementInstructionArgs {
                    settled_shares_e8: one.settled,
                    receivable_shares_e8: one.receivable,
                    proof,
                };
                calls::ApplyStatement { custodian, mint: one.mint, args }.instruction(programs)
            });
            return Ok(Use {
                what: format!("record the statement about {} tickers", tickers.len()),
                before: vec![],
                instruction: record.instruction(programs),
                after: apply.collect(),
            });
        }
        Terms::Attestors { decision } => decision,
        _ => return Err(Failure::usage("this attestation is about a security")),
    };
    let (signing_set, signatures) = (Some(signing_set), Some(signatures));
    let (what, instruction) = match decision {
        AttestorsDecision::ActivateSet { set } => {
            let activate = calls::ActivateAttestorSet {
                operator: None,
                issuer,
                custodian,
                attestor_set: pda::attestor_set(&ids::ISSUER, &custodian, set.index).0,
                replaced: (set.replaces != Pubkey::default()).then_some(set.replaces),
                signing_set,
                signatures,
                args: ix::ActivateAttestorSetInstructionArgs { attestation: Some(attestation) },
            };
            (format!("activate attestor set {}", set.index), activate.instruction(programs))
        }
        AttestorsDecision::RemoveAttestor { attestor } => {
            let remove = calls::RemoveAttestor {
                operator: None,
                role_grant: false,
                issuer,
                custodian,
                signing_set,
                signatures,
                args: ix::RemoveAttestorInstructionArgs {
                    attestor: *attestor,
                    attestation: Some(attestation),
                },
            };
            let mut instruction = remove.instruction(programs);
            instruction.accounts.extend(live_sets(chain, &custodian)?);
            (format!("remove the key {attestor}"), instruction)
        }
        AttestorsDecision::ChangeCustodian { mint, next } => {
            let change = calls::ChangeCustodian {
                operator: None,
                issuer,
                custodian,
                next_custodian: pda::custodian(&ids::ISSUER, &issuer, *next).0,
                mint: *mint,
                announcement: None,
                signing_set,
                signatures,
                args: ix::ChangeCustodianInstructionArgs { attestation: Some(attestation) },
            };
            (format!("move the ticker to custodian {next}"), change.instruction(programs))
        }
    };
    Ok(Use { what, before: vec![], instruction, after: vec![] })
}

/// The sets that count now or will, writable, in the custodian's own order: what a removal wants.
pub fn live_sets(chain: &Chain, custodian: &Pubkey) -> Result<Vec<AccountMeta>> {
    let state: Custodian = chain.read("the custodian", custodian)?;
    let now = chain.now()?;
    let live = state.sets.iter().filter(|set| set.expires_at > now);
    Ok(live.map(|set| AccountMeta::new(set.address, false)).collect())
}
