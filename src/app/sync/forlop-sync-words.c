/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-sync-words.h"

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-format.h"
#include "forlop-http-transport.h"
#include "forlop-store-error.h"

void
forlop_sync_facts_clear (ForlopSyncFacts *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_error (&self->error);
  *self = (ForlopSyncFacts) { 0 };
}

/* "11.42" today, with the date on any other day. */
static char *
dup_clock (gint64 at,
           gint64 now)
{
  int minute = forlop_instant_to_minute (at);

  if (forlop_instant_to_date (at) != forlop_instant_to_date (now))
    return forlop_instant_format (at);

  return g_strdup_printf ("%02d.%02d", minute / 60, minute % 60);
}

static char *
dup_offline (const ForlopSyncFacts *facts,
             gint64                 now)
{
  g_autofree char *clock = NULL;

  if (g_error_matches (facts->error, FORLOP_HTTP_ERROR, FORLOP_HTTP_ERROR_CERTIFICATE))
    return g_strdup (_("The server cannot prove who it is, so nothing is sent. Your work is saved "
                       "here. Tell whoever runs the server that its certificate is wrong."));
  if (facts->last_ok_at == FORLOP_INSTANT_NONE)
    return g_strdup (_("No contact with the server yet; your work is saved here"));

  clock = dup_clock (facts->last_ok_at, now);

  /* Translators: a time such as 10.05, or a date and a time. */
  return g_strdup_printf (_("No contact with the server since %s; your work is saved here"), clock);
}

static char *
dup_local_fault (const ForlopSyncFacts *facts)
{
  if (g_error_matches (facts->error, FORLOP_STORE_ERROR, FORLOP_STORE_ERROR_DISK_FULL))
    return g_strdup (_("The disk is full, so nothing more can be received. What was saved is kept. "
                       "Make room on the disk."));

  return g_strdup (_("What came from the server could not be saved here. What was saved before is "
                     "kept. Check the file under Administration."));
}

/* What stands in the way of sending and receiving; NULL when nothing does. */
static char *
dup_obstacle (const ForlopSyncFacts *facts,
              gint64                 now,
              ForlopStatus          *status)
{
  *status = FORLOP_STATUS_STOPPED;
  switch (facts->standing)
    {
    case FORLOP_SYNC_OFFLINE:
      *status = FORLOP_STATUS_OFFLINE;
      return dup_offline (facts, now);
    case FORLOP_SYNC_BUSY:
      *status = FORLOP_STATUS_WAITING;
      return g_strdup (_("The server cannot answer just now; it is asked again by itself. Your work is saved here"));
    case FORLOP_SYNC_SERVER_FAULT:
      return g_strdup (_("The server answers with something that this version does not understand. "
                         "Your work is saved here. Tell whoever runs the server."));
    case FORLOP_SYNC_SIGNED_OUT:
      return g_strdup (_("You are signed out of the server. Your work is saved here; sign in to "
                         "send it."));
    case FORLOP_SYNC_TOO_OLD:
      return g_strdup (_("This version of Forløp is too old to receive. What you write is still "
                         "sent. Update Forløp."));
    case FORLOP_SYNC_BLOCKED:
      return g_strdup (_("This machine is blocked on the server. Your work is saved here; ask the "
                         "administrator."));
    case FORLOP_SYNC_WIPED:
      return g_strdup (_("The administrator has had what is on this machine deleted."));
    case FORLOP_SYNC_STUCK:
      return g_strdup (_("The server and this machine do not agree on what was sent. Nothing is "
                         "lost. Ask the administrator before you go on."));
    case FORLOP_SYNC_LOCAL_FAULT:
      return dup_local_fault (facts);
    case FORLOP_SYNC_WORKING:
    case FORLOP_SYNC_IDLE:
    default:
      return NULL;
    }
}

static char *
dup_wrong_clock (const ForlopSyncFacts *facts)
{
  gint64 hours = (ABS (facts->skew_ms) + FORLOP_HOUR / 2) / FORLOP_HOUR;
  g_autofree char *much = NULL;

  if (!facts->clock_is_wrong)
    return NULL;

  much = forlop_duration_format (hours * FORLOP_HOUR);
  if (facts->skew_ms > 0)
    /* Translators: a length of time, such as 3 h or 10 days. */
    return g_strdup_printf (_("The clock of this machine is %s fast, and so are the times in what you write. Set the "
                              "clock."), much);

  /* Translators: a length of time, such as 3 h or 10 days. */
  return g_strdup_printf (_("The clock of this machine is %s slow, and so are the times in what you write. Set the "
                            "clock."), much);
}

ForlopLease
forlop_sync_words_judge_lease (const ForlopSyncFacts *facts,
                               gint64                 now)
{
  const ForlopLeaseTerms terms = {
    .last_ok_at = facts->last_ok_at, .seen_at = facts->seen_at, .hours = facts->lease_hours,
    .n_unsent = facts->n_waiting,
  };

  return forlop_lease_judge (&terms, now);
}

