/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-act-prefill.h"

#include <string.h>

#include "forlop-duty.h"
#include "forlop-missing.h"

/* Acts on a case that change a record which is there already: the form shows what it says now. */
static const struct {
  const char *act;
  const char *type;
} present_values[] = {
  { "save-assessment", "assessment" },
  { "complete-assessment", "assessment" },
  { "finish-office-mapping", "case" },
  { "set-platform", "case" },
  { "extend-trial", "case" },
  { "change-decision", "decision" },
  { "close-case", "closure" },
  { "change-citizen", "citizen" },
  { "hold-training", "training" },
};

/* Written by the store or by another act; never asked for. */
static const char *const never_asked[] = {
  "merged_into_id", "vtag", "removed_on", "superseded_at", NULL,
};

static void
copy_value (ForlopRecord      *from,
            ForlopRecord      *to,
            const ForlopField *field)
{
  const ForlopField *source = forlop_record_type_field (forlop_record_get_rtype (from), field->name);

  if (source == NULL || source->kind != field->kind || !forlop_record_has (from, field->name))
    return;

  if (field->kind <= FORLOP_KIND_BLOB)
    forlop_record_set_text (to, field->name, forlop_record_get_text (from, field->name));
  else if (field->kind == FORLOP_KIND_REAL)
    forlop_record_set_real (to, field->name, forlop_record_get_real (from, field->name));
  else
    forlop_record_set_integer (to, field->name, forlop_record_get_integer (from, field->name));
}

static void
copy_values (ForlopRecord *from,
             ForlopRecord *to)
{
  for (const ForlopField *field = forlop_record_get_rtype (to)->fields; field->name != NULL; field++)
    copy_value (from, to, field);
}

static ForlopRecord *
find_present (const ForlopActRequest *request,
              ForlopSnapshot         *snapshot,
              ForlopRecord           *subject)
{
  const char *type = NULL;

  for (unsigned int i = 0; i < G_N_ELEMENTS (present_values); i++)
    if (g_str_equal (present_values[i].act, request->act->name))
      type = present_values[i].type;

  /* An act on a record of its own kind shows that record. */
  if (subject != NULL && strstr (request->act->writes, request->subject_type) != NULL &&
      !g_str_equal (request->subject_type, "case") && !g_str_equal (request->subject_type, "citizen"))
    return subject;
  if (type == NULL || snapshot == NULL)
    return NULL;
  if (g_str_equal (type, "case"))
    return forlop_snapshot_get_case (snapshot);
  if (g_str_equal (type, "citizen"))
    return forlop_snapshot_get_citizen (snapshot);
  if (g_str_equal (type, "training"))
    return forlop_snapshot_find (snapshot, "training", "status", "planned");

  return forlop_snapshot_latest (snapshot, type);
}

/* What the act is done on is not asked for. */
/* What nobody knows whose it is, is given to a citizen. */
static gboolean
is_whose (const ForlopActRequest *request,
          const ForlopField      *field)
{
  return (field->flags & FORLOP_FIELD_REQUIRED) && g_strcmp0 (request->subject_type, "unknown_measurement") == 0;
}

static void
set_references (const ForlopActRequest *request,
                ForlopSnapshot         *snapshot,
                ForlopRecord           *arguments,
                GStrvBuilder           *hidden)
{
  for (const ForlopField *field = forlop_record_get_rtype (arguments)->fields; field->name != NULL; field++)
    {
      const char *id = NULL;
      ForlopRecord *latest;

      /* Another of the same kind is what is asked for. */
      if (field->kind != FORLOP_KIND_REF || g_str_equal (field->name, "other_id"))
        continue;

      if (g_str_equal (field->name, "case_id"))
        id = request->case_id;
      else if (g_str_equal (field->name, "citizen_id"))
        id = request->citizen_id;
      else if (request->subject_id != NULL && g_strcmp0 (field->target, request->subject_type) == 0 &&
               ((field->flags & FORLOP_FIELD_REQUIRED) || g_str_has_prefix (field->name, field->target)))
        id = request->subject_id;

      if (id != NULL)
        {
          forlop_record_set_text (arguments, field->name, id);
          g_strv_builder_add (hidden, field->name);
          continue;
        }
      if ((g_str_equal (field->target, "citizen") && !is_whose (request, field)) ||
          g_str_equal (field->target, "case"))
        {
          g_strv_builder_add (hidden, field->name);
          continue;
        }
      latest = snapshot != NULL && (field->flags & FORLOP_FIELD_REQUIRED) &&
               !forlop_record_has (arguments, field->name)
                 ? forlop_snapshot_latest (snapshot, field->target) : NULL;
      if (latest != NULL)
        forlop_record_set_text (arguments, field->name, forlop_record_get_id (latest));
    }
}

