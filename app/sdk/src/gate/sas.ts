/** Records made from an attestation of the Solana Attestation Service, without a provider of one's own. */
import { getAddressEncoder, type Address, type Instruction, type TransactionSigner } from '@solana/kit';

import { getRegisterFromSasInstruction, getSyncFromSasInstruction } from '../generated/gate/instructions/index.ts';
import { sha256 } from '../hash.ts';
import type { InvestorView } from './investors.ts';
import { withWallets } from './investors.ts';
import { findInvestor, findProvider, findWallet } from './pdas.ts';
import { deployed, type Gate } from './shared.ts';

/** A provider that goes by attestations, and the accounts by which it does. */
export type SasProvider = Readonly<{ issuer: Address; number: number; credential: Address; schema: Address }>;

/** An attested wallet is an investor of its own, under this id. */
export const sasIdHash = (attestation: Address) =>
  sha256(new TextEncoder().encode('sas'), getAddressEncoder().encode(attestation));

/** Registers the wallet of an attestation; it signs itself, anybody pays. */
export async function registerFromSasPlan(
  cluster: Gate,
  payer: TransactionSigner,
  owner: TransactionSigner,
  { issuer, number, credential, schema }: SasProvider,
  attestation: Address,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const { program } = event;
  const input = {
    payer,
    owner,
    issuer,
    provider: await findProvider(program, issuer, number),
    credential,
    schema,
    attestation,
    investor: await findInvestor(program, issuer, await sasIdHash(attestation)),
    wallet: await findWallet(program, issuer, owner.address),
    ...event,
  };
  return [getRegisterFromSasInstruction(input, at)];
}

/** Brings an investor to what its attestation says now. Anyone may: what the account holds decides. */
export async function syncFromSasPlan(
  cluster: Gate,
  { issuer, number, credential, schema }: SasProvider,
  view: InvestorView,
  attestation: Address,
): Promise<Instruction[]> {
  const [event, at] = await deployed(cluster);
  const provider = await findProvider(event.program, issuer, number);
  const input = { provider, credential, schema, investor: view.address, attestation, ...event };
  return [await withWallets(cluster, view, getSyncFromSasInstruction(input, at))];
}
