#!/bin/sh
# Sends heartbeats to the monitor, alone or around a command. Needs curl or GNU wget, and what every system has:
# awk, cat, date, mkfifo, mktemp, od, rm, sed, sleep, tail, tee, tr, uname.
#
# heartbeat.py and heartbeat.mjs have the same options, variables, sentences and exit codes.
set -u

# In place of a stream that is closed the next file that is opened would be taken for it.
(exec 3<&0) 2>/dev/null || exec </dev/null
(exec 3>&1) 2>/dev/null || exec >/dev/null
(exec 3>&2) || exec 2>/dev/null

# Where zsh runs it, it does as a POSIX shell does.
[ -z "${ZSH_VERSION-}" ] || emulate sh

version=0.1.0
line_break='
'
carriage_return=$(printf '\r')
byte_order_mark=$(printf '\357\273\277')
longest_wait=60 # seconds between two attempts
longest_answer=4194304 # bytes
patience=2      # seconds for a command's output to end after the command itself has

help() {
  cat <<'END'
Usage: heartbeat.sh [options]
       heartbeat.sh [options] -- command [argument ...]

Sends a heartbeat to the monitor. With a command: runs it, passes its output and exit
code through, and reports up when that code is 0, else down.

  --url URL              address of the monitor                  HEARTBEAT_URL
  --service ID           repeat it, or separate with commas      HEARTBEAT_SERVICE
  --key-file FILE        the key is the first line of this file  HEARTBEAT_KEY_FILE
                         or comes from the environment           HEARTBEAT_KEY
  --status STATUS        up (default), degraded or down
  --message TEXT         with a command: instead of its output
  --metadata NAME=VALUE  may be repeated; hostname is sent anyway
  --every SECONDS        again and again until stopped           HEARTBEAT_EVERY
  --timeout SECONDS      for each attempt (20)                   HEARTBEAT_TIMEOUT
  --retries N            further attempts (3)                    HEARTBEAT_RETRIES
  --retry-delay SECONDS  before the first of them; it doubles,   HEARTBEAT_RETRY_DELAY
                         and chance shortens it (4)
  --ca-file FILE         certificates to trust, as PEM           HEARTBEAT_CA_FILE
  --quiet                say only what went wrong in the end
  --version, --help

Exit codes: 0 accepted, 1 refused, 2 wrong usage, 3 not reached; with a command its own.
END
}

say() { printf 'heartbeat: %s\n' "$1" >&2; }
note() { [ -n "$quiet" ] || say "$1"; }
usage() {
  say "$1"
  say 'heartbeat.sh --help lists the options.'
  exit 2
}

# --- Options -------------------------------------------------------------------------------------------------

url=${HEARTBEAT_URL-}
id_in_url=
services=${HEARTBEAT_SERVICE-}
key_file=${HEARTBEAT_KEY_FILE-}
key_option=
key_once=
every=${HEARTBEAT_EVERY-}
timeout=${HEARTBEAT_TIMEOUT:-20}
retries=${HEARTBEAT_RETRIES:-3}
retry_delay=${HEARTBEAT_RETRY_DELAY:-4}
ca_file=${HEARTBEAT_CA_FILE-}
health=up # zsh has a `status` of its own
health_given=
message=
message_given=
metadata=
quiet=

# A wrapped command must get the locale of the caller; all else here works on bytes.
locale_was=${LC_ALL-unset}
LC_ALL=C
export LC_ALL

