//! `learning`: what the engine learned from an institution's decisions.

use credway_align::Quality;
use credway_workflow::{InstitutionLearning, LearnedState, Workbench};

use crate::Ended;
use crate::arguments::LearningWhat;
use crate::screen::Screen;

pub(super) async fn run(screen: &Screen, workbench: &Workbench, what: &LearningWhat) -> anyhow::Result<Ended> {
    match what {
        LearningWhat::Show => {
            let all = workbench.learning().await?;
            for one in &all {
                show(screen, one)?;
            }
            screen.document(&all)?;
        }
        LearningWhat::Now(given) => {
            let institution = workbench.find_learning(given.institution.as_deref()).await?;
            let one = workbench.learn(&institution).await?;
            show(screen, &one)?;
            screen.document(&one)?;
        }
        LearningWhat::Forget(given) => {
            let institution = workbench.find_learning(given.institution.as_deref()).await?;
            let one = workbench.forget_learned(&institution).await?;
            show(screen, &one)?;
            screen.document(&one)?;
        }
    }
    Ok(Ended::Done)
}

fn show(screen: &Screen, one: &InstitutionLearning) -> anyhow::Result<()> {
    let state = match one.state {
        LearnedState::Nothing => "nothing learned yet",
        LearnedState::InUse => "in use",
        LearnedState::NotBetter => "not better on decisions held out, not used",
        LearnedState::TakenBack => "taken back",
        LearnedState::OtherEngine => "learned over another version of the engine, not used",
    };
    screen.line(format!("{}: {state}", one.institution.name))?;
    let kept_out = one.kept_out.filter(|count| *count > 0);
    let kept_out = kept_out.map_or_else(String::new, |count| format!("; {count} kept out while reviewed blindly"));
    let counts = format!(
        "decided now: {} accepted, {} rejected, on {} courses{kept_out}",
        one.accepted, one.rejected, one.courses
    );
    screen.sentence(&counts, "  ", 2)?;
    screen.sentence(&format!("engine: {}", one.engine), "  ", 2)?;
    if let Some(why) = &one.too_little {
        screen.sentence(why, "  ", 2)?;
    }
    if let Some(kept) = &one.latest {
        let lesson = &kept.lesson;
        let decisions = lesson.accepted + lesson.rejected;
        screen.line(format!("  learned {} from {decisions} decisions, {}", kept.version, kept.at))?;
        screen.sentence(&quality("shipped", &lesson.before), "    ", 6)?;
        screen.sentence(&quality("learned", &lesson.after), "    ", 6)?;
    }
    Ok(())
}

fn quality(name: &str, quality: &Quality) -> String {
    let rank = quality.reciprocal_rank.map_or_else(|| "–".to_owned(), |rank| format!("{rank:.3}"));
    format!(
        "{name}, held out: log loss {:.3}, average precision {:.3}, mean 1 ÷ rank {rank}, calibration error {:.3}",
        quality.log_loss, quality.average_precision, quality.calibration_error
    )
}
