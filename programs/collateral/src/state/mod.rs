mod calendar;
mod curator;
mod feed;
mod feed_config;
mod halt;

pub use calendar::*;
pub use curator::*;
pub use feed::*;
pub use feed_config::*;
pub use halt::*;
