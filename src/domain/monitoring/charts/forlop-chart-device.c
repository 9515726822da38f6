/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-chart-device.h"

#include <glib/gi18n-lib.h>

#include "forlop-device.h"
#include "forlop-item-service.h"

void
forlop_chart_device_free (ForlopChartDevice *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->loan);
  g_clear_object (&self->item);
  g_clear_object (&self->product);
  g_clear_pointer (&self->faults, g_ptr_array_unref);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

static const char *
name_of (const ForlopChartDevice *device)
{
  return device->name != NULL ? device->name : _("Equipment");
}

/* The day after the last one it was with the citizen. */
static ForlopDate
end_of_loan (const ForlopChartDevice *device)
{
  return forlop_record_has (device->loan, "returned_on")
           ? forlop_record_get_date (device->loan, "returned_on") + 1 : G_MAXINT32;
}

static gboolean
is_with_citizen (const ForlopChartDevice *device,
                 ForlopDate               on)
{
  return forlop_record_get_date (device->loan, "handed_out_on") <= on && on < end_of_loan (device);
}

static gboolean
concerns (const ForlopChartDevice *device,
          ForlopMeasure            measure)
{
  const ForlopMeasureInfo *info = forlop_measure_info (measure);

  if (forlop_record_get_boolean (device->loan, "voided"))
    return FALSE;
  if (device->product == NULL || !forlop_record_has (device->product, "measures") || info == NULL ||
      forlop_device_measures (device->product, info->code))
    return TRUE;
  for (unsigned int i = 0; info->components[i] != FORLOP_MEASURE_UNKNOWN; i++)
    if (forlop_device_measures (device->product, forlop_measure_code (info->components[i])))
      return TRUE;

  return FALSE;
}

/* @text: taken. */
static void
add_mark (ForlopChartSeries       *series,
          const ForlopChartDevice *device,
          gint64                   at,
          char                    *text)
{
  g_autofree char *taken = text;

  if (forlop_chart_series_shows (series, at, at))
    forlop_chart_series_add_mark (series, (ForlopChartMark) {
      .kind = FORLOP_CHART_MARK_EQUIPMENT, .from_ms = at, .to_ms = at, .label = (char *) name_of (device),
      .text = text });
}

/* What came the day this went, of the same kind. */
static const ForlopChartDevice *
find_exchanged (GPtrArray               *devices,
                const ForlopChartDevice *device,
                const char              *own_day,
                const char              *other_day)
{
  ForlopDate day = forlop_record_get_date (device->loan, own_day);

  for (unsigned int i = 0; i < devices->len && day != FORLOP_DATE_NONE && device->product != NULL; i++)
    {
      const ForlopChartDevice *other = g_ptr_array_index (devices, i);

      if (other != device && other->product != NULL && !forlop_record_get_boolean (other->loan, "voided") &&
          forlop_record_get_date (other->loan, other_day) == day &&
          forlop_record_text_is (other->product, "kind", forlop_record_get_text (device->product, "kind")))
        return other;
    }

  return NULL;
}

static void
add_loan (ForlopChartSeries       *series,
          GPtrArray               *devices,
          const ForlopChartDevice *device)
{
  const ForlopChartDevice *next = find_exchanged (devices, device, "returned_on", "handed_out_on");
  ForlopDate from = forlop_record_get_date (device->loan, "handed_out_on");
  ForlopDate to = forlop_record_get_date (device->loan, "returned_on");
  g_autofree char *first = forlop_date_format (from);
  g_autofree char *last = NULL;

  if (find_exchanged (devices, device, "handed_out_on", "returned_on") == NULL)
    add_mark (series, device, forlop_instant_from_wall (from, 0),
              g_strdup_printf (_("%s: %s was handed out"), first, name_of (device)));
  if (to == FORLOP_DATE_NONE)
    return;
  last = forlop_date_format (to);
  if (next != NULL)
    /* Translators: a day, a device that came back, and the one that was handed out instead. */
    add_mark (series, device, forlop_instant_from_wall (to, 0),
              g_strdup_printf (_("%s: %s was replaced by %s"), last, name_of (device), name_of (next)));
  else if (forlop_record_get_boolean (device->loan, "lost"))
    add_mark (series, device, forlop_instant_from_wall (to, 0),
              g_strdup_printf (_("%s: %s was lost"), last, name_of (device)));
  else
    add_mark (series, device, forlop_instant_from_wall (to, 0),
              g_strdup_printf (_("%s: %s was returned"), last, name_of (device)));
}

