// The calls of a program for Rust: each instruction with what a caller must say. All else follows from
// it: ../rules.mjs says how.
import { camelCase, getAllInstructionsWithSubs, pascalCase, snakeCase } from 'codama';

import { ruleOf } from '../rules.mjs';
import { CONSTANTS, expression, FIELD_TYPES, NUMBERED, WORDS } from './rules.mjs';

export function calls(program) {
  const instructions = getAllInstructionsWithSubs(program, { leavesOnly: true });
  return `//! Made by app/sdk/scripts/rust/calls.mjs: instructions by what a caller must say. Not to be edited.

#[allow(unused_imports)]
use crate::programs::prelude::*;
use super::instructions;

${instructions.map((node) => call(program.name, node)).join('\n')}`;
}

function call(program, node) {
  const of = new Call(program, node);
  const accounts = node.accounts.map((account) => `${snakeCase(account.name)}: ${of.account(account)},`);
  const args = of.args.length ? `${pascalCase(node.name)}InstructionArgs` : undefined;
  const docs = (node.docs ?? []).map((line) => `/// ${line}`.trimEnd()).join('\n');
  const fields = [...of.fields].map(([name, { type, docs }]) => `${docs}pub ${name}: ${type},`);
  if (args) fields.push(`pub args: instructions::${args},`);
  const name = pascalCase(node.name);
  return `
${docs}
#[derive(Clone, Debug)]
pub struct ${name} {
    ${fields.join('\n    ')}
}

impl ${name} {
    pub fn instruction(self, programs: &Programs) -> Instruction {
        let accounts = instructions::${name} {
            ${accounts.join('\n            ')}
        };
        programs.place(accounts.instruction(${args ? 'self.args' : ''}))
    }
}
`;
}

class Call {
  /** What the caller says: name to type and docs. */
  fields = new Map();

  constructor(program, node) {
    this.program = program;
    this.instruction = snakeCase(node.name);
    this.accounts = new Map(node.accounts.map((account) => [snakeCase(account.name), account]));
    this.args = node.arguments.filter(({ defaultValueStrategy }) => defaultValueStrategy !== 'omitted');
    this.argNames = new Set(this.args.map(({ name }) => snakeCase(name)));
  }

  rule(name) {
    return ruleOf(this.program, camelCase(this.instruction), camelCase(name));
  }

  /** What an account always is. */
  constant(name) {
    if (name === 'program') return `programs.${this.program}`;
    if (name === 'event_authority') return `event_authority(&programs.${this.program})`;
    return CONSTANTS[name];
  }

  /** The Rust expression of an account. */
  account(account) {
    const name = snakeCase(account.name);
    const constant = this.constant(name);
    if (constant) return constant;
    const rule = this.rule(name);
    if (!rule) return this.asked(name, account);
    if (!account.isOptional) return this.resolved(rule);
    const numbered = NUMBERED[name];
    if (numbered) {
      this.field(name, `Option<${numbered}>`, account);
      return `self.${name}.map(|number| ${this.resolved(rule, { id: 'number' })})`;
    }
    const word = WORDS[name] ?? name;
    this.field(word, 'bool', account);
    const byOperator = rule.seeds?.some(({ from }) => from === 'operator');
    if (byOperator && this.accounts.get('operator').isOptional) {
      const grant = this.resolved(rule, { operator: 'operator' });
      return `self.operator.filter(|_| self.${word}).map(|operator| ${grant})`;
    }
    return `self.${word}.then(|| ${this.resolved(rule)})`;
  }

  asked(name, account) {
    this.field(name, account.isOptional ? 'Option<Address>' : 'Address', account);
    return `self.${name}`;
  }

  /** `bound`: seeds that are Rust variables of another name. */
  resolved(rule, bound = {}) {
    return expression(rule, (name) => bound[name] ?? this.seed(snakeCase(name)));
  }

  seed(name) {
    if (this.argNames.has(name)) return `self.args.${name}`;
    const account = this.accounts.get(name);
    if (account && !account.isOptional && !this.constant(name) && !this.rule(name)) return this.asked(name, account);
    if (!FIELD_TYPES[name] && this.rule(name)) return this.resolved(this.rule(name));
    if (!FIELD_TYPES[name]) throw new Error(`${this.instruction}: no account, argument or type of {${name}}.`);
    this.field(name, FIELD_TYPES[name], {});
    return `self.${name}`;
  }

  field(name, type, { docs = [] }) {
    const lines = docs.map((line) => `/// ${line}\n    `).join('');
    if (!this.fields.has(name)) this.fields.set(name, { type, docs: lines });
  }
}
