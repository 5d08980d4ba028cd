//! Seals on PDF files by appended revisions: read, place, sign in two steps, un-seal, verify.