/* Until when what waits can be worked with, from the first day. */
static char *
dup_lease (const ForlopSyncFacts *facts,
           gint64                 now)
{
  ForlopLease lease = forlop_sync_words_judge_lease (facts, now);
  g_autofree char *until = NULL;

  if (lease.state != FORLOP_LEASE_WARNED)
    return NULL;
  until = forlop_instant_format (lease.locks_at);

  /* Translators: a number of changes; then a date and a time. */
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "%d change is on this machine alone. Connect it to the network before %s; then it locks.",
                 "%d changes are on this machine alone. Connect it to the network before %s; then it locks.",
                 (gulong) facts->n_waiting), (int) facts->n_waiting, until);
}

static char *
dup_refused (const ForlopSyncFacts *facts)
{
  if (facts->n_refused == 0)
    return NULL;

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change needs you",
                                       "%d changes need you", (gulong) facts->n_refused),
                          (int) facts->n_refused);
}

char *
forlop_sync_words_dup_confirmed (const ForlopSyncFacts *facts,
                                 gint64                 now)
{
  g_autofree char *clock = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  if (facts->last_ok_at == FORLOP_INSTANT_NONE)
    return NULL;
  clock = dup_clock (facts->last_ok_at, now);

  /* Translators: a time such as 11.42, or a date and a time. */
  return g_strdup_printf (_("The server last confirmed everything at %s"), clock);
}

/* What is under way when nothing stands in the way. */
static char *
dup_progress (const ForlopSyncFacts *facts,
              gint64                 now,
              ForlopStatus          *status)
{
  g_autofree char *clock = NULL;

  if (facts->n_waiting > 0)
    {
      *status = FORLOP_STATUS_WAITING;
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d change waits for the server",
                                           "%d changes wait for the server",
                                           (gulong) facts->n_waiting), (int) facts->n_waiting);
    }
  if (facts->n_uploads > 0)
    {
      *status = FORLOP_STATUS_WAITING;
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d attachment is on its way to the server",
                                           "%d attachments are on their way to the server",
                                           (gulong) facts->n_uploads), (int) facts->n_uploads);
    }
  if (facts->is_first || facts->last_ok_at == FORLOP_INSTANT_NONE)
    {
      *status = FORLOP_STATUS_RECEIVING;
      if (facts->head <= 0)
        return g_strdup (_("Fetching from the server"));
      if (facts->last_ok_at != FORLOP_INSTANT_NONE)
        /* Translators: how much has come, in per cent. */
        return g_strdup_printf (_("What is most urgent is here. The rest is being fetched: %d %%"),
                                (int) (CLAMP (facts->pos, 0, facts->head) * 100 / facts->head));
      /* Translators: how much has come, in per cent. */
      return g_strdup_printf (_("Fetching from the server: %d %%"),
                              (int) (CLAMP (facts->pos, 0, facts->head) * 100 / facts->head));
    }

  *status = FORLOP_STATUS_SETTLED;
  clock = dup_clock (facts->last_ok_at, now);

  /* Translators: the server has confirmed everything at this time, such as 11.42. */
  return g_strdup_printf (_("Everything sent at %s"), clock);
}

/**
 * forlop_sync_words_dup:
 * @status: (out): the shape that goes with the words.
 */
char *
forlop_sync_words_dup (const ForlopSyncFacts *facts,
                       gint64                 now,
                       ForlopStatus          *status)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *refused = NULL;
  ForlopStatus progress = FORLOP_STATUS_SETTLED;
  char *line;

  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (status != NULL, NULL);

  if (!facts->is_paired)
    {
      *status = FORLOP_STATUS_SETTLED;
      return g_strdup (_("Everything is saved on this machine"));
    }

  line = dup_obstacle (facts, now, status);
  if (line != NULL)
    g_strv_builder_take (lines, line);
  refused = dup_refused (facts);
  if (refused != NULL)
    g_strv_builder_add (lines, refused);
  /* What was refused is not on the server: then not everything is. */
  if (facts->n_waiting > 0 || facts->n_uploads > 0 || (line == NULL && refused == NULL))
    g_strv_builder_take (lines, dup_progress (facts, now, &progress));
  if (line == NULL)
    *status = refused != NULL ? FORLOP_STATUS_REFUSED : progress;
  line = dup_wrong_clock (facts);
  if (line != NULL)
    {
      g_strv_builder_take (lines, line);
      *status = MAX (*status, FORLOP_STATUS_REFUSED);
    }
  line = dup_lease (facts, now);
  if (line != NULL)
    {
      g_strv_builder_take (lines, line);
      *status = MAX (*status, FORLOP_STATUS_REFUSED);
    }
  if (facts->log_differs)
    {
      g_strv_builder_add (lines, _("The server's access log is not the one this machine remembers. Your work is "
                                   "kept. Tell the administrator."));
      *status = MAX (*status, FORLOP_STATUS_REFUSED);
    }
  all = g_strv_builder_end (lines);

  return g_strjoinv ("\n", all);
}

