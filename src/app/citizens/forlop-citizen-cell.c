/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-citizen-cell.h"

#include <glib/gi18n-lib.h>

#include "forlop-pathway.h"

/* Below this there are two lines. */
#define NARROW 640
#define GAP 12
#define NUMBER_WIDTH 176
#define NUMBER_CHARS 16
#define UNIT_SHARE 0.2f
#define WHERE_SHARE 0.24f

struct _ForlopCitizenCell
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *name;
  GtkWidget *number;
  GtkWidget *number_text;
  GtkWidget *unit;
  GtkWidget *where;

  /* Owned */
  ForlopPagedRow *row;
  gulong filled_handler;

  gboolean is_hidden; /* from a screen reader */
};

enum {
  SIGNAL_SHOW_NUMBER,
  SIGNAL_FILLED,
  N_SIGNALS
};

static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopCitizenCell, forlop_citizen_cell, GTK_TYPE_WIDGET)

static const char *
status_label (const char *status)
{
  const ForlopRecordType *type = forlop_record_type_find ("case");
  const ForlopField *field = forlop_record_type_field (type, "status");

  for (unsigned int i = 0; field->choices[i].code != NULL; i++)
    if (g_strcmp0 (field->choices[i].code, status) == 0)
      return _(field->choices[i].label);

  return status;
}

/* Where the citizen stands, in words: the step while it goes on, else how it ended. */
static const char *
where_label (const ForlopCitizenFields *fields)
{
  if (fields->case_status == NULL)
    return "";
  if (fields->step != NULL)
    for (int i = 0; i < FORLOP_N_STEPS; i++)
      if (g_str_equal (forlop_step_code ((ForlopStep) i), fields->step))
        return forlop_step_label ((ForlopStep) i);

  return status_label (fields->case_status);
}

static char *
dup_hidden_number (const ForlopCitizenFields *fields)
{
  g_autofree char *date = NULL;

  if (fields->birth_date == FORLOP_DATE_NONE)
    return g_strdup ("•••••• •••••");

  date = forlop_date_format (fields->birth_date);

  return g_strdup_printf ("%s •••••", date);
}

char *
forlop_citizen_cell_dup_sentence (ForlopPagedRow *row)
{
  const ForlopCitizenFields *fields;
  g_autofree char *date = NULL;

  g_return_val_if_fail (FORLOP_IS_PAGED_ROW (row), NULL);

  fields = forlop_citizen_row_get_fields (row);
  if (fields == NULL)
    return g_strdup (_("Loading…"));
  if (fields->birth_date != FORLOP_DATE_NONE)
    date = forlop_date_format (fields->birth_date);

  /* Translators: name, birth date, unit, step of the pathway */
  return g_strdup_printf (_("%s, born %s, %s, %s"), fields->name, date != NULL ? date : "–",
                          fields->unit_name != NULL ? fields->unit_name : _("no unit"),
                          fields->case_status != NULL ? where_label (fields) : _("no case"));
}

/* What the cell said of another citizen is not read out while its own is read. */
static void
forlop_citizen_cell_set_hidden (ForlopCitizenCell *self,
                                gboolean           hidden)
{
  if (self->is_hidden == hidden)
    return;

  self->is_hidden = hidden;
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

static void
forlop_citizen_cell_update (ForlopCitizenCell *self)
{
  const ForlopCitizenFields *fields =
    self->row != NULL ? forlop_citizen_row_get_fields (self->row) : NULL;

  forlop_citizen_cell_set_hidden (self, fields == NULL);
  /* Not shown until the row is filled; a text that changes costs, and the next one comes at once. */
  if (fields == NULL)
    return;

  gtk_inscription_set_text (GTK_INSCRIPTION (self->name), fields->name);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->unit), fields->unit_name);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->where), where_label (fields));
  forlop_citizen_cell_show_number (self, NULL);
}

static void
filled_cb (ForlopCitizenCell *self)
{
  forlop_citizen_cell_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_FILLED], 0);
}

static void
number_clicked_cb (ForlopCitizenCell *self)
{
  if (self->row != NULL && forlop_paged_row_is_filled (self->row))
    g_signal_emit (self, signals[SIGNAL_SHOW_NUMBER], 0);
}

/* A text that is set asks the display where the pointer is, once for each of two hundred cells. */
static gboolean
number_tooltip_cb (GtkWidget  *number G_GNUC_UNUSED,
                   int         x G_GNUC_UNUSED,
                   int         y G_GNUC_UNUSED,
                   gboolean    keyboard G_GNUC_UNUSED,
                   GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, _("Show the identity number; that is logged"));

  return TRUE;
}

static int
height_of (GtkWidget *widget)
{
  int height = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);

  return height;
}

static GtkSizeRequestMode
forlop_citizen_cell_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
forlop_citizen_cell_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline G_GNUC_UNUSED,
                             int            *natural_baseline G_GNUC_UNUSED)
{
  ForlopCitizenCell *self = FORLOP_CITIZEN_CELL (widget);
  int line = MAX (height_of (self->name), height_of (self->number));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 240;
      *natural = 800;
    }
  else if (for_size >= 0 && for_size < NARROW)
    *minimum = *natural = height_of (self->name) + 4 + line;
  else
    *minimum = *natural = line;
}

static void
place (GtkWidget *widget,
       int        x,
       int        y,
       int        width,
       int        height)
{
  int minimum = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, MAX (width, minimum), MAX (height, 1) },
                            -1);
}

