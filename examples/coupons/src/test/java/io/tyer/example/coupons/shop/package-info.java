@NullMarked
package io.tyer.example.coupons.shop;

import org.jspecify.annotations.NullMarked;
