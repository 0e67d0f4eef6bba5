/* What the two keys are there to avoid: heartbeats and the check in one document, read, changed and written back. KV has
   no compare-and-swap, so whoever writes last undoes the other. spin has to find that. */

byte latest, data; /* the document: the newest heartbeat, and the last check */
byte written;

active proctype edge() {
  byte copy_latest, copy_data;
  atomic { copy_latest = latest; copy_data = data }
  copy_latest = 1;
  atomic { latest = copy_latest; data = copy_data; written++ }
}

active proctype check() {
  byte copy_latest, copy_data;
  atomic { copy_latest = latest; copy_data = data }
  copy_data = 1;
  atomic { latest = copy_latest; data = copy_data; written++ }
}

active proctype reader() {
  written == 2 -> assert(latest == 1 && data == 1)
}
