//! Sign-out at the provider too (RP-Initiated Logout 1.0), so that the next person at the same browser is asked anew.

use openidconnect::url::Url;

use super::{IdTokenHint, Provider};

impl Provider {
    /// Where to send the browser so that the person is signed out there as well; `None` where the provider has no such
    /// address. `back` must be registered there. Without the hint the provider asks the person whether they mean it.
    ///
    /// The hint stands in the address, as the standard has it: it opens nothing, but names the person, so the redirect
    /// must not be logged.
    #[must_use]
    pub fn logout_url(&self, hint: Option<&IdTokenHint>, back: Option<&Url>) -> Option<Url> {
        let mut address = self.metadata.additional_metadata().end_session_endpoint.as_ref()?.url().clone();
        let mut query = address.query_pairs_mut();
        query.append_pair("client_id", &self.settings.client_id);
        if let Some(hint) = hint {
            query.append_pair("id_token_hint", &hint.0);
        }
        if let Some(back) = back {
            query.append_pair("post_logout_redirect_uri", back.as_str());
        }
        drop(query);
        Some(address)
    }
}
