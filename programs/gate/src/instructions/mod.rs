mod create_registry;

pub use create_registry::*;
