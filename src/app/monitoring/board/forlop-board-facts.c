/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-facts.h"

#include <glib/gi18n-lib.h>

#include "forlop-alert-wish.h"
#include "forlop-board-text.h"
#include "forlop-format.h"
#include "forlop-plan-records.h"
#include "forlop-severity-shape.h"

void
forlop_board_facts_clear (GtkBox *box)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_BOX (box));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static GtkWidget *
add_line (GtkBox     *box,
          const char *text,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);

  return label;
}

static void
add_reason (GtkBox         *box,
            ForlopSeverity  severity,
            const char     *sentence)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *shape = forlop_severity_shape_new ();
  GtkWidget *label;

  forlop_severity_shape_set_severity (FORLOP_SEVERITY_SHAPE (shape), severity);
  gtk_widget_set_valign (shape, GTK_ALIGN_START);
  gtk_widget_set_margin_top (shape, 3);
  gtk_box_append (GTK_BOX (line), shape);
  label = add_line (GTK_BOX (line), sentence, NULL);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (box, line);
}

void
forlop_board_facts_show_reason (GtkBox         *box,
                                ForlopSeverity  severity,
                                const char     *sentence)
{
  g_return_if_fail (GTK_IS_BOX (box));

  forlop_board_facts_clear (box);
  if (sentence != NULL)
    add_reason (box, severity, sentence);
}

void
forlop_board_facts_fill_reasons (GtkBox                  *box,
                                 const ForlopBoardDetail *detail)
{
  GPtrArray *alerts;
  gboolean first = TRUE;

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (detail != NULL);

  alerts = forlop_snapshot_list (detail->snapshot, "alert");
  for (int red = 1; red >= 0; red--)
    for (unsigned int i = 0; i < alerts->len; i++)
      {
        ForlopRecord *alert = g_ptr_array_index (alerts, i);
        g_autofree char *sentence = NULL;
        g_autofree char *when = NULL;
        g_autofree char *line = NULL;

        if (forlop_record_text_is (alert, "severity", "red") != red ||
            forlop_record_text_is (alert, "status", "handled") ||
            forlop_record_text_is (alert, "status", "ignored") ||
            forlop_record_text_is (alert, "status", "closed"))
          continue;
        sentence = forlop_alert_describe (forlop_record_get_text (alert, "reason"));
        if (sentence == NULL)
          continue;
        if (first)
          forlop_board_facts_clear (box);
        first = FALSE;
        when = forlop_instant_format_relative (forlop_record_get_instant (alert, "raised_at"),
                                               detail->to);
        line = g_strdup_printf ("%s · %s", sentence, when);
        add_reason (box, red ? FORLOP_SEVERITY_RED : FORLOP_SEVERITY_YELLOW, line);
      }
}