static void
forlop_citizen_cell_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline G_GNUC_UNUSED)
{
  ForlopCitizenCell *self = FORLOP_CITIZEN_CELL (widget);
  int unit_width = (int) ((float) width * UNIT_SHARE);
  int where_width = (int) ((float) width * WHERE_SHARE);

  if (width < NARROW)
    {
      int first = height_of (self->name);
      int half = width * 2 / 5;

      gtk_widget_set_child_visible (self->unit, FALSE);
      place (self->name, 0, 0, width - half - GAP, first);
      place (self->where, width - half, 0, half, first);
      place (self->number, -6, first + 4, NUMBER_WIDTH, height - first - 4);
      return;
    }

  gtk_widget_set_child_visible (self->unit, TRUE);
  place (self->name, 0, 0, width - where_width - unit_width - NUMBER_WIDTH - 3 * GAP, height);
  place (self->number, width - where_width - unit_width - NUMBER_WIDTH - 2 * GAP, 0, NUMBER_WIDTH,
         height);
  place (self->unit, width - where_width - unit_width - GAP, 0, unit_width, height);
  place (self->where, width - where_width, 0, where_width, height);
}

/* What the cell said of another citizen is not shown while its own is read. */
static void
forlop_citizen_cell_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  ForlopCitizenCell *self = FORLOP_CITIZEN_CELL (widget);

  if (self->row != NULL && forlop_paged_row_is_filled (self->row))
    GTK_WIDGET_CLASS (forlop_citizen_cell_parent_class)->snapshot (widget, snapshot);
}

static void
forlop_citizen_cell_dispose (GObject *object)
{
  ForlopCitizenCell *self = FORLOP_CITIZEN_CELL (object);
  GtkWidget *child;

  if (self->row != NULL)
    g_clear_signal_handler (&self->filled_handler, self->row);
  g_clear_object (&self->row);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (forlop_citizen_cell_parent_class)->dispose (object);
}

static void
forlop_citizen_cell_class_init (ForlopCitizenCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = forlop_citizen_cell_dispose;
  widget_class->get_request_mode = forlop_citizen_cell_get_request_mode;
  widget_class->measure = forlop_citizen_cell_measure;
  widget_class->size_allocate = forlop_citizen_cell_size_allocate;
  widget_class->snapshot = forlop_citizen_cell_snapshot;

  /**
   * ForlopCitizenCell::show-number:
   *
   * Somebody asks for the identity number; whoever shows it logs it first.
   */
  signals[SIGNAL_SHOW_NUMBER] =
    g_signal_new ("show-number", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * ForlopCitizenCell::filled:
   *
   * The citizen of a row that was given without is there.
   */
  signals[SIGNAL_FILLED] =
    g_signal_new ("filled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "citizencell");
}

static GtkWidget *
new_inscription (ForlopCitizenCell *self,
                 const char        *css_class)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (inscription, css_class);
  gtk_widget_set_parent (inscription, GTK_WIDGET (self));

  return inscription;
}

static void
forlop_citizen_cell_init (ForlopCitizenCell *self)
{
  self->name = new_inscription (self, "heading");
  /* Not a label: the list would be measured anew for every row that gets another text. */
  self->number_text = gtk_inscription_new (NULL);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->number_text), NUMBER_CHARS);
  self->number = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->number), self->number_text);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  self->number_text, NULL, -1);
  gtk_widget_set_halign (self->number, GTK_ALIGN_START);
  gtk_widget_set_valign (self->number, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->number, "flat");
  gtk_widget_add_css_class (self->number, "numeric");
  gtk_widget_add_css_class (self->number, "forlop-hidden-number");
  gtk_widget_set_has_tooltip (self->number, TRUE);
  g_signal_connect (self->number, "query-tooltip", G_CALLBACK (number_tooltip_cb), NULL);
  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
  self->unit = new_inscription (self, "dim-label");
  self->where = new_inscription (self, "forlop-where");
  g_signal_connect_object (self->number, "clicked", G_CALLBACK (number_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
forlop_citizen_cell_new (void)
{
  return g_object_new (FORLOP_TYPE_CITIZEN_CELL, NULL);
}

ForlopPagedRow *
forlop_citizen_cell_get_row (ForlopCitizenCell *self)
{
  g_return_val_if_fail (FORLOP_IS_CITIZEN_CELL (self), NULL);

  return self->row;
}

void
forlop_citizen_cell_set_row (ForlopCitizenCell *self,
                             ForlopPagedRow    *row)
{
  g_return_if_fail (FORLOP_IS_CITIZEN_CELL (self));
  g_return_if_fail (row == NULL || FORLOP_IS_PAGED_ROW (row));

  if (self->row == row)
    return;
  if (self->row != NULL)
    g_clear_signal_handler (&self->filled_handler, self->row);
  g_set_object (&self->row, row);
  /* A cell without a row is not shown, and gets another row before it is. */
  if (row == NULL)
    return;
  self->filled_handler = g_signal_connect_swapped (row, "notify::filled",
                                                   G_CALLBACK (filled_cb), self);
  forlop_citizen_cell_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
forlop_citizen_cell_show_number (ForlopCitizenCell *self,
                                 const char        *number)
{
  g_autofree char *hidden = NULL;

  g_return_if_fail (FORLOP_IS_CITIZEN_CELL (self));

  if (self->row == NULL || !forlop_paged_row_is_filled (self->row))
    return;
  if (number == NULL)
    hidden = dup_hidden_number (forlop_citizen_row_get_fields (self->row));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->number_text), number != NULL ? number : hidden);
}
