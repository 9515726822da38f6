/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-duty-look.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "forlop-act.h"
#include "forlop-duty.h"
#include "forlop-format.h"
#include "forlop-json.h"
#include "forlop-record-type.h"

struct _ForlopDutySubject
{
  GObject parent_instance;

  ForlopWorklistRow *row;
};

G_DEFINE_FINAL_TYPE (ForlopDutySubject, forlop_duty_subject, G_TYPE_OBJECT)

/* What kind of work it is, told by the beginning of the rule or act. The first that fits counts. */
static const struct {
  const char *rule;
  const char *label;
  const char *icon_name;
} kinds[] = {
  { "new-referral", N_("Referral"), "mail-unread-symbolic" },
  { "provisional-answer", N_("Letter"), "mail-send-symbolic" },
  { "map-", N_("Assessment"), "accessories-text-editor-symbolic" },
  { "answer-form", N_("Form"), "accessories-text-editor-symbolic" },
  { "baseline", N_("Assessment"), "accessories-text-editor-symbolic" },
  { "consent-", N_("Consent"), "contact-new-symbolic" },
  { "decide", N_("Decision"), "x-office-document-symbolic" },
  { "decision-", N_("Decision"), "x-office-document-symbolic" },
  { "stop-measure", N_("Decision"), "x-office-document-symbolic" },
  { "reassess-appeal", N_("Appeal"), "mail-reply-sender-symbolic" },
  { "send-letter", N_("Letter"), "mail-send-symbolic" },
  { "record-receipt", N_("Letter"), "mail-read-symbolic" },
  { "draft-plan", N_("Plan"), "document-edit-symbolic" },
  { "send-plan", N_("Plan"), "document-send-symbolic" },
  { "approve-plan", N_("Plan"), "document-edit-symbolic" },
  { "put-plan", N_("Plan"), "document-edit-symbolic" },
  { "review-trial", N_("Plan"), "view-refresh-symbolic" },
  { "request-equipment", N_("Equipment"), "package-x-generic-symbolic" },
  { "prepare-delivery", N_("Equipment"), "package-x-generic-symbolic" },
  { "hand-out", N_("Equipment"), "package-x-generic-symbolic" },
  { "return-equipment", N_("Equipment"), "package-x-generic-symbolic" },
  { "plan-training", N_("Training"), "x-office-calendar-symbolic" },
  { "hold-training", N_("Training"), "x-office-calendar-symbolic" },
  { "start-service", N_("Start"), "go-home-symbolic" },
  { "offer-handover", N_("Hand-over"), "mail-forward-symbolic" },
  { "accept-shift", N_("Hand-over"), "mail-forward-symbolic" },
  { "answer-handover", N_("Hand-over"), "mail-forward-symbolic" },
  { "evaluate", N_("Evaluation"), "view-refresh-symbolic" },
  { "final-evaluation", N_("Evaluation"), "view-refresh-symbolic" },
  { "close-case", N_("Closure"), "object-select-symbolic" },
};

static void
forlop_duty_subject_finalize (GObject *object)
{
  g_clear_pointer (&FORLOP_DUTY_SUBJECT (object)->row, forlop_worklist_row_free);

  G_OBJECT_CLASS (forlop_duty_subject_parent_class)->finalize (object);
}

static void
forlop_duty_subject_class_init (ForlopDutySubjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = forlop_duty_subject_finalize;
}

static void
forlop_duty_subject_init (ForlopDutySubject *self G_GNUC_UNUSED)
{
}

const ForlopWorklistRow *
forlop_duty_subject_get_row (ForlopDutySubject *self)
{
  g_return_val_if_fail (FORLOP_IS_DUTY_SUBJECT (self), NULL);

  return self->row;
}

static ForlopSeverity
severity_of (const ForlopWorklistRow *row)
{
  ForlopSeverity severity = FORLOP_SEVERITY_NOT_REPORTED;

  if (row->severity != NULL)
    forlop_severity_from_code (row->severity, &severity);

  return severity;
}

/* A task is told by what it is about; equipment, orders and agreements are all the store's. */
static void
set_kind (ForlopWorkContent       *content,
          const ForlopWorklistRow *row)
{
  content->severity = severity_of (row);
  if (row->severity != NULL || g_str_has_prefix (row->rule, "missing"))
    return;

  for (unsigned int i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (row->rule, kinds[i].rule))
      {
        content->icon_label = _(kinds[i].label);
        content->icon_name = kinds[i].icon_name;
        return;
      }

  content->icon_label = g_str_equal (row->subject_type, "task") ? _("Task") : _("Work");
  content->icon_name = "object-select-symbolic";
  if (row->citizen_id == NULL && !g_str_equal (row->subject_type, "task") && !g_str_equal (row->rule, "accept-shift"))
    {
      content->icon_label = _("Equipment");
      content->icon_name = "package-x-generic-symbolic";
    }
}