static void
add_part (GString    *line,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;

  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static char *
describe_plan (const ForlopBoardDetail *detail)
{
  ForlopRecord *plan = forlop_plan_record_at (detail->snapshot, detail->to);
  g_autofree char *date = NULL;

  if (plan == NULL)
    return g_strdup (_("No plan in force"));

  date = forlop_date_format (forlop_instant_to_date (forlop_record_get_instant (plan, "valid_from")));

  /* Translators: version and date of the self-treatment plan */
  return g_strdup_printf (_("Plan v%d, in force from %s"),
                          (int) forlop_record_get_integer (plan, "version"), date);
}

/* The pause that lasts. */
static void
add_pause (GString                 *line,
           const ForlopBoardDetail *detail)
{
  GPtrArray *pauses = forlop_snapshot_list (detail->snapshot, "pause");

  for (unsigned int i = 0; i < pauses->len; i++)
    {
      ForlopRecord *pause = g_ptr_array_index (pauses, i);
      gint64 until = forlop_record_get_instant (pause, "to_time");
      g_autofree char *text = NULL;

      if (forlop_record_get_instant (pause, "from_time") > detail->to ||
          (until != FORLOP_INSTANT_NONE && until <= detail->to))
        continue;
      text = forlop_board_text_pause (forlop_record_get_text (pause, "reason"), until, detail->to);
      add_part (line, text);
    }
}

char *
forlop_board_facts_line (const ForlopBoardDetail *detail)
{
  GString *line = g_string_new (NULL);
  ForlopRecord *citizen;
  ForlopRecord *the_case;
  g_autofree char *plan = NULL;

  g_return_val_if_fail (detail != NULL, g_string_free (line, FALSE));

  citizen = forlop_snapshot_get_citizen (detail->snapshot);
  the_case = forlop_snapshot_get_case (detail->snapshot);
  plan = describe_plan (detail);
  add_part (line, forlop_record_get_text (citizen, "condition"));
  add_part (line, plan);
  add_pause (line, detail);
  if (forlop_record_has (the_case, "started_on"))
    {
      g_autofree char *date = forlop_date_format (forlop_record_get_date (the_case, "started_on"));
      g_autofree char *since = g_strdup_printf (_("Followed up since %s"), date);

      add_part (line, since);
    }

  return g_string_free (line, FALSE);
}

const char *
forlop_board_facts_plan (const ForlopBoardDetail  *detail,
                         ForlopBoardNeed           need,
                         ForlopSeverity            severity,
                         char                    **title)
{
  ForlopRecord *plan;

  g_return_val_if_fail (detail != NULL && title != NULL, NULL);

  plan = forlop_plan_record_at (detail->snapshot, detail->to);
  if (plan == NULL || need == FORLOP_BOARD_MISSING || need == FORLOP_BOARD_EQUIPMENT)
    return NULL;
  if (severity == FORLOP_SEVERITY_RED)
    {
      *title = g_strdup (_("The plan says at red"));
      return forlop_record_get_text (plan, "red_actions");
    }
  if (severity == FORLOP_SEVERITY_YELLOW)
    {
      *title = g_strdup (_("The plan says at yellow"));
      return forlop_record_get_text (plan, "yellow_actions");
    }
  *title = g_strdup (_("The plan says at green"));

  return forlop_record_get_text (plan, "green_actions");
}

/* A telephone number is a link, so that a softphone can call it. */
static void
add_contact (GtkBox     *box,
             const char *who,
             const char *phone)
{
  g_autofree char *number = NULL;
  g_autofree char *markup = NULL;
  GtkWidget *label;

  if (phone == NULL)
    return;

  number = forlop_phone_format (phone);
  markup = g_markup_printf_escaped ("%s: <a href=\"tel:%s\">%s</a>", who, phone, number);
  label = add_line (box, NULL, NULL);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_widget_set_can_focus (label, TRUE);
}

static void
add_kin (GtkBox                  *box,
         const ForlopBoardDetail *detail)
{
  GPtrArray *kin = forlop_snapshot_list (detail->snapshot, "next_of_kin");

  for (unsigned int i = 0; i < kin->len; i++)
    {
      ForlopRecord *one = g_ptr_array_index (kin, i);
      const char *relation = forlop_record_get_text (one, "relation");
      g_autofree char *who = NULL;

      if (forlop_record_has (one, "removed_on"))
        continue;
      who = relation != NULL
        ? g_strdup_printf ("%s (%s)", forlop_record_get_text (one, "name"), relation)
        : g_strdup (forlop_record_get_text (one, "name"));
      add_contact (box, who, forlop_record_get_text (one, "phone"));
    }
}

void
forlop_board_facts_fill_contacts (GtkBox                  *box,
                                  const ForlopBoardDetail *detail)
{
  ForlopRecord *citizen;
  ForlopRecord *plan;
  GPtrArray *contacts;

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (detail != NULL);

  forlop_board_facts_clear (box);
  citizen = forlop_snapshot_get_citizen (detail->snapshot);
  add_contact (box, _("The citizen"), forlop_record_get_text (citizen, "phone"));
  add_kin (box, detail);
  contacts = forlop_snapshot_list (detail->snapshot, "contact");
  for (unsigned int i = 0; i < contacts->len; i++)
    {
      ForlopRecord *contact = g_ptr_array_index (contacts, i);

      if (!forlop_record_has (contact, "removed_on") && forlop_record_has (contact, "name"))
        add_contact (box, forlop_record_get_text (contact, "name"),
                     forlop_record_get_text (contact, "phone"));
    }

  plan = forlop_plan_record_at (detail->snapshot, detail->to);
  if (plan != NULL && forlop_record_has (plan, "contacts"))
    add_line (box, forlop_record_get_text (plan, "contacts"), "dim-label");
}

static char *
describe_contact (ForlopRecord *contact,
                  gint64        now)
{
  const ForlopField *field = forlop_record_type_field (forlop_record_get_rtype (contact), "way");
  g_autofree char *when = forlop_instant_format_relative (forlop_record_get_instant (contact, "at"),
                                                          now);
  const char *way = "";

  for (unsigned int i = 0; field->choices[i].code != NULL; i++)
    if (forlop_record_text_is (contact, "way", field->choices[i].code))
      way = _(field->choices[i].label);

  return g_strdup_printf ("%s · %s · %s", when, way, forlop_record_get_text (contact, "text"));
}

void
forlop_board_facts_fill_history (GtkBox                  *box,
                                 const ForlopBoardDetail *detail)
{
  GtkWidget *heading;

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (detail != NULL);

  forlop_board_facts_clear (box);
  if (detail->contacts->len == 0)
    return;

  heading = g_object_new (GTK_TYPE_LABEL, "label", _("Last contacts"), "xalign", 0.0f,
                          "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, NULL);
  gtk_widget_add_css_class (heading, "heading");
  gtk_box_append (box, heading);
  for (unsigned int i = 0; i < detail->contacts->len; i++)
    {
      g_autofree char *line = describe_contact (g_ptr_array_index (detail->contacts, i), detail->to);

      add_line (box, line, NULL);
    }
}
