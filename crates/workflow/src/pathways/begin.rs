//! Begin a pathway by hand, at an institution where who acts may design one.

use credway_model::{Action, Ctid, Pathway, PathwayCosts, Text};
use credway_store::Work;

use crate::access::Reach;
use crate::permission::{About, home};
use crate::{Named, Workbench, WorkflowError};

impl Workbench {
    /// The institutions at which who acts may begin a pathway, the home institution first; for who owns the database, that alone.
    ///
    /// # Errors
    /// [`WorkflowError::Store`].
    pub async fn pathway_institutions(&self) -> Result<Vec<Named>, WorkflowError> {
        self.designable(&self.store.read().await?).await
    }

    /// Begins a pathway of an institution; of the first at which who acts may when none is given.
    ///
    /// # Errors
    /// [`WorkflowError::Forbidden`]; [`WorkflowError::Refused`] when the title cannot be taken, or the institution has a pathway of
    /// that title, or there is no institution yet.
    pub async fn begin_pathway(&self, title: &str, institution: Option<&Ctid>) -> Result<Ctid, WorkflowError> {
        let refuse = |message: String, hint: &str| WorkflowError::Refused { message, hint: hint.to_owned() };
        let work = self.store.write().await?;
        self.allow_somewhere(&work, Action::DesignPathway).await?;
        let owner = match institution {
            Some(institution) => *institution,
            None if home(&work).await?.is_none() => {
                return Err(refuse("there is no institution yet".to_owned(), "name yours with `credway new NAME`"));
            }
            None => match self.designable(&work).await?.first() {
                Some(first) => first.id,
                None => return Err(self.forbidden(Action::DesignPathway)),
            },
        };
        self.allow(&work, Action::DesignPathway, About::Institution(&owner)).await?;
        if !work.organizations().await?.iter().any(|one| one.ctid == owner) {
            return Err(refuse(format!("there is no institution “{owner}”"), "choose one of the list"));
        }
        let title = Text::name(title)
            .map_err(|error| refuse(format!("the pathway needs a title: {error}"), "give a short one"))?;
        if work.find_pathway(title.as_str()).await?.iter().any(|one| one.organization == owner) {
            return Err(refuse(format!("there is a pathway “{title}” already"), "give it another title"));
        }
        let namespace = self.namespace(&work, None).await?;
        let key = Ctid::key([owner.to_string().as_str(), title.as_str()]);
        let ctid = Ctid::derive(&namespace, "pathway", &key);
        let costs = PathwayCosts::default();
        let pathway = Pathway {
            ctid,
            organization: owner,
            title,
            description: None,
            components: Vec::new(),
            costs,
            origin: None,
        };
        work.put_pathway(&pathway, &self.stamp(None)).await?;
        work.commit().await?;
        Ok(ctid)
    }

    async fn designable(&self, work: &Work) -> Result<Vec<Named>, WorkflowError> {
        let (home, reach) = (home(work).await?, self.reach(work, Action::DesignPathway).await?);
        let open = |id: &Ctid| match &reach {
            Reach::All => Some(*id) == home,
            Reach::Only { institutions, .. } => institutions.contains(id),
        };
        let known = work.organizations().await?.into_iter().filter(|one| open(&one.ctid));
        let mut found: Vec<Named> = known.map(|one| Named { id: one.ctid, name: one.name.to_string() }).collect();
        found.sort_by_key(|one| (Some(one.id) != home, one.name.clone()));
        Ok(found)
    }
}
