/**
 * A key for a mint to be. A program pays 1,500 compute units for each try in which it finds an address,
 * and the first try, bump 255, succeeds for every second mint: so keys are tried here, until one makes
 * the first try succeed for all that is found from it on chain.
 */
import { generateKeyPairSigner, type Address, type KeyPairSigner, type ProgramDerivedAddress } from '@solana/kit';
import {
  findAuthorityPda,
  findDelegatePda,
  findEscrowPda,
  findNonceWindowPda,
  findTickerPda,
  type Cluster,
} from '@scrip/sdk';
import { findHookMetasPda } from '@scrip/sdk/gate';

type Find = (seeds: { mint: Address }, config: { programAddress: Address }) => Promise<ProgramDerivedAddress>;

const FIRST_BUMP = 255;

/** What `list_ticker` finds, once. */
const LISTED: readonly Find[] = [findTickerPda, findNonceWindowPda, findAuthorityPda, findDelegatePda, findEscrowPda];

/** It signs once, for the mint's own creation, and is neither needed nor kept afterwards. */
export async function findMintKey({ programId, programs }: Cluster, hooked: boolean): Promise<KeyPairSigner> {
  // The hook's list is found by Token-2022 in every transfer.
  const hook = hooked ? [[findHookMetasPda, programs.gate] as const] : [];
  const wanted = [...hook, ...LISTED.map((find) => [find, programId] as const)];
  for (;;) {
    const mint = await generateKeyPairSigner();
    if (await allFirst(mint.address, wanted)) return mint;
  }
}

async function allFirst(mint: Address, wanted: readonly (readonly [Find, Address])[]): Promise<boolean> {
  for (const [find, programAddress] of wanted) {
    const [, bump] = await find({ mint }, { programAddress });
    if (bump !== FIRST_BUMP) return false;
  }
  return true;
}
