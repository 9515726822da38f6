/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-work-row.h"

#include <glib/gi18n-lib.h>

#include "forlop-severity-shape.h"

/* Pixels. Below NARROW the row takes two lines. */
#define NARROW 700
#define GAP 12
#define MARK_WIDTH 20
#define WORD_WIDTH 92
#define WAITED_WIDTH 96
#define OWNER_WIDTH 92
#define ACT_WIDTH 136
#define WHO_SHARE 0.2f
#define WHO_MINIMUM 150
#define WHO_MAXIMUM 260

struct _ForlopWorkRow
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *shape;
  GtkWidget *icon;
  GtkWidget *word;
  GtkWidget *who;
  GtkWidget *why;
  GtkWidget *waited;
  GtkWidget *owner;
  GtkWidget *act;

  /* Owned */
  ForlopWorkItem *item;
};

enum {
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

enum {
  SIGNAL_ACT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static unsigned int signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ForlopWorkRow, forlop_work_row, GTK_TYPE_WIDGET)

static gboolean
is_narrow (int width)
{
  return width >= 0 && width < NARROW;
}

static int
height_of (GtkWidget *widget,
           int        width)
{
  int height = 0;

  if (gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);

  return height;
}

static int
width_of (GtkWidget *widget)
{
  int width = 0;

  if (gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);

  return width;
}

/* Where the lines of the narrow form stand. */
typedef struct {
  int text_width;
  int who_width;
  int word_width;
  int waited_width;
  int why_width;
  int act_width;
  int first;
  int why;
  int owner;
  int act;
} NarrowLines;

static NarrowLines
narrow_lines (ForlopWorkRow *self,
              int            width)
{
  NarrowLines lines = { 0 };

  lines.text_width = MAX (width - MARK_WIDTH - GAP, 1);
  lines.act_width = gtk_widget_should_layout (self->act) ? MIN (width_of (self->act), ACT_WIDTH) : 0;
  lines.why_width = MAX (lines.text_width - lines.act_width - GAP, 1);
  lines.waited_width = MIN (width_of (self->waited), lines.text_width / 3);
  /* A colour always has its word; an icon beside its sentence can do without where it is narrow. */
  lines.word_width = gtk_widget_get_visible (self->icon) ? 0
                       : MIN (width_of (self->word), lines.text_width / 3);
  lines.who_width = MAX (lines.text_width - lines.waited_width - GAP - lines.word_width - GAP, 1);
  lines.first = MAX (height_of (self->who, lines.who_width), height_of (self->waited, -1));
  lines.why = height_of (self->why, lines.why_width);
  lines.owner = *gtk_label_get_label (GTK_LABEL (self->owner)) != '\0' ? height_of (self->owner, -1) : 0;
  lines.act = height_of (self->act, -1);

  return lines;
}

static int
who_width (int width)
{
  return CLAMP ((int) ((float) width * WHO_SHARE), WHO_MINIMUM, WHO_MAXIMUM);
}

static int
why_width (int width)
{
  if (width < 0)
    return -1;

  return MAX (width - MARK_WIDTH - GAP / 2 - WORD_WIDTH - GAP - who_width (width) - GAP -
              GAP - WAITED_WIDTH - GAP - OWNER_WIDTH - GAP - ACT_WIDTH, 1);
}

static void
forlop_work_row_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline G_GNUC_UNUSED,
                         int            *natural_baseline G_GNUC_UNUSED)
{
  ForlopWorkRow *self = FORLOP_WORK_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MARK_WIDTH + GAP + WHO_MINIMUM;
      *natural = NARROW + 200;
    }
  else if (is_narrow (for_size))
    {
      NarrowLines lines = narrow_lines (self, for_size);

      *minimum = *natural = lines.first + 3 + MAX (lines.why + lines.owner, lines.act);
    }
  else
    {
      *minimum = *natural = MAX (height_of (self->act, -1),
                                 height_of (self->why, why_width (for_size)));
      if (for_size >= 0)
        *minimum = *natural = MAX (*minimum, height_of (self->who, who_width (for_size)));
    }
}

static void
place (GtkWidget *widget,
       int        x,
       int        y,
       int        width,
       int        height)
{
  if (gtk_widget_should_layout (widget))
    gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, MAX (width, 1), MAX (height, 1) },
                              -1);
}

