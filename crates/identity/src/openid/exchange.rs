//! The end of a sign-in: the code is traded for tokens, the ID token is checked, and what it lacks is asked for.

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClaimsVerificationError, Nonce, OAuth2TokenResponse,
    RequestTokenError, SignatureVerificationError, StandardErrorResponse, TokenResponse, UserInfoClaims, UserInfoError,
};

use super::answer::shown;
use super::claims::Rest;
use super::provider::{OurClient, TokenAnswer};
use super::{Answer, IdTokenHint, Identity, OpenIdError, Pending, Provider};

/// How far the clocks of the two servers may be apart.
const LEEWAY: SignedDuration = SignedDuration::from_mins(1);

/// Longest name of a person, in characters of ASCII (Core §2).
const LONGEST_SUBJECT: usize = 255;

/// Signatures by the provider's own keys.
const OWN_KEYS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// Signatures by the client secret.
const SHARED_SECRET: [CoreJwsSigningAlgorithm; 3] =
    [CoreJwsSigningAlgorithm::HmacSha256, CoreJwsSigningAlgorithm::HmacSha384, CoreJwsSigningAlgorithm::HmacSha512];

type Token = openidconnect::IdToken<
    Rest,
    CoreGenderClaim,
    openidconnect::core::CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Claims = openidconnect::IdTokenClaims<Rest, CoreGenderClaim>;

impl Provider {
    /// Ends a sign-in: who it is. The `Pending` is used up, whatever comes of it.
    ///
    /// # Errors
    /// Whatever is wrong with the answer, the code or the tokens, or with the way to the provider.
    pub async fn finish(&self, answer: &Answer, pending: Pending, now: Timestamp) -> Result<Identity, OpenIdError> {
        pending.check(&self.settings.issuer, answer.state.as_deref(), now)?;
        let code = answer.code(&self.settings.issuer, self.names_itself())?;
        let client = self.client(CoreJsonWebKeySet::default());
        let tokens: TokenAnswer = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| OpenIdError::NotUnderstood("discovery document"))?
            .set_pkce_verifier(pending.verifier)
            .request_async(&self.outbound)
            .await
            .map_err(from_exchange)?;
        let token = tokens.id_token().ok_or(OpenIdError::NoIdToken)?;
        let claims = self.verified(token, tokens.access_token(), &pending.nonce, now).await?;
        let mut identity = self.identity(token, claims)?;
        self.complete(&mut identity, claims, tokens.access_token(), &client).await?;
        Ok(identity)
    }

    /// The claims of a token that was made for this sign-in, by a key of the provider.
    async fn verified<'t>(
        &self,
        token: &'t Token,
        access: &AccessToken,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<&'t Claims, OpenIdError> {
        let keys = self.keys.current().await;
        let mut checked = self.check_with(&keys, token, access, nonce, now);
        if matches!(checked, Err(OpenIdError::UnknownKey)) {
            let keys = self.keys.other_than(&keys, self.metadata.jwks_uri(), &self.outbound, now).await?;
            checked = self.check_with(&keys, token, access, nonce, now);
        }
        let claims = checked?;
        if claims.issue_time() > clock(now, LEEWAY) {
            return Err(OpenIdError::ClocksApart);
        }
        // Core §3.1.3.7: the library leaves the authorized party to its user.
        if claims.authorized_party().is_some_and(|party| **party != self.settings.client_id) {
            return Err(OpenIdError::WrongAudience);
        }
        Ok(claims)
    }

    fn check_with<'t>(
        &self,
        keys: &CoreJsonWebKeySet,
        token: &'t Token,
        access: &AccessToken,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<&'t Claims, OpenIdError> {
        let client = self.client(keys.clone());
        let shared = SHARED_SECRET.into_iter().filter(|_| self.settings.allow_shared_secret_signatures);
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(OWN_KEYS.into_iter().chain(shared))
            .set_time_fn(|| clock(now, -LEEWAY));
        let claims = token.claims(&verifier, nonce).map_err(|error| from_verification(&error))?;
        if let Some(told) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|error| from_signature(&error))?;
            let key = token.signing_key(&verifier).map_err(|error| from_signature(&error))?;
            let made = AccessTokenHash::from_token(access, algorithm, key);
            if made.ok().as_ref() != Some(told) {
                return Err(OpenIdError::WrongAccessToken);
            }
        }
        Ok(claims)
    }

    fn identity(&self, token: &Token, claims: &Claims) -> Result<Identity, OpenIdError> {
        let name = claims.name().and_then(|names| names.get(None)).map(|name| name.as_str().to_owned());
        let subject = claims.subject().as_str().to_owned();
        if subject.is_empty() || subject.len() > LONGEST_SUBJECT {
            return Err(OpenIdError::NotUnderstood("ID token"));
        }
        Ok(Identity {
            issuer: self.settings.issuer.clone(),
            subject,
            email: claims.email().map(|email| email.as_str().to_owned()),
            email_verified: claims.email_verified().unwrap_or(false),
            name,
            groups: claims.additional_claims().groups(&self.settings.groups_claim)?.unwrap_or_default(),
            session: claims.additional_claims().session(),
            id_token_hint: IdTokenHint(token.to_string()),
        })
    }

    /// What the ID token does not say, from the userinfo endpoint. What it says stands.
    async fn complete(
        &self,
        identity: &mut Identity,
        claims: &Claims,
        access: &AccessToken,
        client: &OurClient,
    ) -> Result<(), OpenIdError> {
        let no_groups = claims.additional_claims().groups(&self.settings.groups_claim)?.is_none();
        let lacks = no_groups || identity.email.is_none() || identity.name.is_none();
        if !lacks || !self.settings.userinfo || self.metadata.userinfo_endpoint().is_none() {
            return Ok(());
        }
        let more: UserInfoClaims<Rest, CoreGenderClaim> = client
            .user_info(access.clone(), Some(claims.subject().clone()))
            .map_err(|_| OpenIdError::NotUnderstood("discovery document"))?
            .request_async(&self.outbound)
            .await
            .map_err(from_userinfo)?;
        if no_groups {
            identity.groups = more.additional_claims().groups(&self.settings.groups_claim)?.unwrap_or_default();
        }
        if identity.email.is_none() {
            identity.email = more.email().map(|email| email.as_str().to_owned());
            identity.email_verified = more.email_verified().unwrap_or(false);
        }
        if identity.name.is_none() {
            identity.name = more.name().and_then(|names| names.get(None)).map(|name| name.as_str().to_owned());
        }
        Ok(())
    }
}

