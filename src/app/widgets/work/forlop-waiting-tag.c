/* SPDX-License-Identifier: EUPL-1.2 */

#include "forlop-waiting-tag.h"

#include <glib/gi18n-lib.h>

const char *
forlop_waiting_words (void)
{
  return _("◷ Waits for confirmation");
}

GtkWidget *
forlop_waiting_tag_new (void)
{
  GtkWidget *tag = gtk_label_new (forlop_waiting_words ());

  gtk_widget_add_css_class (tag, "forlop-tag");
  gtk_widget_set_halign (tag, GTK_ALIGN_START);
  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (tag, _("Saved here. The server has not confirmed it yet, and somebody "
                                      "else may have been first."));

  return tag;
}