# stdin as a JSON text, or its first (last, when `end` is 1) `max` characters; 0 is all of it. What is no UTF-8
# becomes U+FFFD, because the monitor takes no other JSON.
json_text() {
  tr -d '\000' | awk -v max="$1" -v end="${2-0}" '
    BEGIN { for (i = 1; i < 256; i++) code[sprintf("%c", i)] = i }
    { text = text (NR > 1 ? "\n" : "") $0 }
    END {
      length_ = length(text)
      for (at = 1; at <= length_; at += bytes) {
        c = substr(text, at, 1); first = code[c]; bytes = 1
        if (c == "\"" || c == "\\") piece = "\\" c
        else if (first == 10) piece = "\\n"
        else if (first == 9) piece = "\\t"
        else if (first < 32 || first == 127) continue
        else if (first < 128) piece = c
        else if ((bytes = sequence(at))) piece = substr(text, at, bytes)
        else { piece = "\357\277\275"; bytes = 1 }
        pieces[++count] = piece
      }
      from = max && end && count > max ? count - max + 1 : 1
      to = max && !end && count > max ? max : count
      printf "\""
      for (i = from; i <= to; i++) printf "%s", pieces[i]
      printf "\""
    }
    # How many bytes of UTF-8 begin here, or 0.
    function sequence(at,    first, bytes, low, high, i, b) {
      first = code[substr(text, at, 1)]
      bytes = first < 194 ? 0 : first < 224 ? 2 : first < 240 ? 3 : first < 245 ? 4 : 0
      low = first == 224 ? 160 : first == 240 ? 144 : 128
      high = first == 237 ? 159 : first == 244 ? 143 : 191
      for (i = 1; i < bytes; i++) {
        b = code[substr(text, at + i, 1)] + 0
        if (b < low || b > high) return 0
        low = 128; high = 191
      }
      return bytes
    }'
}

add_metadata() {
  case $1 in
    [!=]*=*) ;;
    *) usage '--metadata needs NAME=VALUE.' ;;
  esac
  metadata="$metadata,$(printf '%s\n' "${1%%=*}" | json_text 0):$(printf '%s\n' "${1#*=}" | json_text 0)"
}

services_given=
while [ $# -gt 0 ]; do
  case $1 in
    --) break ;;
    --help | -h) help && exit 0 ;;
    --version) echo "heartbeat.sh $version" && exit 0 ;;
    --quiet) quiet=yes && shift && continue ;;
    --url | --service | --key-file | --status | --message | --metadata | --every | --timeout | --retries | \
      --retry-delay | --ca-file)
      [ $# -ge 2 ] || usage "$1 needs a value."
      option=$1 value=$2
      shift 2
      ;;
    --*=*)
      option=${1%%=*} value=${1#*=}
      shift
      ;;
    --*) option=$1 ;;
    *) usage "Unexpected argument \"$1\". A command comes after \"--\"." ;;
  esac
  case $option in
    --url) url=$value ;;
    --service)
      services=${services_given:+$services,}$value
      services_given=yes
      ;;
    --key-file) key_file=$value key_option=yes ;;
    --key) usage 'A key on the command line can be read by everybody on this machine. Use HEARTBEAT_KEY or --key-file.' ;;
    --status) health=$value health_given=yes ;;
    --message)
      message=$(printf '%s\n' "$value" | json_text 500)
      [ "$message" != '""' ] || message=
      message_given=yes
      ;;
    --metadata) add_metadata "$value" ;;
    --every) every=$value ;;
    --timeout) timeout=$value ;;
    --retries) retries=$value ;;
    --retry-delay) retry_delay=$value ;;
    --ca-file) ca_file=$value ;;
    *) usage "Unknown option $option." ;;
  esac
done

