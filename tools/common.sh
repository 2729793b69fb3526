# What the commands under tools/ and .ci/run share; they source it.
# shellcheck shell=bash

QUOTH_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Progress goes to stderr: stdout belongs to the claims.
say() { printf '%s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# Prints those of the packages named that are not installed.
missing_packages() {
  local package
  for package in "$@"; do
    # "not-installed" is a status, too, and there may be one an architecture.
    # shellcheck disable=SC2016  # The format is dpkg-query's own.
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -x installed >/dev/null || printf '%s\n' "$package"
  done
}

# install_packages YES PACKAGE...: installs what is missing. Asks first, unless
# YES is 1 or the user is root anyway.
install_packages() {
  local yes=$1 answer=
  shift
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian or Ubuntu: not looking for packages. Needed are" \
        "what these are called here: $*"
    return 0
  fi
  local -a missing sudo=()
  mapfile -t missing < <(missing_packages "$@")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "To be installed from the distribution: ${missing[*]}"
  if [[ $EUID -ne 0 ]]; then
    sudo=(sudo)
    command -v sudo >/dev/null ||
      die "There is no sudo here. As root: apt-get install ${missing[*]}"
    if [[ $yes -ne 1 ]]; then
      # Not from stdin, which may be the article.
      if ! { printf 'Go on? [y/N] ' >/dev/tty; } 2>/dev/null; then
        die "Run it with --yes to install them."
      fi
      read -r answer </dev/tty || answer=
      [[ $answer == [yY]* ]] || die "Nothing was installed."
    fi
  fi
  local -a install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get
                    install -y -qq --no-install-recommends "${missing[@]}")
  # The lists of packages may be missing or old; only then are they fetched.
  quietly "${install[@]}" 2>/dev/null && return 0
  quietly "${sudo[@]}" apt-get update -qq
  quietly "${install[@]}"
}

# The packages that the build needs.
build_packages() { grep -v '^#' "$QUOTH_ROOT/tools/packages.txt"; }

# Runs a command, and shows what it printed only if it fails.
quietly() {
  local log status=0
  log=$(mktemp)
  "$@" >"$log" 2>&1 </dev/null || status=$?
  # Linkers are called with lines of many thousand characters.
  [[ $status -eq 0 ]] || tail -n 60 "$log" | cut -c1-300 >&2
  rm -f "$log"
  return $status
}

# build FOLDER "CMAKE FLAGS" TARGET...: configures and builds, one at a time in
# a folder. FOLDER is relative to the project.
build() {
  local folder=$QUOTH_ROOT/$1 targets=("${@:3}")
  local -a flags
  read -rd "" -a flags <<<"$2" || true
  mkdir -p "$folder"
  (
    flock 9
    quietly cmake -S "$QUOTH_ROOT" -B "$folder" -G Ninja "${flags[@]}"
    quietly cmake --build "$folder" --parallel "$(nproc)" \
      --target "${targets[@]}"
  ) 9>"$folder/.lock"
}

# go_tool NAME MODULE@VERSION: builds a tool unless it is there already, once, in
# ${XDG_CACHE_HOME:-~/.cache}/quoth, and puts it on the PATH. Fails where there is
# no Go.
go_tool() {
  local bin=${XDG_CACHE_HOME:-$HOME/.cache}/quoth/${2##*/}
  if [[ ! -x $bin/$1 ]]; then
    PATH=$PATH:/usr/local/go/bin
    command -v go >/dev/null ||
      { say "$1 needs Go, which is not installed."; return 1; }
    say "Building ${2##*/}."
    (cd / && GOBIN=$bin quietly go install "$2") || return 1
  fi
  PATH=$bin:$PATH
}

# model_file NAME: the path of models/NAME.qm, or of the file that NAME is
# itself, by the rule of quothd --model.
model_file() {
  local file=$1 known
  [[ $1 == */* || $1 == *.qm ]] || file=$QUOTH_ROOT/models/$1.qm
  if [[ ! -f $file ]]; then
    known=$(cd "$QUOTH_ROOT/models" && echo *.qm)
    die "--model: there is no $file; models/ has ${known//.qm/}"
  fi
  realpath "$file"
}

# start_server BINARY [FLAG]...: starts quothd on a free loopback port. Sets
# QUOTH_ADDRESS. stop_server ends it; callers set the trap.
start_server() {
  SERVER_DIR=$(mktemp -d)
  "$@" --address=127.0.0.1:0 --port_file="$SERVER_DIR/port" \
    </dev/null >"$SERVER_DIR/log" 2>&1 &
  SERVER_PID=$!
  local waited
  for ((waited = 0; waited < 600; ++waited)); do
    if [[ -s $SERVER_DIR/port ]]; then
      QUOTH_ADDRESS=127.0.0.1:$(<"$SERVER_DIR/port")
      export QUOTH_ADDRESS
      return 0
    fi
    kill -0 "$SERVER_PID" 2>/dev/null || break
    sleep 0.1
  done
  cat "$SERVER_DIR/log" >&2
  say "quothd did not start."
  return 1
}

stop_server() {
  if [[ -n ${SERVER_PID:-} ]]; then
    kill "$SERVER_PID" 2>/dev/null || true
    wait "$SERVER_PID" 2>/dev/null || true
    SERVER_PID=
  fi
  [[ -z ${SERVER_DIR:-} ]] || rm -rf "$SERVER_DIR"
  SERVER_DIR=
}
