/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-sync-ingest.h"

G_BEGIN_DECLS

/* What another system may read, in one snapshot of the log: the citizens of cases that are followed in its own
 * platform, until they are closed, and of running cases that are handed over to its unit. Nobody for whom a
 * blocking is in force: who reads in the other system is not known here. */

/* The action in the access log; the reason is the system's name. */
#define FORLOP_SYNC_READ_BY_SYSTEM "read by system"

/**
 * ForlopSyncReadable:
 * @ids: of every record of the person, the one that stands first.
 * @citizen: that one; @aliases are its earlier numbers and other records.
 * @cases: (element-type ForlopRecord): what lets the system read.
 * @is_hidden: the address is protected.
 * @opened_seq: the newest change of @cases and of blockings: what was written before it may be new to the system.
 * @seq: the newest change of what is told of the person; @version is its tag.
 * @rows: (element-type ForlopSyncRow): the rest that is told, but for measurements.
 * @words: measurements' ids → what was said of them last.
 *
 * A person whom the system may read about.
 */
typedef struct {
  GPtrArray *ids;
  ForlopRecord *citizen;
  GPtrArray *aliases;
  GPtrArray *cases;
  gboolean is_hidden;
  gint64 opened_seq;
  gint64 seq;
  char *version;
  GPtrArray *rows;
  GHashTable *words;
} ForlopSyncReadable;

void forlop_sync_readable_free (ForlopSyncReadable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncReadable, forlop_sync_readable_free)

typedef enum {
  FORLOP_SYNC_TELLS_PERSON,
  FORLOP_SYNC_TELLS_MEASUREMENTS,
  FORLOP_SYNC_TELLS_PLANS,
  FORLOP_SYNC_TELLS_ITEMS,
  FORLOP_SYNC_TELLS_TASKS,
} ForlopSyncTells;

/**
 * ForlopSyncPlace:
 * @record_id: a record of the person; empty for the beginning.
 * @seq: with @type and @id: a row there.
 */
typedef struct {
  char record_id[37];
  gint64 seq;
  char type[41];
  char id[37];
} ForlopSyncPlace;

/**
 * ForlopSyncTold:
 * @place: the row it is told at; of something made of several, its own with the position of the newest.
 * @record: the citizen, measurement, care plan, item or task; of a blood pressure the measurement that came first.
 * @is_invalid: of a measurement; of a blood pressure when neither of the two is valid.
 * @systolic: (nullable): with @diastolic: of a blood pressure, what stands there.
 * @product: (nullable): of an item.
 * @limits: (nullable): with @schedules: of a care plan.
 */
typedef struct {
  ForlopSyncPlace place;
  char *version;
  ForlopRecord *record;
  gboolean is_invalid;
  ForlopRecord *systolic;
  gboolean is_systolic_invalid;
  ForlopRecord *diastolic;
  gboolean is_diastolic_invalid;
  ForlopRecord *product;
  GPtrArray *limits;
  GPtrArray *schedules;
} ForlopSyncTold;

typedef struct _ForlopSyncReading ForlopSyncReading;

/* Begins the snapshot; freeing ends it. */
ForlopSyncReading  *forlop_sync_reading_new        (ForlopServerStorage       *storage,
                                                    const ForlopSyncSender    *system,
                                                    gint64                     now,
                                                    GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
void                forlop_sync_reading_free       (ForlopSyncReading         *self);
const ForlopServerHead *forlop_sync_reading_get_head (ForlopSyncReading       *self);
/* Of whom there is a case that may let the system read: ids in order from @from on. Whether they may be read is asked
 * one by one. */
GPtrArray          *forlop_sync_reading_list       (ForlopSyncReading         *self,
                                                    const char                *from,
                                                    unsigned int               limit,
                                                    GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of whom anything has changed since position @since that is told as @what, under any record: ids in order. @is_all:
 * (out): FALSE, and nothing in the list, when that is more than about @max_rows, or may be everybody. */
GPtrArray          *forlop_sync_reading_list_changed (ForlopSyncReading       *self,
                                                    ForlopSyncTells            what,
                                                    gint64                     since,
                                                    unsigned int               max_rows,
                                                    gboolean                  *is_all,
                                                    GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
/* @person: (out) (nullable) (transfer full): NULL for who may not be read about, or is not there. */
gboolean            forlop_sync_reading_open       (ForlopSyncReading         *self,
                                                    const char                *citizen_id,
                                                    ForlopSyncReadable       **person,
                                                    GError                   **error);
/* By a national number, or by the person's number in the system. */
gboolean            forlop_sync_reading_find       (ForlopSyncReading         *self,
                                                    const char                *id_number,
                                                    const char                *platform_person,
                                                    char                     **citizen_id,
                                                    GError                   **error);
/* The citizen that a measurement, care plan, item or task is about; NULL for what is not there. */
gboolean            forlop_sync_reading_find_of    (ForlopSyncReading         *self,
                                                    const char                *type,
                                                    const char                *id,
                                                    char                     **citizen_id,
                                                    GError                   **error);
/* (element-type ForlopSyncTold): what was written after position @since and after @after, in order. @budget:
 * (inout): so many rows of measurements may be looked at, and are left. @after: (inout): how far that was. @is_all:
 * (out): nothing is left. */
GPtrArray          *forlop_sync_reading_tell       (ForlopSyncReading         *self,
                                                    ForlopSyncReadable        *person,
                                                    ForlopSyncTells            what,
                                                    gint64                     since,
                                                    ForlopSyncPlace           *after,
                                                    unsigned int              *budget,
                                                    gboolean                  *is_all,
                                                    GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
/* The one with the record's id @id, wherever it stands. @told: (out) (nullable) (transfer full). */
gboolean            forlop_sync_reading_tell_one   (ForlopSyncReading         *self,
                                                    ForlopSyncReadable        *person,
                                                    ForlopSyncTells            what,
                                                    const char                *id,
                                                    ForlopSyncTold           **told,
                                                    GError                   **error);
void                forlop_sync_told_free          (ForlopSyncTold            *self);
/* When a position was committed. */
gboolean            forlop_sync_reading_time_of    (ForlopSyncReading         *self,
                                                    gint64                     seq,
                                                    gint64                    *at,
                                                    GError                   **error);
/* The last position before @at. */
gboolean            forlop_sync_reading_before     (ForlopSyncReading         *self,
                                                    gint64                     at,
                                                    gint64                    *seq,
                                                    GError                   **error);
/* In the access log, before anything leaves. @scopes: (element-type utf8): of the citizens. */
gboolean            forlop_sync_reading_log        (ForlopServerStorage       *storage,
                                                    const ForlopSyncSender    *system,
                                                    gint64                     now,
                                                    const char                *kinds,
                                                    GPtrArray                 *scopes,
                                                    GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncTold, forlop_sync_told_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopSyncReading, forlop_sync_reading_free)

G_END_DECLS