wrapping=
if [ $# -gt 0 ]; then
  shift
  [ $# -gt 0 ] || usage 'There is no command after "--".'
  [ -z "$health_given" ] || usage '--status is for heartbeats without a command; with one, its exit code decides.'
  wrapping=yes
fi

# --- Settings: each check leaves the first fault in $fault ------------------------------------------------------

fault=
plain= # http, for loopback

check_number() { # name, value, least
  case $2 in
    0 | [1-9] | [1-9][0-9] | [1-9][0-9][0-9] | [1-9][0-9][0-9][0-9] | [1-9][0-9][0-9][0-9][0-9])
      [ "$2" -lt "$3" ] || return 0
      ;;
  esac
  fault=${fault:-"$1 must be a whole number from $3 to 99999."}
}

# Some of those that set variables keep what a shell would take away.
check_quotes() { # name, value
  case $2 in
    \"*\" | \'*\') fault=${fault:-"$1 has quotes around it, which count: docker run --env-file keeps them. Write it without."} ;;
  esac
}

check_url() {
  check_quotes HEARTBEAT_URL "$url"
  case $url in
    *"$line_break"* | *"$carriage_return"*) fault=${fault:-'The address of the monitor has a line break in it.'} ;;
  esac
  address=${url%"${url##*[!/]}"}
  case ${address%/*} in
    */api/heartbeat) id_in_url=${address##*/} address=${address%/*} ;;
  esac
  address=${address%/api/heartbeat}
  rest=${address#*://}
  host=${rest%%/*}
  if [ -z "$url" ]; then
    fault=${fault:-'No monitor is given. Set HEARTBEAT_URL or --url to its address, such as https://heartbeat-monitor.example.workers.dev'}
  elif ! well_formed; then
    fault=${fault:-'The address of the monitor must look like https://host or https://host/path, without user name, "?" and "#".'}
  elif [ -n "$plain" ] && ! loopback; then
    fault=${fault:-'A key must not travel in the open: the address of the monitor must begin with https:// (http:// is only for localhost, 127.0.0.1 and [::1]).'}
  fi
}

well_formed() {
  case $address in
    [Hh][Tt][Tt][Pp][Ss]://*) ;;
    [Hh][Tt][Tt][Pp]://*) plain=yes ;;
    *) return 1 ;;
  esac
  case ${rest#"$host"} in
    *[!A-Za-z0-9._~:/%-]*) return 1 ;;
  esac
  name=$host port=
  case $host in
    '['*']') ;;
    *:*) name=${host%:*} port=${host##*:} ;;
  esac
  case $port in
    *[!0-9]*) return 1 ;;
  esac
  case $name in
    '['*[!0-9A-Fa-f:.]*']') return 1 ;;
    '['?*']') ;;
    '' | *[!A-Za-z0-9._-]*) return 1 ;;
  esac
}

loopback() {
  case $name in
    localhost | 127.0.0.1 | '[::1]') ;;
    *) return 1 ;;
  esac
}

# Leaves the ids in $services, separated by spaces.
check_services() {
  check_quotes HEARTBEAT_SERVICE "$services"
  services=${services:-$id_in_url}
  case $services in
    *[!A-Za-z0-9._:,\ -]*)
      fault=${fault:-'The id of a service has letters, digits and . _ : - only. Separate several with commas.'}
      services=
      return
      ;;
  esac
  services=$(printf '%s' "$services" | sed 's/[, ][, ]*/ /g; s/^ //; s/ $//')
  [ -n "$services" ] || fault=${fault:-'No service is given. Set HEARTBEAT_SERVICE or --service to its id.'}
}

trimmed() { printf '%s' "$1" | tr '\t\r' '  ' | sed 's/^ *//; s/ *$//'; }

# Read again for each heartbeat, so that a key may be changed under a loop.
read_key() {
  key=
  [ -n "$key_option" ] || key=${HEARTBEAT_KEY-}
  if [ -z "$key" ] && [ -n "$key_file" ]; then
    key=$key_once
    [ -n "$key" ] || { IFS= read -r key <"$key_file"; } 2>/dev/null
    key=$(trimmed "$key")
    key=$(trimmed "${key#"$byte_order_mark"}") # editors on Windows begin a file so
    [ -f "$key_file" ] || key_once=$key # a pipe gives it only once
    [ -n "$key" ] || fault=${fault:-"The key file $key_file cannot be read, or its first line is empty."}
  fi
  key=$(trimmed "$key")
  check_quotes HEARTBEAT_KEY "$key"
  case $key in
    *[!\ -~]*) fault=${fault:-'The key has characters that no HTTP header can carry. Take one of letters and digits.'} ;;
  esac
}

check_tool() {
  if command -v curl >/dev/null 2>&1; then
    tool=curl
    return
  fi
  tool=wget
  # The wget of BusyBox checks no certificate and takes the key only on its command line.
  case $(wget --version 2>/dev/null) in
    'GNU Wget 1.'*) ;;
    *) fault=${fault:-'Neither curl nor GNU Wget is here. Please install curl.'} ;;
  esac
}

