package io.tyer.example.coupons;

/** A time that a buyer spent in some way. */
record Span(int buyer, long from, long to) {

  Span endingBy(long latest) {
    return to <= latest ? this : new Span(buyer, from, latest);
  }
}