static char *
dup_taken (const ForlopSyncEntry *entry)
{
  gboolean is_loan = g_strcmp0 (entry->type, "loan") == 0;
  gboolean is_citizen = g_strcmp0 (entry->type, "citizen") == 0;

  if (is_loan && entry->is_over)
    return g_strdup_printf (_("The item was lent to %s when this came to the server, so this loan was not recorded. That "
                              "loan is over now. Hand out the item that stands here, or put this aside."),
                            entry->holder != NULL ? entry->holder : _("somebody else"));
  if (is_loan && entry->holder != NULL)
    return g_strdup_printf (_("The item is lent to %s already, so this loan was not recorded. Look at which "
                              "item stands where: hand out the one that stands here, correct the other "
                              "loan, or move it here. The coordinator is told."), entry->holder);
  if (is_loan)
    return g_strdup (_("The item is lent to somebody else already, so this loan was not recorded. Look at "
                       "which item stands here, and hand that one out. The coordinator is told and asks "
                       "the others."));
  if (is_citizen && entry->join_name != NULL)
    return g_strdup_printf (_("This person is registered already: %s. Look whether it is the same person, and "
                              "join what you wrote to that record."), entry->join_name);
  if (is_citizen)
    return g_strdup (_("The person is registered already, in a unit whose records you do not see. What you "
                       "wrote is kept here. A caseworker takes the citizen up by the identity number; then "
                       "what you wrote can be joined to that record."));
  if (entry->holder != NULL)
    return g_strdup_printf (_("Somebody else was first: %s. Look at it, and do your act again if it is "
                              "still needed."), entry->holder);

  return g_strdup (_("Somebody else was first. Look at it, and do your act again if it is still "
                     "needed."));
}

static char *
dup_gate (const ForlopSyncEntry *entry)
{
  const char *missing = NULL;

  for (ForlopGate gate = FORLOP_GATE_NONE + 1; gate < FORLOP_N_GATES; gate++)
    if (g_strcmp0 (forlop_gate_code (gate), entry->gate) == 0)
      missing = forlop_gate_missing (gate);
  if (missing == NULL)
    return g_strdup (_("A condition of the pathway is not met any more."));
  if (entry->role == NULL)
    return g_strdup (missing);
  if (entry->unit == NULL)
    return g_strdup_printf (_("%s It belongs to: %s."), missing, forlop_role_label (entry->role));

  /* Translators: what is missing, as a sentence; then a function and its unit. */
  return g_strdup_printf (_("%s It belongs to: %s, %s."), missing, forlop_role_label (entry->role),
                          entry->unit);
}

char *
forlop_sync_words_dup_reason (const ForlopSyncEntry *entry)
{
  static const struct {
    const char *code;
    const char *sentence;
  } reasons[] = {
    { "field", N_("Somebody changed the same while you were writing.") },
    { "deleted", N_("What you changed has been deleted by somebody else.") },
    { "invalid", N_("The server does not accept what was written. Do the act again.") },
    { "not_allowed", N_("Your function may not do this. Change your function, or ask somebody who may.") },
    { "scope_revoked", N_("You no longer have access here. What you wrote is handed to the leader of the "
                          "unit.") },
    { "emergency", N_("You see this citizen by emergency access, which does not let you change who sees the "
                      "record. Ask the unit that has the citizen.") },
    { "unknown_act", N_("The server does not know this act. It may be older than this version; tell "
                        "whoever runs it.") },
    { "not_found", N_("What it was done on is not on the server.") },
    { "stale_role", N_("Users and functions were changed on the server meanwhile. Look at them as they "
                       "are now, and do the act again.") },
    { "ahead", N_("It is dated more than a day ahead of the server's clock. Set the clock of this machine right, and "
                  "do the act again.") },
    { "depends", N_("It builds on another change that was refused, and goes with it.") },
    { "reused_id", N_("The server has another change with the same number. Tell whoever runs it.") },
  };

  g_return_val_if_fail (entry != NULL, NULL);

  if (g_strcmp0 (entry->code, "taken") == 0)
    return dup_taken (entry);
  if (g_strcmp0 (entry->code, "gate") == 0)
    return dup_gate (entry);
  if (g_strcmp0 (entry->code, "invalid") == 0 && entry->detail != NULL)
    return g_strdup (entry->detail);
  for (unsigned int i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].code, entry->code) == 0)
      return g_strdup (_(reasons[i].sentence));

  return g_strdup (entry->detail != NULL ? entry->detail
                                         : _("The server refused it without saying why."));
}