static void
place_mark (ForlopWorkRow *self,
            int            x,
            int            height)
{
  place (self->shape, x, 0, MARK_WIDTH, height);
  place (self->icon, x, 0, MARK_WIDTH, height);
}

/* Text columns are the same in every row, so that the eye can run down them. */
static void
allocate_wide (ForlopWorkRow *self,
               int            width,
               int            height)
{
  int act_height = height_of (self->act, -1);
  int word_x = MARK_WIDTH + GAP / 2;
  int who_x = word_x + WORD_WIDTH + GAP;
  int why_x = who_x + who_width (width) + GAP;
  int owner_x = width - ACT_WIDTH - GAP - OWNER_WIDTH;
  int waited_x = owner_x - GAP - WAITED_WIDTH;

  place_mark (self, 0, height);
  gtk_widget_set_child_visible (self->word, TRUE);
  place (self->word, word_x, 0, WORD_WIDTH, height);
  place (self->who, who_x, 0, who_width (width), height);
  place (self->why, why_x, 0, waited_x - GAP - why_x, height);
  place (self->waited, waited_x, 0, WAITED_WIDTH, height);
  place (self->owner, owner_x, 0, OWNER_WIDTH, height);
  place (self->act, width - ACT_WIDTH, (height - act_height) / 2, ACT_WIDTH, act_height);
}

static void
allocate_narrow (ForlopWorkRow *self,
                 int            width)
{
  NarrowLines lines = narrow_lines (self, width);
  int text_x = MARK_WIDTH + GAP;
  int who_right = text_x + lines.who_width + GAP;
  int y = lines.first + 3;

  place_mark (self, 0, lines.first);
  place (self->who, text_x, 0, lines.who_width, lines.first);
  gtk_widget_set_child_visible (self->word, lines.word_width > 0);
  place (self->word, who_right, 0, lines.word_width, lines.first);
  place (self->waited, width - lines.waited_width, 0, lines.waited_width, lines.first);
  place (self->why, text_x, y, lines.why_width, lines.why);
  place (self->owner, text_x, y + lines.why, lines.why_width, lines.owner);
  place (self->act, width - lines.act_width, y, lines.act_width, lines.act);
}

static void
forlop_work_row_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline G_GNUC_UNUSED)
{
  ForlopWorkRow *self = FORLOP_WORK_ROW (widget);

  if (is_narrow (width))
    allocate_narrow (self, width);
  else
    allocate_wide (self, width, height);
}

static void
forlop_work_row_act_clicked_cb (ForlopWorkRow *self)
{
  g_signal_emit (self, signals[SIGNAL_ACT], 0);
}

static void
set_text (GtkWidget  *label,
          const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

static void
forlop_work_row_update_act (ForlopWorkRow           *self,
                            const ForlopWorkContent *content)
{
  const char *label = content->act_label;

  if (content->state == FORLOP_WORK_REFUSED)
    label = _("Refused – see");
  else if (content->state == FORLOP_WORK_PENDING)
    label = _("Waiting");

  gtk_widget_set_visible (self->act, label != NULL);
  gtk_widget_set_sensitive (self->act, content->state != FORLOP_WORK_PENDING);
  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->act), label);
}

static void
forlop_work_row_update (ForlopWorkRow *self)
{
  static const ForlopWorkContent empty = { .key = "", .who = "" };
  const ForlopWorkContent *content = &empty;

  if (self->item != NULL)
    content = forlop_work_item_get_content (self->item);

  gtk_widget_set_visible (self->shape, content->icon_name == NULL);
  gtk_widget_set_visible (self->icon, content->icon_name != NULL);
  forlop_severity_shape_set_severity (FORLOP_SEVERITY_SHAPE (self->shape), content->severity);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), content->icon_name);

  set_text (self->word, content->icon_name != NULL ? content->icon_label
                                                    : forlop_severity_label (content->severity));
  set_text (self->who, content->who);
  set_text (self->why, content->why);
  set_text (self->waited, content->waited);
  set_text (self->owner, content->owner);
  forlop_work_row_update_act (self, content);
}

