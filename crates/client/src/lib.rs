//! The other side of the API: the asker and the phone half.
