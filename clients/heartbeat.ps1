<#
.SYNOPSIS
Sends heartbeats to the monitor, alone or around a command. Needs Windows PowerShell 5.1 or PowerShell 7.

.DESCRIPTION
HEARTBEAT_URL, _SERVICE, _KEY and _KEY_FILE, the sentences and exit codes are those of heartbeat.sh: 0 accepted, 1 refused, 2 wrong usage,
3 not reached; with a command its own. There is no loop: the Task Scheduler repeats it.

.EXAMPLE
heartbeat.ps1 -Service web -KeyFile C:\ProgramData\heartbeat\key.txt

.EXAMPLE
heartbeat.ps1 -Service backup -Run C:\jobs\backup.exe -With '--full', 'D:\'
#>
param(
  [string] $Url = $env:HEARTBEAT_URL,
  [string[]] $Service = @($env:HEARTBEAT_SERVICE),
  [string] $KeyFile,
  [ValidateSet('up', 'degraded', 'down')] [string] $Status = 'up',
  [string] $Message,
  [hashtable] $Metadata = @{},
  [ValidateRange(1, 99999)] [int] $Timeout = 20,
  [ValidateRange(0, 99999)] [int] $Retries = 3,
  [ValidateRange(0, 99999)] [int] $RetryDelay = 4,
  [string] $Run,
  [string[]] $With = @(),
  [switch] $Quiet
)

Set-StrictMode -Version 2
$ErrorActionPreference = 'Stop'
$Version = '0.1.0'
$LongestWait = 60 # seconds between two attempts

function Say([string] $Sentence) { [Console]::Error.WriteLine("heartbeat: $Sentence") }

# --- Settings: each function throws a sentence ---------------------------------------------------------------

# The address of the monitor, and the id when it is that of a service's heartbeats.
function Get-UrlParts {
  if ("$Url" -cmatch '\A(.*/api/heartbeat)/([^/]+)/*\z') { return $Matches[1], $Matches[2] }
  return $Url, ''
}

function Get-Endpoint {
  if (-not $Url) {
    throw 'No monitor is given. Set HEARTBEAT_URL or -Url to its address, such as https://heartbeat-monitor.example.workers.dev'
  }
  Assert-NoQuotes HEARTBEAT_URL $Url
  if ($Url -match '[\r\n]') { throw 'The address of the monitor has a line break in it.' }
  $address = (Get-UrlParts)[0].TrimEnd('/') -replace '/api/heartbeat$', ''
  if ($address -notmatch '\A(https?)://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]+)?(/[A-Za-z0-9._~:/%-]*)?\z') {
    throw 'The address of the monitor must look like https://host or https://host/path, without user name, "?" and "#".'
  }
  if ($Matches[1] -eq 'http' -and $Matches[2] -notin 'localhost', '127.0.0.1', '[::1]') {
    throw 'A key must not travel in the open: the address of the monitor must begin with https:// (http:// is only for localhost, 127.0.0.1 and [::1]).'
  }
  return "$address/api/heartbeat"
}

# Some of those that set variables keep what a shell would take away.
function Assert-NoQuotes([string] $Name, [string] $Value) {
  if ($Value -match '^(["''])[\s\S]*\1$') {
    throw "$Name has quotes around it, which count: docker run --env-file keeps them. Write it without."
  }
}

function Get-Services {
  $given = $Service -join ','
  Assert-NoQuotes HEARTBEAT_SERVICE $given
  if (-not $given) { $given = (Get-UrlParts)[1] }
  $ids = @($given -split '[, ]+' | Where-Object { $_ })
  if ($ids.Count -eq 0) { throw 'No service is given. Set HEARTBEAT_SERVICE or -Service to its id.' }
  if ($ids -match '[^A-Za-z0-9._:-]') {
    throw 'The id of a service has letters, digits and . _ : - only. Separate several with commas.'
  }
  return , $ids
}