/* A record that is saved says who made it; a function is the one that is given to somebody else. */
static gboolean
is_who_acts (const ForlopAct   *act,
             const ForlopField *field)
{
  return act->saves != NULL && g_strcmp0 (field->target, "user") == 0 &&
         !g_str_equal (act->saves, "membership");
}

/* Today, where a day must be given; the first of its choices, where a new record has a state. */
static void
set_defaults (const ForlopActRequest *request,
              ForlopRecord           *arguments,
              gint64                  now,
              gboolean                is_new,
              GStrvBuilder           *hidden)
{
  for (const ForlopField *field = forlop_record_get_rtype (arguments)->fields; field->name != NULL; field++)
    {
      gboolean required = (field->flags & FORLOP_FIELD_REQUIRED) != 0;
      gboolean is_state = field->kind == FORLOP_KIND_CHOICE && g_str_equal (field->name, "status");

      if (field->kind == FORLOP_KIND_BLOB || g_strv_contains (never_asked, field->name))
        g_strv_builder_add (hidden, field->name);
      /* What cannot be changed is not asked for again. */
      if (!is_new && request->act->saves != NULL && (field->flags & FORLOP_FIELD_IMMUTABLE))
        g_strv_builder_add (hidden, field->name);
      if (is_new && is_who_acts (request->act, field) && request->actor != NULL)
        {
          forlop_record_set_text (arguments, field->name, request->actor->user_id);
          g_strv_builder_add (hidden, field->name);
        }

      if (!required || forlop_record_has (arguments, field->name))
        continue;
      if (field->kind == FORLOP_KIND_DATE)
        forlop_record_set_date (arguments, field->name, forlop_instant_to_date (now));
      else if (field->kind == FORLOP_KIND_INSTANT && !g_str_has_prefix (field->name, "planned"))
        forlop_record_set_instant (arguments, field->name, now);
      else if (is_state && is_new && request->act->saves != NULL)
        forlop_record_set_text (arguments, field->name, field->choices[0].code);
    }
}

/* Whose referral it is, where that is known. */
static void
hide_known_citizen (const ForlopActRequest *request,
                    GStrvBuilder           *hidden)
{
  static const char *const person[] = { "id_number", "birth_date", "given_name", "family_name" };

  if (request->citizen_id == NULL || !g_str_equal (request->act->name, "register-referral"))
    return;

  for (unsigned int i = 0; i < G_N_ELEMENTS (person); i++)
    g_strv_builder_add (hidden, person[i]);
}

/* The dates of an earlier record are not those of what is done today. */
static void
clear_dates (ForlopRecord *arguments)
{
  for (const ForlopField *field = forlop_record_get_rtype (arguments)->fields; field->name != NULL; field++)
    if (field->kind == FORLOP_KIND_DATE && (field->flags & FORLOP_FIELD_REQUIRED))
      forlop_record_clear (arguments, field->name);
}

/* An act that makes a record, or changes the one it is opened on: that one's days are its own. */
static gboolean
may_change_subject (const ForlopActRequest *request,
                    ForlopRecord           *arguments)
{
  g_autofree char *name = g_strdup_printf ("%s_id", request->subject_type != NULL ? request->subject_type : "");
  const ForlopField *field = forlop_record_type_field (forlop_record_get_rtype (arguments), name);

  return field != NULL && (field->flags & FORLOP_FIELD_REQUIRED) == 0;
}

/* One call to the citizen answers all that is the matter; where there is but one alert, nobody is
 * asked about the others. */
