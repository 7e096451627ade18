/** What the investors buy, and what the custodian holds: shares as decimal texts. */

export type Purchase = Readonly<{ symbol: string; held: string; alice: string; bob: string }>;

export const PURCHASES: readonly Purchase[] = [
  { symbol: 'AAPLx', held: '500', alice: '12.5', bob: '3.25' },
  { symbol: 'NVDAx', held: '800', alice: '20.75', bob: '41.00000001' },
  { symbol: 'TSLAx', held: '250', alice: '1.1', bob: '7.77' },
  { symbol: 'SPYx', held: '1200', alice: '2.5', bob: '10' },
  { symbol: 'QQQx', held: '900', alice: '4.125', bob: '0.875' },
  { symbol: 'MSFTx', held: '300', alice: '6', bob: '1.5' },
  { symbol: 'GOOGLx', held: '420.5', alice: '9.3', bob: '2.2' },
  { symbol: 'AMZNx', held: '360', alice: '0.00000001', bob: '5.5' },
  { symbol: 'METAx', held: '150.25', alice: '3.33333333', bob: '1' },
  { symbol: 'NFLXx', held: '75', alice: '0.5', bob: '0.25' },
];
