//! Builds the parts: store, clock, files, post. The only assembler.