/* Where it is about no citizen, the arguments name what it is about. That goes to the column of who,
 * and @rest is the arguments without it. */
static char *
dup_name (const ForlopWorklistRow  *row,
          char                    **rest)
{
  g_autoptr (yyjson_doc) doc =
    row->arguments != NULL ? forlop_json_parse (row->arguments, -1, NULL) : NULL;
  g_autoptr (yyjson_mut_doc) without = NULL;
  const char *name = NULL;

  *rest = g_strdup (row->arguments);
  if (doc == NULL || row->citizen_id != NULL ||
      !forlop_json_get_text (yyjson_doc_get_root (doc), "name", &name, NULL) || name == NULL)
    return NULL;

  without = yyjson_doc_mut_copy (doc, NULL);
  yyjson_mut_obj_remove_key (yyjson_mut_doc_get_root (without), "name");
  g_free (*rest);
  *rest = forlop_json_write (without, FALSE);

  return g_strdup (name);
}

static char *
dup_who (const ForlopWorklistRow *row,
         ForlopDate               today)
{
  const ForlopRecordType *type;

  if (row->citizen_name != NULL)
    {
      if (row->birth_date == FORLOP_DATE_NONE)
        return g_strdup (row->citizen_name);
      /* Translators: name, age */
      return g_strdup_printf (_("%s, %d"), row->citizen_name,
                              forlop_date_age (row->birth_date, today));
    }

  type = forlop_record_type_find (row->subject_type);

  return g_strdup (type != NULL ? _(type->label) : row->subject_type);
}

static char *
dup_clock (gint64 at)
{
  int minute = forlop_instant_to_minute (at);

  /* Translators: hour and minute of the clock */
  return g_strdup_printf (_("%02d.%02d"), minute / 60, minute % 60);
}

static const char *
weekday_name (ForlopDate date)
{
  static const char *const names[] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
  };

  return _(names[forlop_date_weekday (date) - 1]);
}

char *
forlop_duty_look_dup_when (const ForlopWorklistRow *row,
                           gint64                   now)
{
  ForlopDate today = forlop_instant_to_date (now);
  ForlopDate due;

  g_return_val_if_fail (row != NULL, NULL);

  /* A colour has waited since it came; everything else is told by its deadline. */
  if (row->due_at == FORLOP_INSTANT_NONE || row->severity != NULL)
    {
      gint64 waited = row->since != FORLOP_INSTANT_NONE ? MAX (now - row->since, 0) : -1;

      if (waited >= FORLOP_DAY)
        waited -= waited % FORLOP_DAY;
      return waited >= 0 ? forlop_duration_format (waited) : NULL;
    }

  due = forlop_instant_to_date (row->due_at);
  if (row->due_at < now)
    {
      gint64 late_by = now - row->due_at;
      /* After a day the hours tell nothing more. */
      g_autofree char *late =
        forlop_duration_format (late_by >= FORLOP_DAY ? late_by - late_by % FORLOP_DAY : late_by);

      /* Translators: how long after the deadline */
      return g_strdup_printf (_("%s late"), late);
    }
  if (due == today)
    return dup_clock (row->due_at);
  if (due == today + 1)
    return g_strdup (_("tomorrow"));
  if (due < today + 7)
    return g_strdup (weekday_name (due));

  return forlop_date_format (due);
}

/* The sentence of a judged reading begins with its colour and ends with its plan. The row has the
 * colour already, and the plan is told where the alert is handled. */
static char *
dup_short (const char     *sentence,
           ForlopSeverity  severity)
{
  g_autofree char *colour = g_strconcat (forlop_severity_label (severity), ": ", NULL);
  g_autoptr (GString) text = NULL;
  const char *plan = g_str_has_suffix (sentence, ")") ? g_strrstr (sentence, " (") : NULL;
  gsize length = plan != NULL ? (gsize) (plan - sentence) : strlen (sentence);
  gsize skipped = g_str_has_prefix (sentence, colour) ? strlen (colour) : 0;
  const char *first;

  if (skipped == 0 || skipped >= length)
    return g_strdup (sentence);

  first = sentence + skipped;
  text = g_string_new (NULL);
  g_string_append_unichar (text, g_unichar_toupper (g_utf8_get_char (first)));
  first = g_utf8_next_char (first);
  g_string_append_len (text, first, sentence + length - first);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* How many more there are behind the row, and what they are in few words: the same act answers them,
 * or they take its place when it is answered. */
static char *
dup_others (const ForlopWorklistRow *row)
{
  g_autoptr (GString) briefs = g_string_new (NULL);
  unsigned int n = row->others->len;

  for (unsigned int i = 0; i < n; i++)
    {
      const ForlopWorklistOther *other = g_ptr_array_index (row->others, i);
      g_autofree char *brief = forlop_duty_brief (other->rule, other->arguments);

      if (brief == NULL)
        continue;
      if (briefs->len > 0)
        g_string_append (briefs, ", ");
      g_string_append (briefs, brief);
    }
  if (briefs->len == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n), n);

  /* Translators: how many more things are the matter, and what they are */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more: %s", "and %u more: %s", n), n,
                          briefs->str);
}

