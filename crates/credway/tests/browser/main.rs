//! The site in a real browser: the built binary, Chromium, and what a person does with keys, files and eyes.
//! Every test has a site and a browser of its own, so that none depends on another and two cores are used.

mod account;
mod account_pages;
mod audit;
mod browser;
mod change;
mod every_page;
mod import;
mod looks;
mod matrix;
mod pathways;
mod process;
mod review;
mod settings;
mod site;
mod walk;
mod walk_review;
mod walk_signoff;
mod wire;
mod without_scripts;
