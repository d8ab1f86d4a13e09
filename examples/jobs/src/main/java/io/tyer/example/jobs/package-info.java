/**
 * A queue of jobs that workers of several processes share: {@link io.tyer.example.jobs.Worker} is
 * the pattern to copy, with {@link io.tyer.example.jobs.JobTable}.
 */
@NullMarked
package io.tyer.example.jobs;

import org.jspecify.annotations.NullMarked;
