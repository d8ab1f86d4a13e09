package io.tyer.example.coupons;

/** Hears of a round while it goes on, in the thread that runs it. */
interface Audience {

  void begins(Round round, Settings settings);

  /** The sale begins, now. */
  void started(long nanos);

  /** In the order of arrival, which may differ a little from that of time. */
  void happens(Event event);

  void ends(RoundResult result);
}
