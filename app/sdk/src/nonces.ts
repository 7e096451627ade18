/** Which nonces of a subject are still unused, as the program counts them. */

/** Nonces that the program remembers one by one. */
export const NONCE_WINDOW = 1024n;

type Window = Readonly<{ base: bigint; used: readonly bigint[] }>;

/** Whether a nonce was consumed: all below `base`, and those whose bit is set from `base` on. */
export function isNonceUsed({ base, used }: Window, nonce: bigint): boolean {
  if (nonce < base) return true;
  if (nonce >= base + NONCE_WINDOW) return false;
  const word = used[Number((nonce % NONCE_WINDOW) / 64n)] ?? 0n;
  return ((word >> (nonce % 64n)) & 1n) === 1n;
}

/** The nonce after the highest one used: right for a signer that works through them in order. */
export function nextNonce(window: Window): bigint {
  for (let nonce = window.base + NONCE_WINDOW - 1n; nonce >= window.base; nonce--) {
    if (isNonceUsed(window, nonce)) return nonce + 1n;
  }
  return window.base;
}
