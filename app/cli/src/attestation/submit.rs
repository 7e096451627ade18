//! Sending an attestation: its signatures are counted against the set of today, and it goes along in the transaction
//! that uses it, or is posted before where that does not fit.

use super::{
    File, Terms,
    terms::{ActionStep, AttestorsDecision, QuoteSide, tree},
};
use crate::{
    chain::Chain,
    context::{Context, Step},
    exit::{Failure, Result},
    names::{self, Security},
    output::{Cell, Page},
    receive,
    units::time_text,
};
use scrip_client::{
    attestation::INSTRUCTIONS_SYSVAR,
    issuer::{
        accounts::{
            AttestorSet, CorporateAction, Custodian, OwnerLimits, PostedAttestation, Redemption,
        },
        instructions as ix,
        types::{ActionTermsArgs, AttestationArgs, StatementArgs},
    },
    plans::SIGNATURES_PER_POST,
    programs::{SYSTEM, event_authority},
};
use scrip_interface::{
    action::ActionTerms, ed25519, ids, mint::TOKEN_2022, pda, token_account::associated,
};
use solana_instruction::{AccountMeta, Instruction};
use solana_pubkey::Pubkey;
use solana_signer::Signer;

/// What uses an attestation.
struct Use {
    what: String,
    /// May go into a transaction of their own, before.
    before: Vec<Instruction>,
    instruction: Instruction,
    /// What the attestation makes possible, one after the other.
    after: Vec<Instruction>,
}

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
    let verify = verification(signers, file)?;
    let both = vec![verify, inline.instruction.clone()];
    let whole = Step::new(&inline.what, [inline.before.clone(), both.clone()].concat());
    let alone = Step::new(&inline.what, both);
    let mut steps = if whole.fits(payer) {
        vec![whole]
    } else if alone.fits(payer) {
        vec![Step::new("prepare the account", inline.before.clone()), alone]
    } else {
        posted(context, file, signers, payer)?
    };
    steps.extend(packed(inline.after, payer));
    Ok(steps)
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
    let there: Option<PostedAttestation> = context.chain()?.find(&place)?;
    let mut steps = vec![];
    if there.is_none() {
        let open = ix::OpenAttestation {
            payer: *payer,
            issuer,
            attestor_set,
            attestation: place,
            system_program: SYSTEM,
        };
        let args = ix::OpenAttestationInstructionArgs { kind, body: signed.body };
        steps.push(Step::new("open a place for the signatures", vec![open.instruction(args)]));
    }
    let posted = there.as_ref().map_or(&[][..], |there| &there.signers[..usize::from(there.count)]);
    let missing: Vec<_> = signers
        .iter()
        .filter(|(key, _)| !posted.iter().any(|one| one.as_array() == key))
        .copied()
        .collect();
    for some in missing.chunks(SIGNATURES_PER_POST) {
        let post = ix::PostAttestation {
            attestor_set,
            attestation: place,
            signatures: INSTRUCTIONS_SYSVAR,
        };
        let what = format!("post {} signatures", some.len());
        steps.push(Step::new(what, vec![verification(some, file)?, post.instruction()]));
    }
    let used = usage(context, file, place, payer)?;
    let whole =
        Step::new(&used.what, [used.before.clone(), vec![used.instruction.clone()]].concat());
    if whole.fits(payer) {
        steps.push(whole);
    } else {
        steps.push(Step::new("prepare the account", used.before));
        steps.push(Step::new(used.what, vec![used.instruction]));
    }
    Ok(steps)
}

/// The instruction that the attestation is for. `signatures`: where it finds them.
fn usage(context: &Context, file: &File, signatures: Pubkey, payer: &Pubkey) -> Result<Use> {
    match file.terms.mint() {
        Some(mint) => {
            let security = names::security(context, &mint.to_string())?;
            About { context, file, security, signatures, payer: *payer }.usage()
        }
        None => custodian_usage(context, file, signatures),
    }
}

/// An attestation about a security, on its way.
struct About<'a> {
    context: &'a Context,
    file: &'a File,
    security: Security,
    signatures: Pubkey,
    payer: Pubkey,
}

