// SPDX-License-Identifier: EUPL-1.2
//
// What bench-sync compares with: express-pouchdb in a process of its own, and pouchdb in this one.
//
//   sync-reference.mjs TOOLS FOLDER RECORDS SINGLES   prints {"push","pull","port"}; SINGLES records are then
//                                                     put by who asks, and at the end of input {"memory"}
//   sync-reference.mjs TOOLS FOLDER --serve           the server; prints its port
//
// Times are seconds, memory is the server's resident kilobytes. Records go in the largest batches
// that were fastest, and nothing is encrypted or synced to the disk beyond what it does by itself.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { randomUUID } from 'node:crypto'
import path from 'node:path'

const [tools, folder, ...words] = process.argv.slice (2)
const require = createRequire (path.join (tools, 'package.json'))
const PouchDB = require ('pouchdb')
const batch = 1000

function serve ()
{
  const express = require ('express')
  const app = express ()
  const Stored = PouchDB.defaults ({ prefix: folder + '/' })
  const options = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: path.join (folder, 'log.txt') }

  app.use ('/', require ('express-pouchdb') (Stored, options))
  const server = app.listen (0, '127.0.0.1', () => console.log (server.address ().port))
}

function makeRecord ()
{
  return {
    _id: randomUUID (), type: 'task', unit_id: randomUUID (), role: 'resource_person', kind: 'general',
    title: 'Ring lageret', status: 'open',
  }
}

async function time (work)
{
  const start = performance.now ()

  await work ()

  return (performance.now () - start) / 1000
}

async function compare (nRecords, nSingles)
{
  const server = spawn (process.execPath, [process.argv[1], tools, folder, '--serve'],
                        { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise (resolve => server.stdout.once ('data', text => resolve (parseInt (text))))
  const url = `http://127.0.0.1:${port}/records`
  const remote = new PouchDB (url)
  const records = Array.from ({ length: nRecords }, makeRecord)
  const result = { port }

  PouchDB.plugin (require ('pouchdb-adapter-memory'))
  await remote.info ()
  result.push = await time (async () => {
    for (let i = 0; i < nRecords; i += batch)
      await remote.bulkDocs (records.slice (i, i + batch))
  })
  const local = new PouchDB ('mirror', { adapter: 'memory' })
  result.pull = await time (() => local.replicate.from (url, { batch_size: batch }))
  if ((await local.info ()).doc_count !== nRecords)
    throw new Error ('not everything was replicated')
  console.log (JSON.stringify (result))
  await new Promise (resolve => process.stdin.on ('end', resolve).resume ())
  if ((await remote.info ()).doc_count !== nRecords + nSingles)
    throw new Error ('not everything was stored')
  const memory = parseInt (/VmRSS:\s+(\d+)/.exec (readFileSync (`/proc/${server.pid}/status`, 'utf8'))[1])
  server.kill ()
  console.log (JSON.stringify ({ memory }))
  process.exit (0)
}

if (words[0] === '--serve')
  serve ()
else
  await compare (...words.map (Number))
