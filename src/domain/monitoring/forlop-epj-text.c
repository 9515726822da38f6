/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-epj-text.h"

#include <glib/gi18n-lib.h>

#include "forlop-alert-wish.h"
#include "forlop-field-value.h"

#define MAX_FIELDS 12

typedef struct {
  const char *type;
  const char *heading;
  const char *author;
  const char *fields[MAX_FIELDS]; /* shown with their labels, in this order; ended by NULL */
} Layout;

static const Layout layouts[] = {
  { "contact_log", N_("Digital home follow-up: contact"), "user_id",
    { "at", "way", "minutes", "text" } },
  { "note", N_("Digital home follow-up: note"), "user_id", { "written_at", "text" } },
  { "evaluation", N_("Digital home follow-up: evaluation"), "held_by",
    { "held_on", "participants", "appropriate", "gained", "changes", "outcome", "reason", "next_on" } },
  { "decision", N_("Digital home follow-up: decision"), "decided_by",
    { "decided_on", "kind", "granted", "valid_from", "valid_to", "hours_per_week", "reasons",
      "legal_references" } },
};

static const Layout *
find_layout (const char *type)
{
  for (unsigned int i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (g_strcmp0 (layouts[i].type, type) == 0)
      return &layouts[i];

  return NULL;
}

gboolean
forlop_epj_text_knows (const char *type)
{
  return find_layout (type) != NULL;
}

const char *
forlop_epj_text_author (const char *type)
{
  const Layout *layout = find_layout (type);

  g_return_val_if_fail (layout != NULL, NULL);

  return layout->author;
}

static void
append_field (GString           *text,
              ForlopRecord      *record,
              const ForlopField *field)
{
  g_autofree char *shown = NULL;

  if (!forlop_record_has (record, field->name))
    return;
  shown = forlop_record_dup_shown (record, field->name);
  /* Translators: the label of a field, then its value. */
  g_string_append_printf (text, _("%s: %s"), _(field->label), shown);
  g_string_append_c (text, '\n');
}

static void
append_alert (GString      *text,
              ForlopRecord *alert)
{
  g_autofree char *sentence = forlop_alert_describe (forlop_record_get_text (alert, "reason"));

  if (sentence != NULL)
    g_string_append_printf (text, "%s\n", sentence);
  append_field (text, alert, forlop_record_type_field (forlop_record_get_rtype (alert), "outcome"));
}

/**
 * forlop_epj_text:
 *
 * Plain text in the reader's language: what it is, what it was about, what was done, and by whom.
 * The number and name of the citizen are not in it: it is pasted into the right record by a person.
 */
char *
forlop_epj_text (ForlopRecord *record,
                 ForlopRecord *alert,
                 ForlopRecord *user)
{
  g_autoptr (GString) text = NULL;
  const ForlopRecordType *type;
  const Layout *layout;

  g_return_val_if_fail (FORLOP_IS_RECORD (record), NULL);

  type = forlop_record_get_rtype (record);
  layout = find_layout (type->name);
  g_return_val_if_fail (layout != NULL, NULL);

  text = g_string_new (_(layout->heading));
  g_string_append_c (text, '\n');
  if (alert != NULL)
    append_alert (text, alert);
  for (unsigned int i = 0; i < MAX_FIELDS && layout->fields[i] != NULL; i++)
    append_field (text, record, forlop_record_type_field (type, layout->fields[i]));
  if (user != NULL)
    g_string_append_printf (text, _("Written by %s"), forlop_record_get_text (user, "name"));

  return g_strchomp (g_string_free_and_steal (g_steal_pointer (&text)));
}
