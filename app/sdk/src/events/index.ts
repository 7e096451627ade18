export * from './decode.ts';
export * from './history.ts';
export * from './streams.ts';
