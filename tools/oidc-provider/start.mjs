// Starts oidc-provider, an OpenID provider that others maintain, as the tests of single sign-on want it.
//
//   node start.mjs SETTINGS.json
//
// Settings: port (0: any free one), issuer (absent: the address it listens at), tls { key, certificate } as PEM,
// clients (as oidc-provider knows them), lives (seconds, as oidc-provider's ttl), conforming (true: claims about the
// person only in the userinfo answer, as the standard has it), directory (a file, read anew at every request).
// Directory: people { LOGIN: { email, email_verified, name, groups } } and fault, one of those in faults.mjs.
//
// It says `listening ADDRESS` when it is ready, and stops when its standard input ends, so that it outlives no test.

import { readFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { randomBytes } from 'node:crypto';

import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';

import { spoil } from './faults.mjs';

if (!URL.parse) {
  throw new Error(`Node ${process.version} is too old for oidc-provider: 22 or later is wanted, 20.19 is enough.`);
}

const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const settings = read(process.argv[2]);
const directory = () => read(settings.directory);

// New keys at every start, of every kind Credway knows how to check; their names say when they were made.
async function newKeys() {
  const keys = [];
  for (const algorithm of ['RS256', 'ES256', 'ES384', 'Ed25519']) {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    keys.push({ ...(await exportJWK(privateKey)), use: 'sig', kid: `${algorithm}-${randomBytes(6).toString('hex')}` });
  }
  return keys;
}

function findAccount(_context, login) {
  const person = directory().people[login];
  return person && { accountId: login, claims: async () => ({ sub: login, ...person }) };
}

const configuration = (keys) => ({
  clients: settings.clients,
  jwks: { keys },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
  conformIdTokenClaims: settings.conforming ?? false,
  enabledJWA: {
    idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'HS256'],
  },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  ttl: { AuthorizationCode: 60, IdToken: 60, AccessToken: 60, Interaction: 300, Session: 300, Grant: 300, ...settings.lives },
  findAccount,
});

const { tls } = settings;
const server = tls ? createTlsServer({ key: tls.key, cert: tls.certificate }) : createPlainServer();
const keys = await newKeys();
server.listen(settings.port ?? 0, '127.0.0.1', () => {
  const address = `${tls ? 'https://localhost' : 'http://127.0.0.1'}:${server.address().port}`;
  const provider = new Provider(settings.issuer ?? address, configuration(keys));
  provider.on('server_error', (_context, error) => console.error(error));
  provider.use(spoil({ keys, fault: () => directory().fault, clients: settings.clients }));
  server.on('request', provider.callback());
  console.log(`listening ${address}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
