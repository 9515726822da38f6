/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-event-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-act.h"
#include "forlop-field-value.h"
#include "forlop-json.h"

/* Longer text is cut on the time line; the record has all of it. */
#define MAX_CHARACTERS 160

#define MAX_TYPES 10

/* What the server writes when two cases were opened with one number. */
#define RENUMBER "renumber-case"

static const struct {
  const char *code;
  const char *label;
  const char *types[MAX_TYPES];
} kinds[FORLOP_N_EVENT_KINDS] = {
  [FORLOP_EVENT_KIND_PATHWAY] = { "pathway", N_("Pathway"), { NULL } },
  [FORLOP_EVENT_KIND_DECISION] = {
    "decision", N_("Decisions"), { "decision", "appeal", "closure", NULL } },
  [FORLOP_EVENT_KIND_PLAN] = {
    "plan", N_("Plan"), { "care_plan", "limit", "plan_rule", "schedule", "pause", NULL } },
  [FORLOP_EVENT_KIND_MEASUREMENT] = {
    "measurement", N_("Measurements"),
    { "measurement", "invalidation", "alert", "board_take", "form_answer", "round", "round_tick", "shift_handover", "shift_note", NULL } },
  [FORLOP_EVENT_KIND_CONTACT] = { "contact", N_("Contacts"), { "contact_log", NULL } },
  [FORLOP_EVENT_KIND_EQUIPMENT] = {
    "equipment", N_("Equipment"),
    { "delivery", "loan", "item", "fault", "stock_move", "service_record", NULL } },
  [FORLOP_EVENT_KIND_NOTE] = {
    "note", N_("Notes and documents"),
    { "note", "document", "deviation", "carry_over", "meeting_item", NULL } },
  [FORLOP_EVENT_KIND_PERSON] = {
    "person", N_("Personal data"),
    { "citizen", "next_of_kin", "contact", "medical_responsibility", "block", NULL } },
};

const char *
forlop_event_kind_code (ForlopEventKind kind)
{
  g_return_val_if_fail (kind < FORLOP_N_EVENT_KINDS, NULL);

  return kinds[kind].code;
}

const char *
forlop_event_kind_label (ForlopEventKind kind)
{
  g_return_val_if_fail (kind < FORLOP_N_EVENT_KINDS, NULL);

  return kinds[kind].label;
}

const char *const *
forlop_event_kind_types (ForlopEventKind kind)
{
  g_return_val_if_fail (kind < FORLOP_N_EVENT_KINDS, NULL);

  return kinds[kind].types;
}

/**
 * forlop_event_kind_of:
 * @subject_type: (nullable): the kind of record the act wrote first.
 */
ForlopEventKind
forlop_event_kind_of (const char *act,
                      const char *subject_type)
{
  g_return_val_if_fail (act != NULL, FORLOP_EVENT_KIND_PATHWAY);

  /* A referral may register the citizen first, and is a referral all the same. */
  if (subject_type == NULL || g_str_equal (act, "register-referral"))
    return FORLOP_EVENT_KIND_PATHWAY;

  for (unsigned int i = 0; i < FORLOP_N_EVENT_KINDS; i++)
    if (g_strv_contains (kinds[i].types, subject_type))
      return i;

  return FORLOP_EVENT_KIND_PATHWAY;
}

const char *
forlop_event_title (const char *act)
{
  const ForlopAct *declared;

  g_return_val_if_fail (act != NULL, NULL);

  if (g_str_equal (act, RENUMBER))
    return _("The case got another number");
  declared = forlop_act_find (act);

  return declared != NULL ? _(declared->done) : act;
}

static char *
describe_renumbering (const char *arguments)
{
  g_autoptr (yyjson_doc) doc = arguments != NULL ? forlop_json_parse (arguments, -1, NULL) : NULL;
  const char *from = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "from"));
  const char *to = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "to"));

  if (from == NULL || to == NULL)
    return NULL;

  /* Translators: twice a case number: the other case's, and this one's. */
  return g_strdup_printf (_("%s is the number of a case that reached the server first. This one is %s. Write that in "
                            "letters; one that has been sent with the other number must be corrected."), from, to);
}

/* Lines that end without a mark, as the answers of a form do, would run into each other. */
static char *
join_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n\r\t", -1);
  GString *joined = g_string_new (NULL);

  for (unsigned int i = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) == '\0')
        continue;
      if (joined->len > 0)
        g_string_append (joined, strchr (".:;,!?", joined->str[joined->len - 1]) != NULL ? " " : "; ");
      g_string_append (joined, lines[i]);
    }

  return g_string_free_and_steal (joined);
}

static char *
shorten (const char *text)
{
  g_autofree char *line = join_lines (text);

  if (g_utf8_strlen (line, -1) <= MAX_CHARACTERS)
    return g_steal_pointer (&line);

  *g_utf8_offset_to_pointer (line, MAX_CHARACTERS - 1) = '\0';
  g_strchomp (line);

  return g_strconcat (line, "…", NULL);
}

static gboolean
is_shown (const ForlopField *field)
{
  return field->kind != FORLOP_KIND_REF && field->kind != FORLOP_KIND_BLOB &&
         !(field->flags & FORLOP_FIELD_SENSITIVE) && !g_str_has_suffix (field->name, "_id") &&
         !g_str_equal (field->name, "subject_type");
}

/* A value that a newer program wrote is left out; the others are still read. */
static void
fill (ForlopRecord *record,
      yyjson_val   *object)
{
  const ForlopRecordType *type = forlop_record_get_rtype (record);
  yyjson_val *key, *value;
  size_t i, n;

  yyjson_obj_foreach (object, i, n, key, value)
    if (forlop_record_type_field (type, yyjson_get_str (key)) != NULL)
      forlop_record_set_json (record, yyjson_get_str (key), value, NULL);
}

/**
 * forlop_event_describe:
 * @arguments: (nullable): the event's arguments, a JSON object.
 *
 * References are left out: whoever shows the event knows the names.
 */
char *
forlop_event_describe (const char *act,
                       const char *arguments)
{
  const ForlopAct *declared;
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (ForlopRecord) record = NULL;
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (act != NULL, NULL);

  if (g_str_equal (act, RENUMBER))
    return describe_renumbering (arguments);
  declared = forlop_act_find (act);
  if (g_str_equal (act, "block-note"))
    return g_strdup (_("Whoever it is blocked for does not have the note here. Emergency access opens it, under "
                       "“Documents”."));
  if (declared == NULL || arguments == NULL || g_str_equal (act, "undo"))
    return NULL;
  doc = forlop_json_parse (arguments, -1, NULL);
  if (doc == NULL || !yyjson_is_obj (yyjson_doc_get_root (doc)))
    return NULL;

  record = forlop_record_new (forlop_act_get_arguments (declared), "event");
  fill (record, yyjson_doc_get_root (doc));

  text = g_string_new (NULL);
  for (const ForlopField *field = forlop_record_get_rtype (record)->fields; field->name != NULL; field++)
    {
      g_autofree char *shown = NULL;
      g_autofree char *brief = NULL;

      if (!is_shown (field) || !forlop_record_has (record, field->name))
        continue;
      shown = forlop_record_dup_shown (record, field->name);
      if (shown == NULL || *shown == '\0')
        continue;
      brief = shorten (shown);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " · " : "", _(field->label), brief);
    }

  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}
