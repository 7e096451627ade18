/** What a program refused, by the name that its IDL gives the error. */
import { isSolanaError, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, SolanaError } from '@solana/kit';

import { ADVICE, GATE_ADVICE } from './advice.ts';
import * as collateral from './generated/collateral/errors/collateral.ts';
import * as gate from './generated/gate/errors/gate.ts';
import * as issuer from './generated/issuer/errors/issuer.ts';
import * as lender from './generated/lender/errors/lender.ts';
import { notAllowed } from './lender/refusals.ts';
import { simulationLogs } from './logs.ts';

/** Names of a program's errors, like `NonceUsed`, by their numbers. */
const namesOf = (generated: Readonly<Record<string, unknown>>, prefix: string): ReadonlyMap<number, string> =>
  new Map(
    Object.entries(generated)
      .filter((entry): entry is [string, number] => entry[0].startsWith(prefix) && typeof entry[1] === 'number')
      .map(([name, code]) => [code, pascalCase(name.slice(prefix.length))]),
  );

/** Names of the issuer program's errors by their numbers. */
export const ISSUER_ERROR_NAMES = namesOf(issuer, 'ISSUER_ERROR__');
/** Names of the gate program's errors by their numbers. */
export const GATE_ERROR_NAMES = namesOf(gate, 'GATE_ERROR__');

/** Each program has a range of numbers of its own. */
const PROGRAMS = [
  { names: ISSUER_ERROR_NAMES, message: issuer.getIssuerErrorMessage, advice: ADVICE },
  { names: GATE_ERROR_NAMES, message: gate.getGateErrorMessage, advice: GATE_ADVICE },
  { names: namesOf(collateral, 'COLLATERAL_ERROR__'), message: collateral.getCollateralErrorMessage, advice: {} },
  { names: namesOf(lender, 'LENDER_ERROR__'), message: lender.getLenderErrorMessage, advice: {} },
] as const;

/** An error that a program of ours gave, or one that was called. */
export type ProgramError = Readonly<{
  code: number;
  /** `NonceUsed`; `Custom(17)` for an error of another program. */
  name: string;
  /** What was wrong, as a sentence of the IDL. */
  message: string;
  /** What to do about it, where that is not plain. */
  advice?: string;
  /** Which instruction of the transaction failed. */
  index: number;
}>;

/**
 * The custom error for which a transaction failed, in simulation or on chain; undefined if `error` is
 * of another sort. Numbers outside our programs' ranges are of a program that was called, or of one
 * that it called: they are not named here.
 */
export function programError(error: unknown): ProgramError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!isSolanaError(cause, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM)) continue;
    const { code, index } = cause.context as { code: number; index: number };
    const program = PROGRAMS.find(({ names }) => names.has(code));
    if (!program) return { code, index, name: `Custom(${code})`, message: `custom program error ${code}` };
    const name = program.names.get(code)!;
    // Found among the program's own numbers.
    const message = program.message(code as never);
    const advice = (program.advice as Readonly<Record<string, string>>)[name];
    return { code, index, name, message, ...(advice !== undefined && { advice }) };
  }
  return undefined;
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
