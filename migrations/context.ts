/** What every step works with: a cluster, the wanted state, the keys, and the addresses that follow. */
import type { Address, KeyPairSigner } from '@solana/kit';
import { loadCalendar, type MarketCalendar, type TickerFacts } from '@scrip/data';
import {
  airdrop,
  fetchMaybeIssuer,
  findAttestorSet,
  findCustodian,
  findIssuer,
  isLocal,
  type Cluster,
} from '@scrip/sdk';
import { findCalendar, findCurator } from '@scrip/sdk/collateral';

import { wantedTickers, type AttestorsConfig, type Config } from './config.ts';
import { openKeyStore } from './keys.ts';
import { sortKeys } from './order.ts';
import { CONFIRMED } from './read.ts';

/** A set of attestors. */
export type Attestors = Readonly<{
  attestorSet: Address;
  /** In the order of the set: rising. */
  attestors: readonly Address[];
  /** The same, with their keys: on a local cluster only. */
  attestorSigners: readonly KeyPairSigner[];
}>;

/** The configured attestors' own fields are those of the set that signs every day. */
export type Context = Attestors &
  Readonly<{
    cluster: Cluster;
    config: Config;
    /** Of the issuer, or who lists for it; pays for everything here. */
    admin: KeyPairSigner;
    tickers: readonly TickerFacts[];
    /** Whether the issuer's admin is another: then the key `admin` lists tickers by a grant of the role LIST. */
    granted: boolean;
    /** Who decides who may hold what: has the COMPLIANCE role. Where the configuration has a gate. */
    complianceAddress?: Address;
    /** The same, with its key, where that is here. */
    compliance?: KeyPairSigner;
    /** Of the configured providers, in their order; with their keys, where these were made up. */
    providers: readonly Provider[];
    /** Of the keys that are kept offline, where the configuration has such. */
    coldAttestors?: Attestors;
    issuer: Address;
    custodian: Address;
    /** Of price feeds. */
    curator: Address;
    /** What the exchanges' days are, and the account that they are loaded into. */
    marketDays: MarketCalendar;
    calendar: Address;
    /** Where a run is to deploy programs. */
    deployment?: Deployment;
  }>;

/** Which programs a run deploys or upgrades. */
export type Deployment = Readonly<{
  /** With `issuer.so` and so on, and for a first deployment each program's key, `issuer-keypair.json`. */
  folder: string;
  /** Pays, and is the upgrade authority of what it deploys: the key `deployer`, else the admin. */
  deployer: KeyPairSigner;
  /** Whether to prepare upgrades that another authority has to make. */
  stages: boolean;
}>;

export type Provider = Readonly<{ authority: Address; signer?: KeyPairSigner }>;

/** What a step did about one account. */
export type Done = Readonly<{ what: string; address: Address; outcome: Outcome }>;
export type Outcome =
  | 'created'
  | 'upgraded'
  | 'extended'
  | 'already there'
  | 'waits for the timelock'
  | 'waits for compliance'
  | 'waits for its upgrade authority'
  | 'other code on chain'
  | 'no oracle feed';
export type Step = (context: Context) => Promise<Done[]>;

/** A folder of programs to deploy, and whether to prepare upgrades for another authority. */
export type ProgramsOption = Readonly<{ folder: string; stages?: boolean }>;

/** Below this, a local admin gets funds; listing a ticker costs about 0.03 SOL of rent. */
const FUNDS_LAMPORTS = 5_000_000_000n;
const AIRDROP_SOL = 100;

