/**
 * The SDK's examples as somebody else would use them: the packed SDK installed outside of this repository, the examples
 * compiled against its declarations and run by plain Node, the page as the browser gets it.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { getBase16Encoder } from '@solana/kit';
import { loadConfig, migrate, openKeyStore, prepare, type Config, type Context } from '@scrip/migrations';
import { createTokenAccountPlan, parseAmount, send } from '@scrip/sdk';
import { findFeed, placePrice } from '@scrip/sdk/collateral';

import { installed, pack, root, sdk } from '../../app/sdk/scripts/package.ts';
import { bundlePage } from '../../app/sdk/scripts/page.ts';
import { configFor, connectFromEnv, investor, mintOf, mintOrder, mintPlan } from './chain.ts';

const ISSUER = 160;
const PRICE = { priceE8: parseAmount('250.5'), confidenceE8: parseAmount('0.05') };

/** What each says in the end: an example that stopped half-way would not. */
const EXAMPLES: Readonly<Record<string, RegExp>> = {
  'kyc.ts': /revoked: true/,
  'mint.ts': /minted 2\.5 AAPLx; .*\nattested: 1000000 shares/,
  'wallet.ts': walletText(),
  'redeem.ts': /2 in escrow.*\nsettled and closed: true\nanother one cancelled/,
  'audit.ts': /\d+ events, complete: true\nminted by events (\S+), by the account \1\nthe last one: SharesMinted/,
  'lender.ts': /10 AAPLx.*\n {2}between \$2,504\.50 and \$2,505\.50\n/,
};

/** An open share goes to anybody; strict ones to bob only, and the stranger is told why. */
function walletText(): RegExp {
  const refused = 'refused: The gate has no record of this wallet\\..*';
  const block = (head: string, stranger: string, left: string) =>
    `${head}.*\\n {2}to bob: sent\\n {2}to a stranger: ${stranger}\\n {2}alice holds ${left}, bob 0\\.75 shares\\n`;
  const blocks = [block('AAPLx, open', 'sent', '1'), block('MSTRx, frozen', refused, '1\\.25')];
  return new RegExp([...blocks, block('COINx, hooked', refused, '1\\.25')].join(''));
}

function config(): Config {
  const local = loadConfig();
  const { modes, primaryKyc } = local.tickers;
  const mine = configFor(ISSUER, ['AAPLx', 'HOODx', 'MSTRx', 'COINx']);
  const strict = { modes: modes!, primaryKyc: primaryKyc! };
  return { ...mine, gate: local.gate!, tickers: { ...mine.tickers, ...strict } };
}

/** The examples in a folder in which the SDK is installed, compiled to JavaScript. */
async function compile(folder: string): Promise<void> {
  for (const name of readdirSync(join(sdk, 'examples')).filter((file) => file.endsWith('.ts'))) {
    copyFileSync(join(sdk, 'examples', name), join(folder, name));
  }
  const compilerOptions = {
    ...{ target: 'es2023', lib: ['es2023', 'dom'], module: 'nodenext', strict: true, noUncheckedIndexedAccess: true },
    ...{ rewriteRelativeImportExtensions: true, outDir: 'out', rootDir: '.' },
    ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
  await run(folder, join(root, 'node_modules/typescript/bin/tsc'));
}

/** What a script says. Throws what it said where it fails. */
async function run(folder: string, script: string, env: Record<string, string> = {}): Promise<string> {
  const options = { cwd: folder, env: { ...process.env, ...env } };
  return promisify(execFile)(process.execPath, [script], options).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`${script} failed:\n${stdout}${stderr}`);
    },
  );
}

async function placeApplePrice({ cluster, tickers }: Context): Promise<void> {
  const { feeds } = tickers.find(({ symbol }) => symbol === 'AAPLx')!;
  await placePrice(cluster, { feedId: getBase16Encoder().encode(feeds.regular!.id), ...PRICE });
}

test('every example is run here', () => {
  const files = readdirSync(join(sdk, 'examples')).filter((file) => file.endsWith('.ts'));
  const others = ['ground.ts', 'page.ts'];
  assert.deepEqual(files.sort(), [...Object.keys(EXAMPLES), ...others].sort());
});

test('the examples run with the installed package', async (t) => {
  const context = await prepare(await connectFromEnv(), config());
  await migrate(context);
  const { cluster } = context;
  await installed(pack(), async (folder) => {
    await compile(folder);
    const env = { SCRIP_KEYS: openKeyStore(cluster).folder, SCRIP_ISSUER: `${ISSUER}` };
    for (const [name, expected] of Object.entries(EXAMPLES)) {
      await t.test(name, async () => {
        await placeApplePrice(context);
        const said = await run(folder, join('out', name.replace(/ts$/, 'js')), env);
        assert.match(said, expected, said);
      });
    }
    await t.test('page.ts, bundled', async () => checkPage(folder, context));
  });
});

/** The very code whose size is measured, asking the node for a wallet with a share and a half. */
async function checkPage(folder: string, context: Context): Promise<void> {
  const { cluster, curator } = context;
  const { collateral } = cluster.programs;
  const mint = await mintOf(context, 'AAPLx');
  const alice = await investor(cluster);
  await send(cluster, alice, await createTokenAccountPlan(alice, mint, alice.address));
  const order = mintOrder(mint, alice.address, { amount: parseAmount('1.5') });
  const reserves = { settledSharesE8: parseAmount('1000000'), receivableSharesE8: 0n };
  await send(cluster, alice, (await mintPlan(context, { ...order, reserves }, alice)).plan);
  await placeApplePrice(context);

  const bundle = join(folder, 'bundle.mjs');
  writeFileSync(bundle, (await bundlePage(folder)).code);
  // Browsers say so of https pages and of localhost; without it kit's build for browsers hashes nothing.
  Object.assign(globalThis, { isSecureContext: true });
  const page = (await import(pathToFileURL(bundle).href)) as typeof import('../../app/sdk/examples/page.ts');
  const feed = await findFeed(collateral, curator, mint);
  const query = new URLSearchParams({ rpc: cluster.url, owner: alice.address, mint, feed });
  const { shares, dollars } = await page.fetchBalance({ ...page.questionOf(query), program: collateral });
  assert.deepEqual([shares, dollars], ['1.5', '$375.75']);
  assert.throws(() => page.questionOf(new URLSearchParams({ owner: alice.address })));
}
