# Sourced by ./test: runs suites, reads how many tests each ran from its own closing lines, and adds them up.

passed_total=0
failed_total=0
table=()

# count NAME PASSED FAILED SKIPPED: a suite that ran nothing, failed or skipped is a failure of the whole.
count() {
  local name=$1 passed=$2 failed=$3 skipped=$4 verdict=ok
  if [ "$failed" -gt 0 ]; then
    verdict=FAILED
  elif [ "$skipped" -gt 0 ]; then
    verdict="FAILED: skipped $skipped"
    failed=$skipped
  elif [ "$passed" -eq 0 ]; then
    verdict="FAILED: ran nothing"
    failed=1
  fi
  passed_total=$((passed_total + passed))
  failed_total=$((failed_total + failed))
  table+=("$(printf '%-28s %5d passed %3d failed  %s' "$name" "$passed" "$failed" "$verdict")")
  say "${table[-1]}"
}

# maven_suite NAME MODULE: counts a module's Surefire reports.
maven_suite() {
  local tests=0 bad=0 skipped=0 file line
  for file in "$2"/target/surefire-reports/TEST-*.xml; do
    [ -f "$file" ] || continue
    line=$(grep -m 1 '<testsuite ' "$file")
    tests=$((tests + $(attribute tests "$line")))
    bad=$((bad + $(attribute failures "$line") + $(attribute errors "$line")))
    skipped=$((skipped + $(attribute skipped "$line")))
  done
  count "$1" $((tests - bad - skipped)) "$bad" "$skipped"
}

attribute() {
  printf '%s' "$2" | sed -n "s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p"
}

# node_suite NAME FILE…: runs Node's own test runner, prints what it prints, and counts.
node_suite() {
  local name=$1 log status=0
  shift
  log=$(mktemp)
  say "--- $name"
  node --test --test-reporter=spec --test-reporter-destination=stdout "$@" >"$log" 2>&1 </dev/null || status=$?
  cat "$log"
  local passed failed skipped
  passed=$(closing pass "$log")
  failed=$(closing fail "$log")
  skipped=$(($(closing skipped "$log") + $(closing todo "$log") + $(closing cancelled "$log")))
  rm -f "$log"
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
  fi
  count "$name" "$passed" "$failed" "$skipped"
}

closing() {
  local number
  number=$(sed -n "s/^[^a-zA-Z]*$1 \([0-9][0-9]*\)\$/\1/p" "$2" | tail -n 1)
  printf '%s' "${number:-0}"
}

summary() {
  printf '\n'
  printf '%s\n' "${table[@]}"
  printf '\n%d passed, %d failed\n' "$passed_total" "$failed_total"
  [ "$failed_total" -eq 0 ] && [ "$passed_total" -gt 0 ]
}