/** Reads keys and tickers, and on a local cluster makes up what is missing. */
export async function prepare(
  cluster: Cluster,
  config: Config,
  keysFolder?: string,
  programs?: ProgramsOption,
): Promise<Context> {
  const tickers = wantedTickers(config);
  const keys = openKeyStore(cluster, keysFolder);
  const admin = await keys.get('admin');
  const issuer = await findIssuer(cluster.programId, config.issuer.creator ?? admin.address, BigInt(config.issuer.id));
  const custodian = await findCustodian(cluster.programId, issuer, config.custodian.number);
  const attestors = await attestorsOf(cluster, custodian, config.attestors, (i) => keys.get(`attestor-${i}`));
  const cold =
    config.coldAttestors &&
    (await attestorsOf(cluster, custodian, config.coldAttestors, (i) => keys.get(`cold-attestor-${i}`)));
  const marketDays = loadCalendar(config.collateral.calendarFile);
  const program = cluster.programs.collateral;
  const curator = await findCurator(
    program,
    config.collateral.creator ?? admin.address,
    BigInt(config.collateral.curator),
  );
  const existing = await fetchMaybeIssuer(cluster.rpc, issuer, CONFIRMED);
  const granted = existing.exists && existing.data.admin !== admin.address;
  const calendar = await findCalendar(program, curator, marketDays.mic);
  await requireFunds(cluster, admin.address);
  const gatekeepers = await gatekeepersOf(cluster, config, (name) => keys.get(name));
  const people = { admin, ...attestors, ...(cold && { coldAttestors: cold }), ...gatekeepers };
  const accounts = { issuer, custodian, curator, calendar };
  const deployment = programs && {
    folder: programs.folder,
    deployer: (await keys.find('deployer')) ?? admin,
    stages: programs.stages ?? false,
  };
  return { cluster, config, tickers, marketDays, granted, ...people, ...accounts, ...(deployment && { deployment }) };
}

async function attestorsOf(
  cluster: Cluster,
  custodian: Address,
  { index, count, keys }: AttestorsConfig,
  get: (number: number) => Promise<KeyPairSigner>,
): Promise<Attestors> {
  const attestorSet = await findAttestorSet(cluster.programId, custodian, index);
  if (keys !== undefined) return { attestorSet, attestors: sortKeys(keys), attestorSigners: [] };
  if (!isLocal(cluster)) {
    throw new Error(
      'attestors hold their keys themselves: give their public keys in attestors.keys of the configuration.',
    );
  }
  const signers = await Promise.all(Array.from({ length: count ?? 0 }, (_, i) => get(i + 1)));
  const attestors = sortKeys(signers.map(({ address }) => address));
  const attestorSigners = attestors.map((address) => signers.find((signer) => signer.address === address)!);
  return { attestorSet, attestors, attestorSigners };
}

/** Compliance and the providers' authorities; none without a gate in the configuration. */
async function gatekeepersOf(
  cluster: Cluster,
  { gate }: Config,
  get: (name: string) => Promise<KeyPairSigner>,
): Promise<Pick<Context, 'compliance' | 'complianceAddress' | 'providers'>> {
  if (gate === undefined) return { providers: [] };
  const providers = gate.providers.map(async ({ authority }, i): Promise<Provider> => {
    if (authority !== undefined) return { authority };
    if (!isLocal(cluster)) throw new Error(`providers hold their keys themselves: give gate.providers.${i}.authority.`);
    const signer = await get(`provider-${i}`);
    return { authority: signer.address, signer };
  });
  const signing = { providers: await Promise.all(providers) };
  if (gate.compliance !== undefined) return { ...signing, complianceAddress: gate.compliance };
  const compliance = await get('compliance');
  return { ...signing, compliance, complianceAddress: compliance.address };
}

async function requireFunds(cluster: Cluster, admin: Address): Promise<void> {
  const { value: balance } = await cluster.rpc.getBalance(admin, { commitment: 'confirmed' }).send();
  if (balance >= FUNDS_LAMPORTS) return;
  if (!isLocal(cluster))
    throw new Error(`the admin ${admin} has ${balance} lamports: it needs at least ${FUNDS_LAMPORTS}.`);
  await airdrop(cluster, admin, AIRDROP_SOL);
}
