/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-dictionary.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forlop-gate.h"
#include "forlop-record-type.h"

#define GENERATED "<!-- Written by build-aux/update-docs from the declarations; do not edit. -->\n\n"

static const char *
scope_words (ForlopScopeKind scope)
{
  switch (scope)
    {
    case FORLOP_SCOPE_CITIZEN: return _("the citizen's record");
    case FORLOP_SCOPE_DELIVERY: return _("the delivery side of a case, without clinical data");
    case FORLOP_SCOPE_USER: return _("one user's own things");
    case FORLOP_SCOPE_UNIT: return _("a unit's worklist");
    case FORLOP_SCOPE_EQUIPMENT: return _("the equipment register, without names");
    case FORLOP_SCOPE_FIGURES: return _("figures without names");
    case FORLOP_SCOPE_CATALOG: return _("the municipality's set-up");
    default: g_return_val_if_reached ("");
    }
}

static void
append_item (GString    *text,
             const char *item)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", item);
}

/* What may stand in the field: codes, target, range, hint. */
static char *
dup_holds (const ForlopField *field)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const ForlopChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    {
      g_autofree char *item = g_strdup_printf ("`%s` %s", choice->code, _(choice->label));

      append_item (text, item);
    }
  if (field->kind == FORLOP_KIND_REF)
    g_string_append_printf (text, "→ `%s`", field->target);
  if (field->min < field->max)
    {
      g_autofree char *range = g_strdup_printf ("%g – %g", field->min, field->max);

      append_item (text, range);
    }
  if (field->hint != NULL)
    append_item (text, _(field->hint));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_rules (const ForlopField *field,
           gboolean           argument)
{
  static const struct {
    unsigned int flag;
    const char *label;
    gboolean of_arguments;
  } rules[] = {
    { FORLOP_FIELD_REQUIRED, N_("required"), TRUE },
    { FORLOP_FIELD_IMMUTABLE, N_("never changed"), FALSE },
    { FORLOP_FIELD_SEARCHABLE, N_("found by search"), FALSE },
    { FORLOP_FIELD_CAREFUL, N_("never merged by itself"), FALSE },
    { FORLOP_FIELD_SENSITIVE, N_("hidden until asked for"), FALSE },
    { FORLOP_FIELD_FIRST, N_("stands as the first who made it said"), FALSE },
    { FORLOP_FIELD_PAST, N_("never far ahead"), FALSE },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned int i = 0; i < G_N_ELEMENTS (rules); i++)
    if ((field->flags & rules[i].flag) && (rules[i].of_arguments || !argument))
      append_item (text, _(rules[i].label));
  if (!argument && field->merge_group != NULL)
    {
      g_autofree char *group = g_strdup_printf (_("merged with the group `%s`"), field->merge_group);

      append_item (text, group);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
append_fields (GString           *text,
               const ForlopField *fields,
               gboolean           arguments)
{
  g_string_append_printf (text, "| %s | %s | %s | %s | %s |\n| --- | --- | --- | --- | --- |\n",
                          arguments ? _("argument") : _("field"), _("label"), _("kind"), _("rules"),
                          _("holds"));
  for (const ForlopField *field = fields; field->name != NULL; field++)
    {
      g_autofree char *holds = dup_holds (field);
      g_autofree char *rules = dup_rules (field, arguments);

      g_string_append_printf (text, "| `%s` | %s | %s | %s | %s |\n", field->name, _(field->label),
                              forlop_field_kind_name (field->kind), rules, holds);
    }
  g_string_append_c (text, '\n');
}

static void
append_claims (GString           *text,
               const ForlopClaim *claims)
{
  for (const ForlopClaim *claim = claims; claim != NULL && claim->name != NULL; claim++)
    {
      g_string_append (text, _("Only one may have the same"));
      for (unsigned int i = 0; i < G_N_ELEMENTS (claim->fields) && claim->fields[i] != NULL; i++)
        g_string_append_printf (text, "%s `%s`", i > 0 ? "," : "", claim->fields[i]);
      if (claim->when_null != NULL)
        g_string_append_printf (text, _(" while `%s` is empty"), claim->when_null);
      g_string_append (text, ".\n\n");
    }
}

static void
append_record (GString                *text,
               const ForlopRecordType *type)
{
  g_string_append_printf (text, "## `%s`: %s\n\n", type->name, _(type->label));
  g_string_append_printf (text, _("Belongs to %s."), scope_words (type->scope));
  if (type->append_only)
    g_string_append_printf (text, " %s", _("Never changed after it is made."));
  g_string_append (text, "\n\n");
  append_claims (text, type->claims);
  append_fields (text, type->fields, FALSE);
}

static char *
finish (GString *text)
{
  /* One line break at the end. */
  while (g_str_has_suffix (text->str, "\n\n"))
    g_string_truncate (text, text->len - 1);

  return g_string_free (text, FALSE);
}

/**
 * forlop_dictionary_records:
 *
 * Returns: (transfer full): every record type with its fields, as Markdown.
 */
char *
forlop_dictionary_records (void)
{
  GString *text = g_string_new (NULL);
  unsigned int n;
  const ForlopRecordType *const *types = forlop_record_types (&n);

  g_string_append_printf (text, "# %s\n\n" GENERATED "%s\n\n", _("Data dictionary"),
                          _("Every kind of record and its fields, by the names used in the file, in JSON and "
                            "in CSV. Besides these a record has an `id`."));
  for (unsigned int i = 0; i < n; i++)
    append_record (text, types[i]);

  return finish (text);
}

static void
append_roles (GString         *text,
              const ForlopAct *act)
{
  static const char *const codes[] = {
    "caseworker", "resource_person", "coordinator", "manager", "administrator",
  };
  const char *separator = "";

  for (unsigned int i = 0; i < G_N_ELEMENTS (codes); i++)
    if (forlop_act_allows_role (act, codes[i]))
      {
        g_string_append_printf (text, "%s%s", separator, forlop_role_label (codes[i]));
        separator = ", ";
      }
}

static void
append_gates (GString         *text,
              const ForlopAct *act)
{
  if (act->gates[0] == FORLOP_GATE_NONE)
    {
      g_string_append (text, _("none"));
      return;
    }

  for (unsigned int i = 0; i < FORLOP_ACT_MAX_GATES && act->gates[i] != FORLOP_GATE_NONE; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", forlop_gate_condition (act->gates[i]));
}

static void
append_writes (GString         *text,
               const ForlopAct *act)
{
  g_auto (GStrv) types = g_strsplit (act->writes, " ", -1);

  for (unsigned int i = 0; types[i] != NULL; i++)
    if (forlop_record_type_find (types[i]) == NULL)
      {
        g_string_append (text, act->writes);
        return;
      }

  for (unsigned int i = 0; types[i] != NULL; i++)
    g_string_append_printf (text, "%s`%s`", i > 0 ? ", " : "", types[i]);
}

static void
append_inverse (GString         *text,
                const ForlopAct *act)
{
  if (act->inverse != NULL)
    g_string_append_printf (text, "`%s`", act->inverse);
  else if (act->undo == FORLOP_UNDO_REVERT)
    g_string_append (text, _("`undo`, as long as nobody has built on it"));
  else
    g_string_append (text, _("none; what follows is a new act"));
}

typedef void (*AppendFunc) (GString         *text,
                            const ForlopAct *act);

static void
append_worklists (GString         *text,
                  const ForlopAct *act)
{
  g_string_append (text, act->worklists != NULL ? act->worklists : _("nobody's"));
}

static void
append_act (GString         *text,
            const ForlopAct *act)
{
  const struct {
    const char *label;
    AppendFunc append;
  } lines[] = {
    { _("Who"), append_roles },
    { _("Gates"), append_gates },
    { _("Writes"), append_writes },
    { _("Inverse"), append_inverse },
    { _("Worklists"), append_worklists },
  };

  g_string_append_printf (text, "## `%s`: %s\n\n", act->name, _(act->label));
  for (unsigned int i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_string_append_printf (text, "* %s: ", lines[i].label);
      lines[i].append (text, act);
      g_string_append_c (text, '\n');
    }
  g_string_append_c (text, '\n');
  if (act->saves != NULL)
    g_string_append_printf (text, "%s\n\n",
                            _("`id` names the record to change; without it a new one is made. Only what is "
                              "given is changed."));
  append_fields (text, forlop_act_get_arguments (act)->fields, TRUE);
}

/**
 * forlop_dictionary_acts:
 *
 * Returns: (transfer full): every act, as Markdown.
 */
char *
forlop_dictionary_acts (void)
{
  GString *text = g_string_new (NULL);
  unsigned int n;
  const ForlopAct *const *acts = forlop_acts (&n);

  g_string_append_printf (
    text, "# %s\n\n" GENERATED "%s\n\n", _("Acts"),
    _("What a user does, in the window and by `forlopctl act NAME --json ARGS`: who may do it, the "
      "conditions that must hold (gates), the records it writes, how it is taken back, and whose "
      "worklist changes. Every act on a citizen also adds a line to the time line."));
  for (unsigned int i = 0; i < n; i++)
    append_act (text, acts[i]);

  return finish (text);
}

char *
forlop_dictionary_describe_act (const ForlopAct *act)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (act != NULL, NULL);

  append_act (text, act);

  return finish (text);
}
