//! The crosswalk as JSON.

use credway_model::{Decision, Strength};
use serde_json::{Value, json};

use super::cells::{level, standing_word, strength};
use super::{CrosswalkReport, CrosswalkRow};
use crate::PublishError;
use crate::blueprint::number;

/// The whole report as JSON. Units: weights, coverages and lost shares in per cent, probabilities 0 to 1; `null` where
/// something is absent.
///
/// # Errors
/// [`PublishError::Dangling`].
pub fn crosswalk_json(report: &CrosswalkReport) -> Result<Value, PublishError> {
    let domains: Vec<Value> = report
        .domains
        .iter()
        .map(|domain| {
            json!({
                "code": domain.code,
                "title": domain.title,
                "weight": domain.weight.map(number),
                "weight_published": domain.weight_published.map(|weight| weight.to_string()),
                "coverage": number(domain.coverage),
                "coverage_assessed": number(domain.assessed_coverage),
            })
        })
        .collect();
    let gaps = report.gaps.iter().map(|gap| {
        let (objective, domain) = report.objective(gap.objective)?;
        Ok(json!({
            "domain": domain.title,
            "code": objective.code,
            "text": objective.text,
            "score": number(gap.score),
            "lost": gap.lost.map(number),
        }))
    });
    let rows = report.rows.iter().map(|row| row_json(report, row));
    Ok(json!({
        "institution": report.institution,
        "program": report.program,
        "blueprint": report.blueprint,
        "effective": report.effective.map(|date| date.to_string()),
        "retires": report.retires.map(|date| date.to_string()),
        "generated": report.generated.to_string(),
        "engine": report.engine,
        "total": report.total.map(number),
        "total_assessed": report.total_assessed.map(number),
        "unit": "per cent",
        "weighting": report.weighting,
        "formula": report.formula,
        "domains": domains,
        "gaps": gaps.collect::<Result<Vec<_>, PublishError>>()?,
        "alignments": rows.collect::<Result<Vec<_>, _>>()?,
    }))
}

fn row_json(report: &CrosswalkReport, row: &CrosswalkRow) -> Result<Value, PublishError> {
    let (objective, domain, course) = report.resolve(row)?;
    Ok(json!({
        "domain": domain.title,
        "weight": domain.weight.map(number),
        "objective_code": objective.code,
        "objective": objective.text,
        "course_code": course.code,
        "course_title": course.title,
        "outcome_code": row.outcome_code,
        "statement": row.statement,
        "standing": standing_word(row.standing),
        "strength": strength(row.standing).map(Strength::word),
        "level": level(row).map(|level| level.word()),
        "assessed_by": row.assessed_by,
        "probability": row.probability.map(|probability| number(probability.value())),
        "suggested": row.suggested,
        "engine": row.proposed_by,
        "evidence": row.evidence.iter().map(|(one, other)| json!({ "statement": one, "objective": other })).collect::<Vec<_>>(),
        "decisions": row.decisions.iter().map(decision_json).collect::<Vec<_>>(),
    }))
}

fn decision_json(decision: &Decision) -> Value {
    use credway_model::Verdict::{Accepted, Rejected, Withdrawn};
    let (verdict, strength) = match decision.verdict {
        Accepted(strength) => ("accepted", Some(strength.word())),
        Rejected => ("rejected", None),
        Withdrawn if decision.undoes => ("undone", None),
        Withdrawn => ("withdrawn", None),
    };
    json!({
        "person": decision.person.name(),
        "verdict": verdict,
        "strength": strength,
        "level": decision.level.map(|level| level.word()),
        "reason": decision.reason.as_ref().map(credway_model::Text::as_str),
        "at": decision.at.to_string(),
        "settles": decision.settles,
        "judged": { "statement": decision.judged.statement.as_str(), "objective": decision.judged.target.as_str() },
    })
}
