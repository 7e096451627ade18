/** What a lender wants to see of a position, before and after each step. */
import { renderTable } from '@scrip/migrations';
import { formatAmount } from '@scrip/sdk';
import { flagNames, sessionName } from '@scrip/sdk/collateral';
import type { PositionView } from '@scrip/sdk/lender';

export type Moment = Readonly<{ when: string; view: PositionView }>;

const CENT_E8 = 1_000_000n;

/** USD x 10^8 with two places, rounded down. */
export function dollarsE8(valueE8: bigint): string {
  const cents = (valueE8 / CENT_E8).toString().padStart(3, '0');
  return `${cents.slice(0, -2)}.${cents.slice(-2)}`;
}

export const total = ({ holdings }: PositionView, of: 'floorValueE8' | 'midValueE8' | 'ceilingValueE8'): bigint =>
  holdings.reduce((sum, { value }) => sum + value[of], 0n);

/** 1.05: what may be owed before it is sold, over what is owed. */
export const healthText = ({ healthBps }: PositionView): string =>
  healthBps === undefined
    ? '-'
    : `${healthBps / 10_000n}.${(healthBps % 10_000n).toString().padStart(4, '0').slice(0, 2)}`;

/** One row for each holding. */
export function renderHoldings({ holdings }: PositionView, symbolOf: (mint: string) => string): string {
  const columns = ['collateral', 'tokens', 'floor price', 'middle', 'floor value', 'haircut', 'lent', 'sold above'];
  return renderTable(
    columns.map((title, i) => ({ title, right: i > 0 })),
    holdings.map(({ raw, value, collateral: { mint, terms } }) => [
      symbolOf(mint),
      formatAmount(raw),
      dollarsE8(value.floorPriceE8),
      dollarsE8(value.midPriceE8),
      dollarsE8(value.floorValueE8),
      percent(value.haircutBps),
      percent(terms.ltvBps),
      percent(terms.liquidationBps),
    ]),
  );
}

/** One row for each moment. */
export function renderMoments(moments: readonly Moment[]): string {
  const columns = ['', 'floor', 'middle', 'debt', 'may owe', 'sold above', 'health', 'session', 'may', 'because'];
  return renderTable(
    columns.map((title, i) => ({ title, right: i > 0 && i < 7 })),
    moments.map(({ when, view }) => [
      when,
      dollarsE8(total(view, 'floorValueE8')),
      dollarsE8(total(view, 'midValueE8')),
      dollarsE8(view.debtValueE8),
      dollarsE8(view.debtLimitE8),
      dollarsE8(view.liquidationLimitE8),
      healthText(view),
      view.holdings[0] ? sessionName(view.holdings[0].value) : '-',
      flagNames(view.flags).join(', ') || 'nothing',
      view.reasons.map(({ name }) => name).join(' ') || '-',
    ]),
  );
}

/** The same for JSON. */
export const facts = ({ when, view }: Moment) => ({
  when,
  floor: dollarsE8(total(view, 'floorValueE8')),
  middle: dollarsE8(total(view, 'midValueE8')),
  debt: dollarsE8(view.debtValueE8),
  debtLimit: dollarsE8(view.debtLimitE8),
  liquidationLimit: dollarsE8(view.liquidationLimitE8),
  health: healthText(view),
  may: flagNames(view.flags),
  reasons: view.reasons.map(({ name }) => name),
});

const percent = (bps: number) => `${bps / 100}%`;
