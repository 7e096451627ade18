/** What to do about each refusal of the collateral program. */
import type { CollateralErrorName } from '../error-names.ts';

const DERIVED = 'Find the accounts with findValueAccounts or findFeed: they belong to one curator, feed and mint.';
const POST = 'Post a new price update of this feed, fully verified, and give its account.';

/** By the error's name in the IDL. */
export const COLLATERAL_ADVICE: Readonly<Record<CollateralErrorName, string>> = {
  NotAdmin: "Sign with the curator's admin.",
  NotPendingAdmin: 'The admin must propose this wallet first.',
  RoleMissing: 'Sign as the admin, or have it give the wallet this role.',
  AdminInvalid: 'Name a wallet.',
  RoleInvalid: 'Combine bits of the known roles, for a wallet.',
  RolesFull: "Take another wallet's role away first.",
  TimelockInvalid: 'Choose a timelock from 3,600 to 2,592,000 seconds.',

  WrongCurator: DERIVED,
  WrongCalendar: DERIVED,
  WrongMint: DERIVED,
  MintInvalid: 'Name a mint of Token-2022 that has extensions.',
  AccountsInvalid: 'Give the accounts as valueMetas orders them, a token price where the feed has a source for one.',
  AmountsInvalid: 'Ask for 1 to 5 amounts at a time.',

  MicInvalid: 'Write the ISO 10383 code of the exchange, like XNAS.',
  HoursInvalid: 'Order the hours: pre, regular, post, overnight, each within the day.',
  YearInvalid: 'Give each year of 2000 to 2399 once, with days that it has.',
  YearTooOld: 'Nothing to do: the calendar holds the eight latest years that it was given.',
  ConfigInvalid: 'Start from defaultRules and change what differs.',
  NothingPending: 'Nothing to do: no change waits.',
  HaltInvalid: "Let the halt end later than now, in the chain's time.",
  NotHalted: 'Nothing to do: there is no halt to lift.',

  OracleProgramUnknown: "Give an account that one of Pyth's programs owns.",
  WrongPriceAccount: 'Give the account that the rules pin (findValueAccounts).',
  WrongFeedId: 'Give the price account of the feed id that the rules name.',
  PriceLayoutInvalid: POST,
  PriceNotVerified: POST,
  ObservationUnusable: 'Post a newer price; reasonsFor(value) says what is wrong with this one.',
};
