// SPDX-License-Identifier: EUPL-1.2
//
// openid-provider.mjs CLIENTS
//
// A certified provider of sign-ins on this machine, for tests: anybody signs in with any name. CLIENTS is JSON, a list
// of what the provider knows of each client. Prints its address when it listens, and ends with its standard input.
// FORLOP_TEST_TOOLS is the folder that it is installed in.

import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const home = join (process.env.FORLOP_TEST_TOOLS, 'node_modules/oidc-provider/lib/index.js');
const { default: Provider } = await import (pathToFileURL (home));

function makeKey (alg, type, options)
{
  const { privateKey } = generateKeyPairSync (type, options);

  return { ...privateKey.export ({ format: 'jwk' }), alg, use: 'sig', kid: `key-${alg}` };
}

const server = createServer ();
server.listen (0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address ().port}`;
  const provider = new Provider (issuer, {
    clients: JSON.parse (process.argv[2]).map ((client) => ({
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/'],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'private_key_jwt',
      require_pushed_authorization_requests: true,
      ...client,
    })),
    jwks: {
      keys: [
        makeKey ('PS256', 'rsa', { modulusLength: 2048 }),
        makeKey ('ES256', 'ec', { namedCurve: 'P-256' }),
        makeKey ('EdDSA', 'ed25519', {}),
      ],
    },
    enabledJWA: {
      idTokenSigningAlgValues: ['PS256', 'ES256', 'EdDSA'],
      clientAuthSigningAlgValues: ['PS256', 'ES256', 'EdDSA'],
      dPoPSigningAlgValues: ['ES256'],
    },
    features: {
      devInteractions: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc (32, 7), requireNonce: () => true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    },
    // The server's clock is moved by the tests.
    clockTolerance: 20 * 60,
    pkce: { required: () => true, methods: ['S256'] },
    cookies: { keys: ['for tests alone'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  });

  server.on ('request', provider.callback ());
  process.stdout.write (`${issuer}\n`);
});
process.stdin.resume ();
process.stdin.on ('end', () => process.exit ());