check_settings() {
  check_number --timeout "$timeout" 1
  check_number --retries "$retries" 0
  check_number --retry-delay "$retry_delay" 0
  [ -z "$every" ] || check_number --every "$every" 1
  case $health in
    up | degraded | down) ;;
    *) fault=${fault:-'--status must be up, degraded or down.'} ;;
  esac
  check_url
  check_services
  read_key
  if [ -n "$ca_file" ] && [ ! -r "$ca_file" ]; then
    fault=${fault:-"The file of certificates $ca_file cannot be read."}
  fi
  case $ca_file in
    '' | /*) ;;
    *) ca_file=$PWD/$ca_file ;;
  esac
  check_tool
}

# --- One attempt -----------------------------------------------------------------------------------------------

work=   # a directory for the files of this run
helper= # the process that is waited for: a transfer or a sleep

# Waiting this way lets signals through at once.
await() {
  wait "$1" 2>/dev/null # a shell tells there what killed it
  awaited=$?
  helper=
  return $awaited
}

pause() {
  sleep "$1" >/dev/null 2>&1 3<&- &
  helper=$!
  await "$helper"
}

body() { # status, durationMs or nothing
  entry="\"status\":\"$1\"${2:+,\"durationMs\":$2}"
  case $services in
    *' '*) printf '{"services":[%s]' "$(printf '%s' "$services" | sed "s/[^ ][^ ]*/{\"serviceId\":\"&\",$entry}/g; s/ /,/g")" ;;
    *) printf '{"serviceId":"%s",%s' "$services" "$entry" ;;
  esac
  [ -z "$message" ] || printf ',"message":%s' "$message"
  printf ',"metadata":{"hostname":%s%s}}' "$(uname -n | json_text 0)" "$metadata"
}

# Within double quotes of curl's configuration.
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

# An answer without an end must not fill the disk; curl before 8.4 bounds only those that say how long they are. The
# unit is 512 bytes, or in bash 1024.
bounded() {
  ulimit -f $((longest_answer / 512)) 2>/dev/null
  exec "$@"
}

# The key goes through a pipe, never through an argument: arguments are public. Nothing of ~/.curlrc counts.
with_curl() {
  bounded curl -q --config - >"$work/status" 2>"$work/log" <<END &
url = "$address/api/heartbeat"
globoff
silent
show-error
max-time = $timeout
max-filesize = $longest_answer
user-agent = "heartbeat.sh/$version"
header = "Content-Type: application/json"
header = "Expect:"
${key:+header = \"Authorization: Bearer $(quoted "$key")\"}
${plain:+noproxy = \"*\"}
${ca_file:+cacert = \"$(quoted "$ca_file")\"}
data-binary = "@$(quoted "$work")/body"
output = "$(quoted "$work")/answer"
dump-header = "$(quoted "$work")/headers"
suppress-connect-headers
write-out = "%{http_code}"
END
  helper=$!
  await "$helper"
  case $awaited in
    0) read -r http <"$work/status" ;;
    28) reason="no answer in $timeout s" ;;
    23 | 63 | 153) reason='the answer is too long' ;;
    *) reason=$(sed 's/^curl: ([0-9]*) //; s/\.$//; q' "$work/log") ;;
  esac
}

# The key is in a file that only this user can read. Nothing of ~/.wgetrc and /etc/wgetrc counts.
with_wget() {
  cat >"$work/wgetrc" <<END
header = Content-Type: application/json
${key:+header = Authorization: Bearer $key}
check_certificate = on
netrc = off
${plain:+use_proxy = off}
${ca_file:+ca_certificate = $ca_file}
END
  # Its own time-out is for each step, not for all of them.
  limit=
  ! command -v timeout >/dev/null 2>&1 || limit="timeout $timeout"
  # shellcheck disable=SC2086 # $limit is two words or none
  https_proxy=${https_proxy:-${HTTPS_PROXY:-${all_proxy:-${ALL_PROXY-}}}} no_proxy=${no_proxy:-${NO_PROXY-}} \
    SYSTEM_WGETRC=/dev/null \
    bounded $limit wget --config="$work/wgetrc" --no-hsts --tries=1 --max-redirect=0 --timeout="$timeout" \
    --user-agent="heartbeat.sh/$version" --method=POST --body-file="$work/body" --content-on-error \
    --server-response --no-verbose --output-document="$work/answer" --output-file="$work/headers" \
    "$address/api/heartbeat" &
  helper=$!
  await "$helper"
  rm -f "$work/wgetrc"
  case $awaited in
    0 | 6 | 8) http=$(sed -n 's|^ *HTTP/[0-9.]* \([0-9][0-9][0-9]\).*|\1|p' "$work/headers" | tail -n 1) ;;
    124 | 143) reason="no answer in $timeout s" ;;
    3 | 153) reason='the answer is too long' ;;
    *)
      reason=$(sed '/^ /d; /^$/d; s/^wget: //; s/\.$//' "$work/headers" | tail -n 1)
      case $reason in *'timed out'*) reason="no answer in $timeout s" ;; esac
      ;;
  esac
}

