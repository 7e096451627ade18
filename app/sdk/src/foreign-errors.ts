/** Errors of what our programs stand on, as far as their callers meet them: name, what was wrong, what to do. */

export type ForeignError = Readonly<{ name: string; message: string; advice: string }>;

const table = (rows: Readonly<Record<number, readonly [name: string, message: string, advice: string]>>) =>
  new Map(Object.entries(rows).map(([code, [name, message, advice]]) => [Number(code), { name, message, advice }]));

/** Of Token-2022, the first 20 of them the classic Token program's too: spl-token-2022-interface, `TokenError`. */
const TOKEN_ERRORS = () =>
  table({
    0: ['NotRentExempt', 'the account has not enough SOL for its rent', 'Pay the rent of the account.'],
    1: ['InsufficientFunds', 'the account holds less than the amount', 'Choose a smaller amount.'],
    2: ['InvalidMint', 'the account is no mint', 'Name the address of the mint itself.'],
    3: ['MintMismatch', 'the token account is of another mint', 'Give the token accounts of this mint.'],
    4: ['OwnerMismatch', 'the signer is not the owner of the account', 'Sign with its owner or its delegate.'],
    6: ['AlreadyInUse', 'the account exists already', 'Create it with the idempotent instruction.'],
    9: ['UninitializedState', 'the account is not made yet', 'Make it first (receivePlan).'],
    13: [
      'InvalidState',
      'the account is not in the state for this',
      'Nothing to do, if it was to be thawed or frozen.',
    ],
    14: ['Overflow', 'the amount is too large', 'Choose a smaller amount.'],
    16: ['MintCannotFreeze', 'the mint has no freeze authority', 'Nothing to do: its accounts are never frozen.'],
    17: [
      'AccountFrozen',
      'the account of the sender or of the receiver is frozen',
      'Thaw it in the same transaction (transferPlan), or send the receiver a claim link (claimLink).',
    ],
    18: ['MintDecimalsMismatch', 'the decimals are not those of the mint', 'Shares have 8 decimals (DECIMALS).'],
    23: [
      'ConfidentialTransferAccountHasBalance',
      'the account has a confidential balance',
      'Withdraw it to the public balance first.',
    ],
    24: [
      'ConfidentialTransferAccountNotApproved',
      'the account is not approved for confidential transfers',
      'Move the public balance: the issuer approves no confidential account of frozen and hooked mints.',
    ],
    28: ['MintHasSupply', 'the mint has supply', 'Burn all tokens first.'],
    29: ['NoAuthorityExists', 'the mint has no such authority', 'Nothing to do: nobody can change this.'],
    31: [
      'MintRequiredForTransfer',
      'the transfer does not name the mint',
      'Transfer with TransferChecked: a bare Transfer is not for mints with extensions.',
    ],
    34: ['ImmutableOwner', 'the owner of the account cannot be changed', 'Move the tokens to another account.'],
    36: ['NoMemo', 'the receiver asks for a memo', 'Put a memo right before the transfer.'],
    37: ['NonTransferable', 'the token cannot be transferred', 'Nothing to do.'],
    42: [
      'CpiGuardTransferBlocked',
      'the owner forbids programs to move tokens',
      'The owner must turn the CPI guard of the account off, or approve a delegate.',
    ],
    44: ['CpiGuardCloseAccountBlocked', 'the owner forbids programs to close the account', 'Turn its CPI guard off.'],
    45: ['CpiGuardApproveBlocked', 'the owner forbids programs to approve', 'Turn the CPI guard of the account off.'],
    67: ['MintPaused', 'nothing of this mint moves now', 'Wait until the issuer lifts the pause.'],
  });

/** Of the interface of transfer hooks and of the resolution of its accounts. */
const HOOK_ERRORS = () =>
  table({
    2_110_272_652: [
      'HookAccountMissing',
      'an account that the transfer hook asks for was not given',
      'Resolve the accounts of the hook from the chain (transferPlan does).',
    ],
    2_724_315_840: [
      'HookAccountMissing',
      'an account that the transfer hook asks for was not given, or not in its order',
      'Resolve the accounts of the hook from the chain (transferPlan does).',
    ],
  });

