import { isSolanaError, SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE } from '@solana/kit';

/** What the programs logged in a simulation that failed. */
export function simulationLogs(error: unknown): readonly string[] {
  if (!isSolanaError(error, SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE)) return [];
  return (error.context as { logs?: readonly string[] | null }).logs ?? [];
}