# --- The answer ------------------------------------------------------------------------------------------------

# The last header of that name.
header() {
  tr -d '\000-\011\013-\037\177' <"$work/headers" | awk -v name="$1:" '
    tolower($1) == name { sub(/^[ \t]*[^ \t]+[ \t]*/, ""); value = $0 }
    END { print value }'
}

# The first text of that name in the answer.
field() {
  tr -d '\000-\037\177' <"$work/answer" | awk -v name="$1" '
    { text = text $0 }
    END {
      if (!match(text, "\"" name "\"[ ]*:[ ]*\"([^\"\\\\]|\\\\.)*\"")) exit
      text = substr(text, RSTART, RLENGTH - 1)
      sub(/^"[^"]*"[ ]*:[ ]*"/, "", text)
      gsub(/\\"/, "\"", text)
      print text
    }'
}

answer_is_json() {
  case $(tr -d ' \t\r\n' <"$work/answer" | sed -n 1p) in
    '{'*'}') return 0 ;;
  esac
  return 1
}

# The monitor says so first of all; a portal that echoes something is not to be taken for it.
says_success() {
  case $(tr -d ' \t\r\n' <"$work/answer") in
    '{"success":true'[,\}]*) answer_is_json ;;
    *) return 1 ;;
  esac
}

# "  id: error" for each entry of a batch that was refused.
refused_entries() {
  tr -d '\000-\037\177' <"$work/answer" | awk '
    BEGIN { RS = "{" }
    function text(name,    found) {
      if (!match($0, "\"" name "\"[ ]*:[ ]*\"[^\"]*\"")) return ""
      found = substr($0, RSTART, RLENGTH - 1)
      sub(/^"[^"]*"[ ]*:[ ]*"/, "", found)
      return found
    }
    /"success"[ ]*:[ ]*false/ && /"serviceId"/ { print "  " text("serviceId") ": " text("error") }'
}

# Leaves accepted, refused or failed in $verdict, and why in $reason.
judge() {
  verdict=failed
  case $http in
    '') reason=${reason:-the network failed} ;;
    200)
      if says_success; then
        verdict=accepted
      else
        reason='the answer was 200, but not one of the monitor; a captive portal or a proxy may have given it'
      fi
      ;;
    207) judge_refusal ;;
    3??) reason="the answer was a redirect ($http) to $(header location), which is not followed" ;;
    408 | 429 | 5??) reason="the answer was $http${words:+: $words}" ;;
    4??) judge_refusal ;;
    *) reason="the answer was $http" ;;
  esac
}

judge_refusal() {
  verdict=refused
  reason="refused ($http)${words:+: $words}"
  # The body of a 401 is the one that wget throws away.
  case ${words:-$tool$http} in
    wget401 | 'Invalid API key' | 'No key was sent'*) reason="$reason. HEARTBEAT_KEY or the key file must hold the key of the service, else of its group, else of \"*\"." ;;
    'No API key configured'* | *'API_KEYS not set') reason="$reason. Where the monitor is deployed from: npm run keys -- --put" ;;
    'Unknown serviceId') reason="$reason. Look for \"$services\" in config/services.json of the deployed monitor; case matters." ;;
    "$tool$http") reason="$reason, not in the monitor's words. Is that the address of the monitor?" ;;
  esac
}

