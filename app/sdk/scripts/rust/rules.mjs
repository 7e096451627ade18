// Accounts that a caller need not name, by program and name: the Rust expression of their address.
// `{x}` is an account or an argument of that name or, where the instruction has neither, a further
// field of the call. A rule for one instruction goes before the general one; `null`: to be named after all.

const pda = (of, ...seeds) => `pda::${of}(&programs.issuer, ${seeds.join(', ')}).0`;
const gate = (of, ...seeds) => `gate::pda::${of}(&programs.gate, ${seeds.join(', ')}).0`;
const collateral = (of, ...seeds) => `collateral::pda::${of}(&programs.collateral, ${seeds.join(', ')}).0`;
const associated = (owner) => `associated(&${owner}, &TOKEN_2022, &{mint})`;
const cashOf = (owner) => `associated(&${owner}, &{cash_token_program}, &{cash_mint})`;

const DESK = pda('cash_desk', '&{issuer}', '&{cash_mint}');
const OWN = associated('{owner}');
const REDEMPTION = pda('redemption', '&{mint}', '&{owner}', '{id}');
const RECORD = gate('wallet', '&{issuer}', '&{owner}');
const OPERATOR_GRANT = pda('role_grant', '&{issuer}', '&{operator}');

/** Of every program. */
export const COMMON = {
  system_program: 'SYSTEM',
  token_program: 'TOKEN_2022',
  associated_token_program: 'ASSOCIATED_TOKEN',
};

export const RULES = {
  issuer: {
    ticker: pda('ticker', '&{mint}'),
    nonces: pda('nonce_window', '&{mint}'),
    authority: pda('authority', '&{mint}'),
    delegate: pda('delegate', '&{mint}'),
    escrow: pda('escrow', '&{mint}'),
    history: pda('history', '&{mint}'),
    escrow_account: associated(pda('escrow', '&{mint}')),
    role_grant: OPERATOR_GRANT,
    'grant_role.role_grant': pda('role_grant', '&{issuer}', '&{wallet}'),
    'revoke_role.role_grant': pda('role_grant', '&{issuer}', '&{wallet}'),
    announcement: pda('announcement', '&{issuer}', '{id}'),
    owner_limits: pda('owner_limits', '&{mint}', '&{owner}'),
    policy: gate('policy', '&{mint}'),
    wallet_record: RECORD,
    desk: DESK,
    vault: cashOf(DESK),
    'withdraw_cash.vault': cashOf(DESK),
    cash_source: cashOf('{owner}'),
    cash_destination: cashOf('{owner}'),
    'fund_cash_desk.source': cashOf('{funder}'),
    'attest_mint.destination': OWN,
    'subscribe_for_cash.destination': OWN,
    'redeem_for_cash.source': OWN,
    'request_redemption.source': OWN,
    'can_redeem.source': OWN,
    'request_redemption.redemption': REDEMPTION,
    'can_redeem.redemption': REDEMPTION,
    'create_issuer.issuer': pda('issuer', '&{creator}', '{id}'),
    'create_custodian.custodian': pda('custodian', '&{issuer}', '{number}'),
    'create_attestor_set.attestor_set': pda('attestor_set', '&{custodian}', '{index}'),
    'list_ticker.symbol_record': pda('symbol', '&{issuer}', '&{symbol}'),
    'open_attestation.attestation': pda('attestation', '&{issuer}', '{kind}', '&sha256(&[&{body}])'),
    action: pda('corporate_action', '&{mint}', '{sequence}'),
    hold: pda('hold', '&{mint}', '&{token_account}'),
    'cancel_seizure.hold': pda('hold', '&{mint}', '&{from}'),
    'execute_seizure.hold': pda('hold', '&{mint}', '&{from}'),
    seizure: pda('seizure', '&{mint}', '&{case_hash}'),
    'execute_seizure.destination': associated('{to_owner}'),
    'execute_seizure.destination_grant': pda('role_grant', '&{issuer}', '&{to_owner}'),
    'execute_seizure.wallet_record': gate('wallet', '&{issuer}', '&{to_owner}'),
    'execute_seizure.from_record': gate('wallet', '&{issuer}', '&{from_owner}'),
    ...Object.fromEntries(
      ['cancel_redemption', 'claim_redemption', 'reclaim_redemption'].flatMap((name) => [
        [`${name}.redemption`, REDEMPTION],
        [`${name}.destination`, OWN],
      ]),
    ),
  },
  gate: {
    registry: gate('registry', '&{issuer}'),
    role_grant: OPERATOR_GRANT,
    policy: gate('policy', '&{mint}'),
    list: gate('hook_metas', '&{mint}'),
    thaw_list: gate('thaw_metas', '&{mint}'),
    freeze_list: gate('freeze_metas', '&{mint}'),
    wallet: RECORD,
    'create_policy.ticker': pda('ticker', '&{mint}'),
    'create_provider.provider': gate('provider', '&{issuer}', '{number}'),
    'register_investor.investor': gate('investor', '&{issuer}', '&{id_hash}'),
    'can_transfer.source_wallet': gate('wallet', '&{issuer}', '&{source_owner}'),
    'can_transfer.destination_wallet': gate('wallet', '&{issuer}', '&{destination_owner}'),
  },
  collateral: {
    'create_curator.curator': collateral('curator', '&{creator}', '{id}'),
    'create_calendar.calendar': collateral('calendar', '&{curator}', '&{mic}'),
    feed: collateral('feed', '&{curator}', '&{mint}'),
    'observe.feed': null,
    'status.feed': null,
  },
};

/** Types of the fields that no instruction has as an account. */
export const FIELD_TYPES = {
  mint: 'Address',
  issuer: 'Address',
  owner: 'Address',
  wallet: 'Address',
  cash_mint: 'Address',
  cash_token_program: 'Address',
  token_account: 'Address',
  from: 'Address',
  to_owner: 'Address',
  from_owner: 'Address',
  id: 'u64',
  sequence: 'u32',
  case_hash: '[u8; 32]',
};

/** Optional accounts that come together are asked for by one word. */
export const WORDS = { policy: 'registered', wallet_record: 'registered' };

/** Optional accounts that are told by a number. */
export const NUMBERED = { announcement: 'u64' };