impl About<'_> {
    fn usage(&self) -> Result<Use> {
        match &self.file.terms {
            Terms::Mint { owner, amount, reserves, .. } => {
                self.mint(owner, *amount, statement(reserves))
            }
            Terms::Reserves { reserves, .. } => {
                Ok(self.plain("record the reserves", self.reserves(statement(reserves))))
            }
            Terms::Acknowledge { redemption } => {
                let redemption = redemption.address(&ids::ISSUER);
                Ok(self.plain("acknowledge the redemption", self.acknowledge(redemption)))
            }
            Terms::Reject { redemption, reason } => {
                let redemption = redemption.address(&ids::ISSUER);
                Ok(self.plain("reject the redemption", self.reject(redemption, *reason)))
            }
            Terms::Settle { redemption, amount, payout_reference } => {
                let address = redemption.address(&ids::ISSUER);
                let account: Redemption = self.context.chain()?.read("the redemption", &address)?;
                let instruction = self.settle(address, &account, *amount, *payout_reference);
                Ok(self.plain("settle the redemption", instruction))
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

    const fn attestation(&self) -> AttestationArgs {
        let header = &self.file.header;
        AttestationArgs {
            nonce: header.nonce,
            issued_at: header.issued_at,
            expires_at: header.expires_at,
        }
    }

    fn set(&self) -> Pubkey {
        self.file.header.set_address()
    }

    /// The owner's record of limits, opened before if the ticker asks for it.
    fn owner_limits(
        &self,
        owner: &Pubkey,
        limited: bool,
    ) -> Result<(Option<Pubkey>, Vec<Instruction>)> {
        if !limited {
            return Ok((None, vec![]));
        }
        let security = &self.security;
        let owner_limits = pda::owner_limits(&ids::ISSUER, &security.mint, owner).0;
        if self.context.chain()?.find::<OwnerLimits>(&owner_limits)?.is_some() {
            return Ok((Some(owner_limits), vec![]));
        }
        let open = ix::OpenOwnerLimits {
            payer: self.payer,
            owner: *owner,
            mint: security.mint,
            ticker: security.address,
            owner_limits,
            system_program: SYSTEM,
        };
        Ok((Some(owner_limits), vec![open.instruction()]))
    }

    fn mint(&self, owner: &Pubkey, amount: u64, statement: StatementArgs) -> Result<Use> {
        let security = &self.security;
        let limited = security.ticker.owner_mint_limit.window_secs != 0;
        let (owner_limits, open) = self.owner_limits(owner, limited)?;
        let (policy, wallet_record) = security.registration(owner);
        let accounts = ix::AttestMint {
            issuer: security.ticker.issuer,
            attestor_set: self.set(),
            ticker: security.address,
            nonces: security.nonces(),
            mint: security.mint,
            authority: security.authority(),
            destination: security.account_of(owner),
            owner_limits,
            policy,
            wallet_record,
            signatures: self.signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(&ids::ISSUER),
            program: ids::ISSUER,
        };
        let args = ix::AttestMintInstructionArgs {
            attestation: self.attestation(),
            amount,
            statement,
            owner: *owner,
        };
        let mut before = receive::receive(self.context, &self.payer, security, owner)?;
        before.extend(open);
        let used = self.plain("mint", accounts.instruction(args));
        Ok(Use { before, ..used })
    }

    fn reserves(&self, statement: StatementArgs) -> Instruction {
        let security = &self.security;
        ix::AttestReserves {
            issuer: security.ticker.issuer,
            attestor_set: self.set(),
            ticker: security.address,
            nonces: security.nonces(),
            mint: security.mint,
            signatures: self.signatures,
            event_authority: event_authority(&ids::ISSUER),
            program: ids::ISSUER,
        }
        .instruction(ix::AttestReservesInstructionArgs {
            attestation: self.attestation(),
            statement,
        })
    }

    fn acknowledge(&self, redemption: Pubkey) -> Instruction {
        let security = &self.security;
        ix::AcknowledgeRedemption {
            issuer: security.ticker.issuer,
            attestor_set: self.set(),
            ticker: security.address,
            nonces: security.nonces(),
            redemption,
            signatures: self.signatures,
            event_authority: event_authority(&ids::ISSUER),
            program: ids::ISSUER,
        }
        .instruction(ix::AcknowledgeRedemptionInstructionArgs { attestation: self.attestation() })
    }

    fn reject(&self, redemption: Pubkey, reason: u16) -> Instruction {
        let security = &self.security;
        ix::RejectRedemption {
            issuer: security.ticker.issuer,
            attestor_set: self.set(),
            ticker: security.address,
            nonces: security.nonces(),
            redemption,
            signatures: self.signatures,
            event_authority: event_authority(&ids::ISSUER),
            program: ids::ISSUER,
        }
        .instruction(ix::RejectRedemptionInstructionArgs {
            attestation: self.attestation(),
            reason,
        })
    }

    fn settle(
        &self,
        redemption: Pubkey,
        account: &Redemption,
        amount: u64,
        payout_reference: [u8; 32],
    ) -> Instruction {
        let security = &self.security;
        ix::SettleRedemption {
            issuer: security.ticker.issuer,
            attestor_set: self.set(),
            ticker: security.address,
            nonces: security.nonces(),
            redemption,
            rent_payer: account.rent_payer,
            mint: security.mint,
            authority: security.authority(),
            escrow: pda::escrow(&ids::ISSUER, &security.mint).0,
            escrow_account: security.ticker.escrow_account,
            signatures: self.signatures,
            token_program: TOKEN_2022,
            event_authority: event_authority(&ids::ISSUER),
            program: ids::ISSUER,
        }
        .instruction(ix::SettleRedemptionInstructionArgs {
            attestation: self.attestation(),
            amount,
            payout_reference,
        })
    }

    /// The owner of a quote trades by it: `--keypair` is the owner's.
    fn trade(&self) -> Result<Use> {
        let Terms::Quote { side, owner, amount, cash_mint, cash_amount, reserves, .. } =
            &self.file.terms
        else {
            return Err(Failure::usage("this attestation is no quote"));
        };
        let (security, owner, cash_mint) = (&self.security, *owner, *cash_mint);
        let chain = self.context.chain()?;
        let money = chain
            .bytes(&cash_mint)?
            .ok_or_else(|| Failure::missing(format!("no cash mint {cash_mint}")))?;
        let cash_token_program = money.owner;
        let desk = pda::cash_desk(&ids::ISSUER, &security.ticker.issuer, &cash_mint).0;
        let vault = associated(&desk, &cash_token_program, &cash_mint);
        let purse = associated(&owner, &cash_token_program, &cash_mint);
        let (policy, wallet_record) = security.registration(&owner);
        let (issuer, ticker, nonces) =
            (security.ticker.issuer, security.address, security.nonces());
        let deadline = self.file.header.expires_at;
        match side {
            QuoteSide::Subscribe => {
                let limited = security.ticker.owner_mint_limit.window_secs != 0;
                let (owner_limits, open) = self.owner_limits(&owner, limited)?;
                let accounts = ix::SubscribeForCash {
                    owner,
                    issuer,
                    attestor_set: self.set(),
                    ticker,
                    nonces,
                    mint: security.mint,
                    authority: security.authority(),
                    destination: security.account_of(&owner),
                    owner_limits,
                    policy,
                    wallet_record,
                    desk,
                    cash_mint,
                    cash_source: purse,
                    vault,
                    signatures: self.signatures,
                    token_program: TOKEN_2022,
                    cash_token_program,
                    event_authority: event_authority(&ids::ISSUER),
                    program: ids::ISSUER,
                };
                let reserves = reserves
                    .ok_or_else(|| Failure::file("a quote to subscribe says what is held"))?;
                let args = ix::SubscribeForCashInstructionArgs {
                    attestation: self.attestation(),
                    amount: *amount,
                    cash_amount: *cash_amount,
                    statement: statement(&reserves),
                    max_cash: *cash_amount,
                    deadline,
                };
                let mut before = receive::receive(self.context, &self.payer, security, &owner)?;
                before.extend(open);
                Ok(Use { before, ..self.plain("subscribe for cash", accounts.instruction(args)) })
            }
            QuoteSide::Redeem => {
                let limited = security.ticker.owner_cash_limit.window_secs != 0;
                let (owner_limits, before) = self.owner_limits(&owner, limited)?;
                let accounts = ix::RedeemForCash {
                    owner,
                    issuer,
                    attestor_set: self.set(),
                    ticker,
                    nonces,
                    mint: security.mint,
                    source: security.account_of(&owner),
                    owner_limits,
                    policy,
                    wallet_record,
                    desk,
                    cash_mint,
                    cash_destination: purse,
                    vault,
                    signatures: self.signatures,
                    token_program: TOKEN_2022,
                    cash_token_program,
                    event_authority: event_authority(&ids::ISSUER),
                    program: ids::ISSUER,
                };
                let args = ix::RedeemForCashInstructionArgs {
                    attestation: self.attestation(),
                    amount: *amount,
                    cash_amount: *cash_amount,
                    min_cash: *cash_amount,
                    deadline,
                };
                Ok(Use { before, ..self.plain("redeem for cash", accounts.instruction(args)) })
            }
        }
    }

    fn action(&self) -> Result<Use> {
        let Terms::Action { step, terms, schedule, .. } = &self.file.terms else {
            return Err(Failure::usage("this attestation is about no corporate action"));
        };
        let security = &self.security;
        let action = action_address(security);
        let (issuer, ticker, nonces) =
            (security.ticker.issuer, security.address, security.nonces());
        let history = pda::history(&ids::ISSUER, &security.mint).0;
        let (mint, authority) = (security.mint, security.authority());
        let event_authority = event_authority(&ids::ISSUER);
        let program = ids::ISSUER;
        let instruction = match step {
            ActionStep::Announce => ix::AnnounceAction {
                payer: self.payer,
                operator: None,
                role_grant: None,
                issuer,
                ticker,
                mint,
                action,
                history,
                attestor_set: Some(self.set()),
                nonces: Some(nonces),
                signatures: Some(self.signatures),
                system_program: SYSTEM,
                event_authority,
                program,
            }
            .instruction(ix::AnnounceActionInstructionArgs {
                terms: terms_args(&terms.on_chain()),
                attestation: Some(self.attestation()),
            }),
            ActionStep::Schedule => {
                let schedule = schedule.unwrap_or_default();
                ix::ScheduleAction {
                    issuer,
                    attestor_set: self.set(),
                    ticker,
                    nonces,
                    action,
                    history,
                    mint,
                    authority,
                    signatures: self.signatures,
                    token_program: TOKEN_2022,
                    event_authority,
                    program,
                }
                .instruction(ix::ScheduleActionInstructionArgs {
                    attestation: self.attestation(),
                    effective_at: schedule.effective_at,
                    settled_after_e8: schedule.settled_after,
                    receivable_after_e8: schedule.receivable_after,
                })
            }
            ActionStep::Cancel => {
                let open: CorporateAction =
                    self.context.chain()?.read("the corporate action", &action)?;
                ix::CancelAction {
                    operator: None,
                    role_grant: None,
                    issuer,
                    ticker,
                    action,
                    history,
                    mint,
                    authority,
                    rent_payer: open.rent_payer,
                    attestor_set: Some(self.set()),
                    nonces: Some(nonces),
                    signatures: Some(self.signatures),
                    token_program: TOKEN_2022,
                    event_authority,
                    program,
                }
                .instruction(ix::CancelActionInstructionArgs {
                    attestation: Some(self.attestation()),
                })
            }
        };
        let verb = match step {
            ActionStep::Announce => "announce a corporate action",
            ActionStep::Schedule => "schedule the corporate action",
            ActionStep::Cancel => "cancel the corporate action",
        };
        Ok(self.plain(verb, instruction))
    }
}

/// Where a ticker's open action is, or its next one would be.
pub fn action_address(security: &Security) -> Pubkey {
    let open = security.ticker.open_action;
    let sequence = if open == 0 { security.ticker.action_sequence.saturating_add(1) } else { open };
    pda::corporate_action(&ids::ISSUER, &security.mint, sequence).0
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

const fn statement(reserves: &super::terms::Reserves) -> StatementArgs {
    StatementArgs {
        as_of: reserves.as_of,
        settled_shares_e8: reserves.settled,
        receivable_shares_e8: reserves.receivable,
    }
}

/// Statements for all tickers, and decisions about attestors.
fn custodian_usage(context: &Context, file: &File, signatures: Pubkey) -> Result<Use> {
    let header = &file.header;
    let (issuer, custodian) = (header.issuer, header.custodian_address());
    let signing_set = header.set_address();
    let attestation = AttestationArgs {
        nonce: header.nonce,
        issued_at: header.issued_at,
        expires_at: header.expires_at,
    };
    let event_authority = event_authority(&ids::ISSUER);
    let program = ids::ISSUER;
    let decision = match &file.terms {
        Terms::Statement { as_of, tickers } => {
            let (root, proofs) = tree(tickers)
                .ok_or_else(|| Failure::file("a statement is about one ticker or more"))?;
            let accounts = ix::AttestStatement {
                issuer,
                attestor_set: signing_set,
                custodian,
                signatures,
                event_authority,
                program,
            };
            let instruction = accounts.instruction(ix::AttestStatementInstructionArgs {
                attestation,
                as_of: *as_of,
                root,
            });
            let apply = tickers.iter().zip(proofs).map(|(one, proof)| {
                ix::ApplyStatement {
                    custodian,
                    ticker: pda::ticker(&ids::ISSUER, &one.mint).0,
                    mint: one.mint,
                    event_authority,
                    program,
                }
                .instruction(ix::ApplyStatementInstructionArgs {
                    settled_shares_e8: one.settled,
                    receivable_shares_e8: one.receivable,
                    proof,
                })
            });
            let what = format!("record the statement about {} tickers", tickers.len());
            return Ok(Use { what, before: vec![], instruction, after: apply.collect() });
        }
        Terms::Attestors { decision } => decision,
        _ => return Err(Failure::usage("this attestation is about a security")),
    };
    let (signing_set, signatures) = (Some(signing_set), Some(signatures));
    let (what, instruction) = match decision {
        AttestorsDecision::ActivateSet { set } => {
            let replaced = (set.replaces != Pubkey::default()).then_some(set.replaces);
            let attestor_set = pda::attestor_set(&ids::ISSUER, &custodian, set.index).0;
            let accounts = ix::ActivateAttestorSet {
                operator: None,
                issuer,
                custodian,
                attestor_set,
                replaced,
                signing_set,
                signatures,
                event_authority,
                program,
            };
            let args = ix::ActivateAttestorSetInstructionArgs { attestation: Some(attestation) };
            (format!("activate attestor set {}", set.index), accounts.instruction(args))
        }
        AttestorsDecision::RemoveAttestor { attestor } => {
            let accounts = ix::RemoveAttestor {
                operator: None,
                role_grant: None,
                issuer,
                custodian,
                signing_set,
                signatures,
                event_authority,
                program,
            };
            let args = ix::RemoveAttestorInstructionArgs {
                attestor: *attestor,
                attestation: Some(attestation),
            };
            let live = live_sets(context.chain()?, &custodian)?;
            (
                format!("remove the key {attestor}"),
                accounts.instruction_with_remaining_accounts(args, &live),
            )
        }
        AttestorsDecision::ChangeCustodian { mint, next } => {
            let accounts = ix::ChangeCustodian {
                operator: None,
                issuer,
                custodian,
                next_custodian: pda::custodian(&ids::ISSUER, &issuer, *next).0,
                ticker: pda::ticker(&ids::ISSUER, mint).0,
                announcement: None,
                signing_set,
                signatures,
                event_authority,
                program,
            };
            let args = ix::ChangeCustodianInstructionArgs { attestation: Some(attestation) };
            (format!("move the ticker to custodian {next}"), accounts.instruction(args))
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
