import type { ReadonlyUint8Array } from '@solana/kit';

/** sha256 over the parts, one after the other. */
export async function sha256(...parts: readonly ReadonlyUint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}
