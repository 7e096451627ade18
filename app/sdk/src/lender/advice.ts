/** What to do about each refusal of the lender. */
import type { LenderErrorName } from '../error-names.ts';

const DERIVED = 'Use the plans of @scrip/sdk/lender: they derive the address from market, mint and owner.';
const HOLDINGS = 'Read the position anew (fetchHoldings) and give all its holdings, in their order.';

/** By the error's name in the program. */
export const LENDER_ADVICE: Readonly<Record<LenderErrorName, string>> = {
  InstructionInvalid: 'Make the instruction with the plans of @scrip/sdk/lender, of the same release.',
  AccountsMissing: HOLDINGS,
  SignatureMissing: 'Sign with the wallet that the instruction names.',
  AccountInvalid: DERIVED,
  WrongAddress: DERIVED,
  WrongMarket: DERIVED,
  WrongOwner: "Sign with the position's or the market's owner.",
  WrongVault: DERIVED,
  WrongMint: DERIVED,
  WrongTokenProgram: "Give the program that owns the mint's account.",
  WrongCollateralProgram: 'Give the collateral program that the market was made with.',
  WrongHoldings: HOLDINGS,

  TermsInvalid:
    'Choose loan-to-value below the liquidation threshold, both below 10,000, and a bonus that it leaves room for.',
  AmountZero: 'Choose an amount above 0.',
  TransferIncomplete: 'Lend and deposit tokens without a transfer fee.',
  Overflow: 'Take a smaller amount.',
  CashInsufficient: 'Take less, or wait until debtors repay or others supply.',
  SharesInsufficient: 'Redeem no more shares than the supplier has.',
  CollateralInsufficient: 'Withdraw no more than the position holds (fetchHoldings).',
  DepositLimit: "Deposit less, or wait until the market's owner raises the limit.",
  PositionFull: 'Withdraw one kind of collateral first, or use another wallet.',
  CollateralNotHeld: 'Repay the debt first, or deposit a kind that the position holds.',
  AnswerInvalid: 'Value with the collateral program, mints and amounts of this position (fetchHoldings).',
  RulesNotAgreed: "The market's owner must read the loosened rules and agree to their hash (setCollateralPlan).",
  NotAllowed: 'Wait until the reasons are over; repaying and adding collateral are open.',
  DebtTooHigh: 'Borrow less, repay, or add collateral.',
  DebtTooSmall: 'Borrow more, or repay all of it.',
  NoDebt: 'Nothing to do.',
  Healthy: 'Wait: a position is liquidated once its health is below 10,000 (fetchPositionView).',
  SeizedTooLittle: 'Repay more, or ask for less collateral: the price has moved.',
};
