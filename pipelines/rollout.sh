#!/usr/bin/env bash
# One rollout as a step of a pipeline: the plan into the job's summary, a start that may be repeated, the wait, the
# report, and the rollout's own exit code. action.yml and azure-pipelines.yml give it its settings as variables:
#
#   ROLLOUT_COMMAND    the command line, by default vmss-rollout
#   ROLLOUT_ARGUMENTS  what start takes, an argument a line
#   ROLLOUT_KEY        idempotency key; a step that is run again finds its rollout by it
#   ROLLOUT_TIMEOUT    seconds; when they are over the step ends with 5, and the rollout goes on
#   ROLLOUT_ON_CANCEL  abort, or detach: what becomes of the rollout when the job is cancelled
set -uo pipefail

command=${ROLLOUT_COMMAND:-vmss-rollout}
mapfile -t arguments < <(printf '%s' "${ROLLOUT_ARGUMENTS:-}" | sed '/^[[:space:]]*$/d')
folder=$(mktemp -d "${RUNNER_TEMP:-${AGENT_TEMPDIRECTORY:-/tmp}}/rollout-XXXXXX")
summary=${GITHUB_STEP_SUMMARY:-$folder/summary.md}
id=''

rollout() {
  # shellcheck disable=SC2086 # the command may be of several words
  $command "$@"
}

# Names of others are text in there, never markup.
show() {
  { printf '### %s\n\n<pre>\n' "$1"; sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' "$2"; printf '</pre>\n\n'; } >>"$summary"
}

output() {
  if [ -n "${GITHUB_OUTPUT:-}" ]; then
    printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"
  elif [ -n "${TF_BUILD:-}" ]; then
    printf '##vso[task.setvariable variable=%s;isOutput=true]%s\n' "$1" "$2"
  fi
}

finish() {
  if [ -n "$id" ]; then
    output id "$id"
    output phase "$(rollout status "$id" --query phase -o tsv 2>/dev/null)"
    rollout status "$id" --report "$folder/report.md" -o none && cat "$folder/report.md" >>"$summary"
  fi
  output exitCode "$1"
  if [ -n "${TF_BUILD:-}" ]; then printf '##vso[task.uploadsummary]%s\n' "$summary"; fi
  exit "$1"
}

cancelled() {
  trap '' INT TERM
  if [ -n "${waiting:-}" ]; then kill -- "-$waiting" 2>/dev/null; fi
  if [ -n "$id" ] && [ "${ROLLOUT_ON_CANCEL:-abort}" = abort ]; then
    rollout abort "$id" --reason 'the job was cancelled' -o none
  elif [ -n "$id" ]; then
    echo "detached: rollout $id continues"
  fi
  output id "$id"
  output exitCode 130
  exit 130
}
trap cancelled INT TERM

rollout plan "${arguments[@]}" >"$folder/plan.txt" || finish $?
cat "$folder/plan.txt"
show Plan "$folder/plan.txt"

key=()
if [ -n "${ROLLOUT_KEY:-}" ]; then key=(--idempotency-key "$ROLLOUT_KEY"); fi
id=$(rollout start "${arguments[@]}" ${key[@]+"${key[@]}"} --yes --query id -o tsv) || finish $?

timeout=()
if [ -n "${ROLLOUT_TIMEOUT:-}" ]; then timeout=(--timeout "$ROLLOUT_TIMEOUT"); fi
# In the background, so that a signal is heard at once; in a group of its own, so that all of it can be ended.
set -m
rollout wait "$id" ${timeout[@]+"${timeout[@]}"} -o none &
waiting=$!
set +m
wait "$waiting"
code=$?
waiting=''
rollout status "$id"
finish "$code"
