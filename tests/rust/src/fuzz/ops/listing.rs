//! Tickers: listing, metadata, terms and the price band.

use super::{actions::SHARE, common::*, governance::choose_limit};
use crate::fuzz::address::pda;
use crate::fuzz::{attested::call::TickerAccounts, foreign};
use issuer::{
    error::IssuerError,
    instructions::*,
    state::{Change, TickerTerms},
};
use scrip_interface::{attestation::ReserveStatement, mint::TOKEN_2022};
use solana_signer::Signer;

/// Terms, mostly sound.
fn choose_terms(rng: &mut Rng) -> TickerTerms {
    let day = DAY as u32;
    let mut terms = TickerTerms {
        max_statement_age_secs: 600 + rng.below(u64::from(day)) as u32,
        max_receivable_bps: rng.below(2_001) as u16,
        redemption_secs: 60 + rng.below(2 * u64::from(day)) as u32,
        payout_secs: 60 + rng.below(u64::from(day)) as u32,
        min_redemption: rng.below(2) * rng.below(SHARE),
        mint_limit: choose_limit(rng, 10_000 * SHARE),
        owner_mint_limit: choose_limit(rng, 5_000 * SHARE),
        cash_limit: choose_limit(rng, 500 * SHARE),
        owner_cash_limit: choose_limit(rng, 200 * SHARE),
    };
    match rng.below(30) {
        0 => terms.max_statement_age_secs = 0,
        1 => terms.payout_secs = 30 * day + 1,
        2 => terms.max_receivable_bps = 2_001,
        _ => {}
    }
    terms
}

/// Other terms than these: one of them, or all.
pub fn other_terms(rng: &mut Rng, terms: &TickerTerms) -> TickerTerms {
    let fresh = choose_terms(rng);
    match rng.below(6) {
        0 => TickerTerms { mint_limit: fresh.mint_limit, ..*terms },
        1 => TickerTerms { owner_mint_limit: fresh.owner_mint_limit, ..*terms },
        2 => TickerTerms { cash_limit: fresh.cash_limit, ..*terms },
        3 => TickerTerms { owner_cash_limit: fresh.owner_cash_limit, ..*terms },
        4 => TickerTerms { redemption_secs: fresh.redemption_secs, ..*terms },
        _ => fresh,
    }
}

/// Terms that are no looser, so that no announcement is needed.
fn tighter_terms(rng: &mut Rng, terms: &TickerTerms) -> TickerTerms {
    TickerTerms {
        max_statement_age_secs: (terms.max_statement_age_secs - rng.below(60) as u32).max(300),
        redemption_secs: (terms.redemption_secs - rng.below(30) as u32).max(30),
        min_redemption: terms.min_redemption / 2,
        ..*terms
    }
}

