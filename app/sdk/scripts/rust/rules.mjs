// What Rust's calls are written with, besides the rules of `../rules.mjs`.
import { snakeCase } from 'codama';

/** Of every program. */
export const CONSTANTS = {
  system_program: 'SYSTEM',
  token_program: 'TOKEN_2022',
  associated_token_program: 'ASSOCIATED_TOKEN',
};

/** Where the functions are that find a program's accounts. */
const MODULES = { issuer: 'pda', gate: 'gate::pda', collateral: 'collateral::pda' };

/** A rule as a Rust expression; `seed` gives that of a name. */
export function expression(rule, seed) {
  if (!rule.pda) {
    const owner = typeof rule.owner === 'string' ? seed(rule.owner) : expression(rule.owner, seed);
    const tokenProgram = rule.tokenProgram ? seed(rule.tokenProgram) : CONSTANTS.token_program;
    return `associated(&${owner}, &${tokenProgram}, &${seed(rule.mint)})`;
  }
  const { program, pda, seeds } = rule;
  const values = seeds.map(({ seed: name, from }) => {
    if (from.sha256) return `&sha256(&[&${seed(from.sha256)}])`;
    const { type } = pda.seeds.find((node) => node.name === name);
    return `${type.kind === 'numberTypeNode' ? '' : '&'}${seed(from)}`;
  });
  return `${MODULES[program]}::${snakeCase(pda.name)}(&programs.${program}, ${values.join(', ')}).0`;
}

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
