/** A connection to a cluster, and the few things that every caller does with one. */
import {
  address,
  airdropFactory,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  getBase58Encoder,
  lamports,
  type Address,
  type AddressesByLookupTableAddress,
  type Commitment,
  type ReadonlyUint8Array,
} from '@solana/kit';
import { fetchSysvarClock } from '@solana/sysvars';

import { COLLATERAL_PROGRAM_ADDRESS } from './generated/collateral/programs/index.ts';
import { GATE_PROGRAM_ADDRESS } from './generated/gate/programs/index.ts';
import { ISSUER_PROGRAM_ADDRESS } from './generated/issuer/programs/index.ts';
import { LENDER_PROGRAM_ADDRESS } from './generated/lender/programs/index.ts';

/** At which an account is read and a transaction counts as landed. */
export const COMMITMENT: Commitment = 'confirmed';

// kit types its factories by the cluster's name, which a URL known at run time has not: hence the
// casts below.
/** kit's client of a node, as `createSolanaRpc` makes it. */
export type Rpc = ReturnType<typeof createSolanaRpc>;

/** A connection, as `connect` makes it: what plans are for and questions go to. */
export type Cluster = Readonly<{
  url: string;
  rpc: Rpc;
  subscriptions: ReturnType<typeof createSolanaRpcSubscriptions>;
  /** Of the chain: part of everything that is signed for it. */
  genesisHash: ReadonlyUint8Array;
  /** The issuer program's address on this cluster. */
  programId: Address;
  /** The other programs' addresses. */
  programs: Programs;
  /** Tables that `send` uses where a transaction would not fit otherwise; see `withLookupTables`. */
  lookupTables?: AddressesByLookupTableAddress;
}>;

/** Addresses of the programs beside the issuer's. */
export type Programs = Readonly<{ gate: Address; collateral: Address; lender: Address }>;

/** Where to connect; `ws` and the programs' addresses where they are not the usual ones. */
export type ConnectOptions = Readonly<{
  url: string;
  ws?: string;
  programId?: string;
  programs?: Partial<Programs>;
  /** Do not ask for the issuer program: it is about to be deployed. */
  undeployed?: boolean;
}>;

/** A deployment of one's own, by the variables that it was compiled with: SCRIP_ISSUER_ID and so on. */
export function deploymentOf(
  env: Readonly<Record<string, string | undefined>>,
): Pick<ConnectOptions, 'programId' | 'programs'> {
  const { SCRIP_ISSUER_ID: programId, SCRIP_GATE_ID: gate } = env;
  const { SCRIP_COLLATERAL_ID: collateral, SCRIP_LENDER_ID: lender } = env;
  return {
    ...(programId && { programId }),
    programs: {
      ...(gate && { gate: address(gate) }),
      ...(collateral && { collateral: address(collateral) }),
      ...(lender && { lender: address(lender) }),
    },
  };
}

/** Connects. Throws one clear sentence if nothing answers or the issuer program is not there. */
export async function connect({ url, ws, programId, programs, undeployed = false }: ConnectOptions): Promise<Cluster> {
  const rpc = createSolanaRpc(url);
  const subscriptions = createSolanaRpcSubscriptions(ws ?? websocketUrl(url));
  const program = programId ? address(programId) : ISSUER_PROGRAM_ADDRESS;
  const genesis = await rpc
    .getGenesisHash()
    .send()
    .catch((cause: unknown) => {
      throw new Error(`no Solana cluster answers at ${url}: start one with \`cargo xtask localnet\`.`, { cause });
    });
  if (!undeployed) await requireDeployed(rpc, url, program);
  return {
    url,
    rpc,
    subscriptions,
    genesisHash: getBase58Encoder().encode(genesis),
    programId: program,
    programs: {
      gate: GATE_PROGRAM_ADDRESS,
      collateral: COLLATERAL_PROGRAM_ADDRESS,
      lender: LENDER_PROGRAM_ADDRESS,
      ...programs,
    },
  };
}

async function requireDeployed(rpc: Rpc, url: string, program: Address): Promise<void> {
  const { value } = await rpc
    .getAccountInfo(program, { encoding: 'base64', dataSlice: { offset: 0, length: 0 } })
    .send();
  if (!value?.executable)
    throw new Error(`the issuer program ${program} is not on the cluster at ${url}: deploy it first.`);
}

/** The usual websocket address of an RPC address: the next port, or the same one without a port. */
export function websocketUrl(url: string): string {
  const result = new URL(url);
  result.protocol = result.protocol === 'https:' ? 'wss:' : 'ws:';
  if (result.port) result.port = `${Number(result.port) + 1}`;
  return result.toString();
}

/** Whether a cluster runs on this machine: only there may keys and funds be made up. */
export function isLocal({ url }: Pick<Cluster, 'url'>): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}

/** The chain's own time, in seconds since 1970: what its programs compare with. */
export async function chainTime({ rpc }: Pick<Cluster, 'rpc'>): Promise<bigint> {
  return (await fetchSysvarClock(rpc)).unixTimestamp;
}

/** Gives test funds to an account and waits until they are there. */
export async function airdrop(cluster: Cluster, recipient: Address, sol: number): Promise<void> {
  const request = airdropFactory({ rpc: cluster.rpc as never, rpcSubscriptions: cluster.subscriptions as never });
  await request({
    commitment: COMMITMENT,
    recipientAddress: recipient,
    lamports: lamports(BigInt(Math.round(sol * 1e9))),
  });
}
