//! Orders: from the wish to what was bought.

mod close;
mod create;
mod give;
mod pay;
mod refund;
mod report;
mod view;

pub use close::{CLOSE_JOB, close};
pub use create::{Method, NewOrder, create};
pub use pay::{CashierView, pay};
pub use refund::{REFUND_JOB, refund};
pub use report::report;
pub use view::{OrderView, find};
