// What a provider must never answer, on demand: oidc-provider cannot be made to issue such tokens, so its answers are
// changed here, on their way out, and signed anew with the provider's own key. This file is ours; the rest of the
// provider is not. What a provider can be configured into (another issuer, short lives, other keys) is not done here.

import { randomBytes } from 'node:crypto';

import { SignJWT, UnsecuredJWT, decodeJwt, decodeProtectedHeader, generateKeyPair, importJWK } from 'jose';

// Changes to what a token says.
const CLAIMS = {
  issuer: () => ({ iss: 'https://elsewhere.example' }),
  audience: () => ({ aud: 'another-client' }),
  more_audiences: ({ aud }) => ({ aud: [aud, 'another-client'] }),
  party: () => ({ azp: 'another-client' }),
  nonce: () => ({ nonce: randomBytes(16).toString('base64url') }),
  no_nonce: () => ({ nonce: undefined }),
  nobody: () => ({ sub: '' }),
  long_subject: () => ({ sub: 'x'.repeat(256) }),
  future: ({ iat, exp }) => ({ iat: iat + 3600, exp: exp + 3600 }),
  access_token: () => ({ at_hash: randomBytes(16).toString('base64url') }),
  // As Microsoft's provider does for somebody in more groups than fit.
  groups_elsewhere: () => ({
    groups: undefined,
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://elsewhere.example/groups' } },
  }),
  same: () => ({}),
};

// Other ways to sign it: none, somebody else's key under the provider's name for it, the secret both sides know.
const SIGNING = {
  unsigned: (claims) => new UnsecuredJWT(claims).encode(),
  forged: async (claims, header) =>
    new SignJWT(claims).setProtectedHeader(header).sign((await generateKeyPair(header.alg)).privateKey),
  secret: (claims, _header, client) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(client.client_secret)),
};

async function spoiled(token, fault, { keys, clients }) {
  const claims = decodeJwt(token);
  const header = decodeProtectedHeader(token);
  if (SIGNING[fault]) {
    return SIGNING[fault](claims, header, clients.find((client) => client.client_id === claims.aud));
  }
  if (!CLAIMS[fault]) {
    throw new Error(`no such fault: ${fault}`);
  }
  const key = await importJWK(keys.find((one) => one.kid === header.kid), header.alg);
  return new SignJWT({ ...claims, ...CLAIMS[fault](claims) }).setProtectedHeader(header).sign(key);
}

// A whole answer instead of one token in it.
const ANSWERS = {
  token_elsewhere: { route: 'discovery', change: (body) => ({ ...body, token_endpoint: 'http://169.254.169.254/token' }) },
  keys_elsewhere: { route: 'discovery', change: (body) => ({ ...body, jwks_uri: 'https://elsewhere.example/jwks' }) },
  userinfo_of_another: { route: 'userinfo', change: (body) => ({ ...body, sub: 'mallory' }) },
  no_id_token: { route: 'token', change: ({ id_token: _, ...body }) => body },
  huge: { route: 'token', change: (body) => ({ ...body, padding: 'x'.repeat(4 * 1024 * 1024) }) },
};

// The hook oidc-provider offers for this: a middleware around its own.
export const spoil = (provider) => async (context, next) => {
  await next();
  const fault = provider.fault();
  const route = context.oidc?.route;
  if (!fault || context.status !== 200) {
    return;
  }
  if (fault === 'redirect' && route === 'token') {
    context.status = 307;
    context.set('location', 'https://elsewhere.example/token');
  } else if (ANSWERS[fault]) {
    context.body = route === ANSWERS[fault].route ? ANSWERS[fault].change(context.body) : context.body;
  } else if (route === 'token' && context.body?.id_token) {
    context.body = { ...context.body, id_token: await spoiled(context.body.id_token, fault, provider) };
  }
};
