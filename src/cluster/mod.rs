//! Claims -> events and durable relations, across documents.

pub mod home;
pub mod id;
