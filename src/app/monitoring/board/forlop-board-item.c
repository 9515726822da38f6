/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-board-item.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "forlop-board-text.h"
#include "forlop-reason.h"

struct _ForlopBoardItem
{
  GObject parent_instance;

  ForlopBoardRow *row;    /* NULL for the fold */
  ForlopBoardItem *owner; /* whose the row is; NULL when it is its own */
  ForlopBoardPlace *place;
  unsigned int n_calm;
  unsigned int n_unticked;
  gboolean expanded;
  gboolean round;
  gboolean begun;

  char *who;
  char *why;
  char *waited;
  char *contact;
  ForlopChartSeries *series;
};

enum {
  PROP_0,
  PROP_SERIES,
  PROP_BEGUN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ForlopBoardItem, forlop_board_item, G_TYPE_OBJECT)

static void
forlop_board_item_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_SERIES)
    g_value_set_object (value, FORLOP_BOARD_ITEM (object)->series);
  else if (prop_id == PROP_BEGUN)
    g_value_set_boolean (value, FORLOP_BOARD_ITEM (object)->begun);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
drop_row (ForlopBoardItem *self)
{
  if (self->owner == NULL)
    g_clear_pointer (&self->row, forlop_board_row_free);
  self->row = NULL;
  g_clear_object (&self->owner);
}

static void
forlop_board_item_finalize (GObject *object)
{
  ForlopBoardItem *self = FORLOP_BOARD_ITEM (object);

  drop_row (self);
  g_clear_pointer (&self->place, forlop_board_place_unref);
  g_free (self->who);
  g_free (self->why);
  g_free (self->waited);
  g_free (self->contact);
  g_clear_object (&self->series);

  G_OBJECT_CLASS (forlop_board_item_parent_class)->finalize (object);
}

static void
forlop_board_item_class_init (ForlopBoardItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = forlop_board_item_get_property;
  object_class->finalize = forlop_board_item_finalize;

  properties[PROP_SERIES] =
    g_param_spec_object ("series", NULL, NULL, FORLOP_TYPE_CHART_SERIES,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BEGUN] =
    g_param_spec_boolean ("begun", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
forlop_board_item_init (ForlopBoardItem *self G_GNUC_UNUSED)
{
}

/* Sparklines share the scale of the limits the row was judged by, or else of those in force. */
static void
add_limits (ForlopChartSeries      *series,
            const ForlopBoardRow   *row,
            const ForlopBoardTrend *trend)
{
  const ForlopLimits *limits = &trend->limits;
  ForlopReason reason;

  if (row->reason != NULL && forlop_reason_from_json (row->reason, &reason, NULL) &&
      reason.measure == row->measure && !forlop_limits_is_empty (&reason.limits))
    limits = &reason.limits;
  if (forlop_limits_is_empty (limits))
    return;

  forlop_chart_series_add_band (series, (ForlopChartBand) {
    .from_ms = G_MININT64, .to_ms = G_MAXINT64,
    .red_low = limits->red_low, .yellow_low = limits->yellow_low,
    .yellow_high = limits->yellow_high, .red_high = limits->red_high,
  });
}

void
forlop_board_item_set_trend (ForlopBoardItem        *self,
                             const ForlopBoardTrend *trend)
{
  const ForlopMeasureInfo *info;

  g_return_if_fail (FORLOP_IS_BOARD_ITEM (self));
  g_return_if_fail (self->row != NULL && trend != NULL);

  info = forlop_measure_info (self->row->measure);
  if (info == NULL || info->shown_unit == NULL)
    return;

  g_clear_object (&self->series);
  self->series = forlop_chart_series_new (forlop_measure_label (self->row->measure),
                                          _(info->shown_unit), info->decimals);
  add_limits (self->series, self->row, trend);
  for (unsigned int i = 0; i < trend->points->len; i++)
    {
      const ForlopBoardPoint *point = &g_array_index (trend->points, ForlopBoardPoint, i);

      forlop_chart_series_add_point (self->series, (ForlopChartPoint) {
        .at_ms = point->at, .value = point->value, .low = NAN, .severity = point->severity,
      });
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERIES]);
}

ForlopBoardItem *
forlop_board_item_new (ForlopBoardRow   *row,
                       ForlopBoardPlace *place,
                       gint64            now)
{
  ForlopBoardItem *self;

  g_return_val_if_fail (row != NULL, NULL);

  self = g_object_new (FORLOP_TYPE_BOARD_ITEM, NULL);
  self->row = row;
  self->place = place != NULL ? forlop_board_place_ref (place) : NULL;
  self->who = forlop_board_text_who (row, now);
  self->why = forlop_board_text_why (row, now);
  self->waited = forlop_board_text_waited (row, now);
  self->contact = forlop_board_text_contact (row, now);
  if (row->trend != NULL)
    forlop_board_item_set_trend (self, row->trend);

  return self;
}

ForlopBoardItem *
forlop_board_item_new_fold (unsigned int n_calm,
                            unsigned int n_unticked,
                            gboolean     expanded,
                            gboolean     round)
{
  ForlopBoardItem *self = g_object_new (FORLOP_TYPE_BOARD_ITEM, NULL);

  self->n_calm = n_calm;
  self->n_unticked = n_unticked;
  self->expanded = expanded;
  self->round = round;
  self->who = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u with nothing to do",
                                            "%u with nothing to do", n_calm), n_calm);

  return self;
}

