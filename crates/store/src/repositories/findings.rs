//! The findings of each source's last import.

use credway_model::{Finding, Severity, SourceId};
use sea_orm::sea_query::{Expr, ExprTrait, Order};

use crate::entities::finding::{TABLE, read, values};
use crate::work::{Work, capped, select};
use crate::{Result, value};

/// Which findings are wanted; what is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// Only of this source.
    pub source: Option<SourceId>,
    /// Only with this code.
    pub code: Option<String>,
    /// Only of this severity.
    pub severity: Option<Severity>,
    /// At most so many.
    pub limit: Option<u64>,
}

/// A finding with the source whose import it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFinding {
    /// The source.
    pub source: SourceId,
    /// The finding.
    pub finding: Finding,
}

impl Work {
    /// Replaces the findings of a source by those of its latest import.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError): `Reference` when the source is not kept.
    pub async fn put_findings(&self, source: &SourceId, findings: &[Finding]) -> Result<()> {
        let rows = findings.iter().enumerate().map(|(position, one)| values(source, position, one));
        let rows = rows.collect::<Result<_>>()?;
        self.delete_in(&TABLE, "source", &[value::text(source)]).await?;
        self.insert(&TABLE, rows).await
    }

    /// The findings that `filter` leaves, by source, in the order of the import.
    ///
    /// # Errors
    /// [`StoreError`](crate::StoreError).
    pub async fn findings(&self, filter: &FindingFilter) -> Result<Vec<SourceFinding>> {
        let mut query = select(&TABLE);
        if let Some(source) = &filter.source {
            query.and_where(Expr::col("source").eq(value::text(source)));
        }
        if let Some(code) = &filter.code {
            query.and_where(Expr::col("code").eq(value::text(code)));
        }
        if let Some(severity) = filter.severity {
            query.and_where(Expr::col("severity").eq(value::text(severity.word())));
        }
        query.order_by("source", Order::Asc).order_by("position", Order::Asc);
        if let Some(limit) = filter.limit {
            query.limit(capped(limit));
        }
        let found = self.fetch(&TABLE, &query, read).await?;
        Ok(found.into_iter().map(|(source, finding)| SourceFinding { source, finding }).collect())
    }
}
