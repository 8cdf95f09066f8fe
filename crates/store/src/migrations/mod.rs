//! The steps by which a database's schema came to be. A step is added, never edited: databases in use have taken it.

mod columns;
mod m0001_first_tables;
mod m0002_append_only;
mod m0003_requisites;
mod m0004_field_places;
mod m0005_persons;
mod m0006_chain;
mod m0007_accounts;
mod m0008_collaboration;
mod m0009_signoff;
mod m0010_jobs;
mod m0011_program_requirements;
mod m0012_pathways;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// All steps, oldest first.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_first_tables::Step),
            Box::new(m0002_append_only::Step),
            Box::new(m0003_requisites::Step),
            Box::new(m0004_field_places::Step),
            Box::new(m0005_persons::Step),
            Box::new(m0006_chain::Step),
            Box::new(m0007_accounts::Step),
            Box::new(m0008_collaboration::Step),
            Box::new(m0009_signoff::Step),
            Box::new(m0010_jobs::Step),
            Box::new(m0011_program_requirements::Step),
            Box::new(m0012_pathways::Step),
        ]
    }
}
