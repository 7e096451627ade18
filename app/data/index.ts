/** @scrip/data: facts about tickers, market days and prices, each with its source. */
export * from './calendar.ts';
export * from './prices.ts';
export * from './tickers.ts';