/// The library's clock. A time it cannot hold becomes the latest it can, at which every token has expired.
fn clock(now: Timestamp, shift: SignedDuration) -> DateTime<Utc> {
    let shifted = now.saturating_add(shift).unwrap_or(now);
    DateTime::from_timestamp_micros(shifted.as_microsecond()).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn from_exchange(error: RequestTokenError<OpenIdError, StandardErrorResponse<CoreErrorResponseType>>) -> OpenIdError {
    match error {
        RequestTokenError::Request(error) => error,
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            CoreErrorResponseType::InvalidGrant => OpenIdError::CodeRefused,
            CoreErrorResponseType::InvalidClient | CoreErrorResponseType::UnauthorizedClient => {
                OpenIdError::ClientRefused
            }
            other => OpenIdError::Refused(shown(other.as_ref())),
        },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => OpenIdError::NotUnderstood("answer to the code"),
    }
}

fn from_verification(error: &ClaimsVerificationError) -> OpenIdError {
    match error {
        ClaimsVerificationError::Expired(_) => OpenIdError::Expired,
        ClaimsVerificationError::InvalidAudience(_) => OpenIdError::WrongAudience,
        ClaimsVerificationError::InvalidIssuer(_) => OpenIdError::WrongIssuer,
        ClaimsVerificationError::InvalidNonce(_) => OpenIdError::WrongNonce,
        ClaimsVerificationError::InvalidSubject(_) => OpenIdError::WrongSubject,
        ClaimsVerificationError::SignatureVerification(error) => from_signature(error),
        _ => OpenIdError::NotUnderstood("ID token"),
    }
}

fn from_signature(error: &SignatureVerificationError) -> OpenIdError {
    use SignatureVerificationError as Signature;
    match error {
        // Two keys fit a token that names none: newer keys may tell.
        Signature::NoMatchingKey | Signature::AmbiguousKeyId(_) => OpenIdError::UnknownKey,
        Signature::NoSignature | Signature::DisallowedAlg(_) | Signature::UnsupportedAlg(_) => {
            OpenIdError::RefusedSigning
        }
        _ => OpenIdError::WrongSignature,
    }
}

fn from_userinfo(error: UserInfoError<OpenIdError>) -> OpenIdError {
    match error {
        UserInfoError::Request(error) => error,
        UserInfoError::ClaimsVerification(error) => from_verification(&error),
        UserInfoError::Response(status, ..) if !status.is_success() => {
            OpenIdError::Status { status: status.as_u16(), what: "userinfo" }
        }
        _ => OpenIdError::NotUnderstood("userinfo"),
    }
}
