# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
#
# Sourced after enter_environment: configures and compiles in the cache, one build directory for
# each checkout, environment and variant.

# build_directory VARIANT
build_directory ()
{
  local key
  key=$(printf '%s' "$checkout" | sha256sum | cut -c1-8)
  printf '%s/build/%s-%s/%s-%s\n' "$forlop_cache" "${checkout##*/}" "$key" "$environment_key" "$1"
}

# out_of_date DIRECTORY
out_of_date ()
{
  [[ ! -f $1/build.ninja || ! -f $1/forlop-environment.sh ]] ||
    [[ $(ninja -C "$1" -n 2>&1 | tail -n 1) != *"no work to do"* ]]
}

# build DIRECTORY MESON-OPTIONS…: says nothing when nothing is to be done; on failure prints what
# the compiler said and ends.
build ()
{
  local directory=$1 log=$1.log
  shift
  mkdir -p "$directory"
  exec {lock}> "$directory.lock"
  flock --nonblock "$lock" || { say "Another run is building; waiting for it…"; flock "$lock"; }
  if out_of_date "$directory"; then
    say "Building in $directory…"
    configure_and_compile "$directory" "$@" > "$log" 2>&1 || {
      cat "$log" >&2
      die "The build failed. What the tools said stands above."
    }
  fi
  exec {lock}>&-
}

# A directory whose configuration was interrupted is begun again.
configure_and_compile ()
{
  local directory=$1 again=()
  shift
  [[ ! -d $directory/meson-private ]] || again=(--wipe)
  [[ -f $directory/build.ninja ]] ||
    meson setup "${again[@]}" "$directory" "$checkout" "$@" || return
  ninja -C "$directory" &&
    meson devenv -C "$directory" --dump "$directory/forlop-environment.sh" --dump-format export
}

# use_built_tree DIRECTORY: schemas and translations of the build instead of installed ones.
use_built_tree ()
{
  # Meson's script asks for variables that need not be set.
  set +u
  source "$1/forlop-environment.sh"
  set -u
}
