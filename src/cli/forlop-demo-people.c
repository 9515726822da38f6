/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-demo-private.h"
#include "forlop-id-number.h"

static const char *const women[] = {
  "Astrid", "Berit", "Bjørg", "Eli", "Ellen", "Else", "Eva", "Gerd", "Grete", "Gudrun", "Hilde",
  "Inger", "Ingrid", "Jorunn", "Karin", "Kirsten", "Kjersti", "Laila", "Liv", "Magnhild", "Mari",
  "Marit", "Mona", "Nina", "Oddny", "Ragnhild", "Randi", "Reidun", "Ruth", "Sigrid", "Sissel",
  "Solveig", "Synnøve", "Torill", "Turid", "Unni", "Vigdis", "Wenche", "Åse", "Åshild",
};

static const char *const men[] = {
  "Arild", "Arvid", "Asbjørn", "Bjarne", "Bjørn", "Dag", "Einar", "Eivind", "Erling", "Finn",
  "Frode", "Geir", "Gunnar", "Halvard", "Harald", "Helge", "Håkon", "Ivar", "Johan", "Jostein",
  "Karl", "Kjell", "Knut", "Leif", "Magne", "Nils", "Odd", "Olav", "Ole", "Per", "Ragnar", "Rolf",
  "Sigurd", "Steinar", "Svein", "Sverre", "Terje", "Torbjørn", "Trygve", "Øyvind",
};

static const char *const families[] = {
  "Aas", "Andersen", "Bakke", "Berg", "Berge", "Bø", "Dahl", "Eide", "Eliassen", "Engen", "Fossum",
  "Gundersen", "Hagen", "Halvorsen", "Hansen", "Haug", "Haugen", "Holm", "Iversen", "Jacobsen",
  "Jensen", "Johansen", "Karlsen", "Kristiansen", "Larsen", "Lie", "Lien", "Lund", "Lunde",
  "Martinsen", "Moe", "Moen", "Myhre", "Nilsen", "Nygård", "Næss", "Olsen", "Pedersen", "Rønning",
  "Sandvik", "Solberg", "Solheim", "Strand", "Strøm", "Sæther", "Sørensen", "Tangen", "Vik",
  "Ødegård", "Aasen",
};

static const char *const streets[] = {
  "Bakkeveien", "Bekkefaret", "Bjørkeveien", "Elvegata", "Engveien", "Fjellveien", "Furuveien",
  "Granveien", "Hagegata", "Havnegata", "Kirkeveien", "Kleivveien", "Lerkeveien", "Liaveien",
  "Lyngveien", "Markveien", "Møllergata", "Nordvegen", "Osveien", "Parkveien", "Rognveien",
  "Skogveien", "Skolegata", "Solbakken", "Stasjonsveien", "Strandgata", "Tverrveien", "Ullveien",
  "Vestliveien", "Øvregata",
};

static const char *const gps[] = {
  "Fjordvik legesenter, Hege Brekke", "Fjordvik legesenter, Amir Hosseini",
  "Sentrum legekontor, Trond Vangen", "Sentrum legekontor, Lena Skog", "Østby legegruppe, Jan Hoel",
};

#define PICK(self, list) (list)[forlop_demo_pick (self, G_N_ELEMENTS (list))]

/**
 * forlop_demo_person:
 * @n: a running number.
 *
 * An invented person with a synthetic number (month + 80), living in an invented place.
 */
char *
forlop_demo_person (ForlopDemo   *self,
                    unsigned int  n,
                    int           oldest,
                    int           youngest)
{
  gboolean woman = forlop_demo_pick (self, 100) < 60;
  ForlopDate born = self->today - (ForlopDate) (365.25 * youngest) -
                    (ForlopDate) forlop_demo_pick (self, (unsigned int) (365.25 * (oldest - youngest)));
  const char *given = woman ? PICK (self, women) : PICK (self, men);
  const char *family = PICK (self, families);
  const char *street = PICK (self, streets);
  const char *gp = PICK (self, gps);
  g_autofree char *birth_date = forlop_date_to_iso (born);
  g_autofree char *number = NULL;

  /* Two people born on one day get different numbers. */
  for (unsigned int serial = self->place->first_serial + n % 50; number == NULL; serial++)
    {
      number = forlop_id_number_compose (born, woman ? 'f' : 'm', serial);
      g_assert (number != NULL);
      if (!g_hash_table_add (self->used_numbers, g_strdup (number)))
        g_clear_pointer (&number, g_free);
    }

  return g_strdup_printf (
    "{\"id_number\":\"%s\",\"birth_date\":\"%s\",\"sex\":\"%s\",\"given_name\":\"%s\","
    "\"family_name\":\"%s\",\"address\":\"%s %u\",\"postal_code\":\"9999\","
    "\"postal_place\":\"%s\",\"phone\":\"9%07u\",\"gp\":\"%s\",\"unit_id\":\"%s\","
    "\"lives_alone\":%s}",
    number, birth_date, woman ? "female" : "male", given, family, street,
    1 + forlop_demo_pick (self, 80), self->place->place, 1000000 + n * 37, gp, self->zones[n % DEMO_N_ZONES],
    forlop_demo_pick (self, 2) == 0 ? "true" : "false");
}
