// The builders' defaults: an account is found by its rule wherever all seeds are accounts and arguments of the
// instruction, under the program that the builder is told.
import {
  accountValueNode,
  argumentValueNode,
  bottomUpTransformerVisitor,
  instructionAccountNode,
  instructionNode,
  pdaNode,
  pdaSeedValueNode,
  pdaValueNode,
  programIdValueNode,
  programNode,
  publicKeyValueNode,
} from 'codama';

import { ASSOCIATED, PDAS } from './kinds.mjs';
import { ruleOf } from './rules.mjs';

const TOKEN_2022 = 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb';

/** The programs' addresses, for seeds of one program in another: `{ issuer: 'Scrip...' }`. */
export function withDefaults(program, addresses) {
  return bottomUpTransformerVisitor([
    {
      select: '[instructionNode]',
      transform: (node) => {
        const defaults = new Defaults(program, node, addresses);
        return instructionNode({ ...node, accounts: node.accounts.map((account) => defaults.account(account)) });
      },
    },
    {
      select: '[programNode]',
      transform: (node) => programNode({ ...node, pdas: Object.values(PDAS[program]) }),
    },
  ]);
}

class Defaults {
  constructor(program, { name, accounts, arguments: args }, addresses) {
    this.program = program;
    this.instruction = name;
    this.accounts = new Map(accounts.map((account) => [account.name, account]));
    this.args = new Set(args.filter(({ defaultValue }) => !defaultValue).map((arg) => arg.name));
    this.addresses = addresses;
  }

  account(account) {
    const defaultValue = this.defaultValue(account);
    // Its own key undefined would be an attribute all the same.
    const { defaultValue: _, ...rest } = account;
    return instructionAccountNode({ ...rest, ...(defaultValue && { defaultValue }) });
  }

  defaultValue({ name, isOptional, defaultValue }) {
    // Left out is left out: a default would give it always.
    if (isOptional) return undefined;
    if (name === 'program') return programIdValueNode();
    if (name === 'eventAuthority') return pdaValueNode(PDAS[this.program].eventAuthority);
    const rule = ruleOf(this.program, this.instruction, name);
    const own = rule && (rule.pda ? this.found(rule) : this.associated(rule));
    if (own) return own;
    if (defaultValue?.pda?.kind === 'pdaLinkNode') throw new Error(`${this.instruction}.${name} has no rule.`);
    return defaultValue;
  }

  found({ program, pda, seeds }) {
    const values = seeds.map(({ seed, from }) => this.seed(seed, from));
    if (values.includes(undefined)) return undefined;
    const { programId: _, ...own } = pda;
    const elsewhere = program === this.program ? {} : { programId: this.addresses[program] };
    return pdaValueNode(pdaNode({ ...own, ...elsewhere }), values);
  }

  associated({ owner, mint, tokenProgram }) {
    const values = [
      this.seed('owner', typeof owner === 'string' ? owner : this.named(owner)),
      tokenProgram
        ? this.seed('tokenProgram', tokenProgram)
        : pdaSeedValueNode('tokenProgram', publicKeyValueNode(TOKEN_2022)),
      this.seed('mint', mint),
    ];
    return values.includes(undefined) ? undefined : pdaValueNode(ASSOCIATED, values);
  }

  /** The instruction's account that is found by the same rule. */
  named(rule) {
    return [...this.accounts.keys()].find((name) => ruleOf(this.program, this.instruction, name)?.pda === rule.pda);
  }

  seed(seed, from) {
    if (typeof from !== 'string') return undefined;
    if (this.args.has(from)) return pdaSeedValueNode(seed, argumentValueNode(from));
    const account = this.accounts.get(from);
    return account && !account.isOptional ? pdaSeedValueNode(seed, accountValueNode(from)) : undefined;
  }
}
