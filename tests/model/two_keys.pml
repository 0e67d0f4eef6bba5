/* The same with a key for each: heartbeats only write monitor:latest, the check only writes monitor:data, from a copy of
   monitor:latest that may be as old as it likes. Neither undoes the other. */

#define BEATS 3
#define CHECKS 3

byte latest, data;
byte old_latest; /* as it is seen elsewhere, until it gets there */
bool beats_done, checks_done;

active proctype edge() {
  byte beat;
  do
  :: beat < BEATS -> beat++; latest = beat
  :: else -> break
  od;
  beats_done = true
}

active proctype check() {
  byte copy, newest;
  do
  :: data < CHECKS ->
     if
     :: copy = latest
     :: copy = old_latest
     fi;
     newest = (copy > newest -> copy : newest); /* the check remembers what it has seen */
     data++
  :: else -> break
  od;
  checks_done = true
}

active proctype network() {
end:
  do
  :: old_latest != latest -> old_latest = latest
  od
}

active proctype reader() {
  beats_done && checks_done -> assert(latest == BEATS && data == CHECKS)
}
