//! The few column types the schema is made of, the same on both databases.

use sea_orm::DbBackend;
use sea_orm_migration::sea_query::{
    ColumnDef, Index, IndexCreateStatement, Table, TableAlterStatement, TableCreateStatement,
};

/// A table being written down.
pub(super) struct Sketch {
    backend: DbBackend,
    name: &'static str,
    statement: TableCreateStatement,
}

impl Sketch {
    pub(super) fn new(backend: DbBackend, name: &'static str) -> Self {
        let mut statement = Table::create();
        statement.table(name);
        Self { backend, name, statement }
    }

    fn text_column(&self, name: &'static str) -> ColumnDef {
        text_column(self.backend, name)
    }

    pub(super) fn text(mut self, names: &[&'static str]) -> Self {
        for name in names {
            let mut column = self.text_column(name);
            self.statement.col(column.not_null());
        }
        self
    }

    pub(super) fn maybe_text(mut self, names: &[&'static str]) -> Self {
        for name in names {
            let mut column = self.text_column(name);
            self.statement.col(column.null());
        }
        self
    }

    pub(super) fn whole(mut self, name: &'static str) -> Self {
        self.statement.col(ColumnDef::new(name).integer().not_null());
        self
    }

    pub(super) fn maybe_whole(mut self, name: &'static str) -> Self {
        self.statement.col(ColumnDef::new(name).integer().null());
        self
    }

    pub(super) fn long(mut self, name: &'static str) -> Self {
        self.statement.col(ColumnDef::new(name).big_integer().not_null());
        self
    }

    pub(super) fn flag(mut self, name: &'static str) -> Self {
        self.statement.col(ColumnDef::new(name).boolean().not_null());
        self
    }

    pub(super) fn maybe_flag(mut self, name: &'static str) -> Self {
        self.statement.col(ColumnDef::new(name).boolean().null());
        self
    }

    pub(super) fn bytes(mut self, name: &'static str) -> Self {
        self.statement.col(ColumnDef::new(name).blob().not_null());
        self
    }

    pub(super) fn key(mut self, names: &[&'static str]) -> Self {
        let mut index = Index::create();
        for name in names {
            index.col(*name);
        }
        self.statement.primary_key(index.primary());
        self
    }

    /// The rows stand in the order of the key, without a second tree beside it. (PostgreSQL has no such tables.)
    pub(super) fn clustered(mut self) -> Self {
        if self.backend == DbBackend::Sqlite {
            self.statement.extra("WITHOUT ROWID");
        }
        self
    }

    /// `column` names a row of `table` by the column `key` there.
    pub(super) fn refers(mut self, column: &'static str, table: &'static str, key: &'static str) -> Self {
        let mut foreign = sea_orm_migration::sea_query::ForeignKey::create();
        foreign.name(format!("{}_{column}", self.name)).from(self.name, column).to(table, key);
        self.statement.foreign_key(&mut foreign);
        self
    }

    pub(super) fn done(self) -> TableCreateStatement {
        self.statement
    }
}

/// Texts compare by their bytes on both databases, whatever language the server was set up for.
fn text_column(backend: DbBackend, name: &'static str) -> ColumnDef {
    let kind = if backend == DbBackend::Postgres { "text COLLATE \"C\"" } else { "text" };
    let mut column = ColumnDef::new(name);
    column.custom(kind);
    column
}

/// A text that may be absent, added to `table`.
pub(super) fn added_text(backend: DbBackend, table: &'static str, name: &'static str) -> TableAlterStatement {
    let mut column = text_column(backend, name);
    Table::alter().table(table).add_column(column.null()).to_owned()
}

/// A large number that may be absent, added to `table`.
pub(super) fn added_long(table: &'static str, name: &'static str) -> TableAlterStatement {
    Table::alter().table(table).add_column(ColumnDef::new(name).big_integer().null()).to_owned()
}

/// An index on `columns` of `table`.
pub(super) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_by_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}

/// An index on `columns` of `table`, no two rows of which are alike in them.
pub(super) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, columns).unique().to_owned()
}
