/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-unknown-page.h"

#include <glib/gi18n-lib.h>

#include "forlop-act-dialog.h"
#include "forlop-empty-state.h"
#include "forlop-format.h"
#include "forlop-id-number.h"
#include "forlop-measure.h"

#define PLACE_KEY "forlop-place"
#define ID_KEY "forlop-id"

struct _ForlopUnknownPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  GtkListBox *list_box;
};

G_DEFINE_FINAL_TYPE (ForlopUnknownPage, forlop_unknown_page, ADW_TYPE_BIN)

/* What was measured, as far as it was understood: a unit that does not belong to it as it was sent. */
static char *
dup_title (ForlopRecord *record)
{
  const char *code = forlop_record_get_text (record, "code");
  const char *unit = forlop_record_get_text (record, "unit");
  ForlopMeasure measure = code != NULL ? forlop_measure_find ("forlop", code) : FORLOP_MEASURE_UNKNOWN;
  ForlopMeasure first = measure == FORLOP_MEASURE_BLOOD_PRESSURE ? FORLOP_MEASURE_SYSTOLIC : measure;
  g_autofree char *value = NULL;
  g_autofree char *second = NULL;

  if (measure == FORLOP_MEASURE_UNKNOWN)
    return g_strdup (forlop_record_get_text (record, forlop_record_has (record, "detail") ? "detail" : "codings"));
  if (!forlop_record_has (record, "value"))
    return g_strdup (forlop_measure_label (measure));
  if (forlop_record_has (record, "value2"))
    second = forlop_measure_format (FORLOP_MEASURE_DIASTOLIC, forlop_record_get_real (record, "value2"));
  value = unit == NULL && second == NULL
            ? forlop_measure_format (first, forlop_record_get_real (record, "value"))
            : forlop_measure_format_number (first, forlop_record_get_real (record, "value"));
  if (second != NULL)
    return g_strdup_printf ("%s %s/%s", forlop_measure_label (measure), value, second);

  return g_strjoin (" ", forlop_measure_label (measure), value, unit, NULL);
}

/* An identity number is not shown to whoever passes by. */
static char *
dup_person (ForlopRecord *record)
{
  const char *person = forlop_record_get_text (record, "person");
  ForlopIdNumberInfo info;

  if (person == NULL)
    return NULL;
  forlop_id_number_examine (person, &info);

  return info.kind != FORLOP_ID_NUMBER_NONE ? forlop_id_number_mask (person, info.birth_date) : g_strdup (person);
}

static void
add_part (GString    *text,
          const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static char *
dup_subtitle (const ForlopBoardPlace *place,
              ForlopRecord           *record,
              gint64                  now)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const ForlopField *reason = forlop_record_type_field (forlop_record_get_rtype (record), "reason");
  gint64 at = forlop_record_get_instant (record, forlop_record_has (record, "measured_at") ? "measured_at"
                                                                                           : "received_at");
  g_autofree char *when = forlop_instant_format_relative (at, now);
  g_autofree char *person = dup_person (record);

  add_part (text, forlop_field_choice_label (reason, forlop_record_get_text (record, "reason")));
  add_part (text, when);
  add_part (text, person);
  add_part (text, forlop_record_get_text (record, "sender"));
  add_part (text, place->name);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
begin_act (GtkWidget  *row,
           const char *act)
{
  const ForlopBoardPlace *place = g_object_get_data (G_OBJECT (row), PLACE_KEY);

  forlop_act_dialog_present (row, place->session, act, "unknown_measurement",
                             g_object_get_data (G_OBJECT (row), ID_KEY), NULL, NULL);
}

static void
place_cb (GtkWidget *row)
{
  begin_act (row, "place-measurement");
}

static void
set_aside_cb (GtkWidget *row)
{
  begin_act (row, "set-aside-measurement");
}

static GtkWidget *
new_words (const char *title,
           const char *subtitle)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  const char *const texts[] = { title, subtitle };

  for (unsigned int i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_widget_add_css_class (label, "numeric");
      if (i > 0)
        {
          gtk_widget_add_css_class (label, "caption");
          gtk_widget_add_css_class (label, "dimmed");
        }
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);

  return box;
}

static GtkWidget *
new_buttons (GtkWidget *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *aside = gtk_button_new_with_mnemonic (_("_Set aside…"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Place…"));

  gtk_widget_add_css_class (aside, "flat");
  gtk_box_append (GTK_BOX (box), aside);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (place_cb), row);
  g_signal_connect_swapped (aside, "clicked", G_CALLBACK (set_aside_cb), row);

  return box;
}

/* Where there is no room beside the words, the buttons stand under them. */
static GtkWidget *
new_row (ForlopBoardPlace *place,
         ForlopRecord     *record,
         gint64            now)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = adw_wrap_box_new ();
  g_autofree char *title = dup_title (record);
  g_autofree char *subtitle = dup_subtitle (place, record, now);
  g_autofree char *sentence = g_strjoin (", ", title != NULL ? title : "", subtitle, NULL);

  g_object_set_data_full (G_OBJECT (row), PLACE_KEY, forlop_board_place_ref (place),
                          (GDestroyNotify) forlop_board_place_unref);
  g_object_set_data_full (G_OBJECT (row), ID_KEY, g_strdup (forlop_record_get_id (record)), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 9);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (box), ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (ADW_WRAP_BOX (box), TRUE);
  adw_wrap_box_append (ADW_WRAP_BOX (box), new_words (title, subtitle));
  adw_wrap_box_append (ADW_WRAP_BOX (box), new_buttons (row));
  gtk_widget_add_css_class (box, "forlop-unknown-line");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);

  return row;
}

static void
row_activated_cb (ForlopUnknownPage *self G_GNUC_UNUSED,
                  GtkListBoxRow     *row)
{
  place_cb (GTK_WIDGET (row));
}

static void
forlop_unknown_page_class_init (ForlopUnknownPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FORLOP_TYPE_EMPTY_STATE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/forlop/Forlop/monitoring/forlop-unknown-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ForlopUnknownPage, stack);
  gtk_widget_class_bind_template_child (widget_class, ForlopUnknownPage, list_box);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
forlop_unknown_page_init (ForlopUnknownPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

unsigned int
forlop_unknown_page_set_places (ForlopUnknownPage *self,
                                GPtrArray         *places,
                                gint64             now)
{
  unsigned int n = 0;

  g_return_val_if_fail (FORLOP_IS_UNKNOWN_PAGE (self), 0);
  g_return_val_if_fail (places != NULL, 0);

  gtk_list_box_remove_all (self->list_box);
  for (unsigned int i = 0; i < places->len; i++)
    {
      ForlopBoardPlace *place = g_ptr_array_index (places, i);

      for (unsigned int j = 0; place->unknown != NULL && j < place->unknown->len; j++, n++)
        gtk_list_box_append (self->list_box, new_row (place, g_ptr_array_index (place->unknown, j), now));
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");

  return n;
}