static const char *
tooltip_of (ForlopWorkRow *self,
            GtkWidget     *part)
{
  const ForlopWorkContent *content = forlop_work_item_get_content (self->item);

  if (part == self->shape)
    return forlop_severity_label (content->severity);
  if (part == self->icon)
    return content->icon_label;
  if (part == self->waited)
    return content->waited_exact;
  if (part == self->owner)
    return content->owner;
  if (part == self->act && content->state == FORLOP_WORK_PENDING)
    return _("Done here; the server has not confirmed it yet");

  return NULL;
}

/* Asked for when the pointer rests. A text that is set on each part asks the display where the pointer
 * is, five times for each row. */
static gboolean
forlop_work_row_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  ForlopWorkRow *self = FORLOP_WORK_ROW (widget);
  GtkWidget *part = keyboard ? NULL : gtk_widget_pick (widget, x, y, GTK_PICK_INSENSITIVE);
  const char *text = NULL;

  while (part != NULL && gtk_widget_get_parent (part) != widget)
    part = gtk_widget_get_parent (part);
  if (part != NULL && self->item != NULL)
    text = tooltip_of (self, part);
  gtk_tooltip_set_text (tooltip, text);

  return text != NULL && *text != '\0';
}

static void
forlop_work_row_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_ITEM)
    g_value_set_object (value, FORLOP_WORK_ROW (object)->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_work_row_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  if (prop_id == PROP_ITEM)
    forlop_work_row_set_item (FORLOP_WORK_ROW (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
forlop_work_row_dispose (GObject *object)
{
  ForlopWorkRow *self = FORLOP_WORK_ROW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (forlop_work_row_parent_class)->dispose (object);
}

static GtkSizeRequestMode
forlop_work_row_get_request_mode (GtkWidget *widget G_GNUC_UNUSED)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
forlop_work_row_class_init (ForlopWorkRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = forlop_work_row_get_property;
  object_class->set_property = forlop_work_row_set_property;
  object_class->dispose = forlop_work_row_dispose;
  widget_class->get_request_mode = forlop_work_row_get_request_mode;
  widget_class->measure = forlop_work_row_measure;
  widget_class->size_allocate = forlop_work_row_size_allocate;
  widget_class->query_tooltip = forlop_work_row_query_tooltip;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, FORLOP_TYPE_WORK_ITEM,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ForlopWorkRow::act:
   *
   * The button was pressed.
   */
  signals[SIGNAL_ACT] =
    g_signal_new ("act", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "workrow");
}

static GtkWidget *
add_label (ForlopWorkRow *self,
           const char    *css_class,
           float          xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));

  return label;
}

static void
forlop_work_row_init (ForlopWorkRow *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  self->shape = forlop_severity_shape_new ();
  gtk_widget_set_parent (self->shape, GTK_WIDGET (self));
  self->icon = gtk_image_new ();
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->word = add_label (self, "word", 0);
  self->who = add_label (self, "who", 0);
  gtk_label_set_wrap (GTK_LABEL (self->who), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->who), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->who), 2);
  self->why = add_label (self, "why", 0);
  gtk_label_set_wrap (GTK_LABEL (self->why), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->why), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (self->why), 6);
  self->waited = add_label (self, "waited", 1);
  self->owner = add_label (self, "owner", 0);

  self->act = gtk_button_new ();
  gtk_button_set_can_shrink (GTK_BUTTON (self->act), TRUE);
  gtk_widget_set_valign (self->act, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->act, GTK_WIDGET (self));
  g_signal_connect_object (self->act, "clicked", G_CALLBACK (forlop_work_row_act_clicked_cb),
                           self, G_CONNECT_SWAPPED);

  forlop_work_row_update (self);
}

GtkWidget *
forlop_work_row_new (void)
{
  return g_object_new (FORLOP_TYPE_WORK_ROW, NULL);
}

ForlopWorkItem *
forlop_work_row_get_item (ForlopWorkRow *self)
{
  g_return_val_if_fail (FORLOP_IS_WORK_ROW (self), NULL);

  return self->item;
}

void
forlop_work_row_set_item (ForlopWorkRow  *self,
                          ForlopWorkItem *item)
{
  g_return_if_fail (FORLOP_IS_WORK_ROW (self));
  g_return_if_fail (item == NULL || FORLOP_IS_WORK_ITEM (item));

  if (!g_set_object (&self->item, item))
    return;

  forlop_work_row_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}
