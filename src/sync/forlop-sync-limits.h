/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

/* The limits that client and server agree on; the server repeats them in its hello. */

#define FORLOP_SYNC_PUSH_CHANGESETS 200
#define FORLOP_SYNC_PUSH_BYTES (1024 * 1024)
#define FORLOP_SYNC_PAGE_ROWS 1000
#define FORLOP_SYNC_PAGE_BYTES (2 * 1024 * 1024)
/* The page that a machine which has nothing gets before all others. */
#define FORLOP_SYNC_FIRST_BYTES (4 * FORLOP_SYNC_PAGE_BYTES)
#define FORLOP_SYNC_JSON_DEPTH 32
#define FORLOP_SYNC_STRING_BYTES (64 * 1024)
#define FORLOP_SYNC_NOTE_BYTES (256 * 1024)
#define FORLOP_SYNC_HEADER_BYTES (16 * 1024)
#define FORLOP_SYNC_URI_BYTES (2 * 1024)
#define FORLOP_SYNC_OPERATIONS 500

/* An attachment: how much there may be of it, and how much of it goes in one request, which is base64
 * with a little around it; how many are asked about at once. */
#define FORLOP_SYNC_CONTENTS_BYTES (128 * 1024 * 1024)
#define FORLOP_SYNC_PART_BYTES (1024 * 1024)
#define FORLOP_SYNC_PART_BODY (FORLOP_SYNC_PART_BYTES / 3 * 4 + 4 * 1024)
#define FORLOP_SYNC_CONTENTS_ASKED 200

/* The schema of the wire form. A server answers clients from OLDEST to NEWEST. */
#define FORLOP_SYNC_SCHEMA_OLDEST 1
#define FORLOP_SYNC_SCHEMA_NEWEST 1

#define FORLOP_SYNC_HASH_BYTES 32
/* How much of the log's hash a client carries with its position. */
#define FORLOP_SYNC_CURSOR_HASH_CHARS 16

/* 4 hours for break-glass, 72 hours of lease, 14 days until the key is destroyed. */
#define FORLOP_SYNC_BREAK_GLASS_MS ((gint64) 4 * 3600 * 1000)
/* A take-up that no case follows. */
#define FORLOP_SYNC_TAKE_UP_DAYS 14
/* Break-glass is asked for with a sign-in no older than this, and a reason of so many characters. */
#define FORLOP_SYNC_FRESH_MS ((gint64) 15 * 60 * 1000)
#define FORLOP_SYNC_REASON_MIN 10
#define FORLOP_SYNC_REASON_MAX 1000
#define FORLOP_SYNC_LEASE_MS ((gint64) 72 * 3600 * 1000)
#define FORLOP_SYNC_DESTROY_MS ((gint64) 14 * 24 * 3600 * 1000)

/* How long a client waits after a failure: a random time up to the first, doubled each time, never
 * more than the last; and how often it asks when no poke reaches it. */
#define FORLOP_SYNC_RETRY_FIRST_MS ((gint64) 1000)
#define FORLOP_SYNC_RETRY_LAST_MS ((gint64) 5 * 60 * 1000)
#define FORLOP_SYNC_POLL_MS ((gint64) 60 * 1000)
/* A clock that is wrong by more than this is shown to the user. */
#define FORLOP_SYNC_SKEW_MS ((gint64) 3600 * 1000)