# One request and its verdict.
attempt() {
  http='' reason='' words=''
  rm -f "$work/answer" "$work/headers"
  with_$tool
  [ -e "$work/answer" ] || : >"$work/answer"
  [ -e "$work/headers" ] || : >"$work/headers"
  if answer_is_json; then
    words=$(field error)
    case $(tr -d ' \t\r\n' <"$work/answer") in
      *'"results":['*) words=$(field message) ;;
    esac
  fi
  judge
}

# --- Sending ---------------------------------------------------------------------------------------------------

# Between half of the time and all of it, so that machines that failed together do not come back together.
jittered() {
  chance=$(od -An -N2 -tu2 /dev/urandom 2>/dev/null | tr -d ' ')
  echo $(($1 - ${chance:-$$} % ($1 / 2 + 1)))
}

# 0 accepted, 1 refused, 3 not reached
send() { # status, durationMs or nothing
  read_key
  if [ -n "$fault" ]; then
    say "$fault"
    fault=
    return 2
  fi
  if ! body "$@" >"$work/body"; then
    say "$work cannot be written."
    return 3
  fi
  attempts=0 delay=$retry_delay
  while :; do
    attempts=$((attempts + 1))
    attempt
    case $verdict in
      accepted)
        told_accepted
        return 0
        ;;
      refused)
        say "$reason"
        refused_entries >&2
        return 1
        ;;
    esac
    [ "$delay" -le "$longest_wait" ] || delay=$longest_wait
    seconds=$(jittered "$delay")
    delay=$((delay * 2))
    retry_after=$(header retry-after)
    case $retry_after in
      '' | *[!0-9]* | 0?* | ???????*) ;;
      *) [ "$retry_after" -le "$seconds" ] || seconds=$retry_after ;;
    esac
    if [ "$attempts" -gt "$retries" ] || [ "$seconds" -gt "$longest_wait" ]; then break; fi
    note "not reached: $reason; trying again in $seconds s"
    pause "$seconds"
  done
  case $attempts in
    1) attempts='1 attempt' ;;
    *) attempts="$attempts attempts" ;;
  esac
  say "not reached after $attempts: $reason. Check the address, the network and the proxy."
  return 3
}

told_accepted() {
  warning=$(field warning)
  [ -z "$warning" ] || note "accepted, but: $warning"
  [ -n "$quiet$wrapping" ] || printf 'heartbeat: accepted (%s)\n' "$(printf '%s' "$services" | sed 's/ /, /g')"
}

# --- A command -------------------------------------------------------------------------------------------------

child=    # the command while it runs
code=     # its exit code afterwards
late=     # its output has not ended in time
unheard=  # it was started, and its end is not reported yet
stopping= # a signal asked for the end
interrupted=