const ForlopBoardRow *
forlop_board_item_get_row (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->row;
}

ForlopBoardPlace *
forlop_board_item_get_place (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->place;
}

const char *
forlop_board_item_get_place_name (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->place != NULL ? self->place->name : NULL;
}

gboolean
forlop_board_item_is_fold (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), FALSE);

  return self->row == NULL;
}

gboolean
forlop_board_item_get_expanded (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), FALSE);

  return self->expanded;
}

unsigned int
forlop_board_item_get_n_unticked (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), 0);

  return self->round ? self->n_unticked : 0;
}

const char *
forlop_board_item_get_key (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->row != NULL ? self->row->case_id : "fold";
}

const char *
forlop_board_item_get_who (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->who;
}

const char *
forlop_board_item_get_word (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->row != NULL ? forlop_board_text_word (self->row) : NULL;
}

const char *
forlop_board_item_get_why (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->why;
}

const char *
forlop_board_item_get_waited (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->waited;
}

const char *
forlop_board_item_get_contact (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->contact;
}

const char *
forlop_board_item_get_owner (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->row != NULL ? self->row->taken_by_name : NULL;
}

const char *
forlop_board_item_get_icon (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  if (self->row == NULL)
    return self->expanded ? "pan-down-symbolic" : "pan-end-symbolic";

  return self->row->need == FORLOP_BOARD_EQUIPMENT ? "forlop-equipment-symbolic" : NULL;
}

char *
forlop_board_item_dup_sentence (ForlopBoardItem *self)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  if (self->row == NULL)
    return g_strdup (self->who);

  g_ptr_array_add (parts, g_strdup (forlop_board_text_word (self->row)));
  g_ptr_array_add (parts, g_strdup (self->who));
  if (forlop_board_item_get_place_name (self) != NULL)
    g_ptr_array_add (parts, g_strdup (self->place->name));
  g_ptr_array_add (parts, g_strdup (self->why));
  if (self->waited != NULL)
    g_ptr_array_add (parts, g_strdup (self->waited));
  if (self->row->taken_by_name != NULL)
    /* Translators: who has taken an alert */
    g_ptr_array_add (parts, g_strdup_printf (_("taken by %s"), self->row->taken_by_name));
  if (self->contact != NULL)
    /* Translators: how and when somebody was last in contact with the citizen */
    g_ptr_array_add (parts, g_strdup_printf (_("last contact %s"), self->contact));
  if (self->row->ticked)
    g_ptr_array_add (parts, g_strdup (_("seen in this round")));
  if (self->begun)
    g_ptr_array_add (parts, g_strdup (_("begun, not saved")));
  g_ptr_array_add (parts, NULL);

  return g_strjoinv (", ", (char **) parts->pdata);
}

gboolean
forlop_board_item_equal (ForlopBoardItem *self,
                         ForlopBoardItem *other)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), FALSE);
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (other), FALSE);

  if (self->row == NULL || other->row == NULL)
    return self->row == other->row && self->n_calm == other->n_calm &&
           self->n_unticked == other->n_unticked && self->expanded == other->expanded &&
           self->round == other->round;

  return g_str_equal (self->row->case_id, other->row->case_id) &&
         self->row->need == other->row->need && self->row->severity == other->row->severity &&
         self->row->ticked == other->row->ticked && self->begun == other->begun &&
         g_strcmp0 (self->row->alert_id, other->row->alert_id) == 0 &&
         g_strcmp0 (self->row->pause_id, other->row->pause_id) == 0 &&
         g_strcmp0 (self->row->reason, other->row->reason) == 0 &&
         g_strcmp0 (forlop_board_item_get_place_name (self),
                    forlop_board_item_get_place_name (other)) == 0 &&
         g_strcmp0 (self->who, other->who) == 0 && g_strcmp0 (self->why, other->why) == 0 &&
         g_strcmp0 (self->waited, other->waited) == 0 && g_strcmp0 (self->contact, other->contact) == 0 &&
         g_strcmp0 (self->row->taken_by, other->row->taken_by) == 0;
}

void
forlop_board_item_adopt (ForlopBoardItem *self,
                         ForlopBoardItem *newer)
{
  g_return_if_fail (FORLOP_IS_BOARD_ITEM (self));
  g_return_if_fail (FORLOP_IS_BOARD_ITEM (newer));

  /* Those that share a row already are of the same reading. */
  if (self == newer || self->row == NULL || newer->row == NULL || newer->owner != NULL || self->owner == newer)
    return;

  drop_row (self);
  self->row = newer->row;
  newer->owner = g_object_ref (self);
  if (newer->place != NULL)
    forlop_board_place_ref (newer->place);
  g_clear_pointer (&self->place, forlop_board_place_unref);
  self->place = newer->place;
}

ForlopChartSeries *
forlop_board_item_get_series (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), NULL);

  return self->series;
}

void
forlop_board_item_set_begun (ForlopBoardItem *self,
                             gboolean         begun)
{
  g_return_if_fail (FORLOP_IS_BOARD_ITEM (self));

  if (self->begun == !!begun)
    return;

  self->begun = !!begun;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEGUN]);
}

gboolean
forlop_board_item_get_begun (ForlopBoardItem *self)
{
  g_return_val_if_fail (FORLOP_IS_BOARD_ITEM (self), FALSE);

  return self->begun;
}
