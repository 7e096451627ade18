//! A mint that Token-2022 itself makes and changes: what the windows read is what it writes.

use collateral::state::unit;
use scrip_interface::{
    collateral::{Flags, reason},
    mint::TOKEN_2022,
};
use scrip_tests::{
    collateral::{AAPL, Listing, Market, Price, TOKEN, pyth, rules},
    vm::key,
};
use solana_keypair::Keypair;
use solana_signer::Signer;
use spl_token_2022_interface::{
    extension::{ExtensionType, scaled_ui_amount::instruction as scaled},
    instruction::initialize_mint2,
    state::Mint,
};

struct Issued {
    market: Market,
    listing: Listing,
    mint: Keypair,
}

impl Issued {
    fn new() -> Self {
        let mut market = Market::new();
        let (payer, mint) = (market.vm.payer.pubkey(), key("token-2022 mint"));
        let size =
            ExtensionType::try_calculate_account_len::<Mint>(&[ExtensionType::ScaledUiAmount]);
        let account = scrip_tests::collateral::account(TOKEN_2022, vec![0; size.unwrap()]);
        market.place(mint.pubkey(), account);
        let id = mint.pubkey();
        let instructions = [
            scaled::initialize(&TOKEN_2022, &id, Some(payer), 1.0).unwrap(),
            initialize_mint2(&TOKEN_2022, &id, &payer, None, 8).unwrap(),
        ];
        market.send(&instructions).unwrap();
        let listing = market.list(id, rules(market.calendar, pyth(AAPL, unit::PER_SHARE)));
        Self { market, listing, mint }
    }

    fn update(&mut self, multiplier: f64, effective_at: i64) {
        let (id, payer) = (self.mint.pubkey(), self.market.vm.payer.pubkey());
        let update =
            scaled::update_multiplier(&TOKEN_2022, &id, &payer, &[], multiplier, effective_at);
        self.market.send(&[update.unwrap()]).unwrap();
    }

    fn assert_at(&mut self, time: i64, dollars: f64, multiplier: f64, reasons: u32) {
        self.market.vm.set_time(time);
        self.market.price(&self.listing, &Price::dollars(AAPL, dollars, time));
        let answer = self.market.value(&self.listing, TOKEN);
        assert_eq!(answer.multiplier_bits, multiplier.to_bits(), "{time}");
        assert_eq!(answer.reasons.0, reasons, "{time}");
        assert_eq!(answer.flags, if reasons == 0 { Flags::ALL } else { Flags::CAN_LIQUIDATE });
        assert_eq!(answer.mid_value.0 / 100_000_000, 100, "{time}");
        self.market.observe(&self.listing).unwrap();
    }
}

#[test]
fn a_scheduled_split_is_seen_as_token_2022_stores_it() {
    let mut issued = Issued::new();
    let start = issued.market.vm.now();
    let at = start + 2 * 3_600;
    issued.assert_at(start, 100.0, 1.0, 0);
    issued.update(10.0, at);
    issued.assert_at(at - 3_601, 100.0, 1.0, 0);
    issued.assert_at(at - 3_600, 100.0, 1.0, reason::ACTION_PENDING);
    issued.assert_at(at - 1, 100.0, 1.0, reason::ACTION_PENDING);
    issued.assert_at(at, 10.0, 10.0, reason::ACTION_WINDOW);
    issued.assert_at(at + 60, 10.0, 10.0, 0);
    // A dividend of next week does not bring the split back.
    issued.update(10.05, at + 7 * 86_400);
    issued.assert_at(at + 120, 10.0, 10.0, 0);
}

#[test]
fn a_split_made_at_once_is_seen_against_the_last_observation() {
    let mut issued = Issued::new();
    let start = issued.market.vm.now();
    issued.assert_at(start, 100.0, 1.0, 0);
    issued.market.vm.set_time(start + 60);
    issued.update(10.0, 0);
    issued.assert_at(start + 61, 10.0, 10.0, reason::ACTION_WINDOW);
    issued.assert_at(start + 121, 10.0, 10.0, 0);
}
