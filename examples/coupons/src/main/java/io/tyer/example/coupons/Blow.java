package io.tyer.example.coupons;

/** What happens to a buyer that stands between its read and its write. */
enum Blow {
  NONE,
  /** SIGKILL. */
  KILL,
  /** SIGSTOP; SIGCONT when others have had its lock. */
  PAUSE
}
