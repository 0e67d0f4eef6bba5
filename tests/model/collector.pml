/* Heartbeats of one service through the collector: appended to the write-ahead log, joined into the checkpoint, read by
   the check, published to KV. It may die between any two steps, and a put that it made may land long after that.

   A heartbeat is its time: 1, 2, … Rows are what outlives a death; what a step writes is written as a whole. */

#define BEATS 4
#define SLOTS 2   /* of the write-ahead log */
#define DEATHS 2

#define max(a, b) ((a) > (b) -> (a) : (b))
#define slot(number) ((number) % SLOTS)

/* The rows. An entry is the number and the time of a heartbeat; 0 is none. */
byte number_in[SLOTS];
byte time_in[SLOTS];
byte checkpoint;     /* the newest time in it */
byte checkpointed;   /* the number of the last entry that is in it */
byte seen;           /* by the check: its state */

/* In memory: the number of the last entry, and whether something is being put. */
bool is_open;
byte last;
bool is_publishing;

byte kv;             /* monitor:latest */
byte in_flight;      /* a put that is on its way; 0: none */
byte late;           /* one whose sender died */

byte now;            /* the time of the newest heartbeat that was sent */
byte acknowledged;   /* of the newest that was acknowledged */
byte deaths;

/* After a death the end of the log is found again: it has no holes. */
inline open_session() {
  if
  :: is_open -> skip
  :: else ->
     last = checkpointed;
     do
     :: number_in[slot(last + 1)] == last + 1 -> last++
     :: else -> break
     od;
     is_open = true
  fi
}

inline make_checkpoint() {
  do
  :: checkpointed < last ->
     checkpointed++;
     checkpoint = max(checkpoint, time_in[slot(checkpointed)])
  :: else -> break
  od
}

/* A client sends; the answer comes after the row, or not at all. */
active proctype client() {
  byte time;
  do
  :: now < BEATS ->
     atomic {
       now++;
       time = now;
       open_session();
       if
       :: last - checkpointed == SLOTS -> make_checkpoint()
       :: else -> skip
       fi;
       last++;
       number_in[slot(last)] = last;
       time_in[slot(last)] = time
     }
     if
     :: acknowledged = time
     :: skip /* the answer is lost */
     fi
  :: else -> break
  od
}

/* It joins the checkpoint with the entries after it. */
active proctype check() {
  byte newest, entry;
end:
  do
  :: atomic {
       open_session();
       newest = checkpoint;
       entry = checkpointed;
       do
       :: entry < last -> entry++; newest = max(newest, time_in[slot(entry)])
       :: else -> break
       od;
       assert(newest >= acknowledged);
       assert(newest >= seen);
       seen = newest;
       newest = 0;
       entry = 0
     }
  od
}

/* A put takes its time; meanwhile everything else goes on. What KV has is joined in before. */
active proctype publisher() {
end:
  do
  :: atomic {
       !is_publishing ->
       open_session();
       make_checkpoint();
       checkpoint = max(checkpoint, kv);
       is_publishing = true;
       in_flight = checkpoint
     }
  :: atomic { in_flight > 0 -> kv = in_flight; in_flight = 0; is_publishing = false }
  :: atomic { in_flight > 0 -> in_flight = 0; is_publishing = false } /* KV refused it */
  od
}

active proctype death() {
end:
  do
  :: atomic {
       deaths < DEATHS ->
       deaths++;
       is_open = false;
       last = 0;
       is_publishing = false;
       if
       :: in_flight > 0 && late == 0 -> late = in_flight
       :: else -> skip
       fi;
       in_flight = 0
     }
  :: atomic { late > 0 -> kv = late; late = 0 }
  od
}

/* What was acknowledged is seen, and stays seen; and readers get it, as long as KV takes it again and again. */
ltl is_seen { [] (acknowledged == BEATS -> <> [] (seen >= BEATS)) }