static char *
dup_why (const ForlopWorklistRow *row,
         const char              *arguments,
         ForlopDate               today)
{
  g_autofree char *sentence = forlop_duty_describe (row->rule, arguments, today);
  g_autofree char *why = row->severity != NULL ? dup_short (sentence, severity_of (row))
                                               : g_strdup (sentence);
  g_autofree char *others = row->others != NULL ? dup_others (row) : NULL;

  return others != NULL ? g_strdup_printf ("%s · %s", why, others) : g_steal_pointer (&why);
}

static char *
dup_exact (const ForlopWorklistRow *row)
{
  g_autofree char *due = NULL;
  g_autofree char *since = NULL;

  if (row->due_at != FORLOP_INSTANT_NONE)
    due = forlop_instant_format (row->due_at);
  if (row->since != FORLOP_INSTANT_NONE)
    since = forlop_instant_format (row->since);

  if (due != NULL && since != NULL)
    return g_strdup_printf (_("Due %s, has waited since %s"), due, since);
  if (due != NULL)
    return g_strdup_printf (_("Due %s"), due);

  return since != NULL ? g_strdup_printf (_("Has waited since %s"), since) : NULL;
}

static const char *
section_title (ForlopWorklistSection section)
{
  switch (section)
    {
    case FORLOP_WORKLIST_NOW:
      return _("Now");
    case FORLOP_WORKLIST_TODAY:
      return _("Today");
    case FORLOP_WORKLIST_THIS_WEEK:
      return _("The next seven days");
    case FORLOP_WORKLIST_LATER:
    default:
      return _("Later");
    }
}

const char *
forlop_duty_look_get_act (const ForlopWorklistRow *row,
                          const char              *role)
{
  const ForlopAct *act;

  g_return_val_if_fail (row != NULL, NULL);

  act = row->act != NULL ? forlop_act_find (row->act) : NULL;

  return act != NULL && role != NULL && forlop_act_allows_role (act, role) ? row->act : NULL;
}

ForlopWorkItem *
forlop_duty_look_new_item (ForlopWorklistRow *row,
                           gint64             now,
                           const char        *role,
                           const char        *place)
{
  gboolean show_unit = g_strcmp0 (role, "manager") == 0;
  ForlopDate today = forlop_instant_to_date (now);
  g_autoptr (ForlopDutySubject) subject = NULL;
  g_autofree char *key = NULL;
  g_autofree char *arguments = NULL;
  g_autofree char *who = NULL;
  g_autofree char *what = NULL;
  g_autofree char *why = NULL;
  g_autofree char *when = NULL;
  g_autofree char *exact = NULL;
  ForlopWorkContent content = { 0 };

  g_return_val_if_fail (row != NULL, NULL);

  subject = g_object_new (FORLOP_TYPE_DUTY_SUBJECT, NULL);
  subject->row = row;
  key = g_strdup_printf ("%s %s", row->rule, row->subject_id);
  who = dup_name (row, &arguments);
  if (who == NULL)
    who = dup_who (row, today);
  what = dup_why (row, arguments, today);
  why = place != NULL ? g_strdup_printf ("%s · %s", place, what) : g_steal_pointer (&what);
  when = forlop_duty_look_dup_when (row, now);
  exact = dup_exact (row);

  set_kind (&content, row);
  content.key = key;
  content.who = who;
  content.why = why;
  content.waited = when;
  content.waited_exact = exact;
  content.owner = row->taken_by_name == NULL && show_unit ? row->unit_name : row->taken_by_name;
  content.act_label =
    forlop_duty_look_get_act (row, role) != NULL ? forlop_duty_button (row->rule) : NULL;
  if (content.act_label == NULL)
    content.act_label = _("Open it");
  content.group = section_title (row->section);
  content.group_order = (unsigned int) row->section;

  return forlop_work_item_new (&content, G_OBJECT (subject));
}
