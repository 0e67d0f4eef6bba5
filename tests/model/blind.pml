/* What the collector is there to avoid: two Workers that each read monitor:latest, set the time of their own service and
   write it back. spin has to find the heartbeat that is lost. */

byte web, db; /* monitor:latest: when each was last heard */
byte written;

active proctype edge_of_web() {
  byte copy_db;
  copy_db = db;
  atomic { web = 1; db = copy_db; written++ }
}

active proctype edge_of_db() {
  byte copy_web;
  copy_web = web;
  atomic { db = 1; web = copy_web; written++ }
}

active proctype reader() {
  written == 2 -> assert(web == 1 && db == 1)
}
