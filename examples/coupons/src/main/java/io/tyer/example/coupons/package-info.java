/**
 * The demo around the shop: it starts sellers as processes, kills and pauses them, counts what the
 * database says was sold, and draws what happened. The shop itself is {@link
 * io.tyer.example.coupons.shop}.
 */
@NullMarked
package io.tyer.example.coupons;

import org.jspecify.annotations.NullMarked;
