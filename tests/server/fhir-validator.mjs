// SPDX-License-Identifier: EUPL-1.2
//
// fhir-validator.mjs
//
// Reads resources of FHIR R4, one on each line of standard input, and prints for each a line with what is wrong
// with it; an empty line when nothing is. Two validators that know nothing of Forløp look at it: one with the official
// JSON schema, and one with the definitions of the resources and their required codes. FORLOP_TEST_TOOLS is the folder
// that they are installed in.

import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const require = createRequire (join (process.env.FORLOP_TEST_TOOLS, 'node_modules', 'x'));
const { Fhir } = require ('fhir/fhir');
const Schema = require ('@asymmetrik/fhir-json-schema-validator');
const definitions = new Fhir ();
const schema = new Schema ();

// The schema is that of the release before, whose version is the only one it knows.
function beforeTechnicalCorrection (resource)
{
  return resource.fhirVersion === '4.0.1' ? { ...resource, fhirVersion: '4.0.0' } : resource;
}

for await (const line of createInterface ({ input: process.stdin })) {
  const resource = JSON.parse (line);
  const wrong = [
    ...schema.validate (beforeTechnicalCorrection (resource)).map ((each) => `${each.dataPath} ${each.message}`),
    ...definitions.validate (resource, { errorOnUnexpected: true }).messages
      .filter ((each) => each.severity === 'error' || each.severity === 'fatal')
      .map ((each) => `${each.location} ${each.message}`),
  ];
  console.log (wrong.join ('; ').replaceAll ('\n', ' '));
}