const DERIVED = 'Use the plans of this SDK: they derive the addresses from mint, issuer and owner.';

/** Of Anchor, which checks accounts before our programs do: anchor-lang-error, `ErrorCode`. */
const ANCHOR_ERRORS = () =>
  table({
    101: [
      'InstructionFallbackNotFound',
      'the program has no such instruction',
      'Use an SDK of the release that is deployed.',
    ],
    102: [
      'InstructionDidNotDeserialize',
      'the arguments cannot be read',
      'Use an SDK of the release that is deployed.',
    ],
    2000: ['ConstraintMut', 'an account must be writable', DERIVED],
    2001: ['ConstraintHasOne', 'two accounts do not belong together', DERIVED],
    2002: ['ConstraintSigner', 'an account must sign', 'Sign with the wallet that the instruction names.'],
    2003: ['ConstraintRaw', 'an account does not fit the others', DERIVED],
    2004: ['ConstraintOwner', 'an account is of another program', DERIVED],
    2006: ['ConstraintSeeds', 'an address is not the derived one', DERIVED],
    2009: ['ConstraintAssociated', 'a token account is not the associated one', DERIVED],
    2012: ['ConstraintAddress', 'an account is not the one that is fixed', DERIVED],
    2014: ['ConstraintTokenMint', 'a token account is of another mint', DERIVED],
    2015: ['ConstraintTokenOwner', 'a token account is of another owner', DERIVED],
    2022: ['ConstraintMintTokenProgram', 'the token program is not that of the mint', DERIVED],
    3001: ['AccountDiscriminatorNotFound', 'an account is empty', DERIVED],
    3002: ['AccountDiscriminatorMismatch', 'an account is of another kind', DERIVED],
    3003: ['AccountDidNotDeserialize', 'an account cannot be read', 'Use an SDK of the release that is deployed.'],
    3005: ['AccountNotEnoughKeys', 'accounts are missing', 'Use an SDK of the release that is deployed.'],
    3006: ['AccountNotMutable', 'an account must be writable', DERIVED],
    3007: ['AccountOwnedByWrongProgram', 'an account is of another program', DERIVED],
    3008: ['InvalidProgramId', 'a program is not the one that is meant', DERIVED],
    3010: ['AccountNotSigner', 'an account must sign', 'Sign with the wallet that the instruction names.'],
    3012: ['AccountNotInitialized', 'an account does not exist yet', 'Create it first; the log names it.'],
    3014: ['AccountNotAssociatedTokenAccount', 'an account is not the associated one', DERIVED],
  });

/** Of the system program: solana-system-interface, `SystemError`. */
const SYSTEM_ERRORS = () =>
  table({
    0: ['AccountAlreadyInUse', 'the account exists already', 'Nothing to do, or choose another number or name for it.'],
    1: ['InsufficientLamports', 'the payer has not enough SOL', 'Fund the wallet that pays fees and rents.'],
  });

const ED25519_ERRORS = () =>
  table({
    0: ['PublicKeyInvalid', 'an attestor is no Ed25519 key', 'Give the keys of the attestor set.'],
    2: ['SignatureInvalid', "a signature is not its attestor's", 'Check them before sending (areSignaturesTrue).'],
  });

const BY_PROGRAM: Readonly<Record<string, () => ReadonlyMap<number, ForeignError>>> = {
  TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb: TOKEN_ERRORS,
  TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA: TOKEN_ERRORS,
  '11111111111111111111111111111111': SYSTEM_ERRORS,
  Ed25519SigVerify111111111111111111111111111: ED25519_ERRORS,
};

/** Whether a program is a well-known one, and so no deployment of ours. */
export const isForeign = (program: string): boolean => program in BY_PROGRAM;

/**
 * An error of another program by its number. `program`, from the log, is who raised it first: without it
 * small numbers, which many programs have, stay unknown.
 */
export function foreignError(code: number, program?: string): ForeignError | undefined {
  const own = program === undefined ? undefined : BY_PROGRAM[program]?.();
  return own?.get(code) ?? HOOK_ERRORS().get(code) ?? ANCHOR_ERRORS().get(code);
}
