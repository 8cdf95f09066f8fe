//! One identity provider: what it says about itself, found at its issuer's address, and how a sign-in there begins.

use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGenderClaim, CoreGrantType, CoreJsonWebKey, CoreJsonWebKeySet,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode,
    CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse, CoreSubjectIdentifierType,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::url::Url;
use openidconnect::{
    AdditionalProviderMetadata, AuthType, Client, ClientId, CsrfToken, DiscoveryError, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, LogoutProviderMetadata, Nonce,
    PkceCodeChallenge, ProviderMetadata, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse,
};
use serde::{Deserialize, Serialize};

use super::claims::Rest;
use super::keys::Keys;
use super::outbound::Outbound;
use super::pending::local_path;
use super::{OpenIdError, Pending, Settings};

/// After which time the metadata are read anew.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// What the provider says about itself beside what the library knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Features {
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Features {}

pub(super) type Metadata = ProviderMetadata<
    LogoutProviderMetadata<Features>,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

pub(super) type TokenAnswer = StandardTokenResponse<
    IdTokenFields<
        Rest,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

pub(super) type OurClient = Client<
    Rest,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    TokenAnswer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// An identity provider whose metadata and keys are known.
#[derive(Debug)]
pub struct Provider {
    pub(super) settings: Settings,
    pub(super) outbound: Outbound,
    pub(super) metadata: Metadata,
    pub(super) keys: Keys,
    discovered: Timestamp,
}

impl Provider {
    /// Asks the issuer for its metadata and keys.
    ///
    /// # Errors
    /// Settings that cannot be used; an issuer that cannot be reached, is another than it says, or leads elsewhere.
    pub async fn discover(settings: &Settings, now: Timestamp) -> Result<Self, OpenIdError> {
        let outbound = Outbound::to(settings)?;
        let issuer = IssuerUrl::new(settings.issuer.clone());
        let issuer = issuer.map_err(|_| OpenIdError::Settings("the issuer is not an address"))?;
        let metadata = Metadata::discover_async(issuer, &outbound).await;
        let metadata = metadata.map_err(|error| from_discovery(error, "discovery document"))?;
        let provider = Self {
            settings: settings.clone(),
            outbound,
            keys: Keys::new(metadata.jwks().clone(), now),
            metadata,
            discovered: now,
        };
        provider.check_addresses()?;
        Ok(provider)
    }

    /// Whether the metadata are more than a day old, and the provider should be discovered anew.
    #[must_use]
    pub fn is_stale(&self, now: Timestamp) -> bool {
        now.duration_since(self.discovered).abs() > FRESH
    }

    /// Begins a sign-in: the address to send the browser to, and what to keep until it comes back. `return_to` is the
    /// path the person wanted; anything that is no path of Credway becomes `/`.
    #[must_use]
    pub fn start(&self, return_to: &str, now: Timestamp) -> (Url, Pending) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client(CoreJsonWebKeySet::default());
        let request = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scopes(self.settings.scopes.iter().filter(|scope| *scope != "openid").cloned().map(Scope::new))
            .set_pkce_challenge(challenge);
        let (url, state, nonce) = request.url();
        let issuer = self.settings.issuer.clone();
        (url, Pending { issuer, state, nonce, verifier, return_to: local_path(return_to), begun: now })
    }

    /// The library's client, with these keys.
    pub(super) fn client(&self, keys: CoreJsonWebKeySet) -> OurClient {
        let metadata = self.metadata.clone().set_jwks(keys);
        let post = match metadata.token_endpoint_auth_methods_supported() {
            Some(methods) => {
                !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
                    && methods.contains(&CoreClientAuthMethod::ClientSecretPost)
            }
            None => false,
        };
        let id = ClientId::new(self.settings.client_id.clone());
        Client::from_provider_metadata(metadata, id, self.settings.client_secret.clone())
            .set_redirect_uri(RedirectUrl::from_url(self.settings.redirect.clone()))
            .set_auth_type(if post { AuthType::RequestBody } else { AuthType::BasicAuth })
    }

    /// Whether the provider promised to name itself in its answers.
    pub(super) fn names_itself(&self) -> bool {
        self.metadata.additional_metadata().additional_metadata.authorization_response_iss_parameter_supported
    }

    /// Every address that will be called, or a browser sent to, so that the administrator hears of it before a person.
    fn check_addresses(&self) -> Result<(), OpenIdError> {
        let metadata = &self.metadata;
        let token = metadata.token_endpoint().ok_or(OpenIdError::NotUnderstood("discovery document"))?;
        let userinfo = metadata.userinfo_endpoint().filter(|_| self.settings.userinfo).map(|address| address.url());
        let logout = metadata.additional_metadata().end_session_endpoint.as_ref().map(|address| address.url());
        let always = [metadata.authorization_endpoint().url(), token.url(), metadata.jwks_uri().url()];
        always.into_iter().chain(userinfo).chain(logout).try_for_each(|address| self.outbound.reach.check(address))
    }
}

/// What went wrong where a document of the provider was asked for.
pub(super) fn from_discovery(error: DiscoveryError<OpenIdError>, what: &'static str) -> OpenIdError {
    match error {
        DiscoveryError::Request(error) => error,
        DiscoveryError::Response(status, ..) if !status.is_success() => {
            OpenIdError::Status { status: status.as_u16(), what }
        }
        // The library validates one thing: that the issuer is the one that was asked.
        DiscoveryError::Validation(_) => OpenIdError::WrongIssuer,
        _ => OpenIdError::NotUnderstood(what),
    }
}
