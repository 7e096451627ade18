/** What a program refused, by the name that its IDL gives the error. */
import {
  isSolanaError,
  SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE,
  SolanaError,
} from '@solana/kit';

import { ADVICE } from './advice.ts';
import * as generated from './generated/issuer/errors/issuer.ts';

const PREFIX = 'ISSUER_ERROR__';

/** Names of the issuer program's errors, like `NonceUsed`, by their numbers. */
export const ISSUER_ERROR_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries<unknown>(generated)
    .filter((entry): entry is [string, number] => entry[0].startsWith(PREFIX) && typeof entry[1] === 'number')
    .map(([name, code]) => [code, pascalCase(name.slice(PREFIX.length))]),
);

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
 * of another sort. Numbers below the issuer's range are of the program that was called, or of one
 * that it called: they are not named here.
 */
export function programError(error: unknown): ProgramError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!isSolanaError(cause, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM)) continue;
    const { code, index } = cause.context as { code: number; index: number };
    const name = ISSUER_ERROR_NAMES.get(code);
    if (name === undefined) return { code, index, name: `Custom(${code})`, message: `custom program error ${code}` };
    const message = generated.getIssuerErrorMessage(code as generated.IssuerError);
    const advice = ADVICE[name];
    return { code, index, name, message, ...(advice !== undefined && { advice }) };
  }
  return undefined;
}

/** One line for a person: the program's own words and what to do if it refused, else the innermost cause. */
export function describeError(error: unknown): string {
  const refused = programError(error);
  if (refused) return [`${refused.name}: ${refused.message}`, refused.advice].filter(Boolean).join('. ');
  let cause = error;
  while (cause instanceof SolanaError && cause.cause instanceof Error) cause = cause.cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const log = failureLog(error);
  return log === undefined ? text : `${text} (${log})`;
}

/** The log line with which a simulated transaction failed. */
function failureLog(error: unknown): string | undefined {
  if (!isSolanaError(error, SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE)) return undefined;
  const { logs } = error.context as { logs?: readonly string[] | null };
  return logs?.findLast((line) => line.includes(' failed: '));
}

/** NONCE_USED -> NonceUsed */
function pascalCase(constant: string): string {
  return constant.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
