//! How far it goes: what each operation takes of a block and which accounts it holds while it runs, and whether anything
//! costs more where there are many tickers and wallets.

pub mod block;
pub mod growth;
pub mod locks;
