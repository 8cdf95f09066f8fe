//! The pages, asked for as a browser asks for them, over a temporary database with the sample college.
//! One file a page, as in `src/routes`.

mod blueprint;
mod change;
mod college;
mod corrections;
mod course;
mod coverage;
mod crosswalk;
mod degree_audit;
mod every_page;
mod find;
mod findings;
mod guards;
mod history;
mod home;
mod import;
mod lists;
mod pathways;
mod program;
mod review;
mod signoffs;
mod site;
mod source;
mod together;
mod work;