pub fn list_ticker(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let count = model.tickers.len();
    if count >= 4 || (count >= 3 && !rng.percent(15)) {
        return None;
    }
    let (custodian, _) = rng.one(model.custodians.iter())?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_LIST)?;
    // A symbol that is listed already, with a new mint.
    let number = if rng.percent(5) { count.saturating_sub(1) } else { count };
    let symbol = foreign::symbol(number);
    let mint = crate::vm::key(&format!("fuzz mint {count}")).pubkey();
    let id = &issuer::ID;
    let of = TickerAccounts::of(&mint);
    let mut args = ListTickerArgs {
        symbol,
        underlying: symbol,
        isin: *b"US0378331005",
        mic: *b"XNAS",
        name: "A share".to_owned(),
        uri: "https://example.com/share.json".to_owned(),
        terms: choose_terms(rng),
        // The first three are one of each.
        mode: if count < 3 { count as u8 } else { rng.below(3) as u8 },
        primary_kyc: rng.percent(20),
    };
    match rng.below(40) {
        0 => args.isin[11] = b'6',
        1 => args.mic[0] = b'x',
        2 => args.name = String::new(),
        3 => args.underlying = [0; 16],
        4 => args.mode = 3,
        _ => {}
    }
    refusals.unless(args.mode < 3, IssuerError::ModeUnknown);
    let refused = |rule: bool, error, refusals: &mut Refusals| refusals.unless(rule, error);
    refused(args.isin[11] == b'5', IssuerError::IsinInvalid, &mut refusals);
    refused(args.mic[0] == b'X', IssuerError::MicInvalid, &mut refusals);
    refused(!args.name.is_empty(), IssuerError::MetadataInvalid, &mut refusals);
    refused(args.underlying != [0; 16], IssuerError::SymbolInvalid, &mut refusals);
    refused(sound_terms(&args.terms), IssuerError::TermsInvalid, &mut refusals);
    let listed = model.tickers.values().any(|it| it.symbol == symbol);
    refusals.unless_code(!listed, code::ALREADY_IN_USE);
    let accounts = issuer::accounts::ListTicker {
        payer: payer(arena, rng),
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        custodian: *custodian,
        mint,
        ticker: of.ticker,
        symbol_record: pda::symbol(id, &arena.issuer(), &symbol).0,
        nonces: of.nonces,
        authority: of.authority,
        delegate: pda::delegate(id, &mint).0,
        escrow: of.escrow,
        escrow_account: of.escrow_account,
        token_program: TOKEN_2022,
        associated_token_program: spl_associated_token_account_interface::program::ID,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let state = TickerState {
        custodian: *custodian,
        symbol,
        pauses: 0,
        terms: args.terms,
        minted: 0,
        redeemed: 0,
        open: 0,
        reserves: ReserveStatement::default(),
        mint_level: Level::default(),
        cash_level: Level::default(),
        band: (0, 0, 0),
        nonces: Nonces::default(),
        supply: 0,
        mint_paused: false,
        multipliers: Multipliers { first: 1.0, effective_at: 0, second: 1.0 },
        isin: args.isin,
        mic: args.mic,
        underlying: args.underlying,
        mode: args.mode,
        primary_kyc: args.primary_kyc,
        seized: 0,
        action_sequence: 0,
        action: None,
        window: (900, 900),
        schedules: (0, 0),
        next: None,
        history: vec![],
    };
    let call = instruction(&accounts, &issuer::instruction::ListTicker { args });
    Some(Plan::new("list_ticker", call, refusals).then(move |model, _| {
        model.custodians.get_mut(&state.custodian).expect("known").tickers += 1;
        let escrow = Holding { mint, owner: of.escrow, amount: 0, frozen: false };
        model.holdings.insert(of.escrow_account, escrow);
        model.tickers.insert(mint, state);
    }))
}

pub fn update_metadata(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let mint = super::actions::ticker(arena, rng, 0)?;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_LIST)?;
    let long = |rng: &mut Rng| "u".repeat(rng.within(1, 132) as usize);
    let (isin, mic): ([u8; 12], [u8; 4]);
    (isin, mic) = (
        *rng.pick(&[*b"US88160R1014", [0; 12], *b"US88160R1015"])?,
        *rng.pick(&[*b"XNYS", *b"xnys"])?,
    );
    let change = match rng.below(6) {
        0 => MetadataChange::Name { name: "n".repeat(rng.within(1, 66) as usize) },
        1 => MetadataChange::Uri { uri: long(rng) },
        2 => MetadataChange::Prospectus { uri: long(rng), sha256: [rng.below(256) as u8; 32] },
        3 => MetadataChange::Underlying { symbol: foreign::symbol(rng.below(100) as usize) },
        4 => MetadataChange::Isin { isin },
        _ => MetadataChange::Mic { mic },
    };
    let fits = match &change {
        MetadataChange::Name { name } => name.len() <= 64,
        MetadataChange::Uri { uri } | MetadataChange::Prospectus { uri, .. } => uri.len() <= 128,
        _ => true,
    };
    refusals.unless(fits, IssuerError::MetadataInvalid);
    if let MetadataChange::Isin { isin } = &change {
        refusals.unless(isin[11] != b'5', IssuerError::IsinInvalid);
    }
    if let MetadataChange::Mic { mic } = &change {
        refusals.unless(mic[0] == b'X', IssuerError::MicInvalid);
    }
    let of = TickerAccounts::of(&mint);
    let accounts = issuer::accounts::UpdateMetadata {
        payer: payer(arena, rng),
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: of.ticker,
        mint,
        authority: of.authority,
        token_program: TOKEN_2022,
        system_program: Pubkey::default(),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let data = issuer::instruction::UpdateMetadata { change: change.clone() };
    let plan = Plan::new("update_metadata", instruction(&accounts, &data), refusals);
    Some(plan.then(move |model, _| {
        let ticker = model.ticker_mut(&mint);
        match change {
            MetadataChange::Underlying { symbol } => ticker.underlying = symbol,
            MetadataChange::Isin { isin } => ticker.isin = isin,
            MetadataChange::Mic { mic } => ticker.mic = mic,
            _ => {}
        }
    }))
}