function Get-Key {
  $key = $env:HEARTBEAT_KEY
  $file = $env:HEARTBEAT_KEY_FILE
  if ($KeyFile) { $key = ''; $file = $KeyFile }
  if (-not $key -and $file) {
    $key = Get-Content -LiteralPath $file -TotalCount 1 -ErrorAction SilentlyContinue
    if (-not "$key".Trim()) { throw "The key file $file cannot be read, or its first line is empty." }
  }
  $key = "$key".Trim([char] 0xFEFF).Trim()
  Assert-NoQuotes HEARTBEAT_KEY $key
  if ($key -match '[^ -~]') {
    throw 'The key has characters that no HTTP header can carry. Take one of letters and digits.'
  }
  return $key
}

# --- One attempt: the status, 0 when there was none, the answer or the reason, and Retry-After -------------------

function Read-Answer($Response) {
  $reader = New-Object IO.StreamReader($Response.GetResponseStream(), [Text.Encoding]::UTF8)
  try { return $reader.ReadToEnd() } finally { $reader.Dispose(); $Response.Dispose() }
}

function Send-Once([string] $Endpoint, [string] $Key, [byte[]] $Body) {
  [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor 3072 # TLS 1.2
  $request = [Net.WebRequest]::Create($Endpoint)
  $request.Method = 'POST'
  $request.ContentType = 'application/json'
  $request.UserAgent = "heartbeat.ps1/$Version"
  $request.AllowAutoRedirect = $false
  $request.Timeout = $Timeout * 1000
  $request.ReadWriteTimeout = $Timeout * 1000
  $request.ServicePoint.Expect100Continue = $false
  if ($Endpoint -like 'http:*') { $request.Proxy = $null }
  if ($Key) { $request.Headers['Authorization'] = "Bearer $Key" }
  try {
    $stream = $request.GetRequestStream()
    $stream.Write($Body, 0, $Body.Length)
    $stream.Dispose()
    $response = $request.GetResponse()
  } catch {
    $failure = $_.Exception
    while ($failure -and $failure -isnot [Net.WebException]) { $failure = $failure.InnerException }
    if (-not $failure -or -not $failure.Response) {
      return Get-Unanswered $_
    }
    $response = $failure.Response
  }
  $seconds = 0
  $null = [int]::TryParse($response.Headers['Retry-After'], [ref] $seconds)
  $code = [int] $response.StatusCode
  try {
    return @{ Status = $code; Text = (Read-Answer $response); Reason = ''; RetryAfter = $seconds }
  } catch {
    return Get-Unanswered $_ # it was cut off
  }
}

function Get-Unanswered($Failure) {
  return @{ Status = 0; Text = ''; Reason = $Failure.Exception.GetBaseException().Message.TrimEnd('.'); RetryAfter = 0 }
}

# Every property that is missing is nothing.
function Get-Member-Of($Object, [string] $Name) {
  if ($Object -is [psobject] -and $Object.PSObject.Properties[$Name]) { return $Object.$Name }
}

# accepted, refused or failed, and why
function Get-Verdict($Answer) {
  $json = $null
  try { $json = $Answer.Text | ConvertFrom-Json } catch { $json = $null }
  $results = Get-Member-Of $json 'results'
  $words = Get-Member-Of $json $(if ($results) { 'message' } else { 'error' })
  $inWords = if ($words) { ": $words" } else { '' }
  $status = $Answer.Status
  if ($status -eq 0) { return 'failed', $Answer.Reason }
  if ($status -eq 200 -and (Get-Member-Of $json 'success') -eq $true -and $Answer.Text -match '^\s*\{') {
    return 'accepted', ''
  }
  if ($status -eq 200) {
    return 'failed', 'the answer was 200, but not one of the monitor; a captive portal or a proxy may have given it'
  }
  if ($status -ge 500 -or $status -in 408, 429) { return 'failed', "the answer was $status$inWords" }
  if ($status -ne 207 -and $status -lt 400) { return 'failed', "the answer was $status, which is not followed" }
  $lines = @("refused ($status)$inWords")
  if (-not $words) { $lines[0] += ", not in the monitor's words. Is that the address of the monitor?" }
  foreach ($entry in @($results)) {
    if ((Get-Member-Of $entry 'success') -eq $false) { $lines += "  $($entry.serviceId): $($entry.error)" }
  }
  return 'refused', ($lines -join "`n")
}

# --- Sending -------------------------------------------------------------------------------------------------

function Get-Body([string[]] $Ids, [string] $State, [string] $Text, $DurationMs) {
  $all = @{ hostname = [Net.Dns]::GetHostName() }
  foreach ($name in $Metadata.Keys) { $all["$name"] = "$($Metadata[$name])" }
  $entries = @(foreach ($id in $Ids) {
      $entry = @{ serviceId = $id; status = $State }
      if ($null -ne $DurationMs) { $entry.durationMs = $DurationMs }
      $entry
    })
  $body = if ($entries.Count -eq 1) { $entries[0] } else { @{ services = $entries } }
  $body.metadata = $all
  if ($Text) { $body.message = $Text.Substring(0, [Math]::Min(500, $Text.Length)) }
  return , [Text.Encoding]::UTF8.GetBytes(($body | ConvertTo-Json -Depth 5 -Compress))
}

# 0 accepted, 1 refused, 3 not reached
function Send-Heartbeat([string] $Endpoint, [string] $Key, [string[]] $Ids, [byte[]] $Body) {
  $delay = $RetryDelay
  for ($attempts = 1; ; $attempts++) {
    $answer = Send-Once $Endpoint $Key $Body
    $verdict, $reason = Get-Verdict $answer
    if ($verdict -eq 'accepted') {
      if (-not $Quiet -and -not $Run) { Write-Host "heartbeat: accepted ($($Ids -join ', '))" }
      return 0
    }
    if ($verdict -eq 'refused') {
      Say $reason
      return 1
    }
    $delay = [Math]::Min($delay, $LongestWait)
    # Chance, so that machines that failed together do not come back together.
    $seconds = $delay - (Get-Random -Minimum 0 -Maximum ([Math]::Floor($delay / 2) + 1))
    $seconds = [Math]::Max($seconds, $answer.RetryAfter)
    $delay *= 2
    if ($attempts -gt $Retries -or $seconds -gt $LongestWait) {
      Say "not reached after $attempts attempts: $reason. Check the address, the network and the proxy."
      return 3
    }
    if (-not $Quiet) { Say "not reached: $reason; trying again in $seconds s" }
    Start-Sleep -Seconds $seconds
  }
}

# --- A command -----------------------------------------------------------------------------------------------

# Its output passes through; what is reported is its exit code, how long it took, and its last lines.
function Invoke-Job {
  $lines = New-Object Collections.Generic.Queue[string]
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $ErrorActionPreference = 'Continue' # what a program writes to stderr is no failure
  $global:LASTEXITCODE = 0
  try {
    & $Run @With 2>&1 | ForEach-Object {
      if ($_ -is [Management.Automation.ErrorRecord]) { [Console]::Error.WriteLine("$_") } else { Write-Host "$_" }
      if ("$_".Trim()) { $lines.Enqueue("$_") }
      if ($lines.Count -gt 10) { $null = $lines.Dequeue() }
    }
    $code = $LASTEXITCODE
  } catch {
    Say "$($_.Exception.Message)"
    $lines.Enqueue($_.Exception.Message)
    $code = 127
  }
  $text = $lines -join "`n"
  if ($text.Length -gt 450) { $text = $text.Substring($text.Length - 450) }
  if ($code -ne 0) { $text = "exit code $code`n$text".TrimEnd() }
  return @{ Code = $code; DurationMs = $watch.ElapsedMilliseconds; Text = $text }
}

$fault = ''
try {
  $endpoint = Get-Endpoint
  $ids = Get-Services
  $key = Get-Key
} catch {
  $fault = $_.Exception.Message
  Say $fault
  if (-not $Run) { exit 2 }
  Say 'The command runs without a heartbeat.' # which must not keep it from running
}

if (-not $Run) { exit (Send-Heartbeat $endpoint $key $ids (Get-Body $ids $Status.ToLowerInvariant() $Message $null)) }

$job = Invoke-Job
if (-not $fault) {
  $state = if ($job.Code -eq 0) { 'up' } else { 'down' }
  $text = if ($PSBoundParameters.ContainsKey('Message')) { $Message } else { $job.Text }
  $null = Send-Heartbeat $endpoint $key $ids (Get-Body $ids $state $text $job.DurationMs)
}
exit $job.Code
