// Writes a fresh Solana keypair file, readable by its owner only, and prints the address.
// Usage: node xtask/scripts/keygen.mjs FILE
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync, rmSync } from 'node:fs';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function base58(bytes) {
  let number = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; number > 0n; number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return '1'.repeat(zeros) + text;
}

const file = process.argv[2];
if (!file) {
  console.error('keygen: say which file to write');
  process.exit(1);
}
const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const [seed, address] = [d, x].map((part) => Buffer.from(part, 'base64url'));
rmSync(file, { force: true });
writeFileSync(file, JSON.stringify([...seed, ...address]), { mode: 0o600 });
console.log(base58(address));
