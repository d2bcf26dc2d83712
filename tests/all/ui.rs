//! The components in a real Chromium, with the committed style sheets and scripts, under a strict Content-Security-Policy.

mod assets;
mod behaviour;
mod gallery;
