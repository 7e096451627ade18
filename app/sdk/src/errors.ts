/** What a program refused, by the name that its IDL gives the error. */
import { isSolanaError, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, SolanaError, type Address } from '@solana/kit';

import { ADVICE, GATE_ADVICE } from './advice.ts';
import { COLLATERAL_ADVICE } from './collateral/advice.ts';
import type { CollateralErrorName, GateErrorName, IssuerErrorName, LenderErrorName } from './error-names.ts';
import { foreignError, isForeign } from './foreign-errors.ts';
import * as collateral from './generated/collateral/errors/collateral.ts';
import * as gate from './generated/gate/errors/gate.ts';
import * as issuer from './generated/issuer/errors/issuer.ts';
import * as lender from './generated/lender/errors/lender.ts';
import { COLLATERAL_PROGRAM_ADDRESS } from './generated/collateral/programs/index.ts';
import { GATE_PROGRAM_ADDRESS } from './generated/gate/programs/index.ts';
import { ISSUER_PROGRAM_ADDRESS } from './generated/issuer/programs/index.ts';
import { LENDER_PROGRAM_ADDRESS } from './generated/lender/programs/index.ts';
import { LENDER_ADVICE } from './lender/advice.ts';
import { notAllowed } from './lender/refusals.ts';
import { simulationLogs } from './logs.ts';
import type { Deployment } from './plans/shared.ts';

/** Names of a program's errors, like `NonceUsed`, by their numbers. */
const namesOf = (generated: Readonly<Record<string, unknown>>, prefix: string): ReadonlyMap<number, string> =>
  new Map(
    Object.entries(generated)
      .filter((entry): entry is [string, number] => entry[0].startsWith(prefix) && typeof entry[1] === 'number')
      .map(([name, code]) => [code, pascalCase(name.slice(prefix.length))]),
  );

/** Names of the issuer program's errors by their numbers. */
export const ISSUER_ERROR_NAMES = /* @__PURE__ */ namesOf(issuer, 'ISSUER_ERROR__');
/** Names of the gate program's errors by their numbers. */
export const GATE_ERROR_NAMES = /* @__PURE__ */ namesOf(gate, 'GATE_ERROR__');

/** Each program has a range of numbers of its own. */
const PROGRAMS = [
  { program: 'issuer', names: ISSUER_ERROR_NAMES, message: issuer.getIssuerErrorMessage, advice: ADVICE },
  { program: 'gate', names: GATE_ERROR_NAMES, message: gate.getGateErrorMessage, advice: GATE_ADVICE },
  {
    program: 'collateral',
    names: /* @__PURE__ */ namesOf(collateral, 'COLLATERAL_ERROR__'),
    message: collateral.getCollateralErrorMessage,
    advice: COLLATERAL_ADVICE,
  },
  {
    program: 'lender',
    names: /* @__PURE__ */ namesOf(lender, 'LENDER_ERROR__'),
    message: lender.getLenderErrorMessage,
    advice: LENDER_ADVICE,
  },
] as const;

/** What every error of a program has. */
export type Failure = Readonly<{
  code: number;
  /** What was wrong, as a sentence of the IDL. */
  message: string;
  /** What to do about it; none for an error that is not known here. */
  advice?: string;
  /** Which instruction of the transaction failed. */
  index: number;
}>;

/** By `program`: its errors' names, in their type. `other`: of a program that ours call or stand on, like Token-2022. */
export type ProgramError = Failure &
  (
    | Readonly<{ program: 'issuer'; name: IssuerErrorName }>
    | Readonly<{ program: 'gate'; name: GateErrorName }>
    | Readonly<{ program: 'collateral'; name: CollateralErrorName }>
    | Readonly<{ program: 'lender'; name: LenderErrorName }>
    /** `AccountFrozen` of Token-2022; `Custom(17)` where the number says nothing without a log. */
    | Readonly<{ program: 'other'; name: string }>
  );

/**
 * The custom error for which a transaction failed, in simulation or on chain; undefined if `error` is
 * of another sort. `logs`, where they are not in the error itself: those of the transaction that failed on chain.
 * They say which program failed; `cluster`, where the programs are: then a number that another program raised is never
 * taken for one of ours.
 */
export function programError(
  error: unknown,
  logs: readonly string[] = simulationLogs(error),
  cluster?: Deployment,
): ProgramError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!isSolanaError(cause, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM)) continue;
    const { code, index } = cause.context as { code: number; index: number };
    return namedError(code, index, logs, cluster);
  }
  return undefined;
}

/** An error by its number, of the instruction `index`. */
export function namedError(
  code: number,
  index: number,
  logs: readonly string[] = [],
  cluster?: Deployment,
): ProgramError {
  const raiser = raisedBy(logs, code);
  const whose = raiser === undefined ? undefined : ownerOf(raiser, cluster);
  // Known to be somebody else's; or of one of ours; or of a program that may be a deployment of ours.
  const isOthers = raiser !== undefined && whose === undefined && (cluster !== undefined || isForeign(raiser));
  const own = PROGRAMS.find(({ program, names }) => !isOthers && (whose ?? program) === program && names.has(code));
  if (own) {
    const name = own.names.get(code)!;
    const { program, advice } = own;
    // Found among the program's own numbers and names.
    const message = own.message(code as never);
    return { program, code, index, name, message, advice: (advice as Record<string, string>)[name] } as ProgramError;
  }
  const foreign = foreignError(code, raiser);
  const unknown = { name: `Custom(${code})`, message: `custom program error ${code}` };
  return { program: 'other', code, index, ...(foreign ?? unknown) };
}

const USUAL: Deployment = {
  programId: ISSUER_PROGRAM_ADDRESS,
  programs: {
    gate: GATE_PROGRAM_ADDRESS,
    collateral: COLLATERAL_PROGRAM_ADDRESS,
    lender: LENDER_PROGRAM_ADDRESS,
  },
};

/** Which of the programs is at an address. */
function ownerOf(address: string, { programId, programs }: Deployment = USUAL) {
  const all: Readonly<Record<(typeof PROGRAMS)[number]['program'], Address>> = { issuer: programId, ...programs };
  return PROGRAMS.find(({ program }) => all[program] === address)?.program;
}

/** The program that failed first with a number: those that called it fail with the same one after. */
function raisedBy(logs: readonly string[], code: number): string | undefined {
  const line = logs.find((line) => line.endsWith(` failed: custom program error: 0x${code.toString(16)}`));
  return /^Program (\w+) failed/.exec(line ?? '')?.[1];
}

/** One line for a person: the program's own words and what to do if it refused, else the innermost cause. */
export function describeError(error: unknown): string {
  const refused = programError(error);
  if (refused) {
    const reasons = notAllowed(error)
      ?.reasons.map(({ text }) => text)
      .join(' ');
    return [`${refused.name}: ${refused.message}`, refused.advice, reasons].filter(Boolean).join('. ');
  }
  let cause = error;
  while (cause instanceof SolanaError && cause.cause instanceof Error) cause = cause.cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const log = failureLog(error);
  return log === undefined ? text : `${text} (${log})`;
}

/** The log line with which a simulated transaction failed. */
function failureLog(error: unknown): string | undefined {
  return simulationLogs(error).findLast((line) => line.includes(' failed: '));
}

/** NONCE_USED -> NonceUsed */
function pascalCase(constant: string): string {
  return constant.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