static void
set_other_alerts (ForlopSnapshot *snapshot,
                  ForlopRecord   *arguments,
                  GStrvBuilder   *hidden)
{
  GPtrArray *alerts = forlop_snapshot_list (snapshot, "alert");
  unsigned int n_open = 0;

  for (unsigned int i = 0; i < alerts->len; i++)
    n_open += forlop_alert_is_open (g_ptr_array_index (alerts, i));

  if (n_open > 1)
    forlop_record_set_boolean (arguments, "others", TRUE);
  else
    g_strv_builder_add (hidden, "others");
}

/* The measurement that has been missing longest: the one the worklist names. */
static void
set_missing_code (ForlopSnapshot *snapshot,
                  ForlopRecord   *arguments)
{
  GPtrArray *schedules = forlop_snapshot_list (snapshot, "schedule");
  gint64 since = G_MAXINT64;

  for (unsigned int i = 0; i < schedules->len; i++)
    {
      const char *code = forlop_record_get_text (g_ptr_array_index (schedules, i), "code");
      ForlopSlot slot;

      if (code == NULL || !forlop_missing_find (snapshot, code, &slot) || slot.at_ms >= since)
        continue;
      since = slot.at_ms;
      forlop_record_set_text (arguments, "code", code);
    }
}

/* What the state of the case answers by itself. */
static void
set_by_case (const ForlopActRequest *request,
             ForlopSnapshot         *snapshot,
             ForlopRecord           *arguments,
             GStrvBuilder           *hidden)
{
  if (g_str_equal (request->act->name, "record-consent"))
    {
      gboolean service = forlop_standing_consent (snapshot, "service") != NULL;
      gboolean measure = forlop_standing_consent (snapshot, "measure") != NULL;

      if (service != measure)
        forlop_record_set_text (arguments, "kind", service ? "measure" : "service");
      else if (request->actor != NULL)
        forlop_record_set_text (arguments, "kind",
                                g_strcmp0 (request->actor->role, "caseworker") == 0 ? "service" : "measure");
    }
  else if (g_str_equal (request->act->name, "handle-alert"))
    set_other_alerts (snapshot, arguments, hidden);
  else if (g_str_equal (request->act->name, "register-missing"))
    set_missing_code (snapshot, arguments);
  else if (g_str_equal (request->act->name, "answer-form"))
    forlop_record_set_text (arguments, "answered_by", "staff");
  else if (g_str_equal (request->act->name, "record-baseline"))
    {
      forlop_record_set_text (arguments, "period",
                              forlop_snapshot_find (snapshot, "baseline", "period", "before") == NULL
                                ? "before" : "after");
    }
  else if (g_str_equal (request->act->name, "offer-handover"))
    {
      ForlopRecord *profile = forlop_snapshot_get_profile (snapshot);

      if (profile != NULL)
        forlop_record_set_text (arguments, "to_unit_id",
                                forlop_record_get_text (profile, "follow_up_unit_id"));
    }
}

ForlopRecord *
forlop_act_prefill (const ForlopActRequest *request,
                    ForlopSnapshot         *snapshot,
                    ForlopRecord           *subject,
                    gint64                  now,
                    GStrvBuilder           *hidden)
{
  ForlopRecord *present;
  ForlopRecord *arguments;
  gboolean changes_one;

  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (hidden != NULL, NULL);

  present = find_present (request, snapshot, subject);
  changes_one = request->act->saves != NULL && subject != NULL &&
                g_str_equal (request->act->saves, request->subject_type);
  arguments = forlop_acts_new_arguments (request->act, changes_one ? request->subject_id : NULL);

  if (present != NULL)
    {
      copy_values (present, arguments);
      if (!changes_one && !may_change_subject (request, arguments))
        clear_dates (arguments);
    }
  set_references (request, snapshot, arguments, hidden);
  hide_known_citizen (request, hidden);
  if (snapshot != NULL && forlop_snapshot_get_case (snapshot) != NULL)
    set_by_case (request, snapshot, arguments, hidden);
  set_defaults (request, arguments, now, !changes_one, hidden);

  return arguments;
}