# An uptime, where there is one, does not jump when the clock is set.
now_ms() {
  if { read -r uptime _ </proc/uptime; } 2>/dev/null; then
    ms=${uptime%.*}${uptime#*.}0
    echo "${ms#"${ms%%[1-9]*}"}"
  else
    echo "$(date +%s)000"
  fi
}

# What asks the command to stop must not stop those that carry its last words.
deaf() {
  trap '' HUP INT TERM
  exec "$@"
}

# A command that is wrapped has no business with the key.
as_the_caller() {
  unset HEARTBEAT_KEY
  if [ "$locale_was" = unset ]; then unset LC_ALL; else LC_ALL=$locale_was; fi
  exec "$@"
}

# stdout and stderr go through a tee each. Both feed one tail, so that no output, however long, fills the disk.
run() {
  unheard=yes
  rm -f "$work/tail"
  deaf tail -c 4096 <"$work/both" >"$work/tail" &
  reader=$!
  exec 4>"$work/both" # so that the tail does not end before a tee has begun
  deaf tee -a "$work/both" <"$work/out" 4>&- &
  tee_out=$!
  deaf tee -a "$work/both" <"$work/err" >&2 4>&- &
  tee_err=$!
  started=$(now_ms)
  (as_the_caller "$@") <&3 >"$work/out" 2>"$work/err" 3<&- 4>&- &
  child=$!
  wait "$child" 2>/dev/null
  code=$?
  while [ -n "$interrupted" ] && kill -0 "$child" 2>/dev/null; do
    interrupted=
    wait "$child" 2>/dev/null
    code=$?
  done
  child=
  duration=$(($(now_ms) - started))
  await_output
}

# A process that the command left behind may hold its output open: it goes on passing through, unreported.
await_output() {
  late=
  (while sleep "$patience"; do kill -s ALRM $$ || exit; done) >/dev/null 2>&1 3<&- 4>&- &
  alarm=$!
  await_end "$tee_out"
  await_end "$tee_err"
  exec 4>&-
  await_end "$reader"
  kill "$alarm" 2>/dev/null
}

# A signal interrupts a wait, but ends only this one: that of the alarm.
await_end() {
  while [ -z "$late" ] && kill -0 "$1" 2>/dev/null; do wait "$1" 2>/dev/null; done
}

# The last ten lines, without colours; progress bars return the carriage.
last_lines() {
  esc=$(printf '\033')
  tr '\r' '\n' <"$work/tail" 2>/dev/null | sed "s/$esc\\[[0-9;?]*[A-Za-z]//g; /^[[:space:]]*\$/d" | tail -n 10
}

# The key does not travel in a message, whatever the command prints.
without_key() {
  HIDDEN=$key awk '
    BEGIN { key = ENVIRON["HIDDEN"]; length_ = length(key) }
    {
      line = $0; shown = ""
      while (length_ >= 4 && (at = index(line, key))) {
        shown = shown substr(line, 1, at - 1) "***"
        line = substr(line, at + length_)
      }
      print shown line
    }'
}

report() {
  if [ -z "$message_given" ]; then
    read_key
    fault= # send says it
    message=$(last_lines | without_key | json_text 450 1)
    case $code,$message in
      0,'""') message= ;;
      0,*) ;;
      *,'""') message="\"exit code $code\"" ;;
      *) message="\"exit code $code\\n${message#?}" ;;
    esac
  fi
  if [ "$code" = 0 ]; then send up "$duration"; else send down "$duration"; fi
}

# --- Signals and the end ---------------------------------------------------------------------------------------

# A command gets them too: INT as TERM, because a shell starts what is in the background deaf to INT. However many
# there are, how it ended is reported: a signal to the whole group reaches a command and this script.
on_signal() { # its name for the command, its number
  stopping=yes
  if [ -n "$child" ]; then
    interrupted=yes
    kill -s "$1" "$child" 2>/dev/null
  fi
  [ -z "$unheard" ] || return
  [ -z "$helper" ] || kill "$helper" 2>/dev/null
  [ -z "$every" ] || exit 0
  exit "${code:-$((128 + $2))}"
}

round() {
  if [ -z "$wrapping" ]; then
    send "$health"
    return
  fi
  run "$@"
  if [ -n "$stopping" ] && [ -n "$every" ]; then exit 0; fi # it did not fail, it was stopped
  (trap '' HUP INT TERM && report) # and so are all that this starts
  unheard=
  if [ -n "$stopping" ] && [ -n "$every" ]; then exit 0; fi
  return "$code"
}

# A heartbeat that cannot be sent must not keep a command from running.
without_heartbeat() {
  say "$fault"
  say 'The command runs without a heartbeat.'
  as_the_caller "$@"
}

check_settings
if [ -z "$fault" ]; then
  work=$(mktemp -d "${TMPDIR:-/tmp}/heartbeat.XXXXXX" 2>/dev/null) &&
    mkfifo "$work/out" "$work/err" "$work/both" || fault="No temporary files can be made in ${TMPDIR:-/tmp}."
fi
if [ -n "$fault" ]; then
  [ -z "$wrapping" ] || [ -n "$every" ] || without_heartbeat "$@"
  usage "$fault"
fi

trap 'rm -rf "$work"' EXIT
trap 'on_signal HUP 1' HUP
trap 'on_signal TERM 2' INT
trap 'on_signal TERM 15' TERM
trap 'late=yes' ALRM

exec 3<&0

while :; do
  began=$(now_ms)
  round "$@"
  result=$?
  [ -n "$every" ] || exit "$result"
  left=$((every - ($(now_ms) - began) / 1000))
  [ "$left" -lt 1 ] || pause "$left"
done
