/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include "forlop-connection.h"
#include "forlop-minutes.h"
#include "forlop-record.h"

G_BEGIN_DECLS

/* The weekly meeting of a unit: who is on the agenda, who might be, and what was decided. */

/* Days ahead from which what is due is suggested. */
#define FORLOP_MEETING_DAYS_AHEAD 14
/* So many red and yellow in the last week are suggested. */
#define FORLOP_MEETING_MANY_ALERTS 5

typedef enum {
  FORLOP_MEETING_ON_AGENDA,
  FORLOP_MEETING_SUGGESTED,
  FORLOP_MEETING_DECIDED,
} ForlopMeetingState;

/**
 * ForlopMeetingLine:
 * @item_id: (nullable): the meeting_item; %NULL for a suggestion.
 * @question: (nullable): what is taken up; %NULL for a suggestion.
 * @decision: (nullable): what was decided.
 * @rule: (nullable): interned: the duty that is due, for a suggestion; with @arguments for forlop_duty_describe().
 * @n_alerts: for a suggestion: red and yellow of the last week, 0 where they are few.
 */
typedef struct {
  ForlopMeetingState state;
  char *item_id;
  char *case_id;
  char *citizen_id;
  char *name;
  ForlopDate birth_date;
  char *question;
  char *decision;
  const char *rule;
  char *arguments;
  unsigned int n_alerts;
} ForlopMeetingLine;

/**
 * ForlopMeetingDoer:
 * @key: tells it from the others.
 * @user_id: (nullable): %NULL for whoever has the function.
 * @name: (nullable): the person's.
 * @unit_name: (nullable): %NULL for the unit of the meeting.
 *
 * Whom a task can be given to: a person in a function, or the function.
 */
typedef struct {
  char *key;
  char *user_id;
  char *name;
  char *role;
  char *unit_id;
  char *unit_name;
} ForlopMeetingDoer;

/**
 * ForlopMeetingAgenda:
 * @meeting: (nullable): the meeting that is held, or the last one, when that is closed.
 * @lines: #GPtrArray of #ForlopMeetingLine: the agenda in the order it was asked for, suggestions, and what
 *   @meeting decided.
 * @doers: #GPtrArray of #ForlopMeetingDoer: persons first, those of the unit before others.
 */
typedef struct {
  ForlopRecord *meeting;
  GPtrArray *lines;
  GPtrArray *doers;
} ForlopMeetingAgenda;

/* Of the cases of @unit_id and the units below it. */
ForlopMeetingAgenda *forlop_meeting_store_load  (ForlopConnection     *connection,
                                                 const char           *unit_id,
                                                 gint64                now,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* The id of the newest meeting of the unit, on that day where @held_on is one. */
char                *forlop_meeting_store_find  (ForlopConnection     *connection,
                                                 const char           *unit_id,
                                                 ForlopDate            held_on,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* What @meeting_id decided, with the tasks that followed, as far as this file has the citizens. */
ForlopMinutes       *forlop_meeting_store_load_minutes (ForlopConnection *connection,
                                                 const char           *meeting_id,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                 forlop_meeting_agenda_free (ForlopMeetingAgenda  *self);
gboolean             forlop_meeting_agenda_is_open (const ForlopMeetingAgenda *self);
/* Why a citizen is suggested: "5 red and yellow in the last week". */
char                *forlop_meeting_line_dup_reason (const ForlopMeetingLine *line,
                                                     ForlopDate               today) G_GNUC_WARN_UNUSED_RESULT;
unsigned int         forlop_meeting_agenda_count (const ForlopMeetingAgenda *self,
                                                  ForlopMeetingState         state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ForlopMeetingAgenda, forlop_meeting_agenda_free)

G_END_DECLS
