/** How strict a mint is about who holds it, read from the mint itself: what a transfer needs besides. */
import { getAddressEncoder, getBase64Decoder, type AccountMeta, type Address } from '@solana/kit';
import {
  AccountState,
  fetchMint,
  isExtension,
  resolveExtraAccountMetasForExecute,
  TOKEN_2022_PROGRAM_ADDRESS,
  type Extension,
  type Mint,
} from '@solana-program/token-2022';

import type { Rpc } from './cluster.ts';
import { findTokenAccount, NO_ADDRESS } from './pdas.ts';

/** A ticker's mode, by its number. */
export const Mode = { Open: 0, Frozen: 1, Hooked: 2 } as const;
/** How strict a ticker is about who holds it. */
export type ModeName = 'open' | 'frozen' | 'hooked';
/** Names of modes by their numbers. */
export const MODE_NAMES: readonly ModeName[] = ['open', 'frozen', 'hooked'];

/** What a mint asks of its holders, as Token-2022 keeps it. */
export type MintRules = Readonly<{
  /** The program that checks each transfer. */
  hook?: Address;
  /** Accounts are made frozen. */
  startsFrozen: boolean;
  freezeAuthority?: Address;
}>;

type Reader = Readonly<{ rpc: Rpc }>;

/** Reads a mint's rules. Throws if there is no such mint of Token-2022. */
export async function fetchMintRules({ rpc }: Reader, mint: Address): Promise<MintRules> {
  return mintRulesOf((await fetchMint(rpc, mint)).data);
}

/** The rules of a mint that was read already. */
export function mintRulesOf({ extensions, freezeAuthority }: Pick<Mint, 'extensions' | 'freezeAuthority'>): MintRules {
  const list: readonly Extension[] = extensions.__option === 'Some' ? extensions.value : [];
  const hook = list.find((one) => isExtension('TransferHook', one))?.programId;
  const start = list.find((one) => isExtension('DefaultAccountState', one))?.state;
  return {
    ...(hook !== undefined && hook !== NO_ADDRESS && { hook }),
    startsFrozen: start === AccountState.Frozen,
    ...(freezeAuthority.__option === 'Some' && { freezeAuthority: freezeAuthority.value }),
  };
}

/** A transfer between the associated accounts of two owners. */
export type Move = Readonly<{
  mint: Address;
  from: Address;
  to: Address;
  /** Who signs; `from`, unless it is another. */
  authority?: Address;
  amount: bigint;
}>;

/**
 * What a transfer of a hooked mint needs besides, in the hook's order and as its own list on chain says;
 * nothing for any other mint. The receiver's account may still have to be made. Throws `TokenAccountMissingError` where
 * the sender has no account of the mint: the hook's list reads it.
 */
export async function fetchHookAccounts({ rpc }: Reader, move: Move, rules?: MintRules): Promise<AccountMeta[]> {
  const { mint, from, to, authority = from, amount } = move;
  const { hook } = rules ?? (await fetchMintRules({ rpc }, mint));
  if (hook === undefined) return [];
  const [source, destination] = await Promise.all([from, to].map((owner) => findTokenAccount(mint, owner)));
  return resolveExtraAccountMetasForExecute({
    rpc: withTokenAccounts(rpc, move, source!, destination!),
    transferHookProgramAddress: hook,
    source: source!,
    mint,
    destination: destination!,
    owner: authority,
    amount,
  });
}

/** Who is to send shares of a mint has no account for it, and so none. */
export class TokenAccountMissingError extends Error {
  override name = 'TokenAccountMissingError';

  constructor(
    readonly mint: Address,
    readonly owner: Address,
    /** Where it would be. */
    readonly account: Address,
  ) {
    super(`${owner} has no token account of ${mint} (it would be ${account}), so there is nothing to send.`);
  }
}

/** Mint and owner: what lists of hooks read of a token account. */
const TOKEN_ACCOUNT_BYTES = 165;

/**
 * The resolver reads both accounts for their owners. Where the same transaction makes the receiver's, it is not
 * there yet: this answers with what it will be.
 */
function withTokenAccounts(rpc: Rpc, { mint, from, to }: Move, source: Address, destination: Address): Rpc {
  const data = new Uint8Array(TOKEN_ACCOUNT_BYTES);
  const key = getAddressEncoder();
  data.set(key.encode(mint), 0);
  data.set(key.encode(to), 32);
  const made = {
    data: [getBase64Decoder().decode(data), 'base64'],
    executable: false,
    lamports: 0n,
    owner: TOKEN_2022_PROGRAM_ADDRESS,
    space: BigInt(data.length),
  };
  const getAccountInfo = (address: Address, config: never) => ({
    send: async () => {
      const answer = await rpc.getAccountInfo(address, config).send();
      if (answer.value !== null) return answer;
      if (address === source) throw new TokenAccountMissingError(mint, from, source);
      return address === destination ? { ...answer, value: made } : answer;
    },
  });
  return { ...rpc, getAccountInfo } as unknown as Rpc;
}
