/* SPDX-License-Identifier: EUPL-1.2 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs the built forlopctl on a municipality of its own, in a folder that is removed again. */

typedef struct {
  char *folder;
  char *store;
  char *passphrase_file;
} CliTest;

typedef struct {
  int status; /* the exit code */
  char *out;
  char *err;
} CliResult;

/* Set up by "init", with the user Siri who has every role. Its passphrase is cheap to check. */
CliTest    *cli_test_new       (void) G_GNUC_WARN_UNUSED_RESULT;
/* The folder alone, without a store. */
CliTest    *cli_test_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;
void        cli_test_free      (CliTest      *test);
/* Writes a file in the folder; the result is its path. */
char       *cli_test_write     (CliTest      *test,
                                const char   *name,
                                const char   *contents) G_GNUC_WARN_UNUSED_RESULT;

/* Runs forlopctl with --store and --passphrase-file of the test before the words, which end by
 * NULL. */
CliResult  *cli_test_run       (CliTest      *test,
                                ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* The same with exactly these words. */
CliResult  *cli_test_run_words (char        **words,
                                const char   *input) G_GNUC_WARN_UNUSED_RESULT;
/* Runs and expects the exit code 0; the result is what it printed. */
char       *cli_test_must      (CliTest      *test,
                                ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
/* The started process with --store and --passphrase-file before the words. */
GSubprocess *cli_test_start    (CliTest      *test,
                                char        **words) G_GNUC_WARN_UNUSED_RESULT;
void        cli_result_free    (CliResult    *result);
/* Fails unless the exit code is @status and standard error has @part in it. */
void        cli_result_check   (CliResult    *result,
                                int           status,
                                const char   *part);
/* The text of a key in a JSON object, or NULL. */
char       *cli_json_text      (const char   *json,
                                const char   *key) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliTest, cli_test_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliResult, cli_result_free)

G_END_DECLS
