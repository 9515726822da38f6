# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# Sourced after enter_environment: packages of the npm registry, for tests and benchmarks alone.

# install_test_tools LIST FOLDER: what the lock file in LIST names; appears there whole or not at all.
install_test_tools ()
{
  local list=$1 folder=$2 part trust=()
  [[ ! -d $folder ]] || return 0
  mkdir -p "$forlop_cache/npm"
  exec {npm_lock}> "$forlop_cache/npm/.lock"
  flock "$npm_lock"
  if [[ ! -d $folder ]]; then
    say "Installing the test tools in $folder…"
    part=$(mktemp -d "$forlop_cache/npm/.part-XXXXXX")
    cp "$list"/package*.json "$part"
    # Whom this system trusts; npm brings a list of its own.
    [[ ! -r /etc/ssl/certs/ca-certificates.crt ]] || trust=(--cafile /etc/ssl/certs/ca-certificates.crt)
    (cd "$part" && npm ci "${trust[@]}" --no-audit --no-fund --no-update-notifier) > "$part/npm.log" 2>&1 || {
      cat "$part/npm.log" >&2
      rm -rf "$part"
      die "The test tools could not be installed, and nothing was kept. What npm said stands above."
    }
    mv -T "$part" "$folder"
  fi
  exec {npm_lock}>&-
}
