/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-holiday.h"

/* The Sunday after the full moon of the church on or after 21 March: golden number, the moon's age with the
 * corrections of the centuries, then the weekday. */
ForlopDate
forlop_date_easter (int year)
{
  int golden = year % 19;
  int century = year / 100;
  int moon = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30;
  ForlopDate full_moon;

  /* The lunar month has 29 days in those years. */
  if (moon == 29 || (moon == 28 && golden > 10))
    moon--;
  if (!forlop_date_from_ymd (year, 3, 21, &full_moon))
    g_return_val_if_reached (FORLOP_DATE_NONE);
  full_moon += moon;

  return full_moon + 7 - forlop_date_weekday (full_moon) % 7;
}

gboolean
forlop_date_is_holiday (ForlopDate date)
{
  static const struct { int month, day; } fixed[] = { { 1, 1 }, { 5, 1 }, { 5, 17 }, { 12, 25 }, { 12, 26 } };
  /* Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday and Monday. */
  static const int from_easter[] = { -3, -2, 0, 1, 39, 49, 50 };
  int year, month, day;
  ForlopDate easter;

  g_return_val_if_fail (date != FORLOP_DATE_NONE, FALSE);

  forlop_date_to_ymd (date, &year, &month, &day);
  for (unsigned int i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (fixed[i].month == month && fixed[i].day == day)
      return TRUE;

  easter = forlop_date_easter (year);
  for (unsigned int i = 0; i < G_N_ELEMENTS (from_easter); i++)
    if (date == easter + from_easter[i])
      return TRUE;

  return FALSE;
}
