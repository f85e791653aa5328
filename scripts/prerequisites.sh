# Sourced by ./run and ./test: finds the tools they need, and installs what is missing where it may.

say() { printf '%s\n' "$*" >&2; }

die() {
  say "samovar: $*"
  exit 2
}

# Succeeds if $1 (a version such as 17.0.15 or v20.1) is at least $2.
at_least() {
  [ "$(printf '%s\n%s\n' "${1#v}" "$2" | sort -V | head -n 1)" = "$2" ]
}

has_jdk() {
  command -v javac >/dev/null 2>&1 && at_least "$(javac -version 2>&1 | awk '{print $2}')" 17
}

# Whether the java that would run is new enough; a JRE will do.
has_java() {
  command -v java >/dev/null 2>&1 && at_least "$(java -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)" 17
}

require_java() {
  has_java || die "Java 17 or newer is needed to run; $(command -v java || echo 'no java') says: $(java -version 2>&1 | grep version | head -n 1). Install one, or put it first on PATH"
}

has_maven() {
  command -v mvn >/dev/null 2>&1 && at_least "$(mvn -B --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)" 3.8.7
}

has_node() {
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && at_least "$(node --version)" 18
}

chromium_path() {
  for name in "${SAMOVAR_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && command -v "$name" 2>/dev/null && return 0
  done
  return 1
}

has_chromium() {
  chromium_path >/dev/null
}

# Debian keeps what makes a venv in a package of its own.
has_python() {
  command -v python3 >/dev/null 2>&1 && python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null
}

# install_packages PACKAGE…: through apt-get as root or by a sudo that asks nothing; otherwise names the line to type.
install_packages() {
  local line="apt-get install -y --no-install-recommends $*" as=""
  if ! command -v apt-get >/dev/null 2>&1; then
    die "missing: $*. Install these with your system's package manager, then start again."
  fi
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
      as="sudo -n"
    else
      die "missing: $*. Type this, then start again:  sudo apt-get update && sudo $line"
    fi
  fi
  say "installing $* …"
  # A package list may be stale or absent, so it is refreshed first; the log is shown only where it is needed.
  local log
  log=$(mktemp)
  if ! { $as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as $line; } >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    rm -f "$log"
    die "could not install $*. Type this, then start again:  sudo apt-get update && sudo $line"
  fi
  rm -f "$log"
}

require_build_tools() {
  local missing=()
  has_jdk || missing+=(openjdk-17-jdk-headless)
  has_maven || missing+=(maven)
  has_node || missing+=(nodejs npm)
  [ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
  has_jdk || die "a JDK of version 17 or newer is needed; found: $(javac -version 2>&1 | head -n 1)"
  has_maven || die "Maven 3.8.7 or newer is needed; found: $(mvn --version 2>&1 | head -n 1)"
  has_node || die "Node.js 18 or newer with npm is needed; found: $(node --version 2>&1 | head -n 1)"
}

require_chromium() {
  has_chromium || install_packages chromium fonts-dejavu-core fonts-noto-color-emoji
  has_chromium || die "Chromium is needed for the browser tests; set SAMOVAR_CHROMIUM to its path"
}

require_python() {
  has_python || install_packages python3 python3-venv
  has_python || die "Python 3.10 or newer with venv is needed for the mirror's clients; found: $(python3 --version 2>&1 | head -n 1)"
}

# python_environment FOLDER REQUIREMENTS: a venv of exactly these packages, made anew where they have changed.
python_environment() {
  cmp -s "$2" "$1/requirements.txt" && return 0
  rm -rf "$1"
  python3 -m venv "$1" &&
    "$1/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$2" &&
    cp "$2" "$1/requirements.txt"
}