pub fn set_terms(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let wanted = announced(arena, rng, |change| match change {
        Change::SetTerms { mint, terms } => Some((*mint, *terms)),
        _ => None,
    });
    let (mint, terms, id) = match wanted {
        Some(((mint, terms), id)) => (mint, terms, id),
        None => {
            let mint = super::actions::ticker(arena, rng, 0)?;
            let current = &model.ticker(&mint).terms;
            let tighter = rng.percent(85);
            let terms =
                if tighter { tighter_terms(rng, current) } else { other_terms(rng, current) };
            (mint, terms, None)
        }
    };
    let admin = mostly(rng, arena, model.issuer.admin);
    let mut refusals = model.only_admin(&admin);
    refusals.unless(sound_terms(&terms), IssuerError::TermsInvalid);
    let waits = looser_terms(&terms, &model.ticker(&mint).terms);
    if waits {
        refusals.add(model.announced(id, &Change::SetTerms { mint, terms }));
    }
    let accounts = issuer::accounts::SetTerms {
        admin,
        issuer: arena.issuer(),
        ticker: pda::ticker(&issuer::ID, &mint).0,
        announcement: announcement(arena, id.filter(|_| waits)),
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let call = instruction(&accounts, &issuer::instruction::SetTerms { terms });
    Some(Plan::new("set_terms", call, refusals).then(move |model, _| {
        made(model, id.filter(|_| waits));
        model.ticker_mut(&mint).terms = terms;
    }))
}

pub fn set_price_band(arena: &Arena, rng: &mut Rng) -> Option<Plan> {
    let model = &arena.model;
    let (operator, grant_of, mut refusals) = power(arena, rng, ROLE_CASH)?;
    let over = model.tickers.iter().filter(|(_, it)| it.band.2 <= model.now + HOUR);
    let mint = match rng.one(over) {
        Some((mint, _)) => *mint,
        None => *rng.one(model.tickers.keys())?,
    };
    let mut min_price_e8 = (100 + rng.below(100)) * 100_000_000;
    let max_price_e8 = min_price_e8 + rng.below(50) * 100_000_000;
    let expires_at = model.now
        + match rng.below(30) {
            0 => 0,
            1 => 7 * DAY + 1,
            _ => rng.within(DAY, 7 * DAY),
        };
    match rng.below(30) {
        0 => min_price_e8 = 0,
        1 => min_price_e8 = max_price_e8 + 1,
        _ => {}
    }
    let sound = (1..=max_price_e8).contains(&min_price_e8)
        && (model.now + 1..=model.now + 7 * DAY).contains(&expires_at);
    let ahead = model.ticker(&mint).scheduled().filter(|it| model.now < it.effective_at);
    let ends = ahead.is_none_or(|it| expires_at <= it.effective_at);
    refusals.unless(sound && ends, IssuerError::PriceBandInvalid);
    let accounts = issuer::accounts::SetPriceBand {
        operator,
        role_grant: grant(arena, grant_of),
        issuer: arena.issuer(),
        ticker: pda::ticker(&issuer::ID, &mint).0,
        event_authority: event_authority(),
        program: issuer::ID,
    };
    let args = SetPriceBandArgs { min_price_e8, max_price_e8, expires_at };
    let call = instruction(&accounts, &issuer::instruction::SetPriceBand { args });
    Some(Plan::new("set_price_band", call, refusals).then(move |model, _| {
        model.ticker_mut(&mint).band = (min_price_e8, max_price_e8, expires_at);
    }))
}
