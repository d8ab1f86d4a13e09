/*
 * Leases on one lock: sessions and beats, margin, bias and recall, and a resource that may check tokens.
 * README.md says what is left out, check.sh with which parameters this is checked.
 *
 * There is no absolute time, only ages that end where nothing more depends on them: runs may be as long as they like.
 * A message is state that waits for a step of whoever receives it: that may come late or, where it says so, never.
 */

#define CLIENTS 2

#ifndef TTL
#define TTL 4             /* ticks of the store without a beat, after which it may forget a session */
#endif
#ifndef MARGIN
#define MARGIN 2          /* by how many ticks of its own clock sooner a client stops to believe */
#endif
#ifndef DRIFT
#define DRIFT 1           /* 1: in TTL ticks a client's clock may lose or gain one; 0: it is right */
#endif
#define FOREVER 255
#ifndef PAUSE
#define PAUSE 0           /* by how many ticks a client may be late; FOREVER: without bound */
#endif
#ifndef TICKETS
#define TICKETS 2         /* how many are given out in one run */
#endif
#ifndef ENDS
#define ENDS 1            /* 1: who loses a session ends it in the store at once; 0: leaves it to be forgotten */
#endif
#ifndef FENCE
#define FENCE 0           /* 1: the resource refuses a token older than one it has seen */
#endif
#ifndef REREAD
#define REREAD (TTL / 3)  /* ticks of its own clock after which who has a ticket reads the line; FOREVER: never */
#endif
#ifndef RECALL_LOST
#define RECALL_LOST 1     /* 1: a recall may be lost */
#endif
#ifndef BOUND
#define BOUND (TTL / 3 + DRIFT)  /* ticks within which a kept ticket moves on */
#endif
#ifndef PROMPT
#define PROMPT 0          /* 1: leases are closed, and what is in flight arrives, within a tick; for CHECK_PROGRESS */
#endif

/* Mistakes that must be found. */
#ifndef COUNT_FROM_ANSWER
#define COUNT_FROM_ANSWER 0  /* a beat counts from when its answer came, not from when it left */
#endif
#ifndef TOKEN_BY_ASKING
#define TOKEN_BY_ASKING 0    /* tokens are in the order in which clients asked, not in that of the line */
#endif
#ifndef GIVE_UNDER_LEASE
#define GIVE_UNDER_LEASE 0   /* a recalled ticket is given back under the lease that stands on it */
#endif

#define LIFE (TTL - MARGIN)

/* A client's session as it knows it. A loss makes it IDLE, and is told in that very step. */
#define IDLE 0
#define OPENING 1
#define LIVE 2

/* A client's ticket as it knows it. */
#define NONE 0
#define ENTERING 1
#define WAITING 2
#define GRANTED 3
#define LEAVING 4

/* What stands on a granted ticket: nothing; a lease; a lease that was found valid for a write that is on its way. */
#define KEPT 0
#define LEASED 1
#define WRITING 2

/* A beat, or the opening of a session, in flight. */
#define SENT 1
#define ANSWERED 2

typedef Client {
  byte session;
  byte age;         /* by its own clock, since the last answered beat left */
  byte beat;
  byte beatAge;     /* by its own clock, since the beat in flight left */
  byte steady;      /* ticks since its clock last went wrong */
  byte ticket;
  byte token;
  byte turn;        /* as which one its ticket was granted; of this nobody knows */
  byte use;
  byte late;        /* ticks since a lease was found valid for the write on its way */
  bool granted;     /* in flight: a grant */
  bool recall;      /* in flight: a recall */
  bool recalled;
  byte unread;      /* by its own clock, since it last read the line */
}

/* A session as the store knows it. */
typedef Session {
  bool alive;
  byte age;         /* since the last beat that came */
}

Client c[CLIENTS];
Session s[CLIENTS];
byte line[CLIENTS]; /* whose tickets: the first is granted */
byte length;
byte tickets;
byte turns;         /* how often a ticket was granted */
byte seen;          /* the largest token that the resource accepted */
byte seenTurn;      /* the turn of the last write that it accepted */
byte waited;        /* ticks that the second has stood behind a first whose lease could be proved */

#define holds(i) (c[i].session == LIVE && c[i].ticket == GRANTED)
#define proved(i) (c[i].session == LIVE && c[i].age < LIFE)
#define valid(i) (proved(i) && c[i].use != KEPT)

/* ---- what must hold after every step */

/* Another ticket is granted, and i, which holds one that was, has not been told of its loss. */
#define untold(i) (length > 0 && line[0] != i && holds(i))

inline checked() {
#ifdef CHECK_S1
  assert(!(valid(0) && valid(1)));
#endif
#ifdef CHECK_S5
  assert(!untold(0) && !untold(1));
#endif
#ifdef CHECK_PROGRESS
  assert(waited <= BOUND);
#endif
  skip
}

/* ---- the store */

