/**
 * Writes what the tokens' uris name: for each row of the tickers file a JSON file and a picture, to be put on the server
 * of `tickers.metadataUri`. The same words as the listing writes into the mint.
 * Usage: node --import tsx migrations/metadata.ts [--config FILE] [--out FOLDER]   (npm run metadata)
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { loadTickers, type TickerFacts } from '@scrip/data';
import { metadataJson, metadataUri, type MetadataJson } from '@scrip/sdk';

import { loadConfig, LOCAL_CONFIG_FILE, type Config } from './config.ts';

const DEFAULT_OUT = fileURLToPath(new URL('../target/metadata', import.meta.url));

/** The JSON file of a ticker that is listed by this configuration. */
export function metadataOf({ tickers }: Pick<Config, 'tickers'>, facts: TickerFacts): MetadataJson {
  const { symbol, name, underlying, kind, mic, isin } = facts;
  const { redemptionSecs, payoutSecs } = tickers.terms;
  return metadataJson({
    ...{ shareName: name, symbol, redemptionSecs, payoutSecs },
    security: { underlying, kind, mic, isin },
    mode: tickers.modes?.[symbol] ?? 'open',
    image: pictureUri(metadataUri(tickers.metadataUri, symbol)),
  });
}

/** Beside the JSON file. */
const pictureUri = (uri: string) => uri.replace(/(?:\.json)?$/, '.svg');

/** The underlying's symbol on a disc: a picture of one's own takes its place. */
function picture({ underlying }: TickerFacts): string {
  const size = Math.min(72, Math.floor(300 / underlying.length));
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256">',
    '<circle cx="128" cy="128" r="128" fill="#1d2b3a"/>',
    '<text x="128" y="128" fill="#fff" text-anchor="middle" dominant-baseline="central"',
    ` font-family="sans-serif" font-weight="bold" font-size="${size}">${underlying}</text>`,
    '</svg>\n',
  ].join('');
}

/** Writes both files of every ticker; gives how many tickers there were. */
export function writeMetadata(config: Config, out: string): number {
  mkdirSync(out, { recursive: true });
  const tickers = loadTickers(config.tickers.file);
  for (const facts of tickers) {
    const json = metadataOf(config, facts);
    const file = basename(new URL(metadataUri(config.tickers.metadataUri, facts.symbol)).pathname);
    writeFileSync(join(out, file), `${JSON.stringify(json, null, 2)}\n`);
    writeFileSync(join(out, basename(new URL(json.image).pathname)), picture(facts));
  }
  return tickers.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      config: { type: 'string', default: LOCAL_CONFIG_FILE },
      out: { type: 'string', default: DEFAULT_OUT },
    },
  });
  const count = writeMetadata(loadConfig(values.config), values.out);
  console.log(`${count} tickers: a JSON file and a picture each, in ${values.out}`);
}