static void
add_faults (ForlopChartSeries       *series,
            const ForlopChartDevice *device)
{
  for (unsigned int i = 0; i < device->faults->len; i++)
    {
      ForlopRecord *fault = g_ptr_array_index (device->faults, i);
      gint64 at = forlop_record_get_instant (fault, "reported_at");
      g_autofree char *when = forlop_instant_format (at);

      if (is_with_citizen (device, forlop_instant_to_date (at)))
        /* Translators: when a fault was reported, of what, and what is wrong. */
        add_mark (series, device, at,
                  g_strdup_printf (_("%s: fault on %s: %s"), when, name_of (device),
                                   forlop_record_get_text (fault, "description")));
    }
}

/* From the day after @due until @end, as far as the citizen had it. */
static void
add_overdue (ForlopChartSeries       *series,
             const ForlopChartDevice *device,
             ForlopDate               due,
             ForlopDate               end,
             gint64                   now)
{
  ForlopDate from = MAX (due + 1, forlop_record_get_date (device->loan, "handed_out_on"));
  ForlopDate to = MIN (end, end_of_loan (device));
  gint64 from_ms, to_ms;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *text = NULL;

  if (due == FORLOP_DATE_NONE || from >= to)
    return;
  from_ms = forlop_instant_from_wall (from, 0);
  to_ms = MIN (forlop_instant_from_wall (to, 0), MAX (now, from_ms));
  if (!forlop_chart_series_shows (series, from_ms, to_ms))
    return;
  first = forlop_date_format (from);
  last = forlop_date_format (to - 1);
  if (to_ms == now)
    /* Translators: a device, and a day. */
    text = g_strdup_printf (_("%s: calibration overdue since %s, its values are uncertain"), name_of (device), first);
  else
    /* Translators: a device, and two days. */
    text = g_strdup_printf (_("%s: calibration overdue from %s to %s, its values are uncertain"), name_of (device),
                            first, last);
  forlop_chart_series_add_mark (series, (ForlopChartMark) {
    .kind = FORLOP_CHART_MARK_UNCERTAIN, .from_ms = from_ms, .to_ms = to_ms, .label = (char *) name_of (device),
    .text = text });
}

static GPtrArray *
list_before (GPtrArray  *services,
             ForlopDate  day)
{
  GPtrArray *before = g_ptr_array_new ();

  for (unsigned int i = 0; i < services->len; i++)
    if (forlop_record_get_date (g_ptr_array_index (services, i), "done_on") < day)
      g_ptr_array_add (before, g_ptr_array_index (services, i));

  return before;
}

/* Each calibration, how late it came, and whether the next one is late already. */
static void
add_calibrations (ForlopChartSeries       *series,
                  const ForlopChartDevice *device,
                  gint64                   now)
{
  for (unsigned int i = 0; i < device->services->len; i++)
    {
      ForlopRecord *service = g_ptr_array_index (device->services, i);
      ForlopDate done = forlop_record_get_date (service, "done_on");
      g_autoptr (GPtrArray) before = NULL;
      g_autofree char *day = NULL;

      if (!forlop_record_text_is (service, "kind", "calibration"))
        continue;
      before = list_before (device->services, done);
      add_overdue (series, device, forlop_item_next_calibration (device->item, device->plans, before), done, now);
      if (!is_with_citizen (device, done))
        continue;
      day = forlop_date_format (done);
      add_mark (series, device, forlop_instant_from_wall (done, 0),
                forlop_record_text_is (service, "result", "failed")
                  ? g_strdup_printf (_("%s: the calibration of %s failed"), day, name_of (device))
                  : g_strdup_printf (_("%s: %s was calibrated"), day, name_of (device)));
    }
  add_overdue (series, device, forlop_record_get_date (device->item, "next_calibration_on"),
               forlop_instant_to_date (now) + 1, now);
}

void
forlop_chart_add_devices (ForlopChartSeries *series,
                          GPtrArray         *devices,
                          gint64             now)
{
  g_return_if_fail (FORLOP_IS_CHART_SERIES (series));
  g_return_if_fail (devices != NULL);

  for (unsigned int i = 0; i < devices->len; i++)
    {
      const ForlopChartDevice *device = g_ptr_array_index (devices, i);

      if (!concerns (device, forlop_chart_series_get_measure (series)))
        continue;
      add_loan (series, devices, device);
      add_faults (series, device);
      if (device->item != NULL)
        add_calibrations (series, device, now);
    }
}