inline nextGranted() {
  waited = 0;
  if
  :: length > 0 ->
       turns++;
       c[line[0]].turn = turns;
       c[line[0]].granted = c[line[0]].ticket == WAITING;
       c[line[0]].recall = c[line[0]].ticket == WAITING && length > 1
  :: else
  fi
}

/* The ticket of i leaves the line, wherever it stands. */
inline removed(i) {
  at = 0;
  do
  :: at < length && line[at] != i -> at++
  :: else -> break
  od;
  if
  :: at < length ->
       to = at;
       do
       :: to + 1 < length -> line[to] = line[to + 1]; to++
       :: else -> break
       od;
       length--;
       line[length] = 0;
       if
       :: at == 0 -> nextGranted()
       :: at == 1 -> waited = 0
       :: else
       fi
  :: else
  fi;
  at = 0;
  to = 0
}

/* What the store does for client i. */
proctype Store(byte i) {
  byte at, to;
  do
     /* A session is opened, or a beat comes in time: what was forgotten stays forgotten. */
  :: d_step { c[i].beat == SENT && c[i].session == OPENING && !s[i].alive ->
       s[i].alive = true; s[i].age = 0; c[i].beat = ANSWERED; checked() }
  :: d_step { c[i].beat == SENT && c[i].session == LIVE && s[i].alive ->
       s[i].age = 0; c[i].beat = ANSWERED; checked() }

     /* A session is forgotten, sooner or later after its TTL, or when its client has ended it. */
  :: d_step { s[i].alive && (s[i].age == TTL || (ENDS && c[i].session == IDLE)) ->
       s[i].alive = false; s[i].age = 0; removed(i); checked() }

     /* Who enters directly behind a granted ticket has it recalled. */
  :: d_step { c[i].ticket == ENTERING && s[i].alive && (tickets < TICKETS || TOKEN_BY_ASKING) ->
#if !TOKEN_BY_ASKING
       tickets++;
       c[i].token = tickets;
#endif
       c[i].ticket = WAITING;
       line[length] = i;
       length++;
       if
       :: length == 1 -> nextGranted()
       :: length == 2 -> c[line[0]].recall = c[line[0]].ticket == WAITING || c[line[0]].ticket == GRANTED; waited = 0
       :: else
       fi;
       checked() }
  :: d_step { c[i].ticket == LEAVING && s[i].alive ->
       c[i].ticket = NONE; c[i].token = 0; c[i].turn = 0; removed(i); checked() }
  od
}

/* ---- a client */

inline beatGone() {
  c[i].beat = 0;
  c[i].beatAge = 0
}

inline beatSent() {
  c[i].beat = SENT;
  c[i].beatAge = 0
}

inline beatAnswered() {
  c[i].session = LIVE;
#if COUNT_FROM_ANSWER
  c[i].age = 0;
#else
  c[i].age = c[i].beatAge;
#endif
  beatGone()
}

inline ticketOver() {
  c[i].granted = false;
  c[i].recall = false;
  c[i].recalled = false;
  c[i].unread = 0
}

/* A write on its way cannot be called back. */
inline lost() {
  c[i].session = IDLE;
  c[i].age = 0;
  c[i].steady = TTL;
  beatGone();
  c[i].ticket = NONE;
  ticketOver();
  if
  :: c[i].use != WRITING -> c[i].use = KEPT; c[i].token = 0; c[i].turn = 0
  :: else
  fi
}

