/**
 * What a shop would write: {@link io.tyer.example.coupons.shop.FencedPurchase} is the one to copy,
 * the others show what it is for.
 */
@NullMarked
package io.tyer.example.coupons.shop;

import org.jspecify.annotations.NullMarked;
