//! The queue: claim, lease, retry, schedule; knows no concrete job.