proctype Runs(byte i) {
  do
     /* The session. */
  :: d_step { c[i].session == IDLE && c[i].use == KEPT && !s[i].alive && tickets < TICKETS ->
       c[i].session = OPENING; beatSent(); checked() }
  :: d_step { proved(i) && c[i].beat == 0 && c[i].age > 0 && (c[i].ticket != NONE || tickets < TICKETS) -> beatSent(); checked() }
  :: d_step { c[i].session == LIVE && c[i].beat != 0 -> beatGone(); checked() }
  :: d_step { c[i].beat == ANSWERED && c[i].session == OPENING && c[i].beatAge < LIFE -> beatAnswered(); checked() }
  :: d_step { c[i].beat == ANSWERED && proved(i) -> beatAnswered(); checked() }
  :: d_step { c[i].session == OPENING && c[i].beatAge >= LIFE -> lost(); checked() }
  :: d_step { c[i].session == LIVE && (c[i].age >= LIFE || !s[i].alive) -> lost(); checked() }

     /* The ticket. */
  :: d_step { proved(i) && c[i].ticket == NONE && c[i].use == KEPT && tickets < TICKETS ->
#if TOKEN_BY_ASKING
       tickets++;
       c[i].token = tickets;
#endif
       c[i].ticket = ENTERING;
       checked() }
  :: d_step { c[i].ticket == WAITING && c[i].granted ->
       c[i].ticket = GRANTED; c[i].granted = false; c[i].unread = 0; checked() }
  :: d_step { c[i].ticket == GRANTED && c[i].recall -> c[i].recall = false; c[i].recalled = true; checked() }
#if RECALL_LOST
  :: d_step { c[i].recall -> c[i].recall = false; checked() }
#endif
#if REREAD != FOREVER
  :: d_step { c[i].ticket == GRANTED && (c[i].unread == REREAD || !PROMPT) ->
       c[i].unread = 0;
       c[i].recalled = c[i].recalled || (length > 1 && line[0] == i);
       checked() }
#endif
     /* Given back: because it was recalled, or because it lies unused, on which nobody may count. */
  :: d_step { c[i].ticket == GRANTED && (c[i].use == KEPT || (GIVE_UNDER_LEASE && c[i].recalled)) ->
       c[i].ticket = LEAVING; ticketOver(); checked() }

     /* The lease: as long as nobody is known to want the ticket, it is handed out without asking the store. */
  :: d_step { proved(i) && c[i].ticket == GRANTED && c[i].use == KEPT && !c[i].recalled ->
       c[i].use = LEASED; checked() }
#ifdef CHECK_WRITES
  :: d_step { valid(i) && c[i].use == LEASED -> c[i].use = WRITING; checked() }
#endif
  :: d_step { c[i].use == LEASED -> c[i].use = KEPT; checked() }

     /* The write arrives at the resource. */
  :: d_step { c[i].use == WRITING ->
       if
       :: FENCE && c[i].token < seen -> skip
       :: else ->
            assert(c[i].turn >= seenTurn);
            seen = c[i].token;
            seenTurn = c[i].turn
       fi;
       c[i].late = 0;
       if
       :: holds(i) -> c[i].use = LEASED
       :: else -> c[i].use = KEPT; c[i].token = 0; c[i].turn = 0
       fi;
       checked() }
  od
}

/* ---- time */

#if PAUSE == FOREVER
#define OLD LIFE
#define inTime(i) true
#else
#define OLD (LIFE + PAUSE)
#define inTime(i) (!(c[i].session == LIVE && c[i].age >= OLD) && !(c[i].use == WRITING && c[i].late >= PAUSE))
#endif

#if PROMPT
#define arrived(i) (c[i].use == KEPT && !(c[i].ticket == ENTERING && tickets < TICKETS) && c[i].ticket != LEAVING \
  && !c[i].granted && !c[i].recall && !(holds(i) && (c[i].recalled || c[i].unread >= REREAD)))
#else
#define arrived(i) true
#endif

#define least(a, b) ((a) < (b) -> (a) : (b))
#define mayGoWrong(i) (c[i].session != IDLE && c[i].steady == TTL)

/* One tick of the store, and so many of the client's clock. */
inline aged(i, ticks) {
  c[i].steady = (c[i].session == IDLE -> TTL : (ticks != 1 -> 0 : least(TTL, c[i].steady + 1)));
  if
  :: c[i].session == LIVE -> c[i].age = least(OLD, c[i].age + ticks)
  :: else
  fi;
  if
  :: c[i].beat != 0 -> c[i].beatAge = least(OLD, c[i].beatAge + ticks)
  :: else
  fi;
#if PROMPT && REREAD != FOREVER
  if
  :: c[i].ticket == GRANTED -> c[i].unread = least(REREAD, c[i].unread + ticks)
  :: else
  fi;
#endif
#if PAUSE != FOREVER
  if
  :: c[i].use == WRITING -> c[i].late++
  :: else
  fi;
#endif
  if
  :: s[i].alive -> s[i].age = least(TTL, s[i].age + 1)
  :: else
  fi
}

inline tick(ticks, others) {
  aged(0, ticks);
  aged(1, others);
#ifdef CHECK_PROGRESS
  if
  :: length > 1 && proved(line[0]) -> waited++
  :: else
  fi;
#endif
  checked()
}

#define mayPass (inTime(0) && inTime(1) && arrived(0) && arrived(1))

proctype Time() {
  do
  :: d_step { mayPass -> tick(1, 1) }
#if DRIFT
  :: d_step { mayPass && mayGoWrong(0) -> tick(0, 1) }
  :: d_step { mayPass && mayGoWrong(0) -> tick(2, 1) }
  :: d_step { mayPass && mayGoWrong(1) -> tick(1, 0) }
  :: d_step { mayPass && mayGoWrong(1) -> tick(1, 2) }
  :: d_step { mayPass && mayGoWrong(0) && mayGoWrong(1) -> tick(0, 0) }
  :: d_step { mayPass && mayGoWrong(0) && mayGoWrong(1) -> tick(0, 2) }
  :: d_step { mayPass && mayGoWrong(0) && mayGoWrong(1) -> tick(2, 0) }
  :: d_step { mayPass && mayGoWrong(0) && mayGoWrong(1) -> tick(2, 2) }
#endif
  od
}

init {
  atomic {
    byte i;
    do
    :: i < CLIENTS -> c[i].steady = TTL; run Store(i); run Runs(i); i++
    :: else -> break
    od;
    i = 0;
    run Time()
  }
}
